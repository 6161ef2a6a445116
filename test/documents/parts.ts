import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';

/**
 * Looks like a construct of this library that another copy of it has made: no class of ours, but an escape hatch.
 */
export class Part extends Construct {
  public readonly resources: { readonly main: TerraformResource };

  constructor(scope: Construct, id: string, terraformResourceType: string, body: object = {}) {
    super(scope, id);
    const main = new TerraformResource(this, 'Resource', { terraformResourceType });
    Object.entries(body).forEach(([name, value]) => main.addOverride(name, value));
    this.resources = { main };
  }
}

/** Lies in the network of its workload, by an endpoint there. */
export function insideOf(network: Part, id: string, terraformResourceType: string): Part {
  return new Part(network.node.scope as Construct, id, terraformResourceType, {
    subnet_id: `\${azurerm_subnet.${subnetOf(network).friendlyUniqueId}.id}`,
  });
}

export function networkPart(scope: Construct, id: string, addressSpace: string = '10.0.0.0/22'): Part {
  const network = new Part(scope, id, 'azurerm_virtual_network');
  new TerraformResource(network, 'Subnet', { terraformResourceType: 'azurerm_subnet' });
  return Object.assign(network, { addressSpace });
}

function subnetOf({ node }: Part): TerraformResource {
  return node.findChild('Subnet') as TerraformResource;
}
