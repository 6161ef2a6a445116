import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { StorageAccount, StorageAccountConfig } from '@cdktf/provider-azurerm/lib/storage-account';
import { App, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { scratch } from '../support/scratch';

const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const SUBNET = `${SUBSCRIPTION}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/net/subnets/data`;

/** A stack as users write it, with raw resources. */
export class Platform {
  public readonly app = new App({ outdir: scratch('platform') });
  public readonly stack = new TerraformStack(this.app, 'prod');
  public readonly group: ResourceGroup;
  private readonly common: { location: string; resourceGroupName: string };

  constructor() {
    new AzurermProvider(this.stack, 'azurerm', { features: [{}] });
    this.group = new ResourceGroup(this.stack, 'rg', { name: 'rg-test', location: 'westeurope' });
    this.common = { location: this.group.location, resourceGroupName: this.group.name };
  }

  /** An account that nobody reaches from outside. */
  public account(id: string, more: Partial<StorageAccountConfig> = {}): StorageAccount {
    return new StorageAccount(new Construct(this.stack, id), 'Resource', {
      ...this.common,
      name: `st${id.toLowerCase()}`,
      accountTier: 'Standard',
      accountReplicationType: 'LRS',
      publicNetworkAccessEnabled: false,
      allowNestedItemsToBePublic: false,
      ...more,
    });
  }

  public privateEndpoint(account: StorageAccount): PrivateEndpoint {
    const connection = { name: 'blob', isManualConnection: false, subresourceNames: ['blob'] };
    return new PrivateEndpoint(this.stack, 'pe', {
      ...this.common,
      name: 'pe',
      subnetId: SUBNET,
      privateServiceConnection: { ...connection, privateConnectionResourceId: account.id },
    });
  }

  public database(administratorPassword: string): PostgresqlFlexibleServer {
    const administratorLogin = 'psqladmin';
    return new PostgresqlFlexibleServer(this.stack, 'db', {
      ...this.common,
      name: 'psql-test',
      storageMb: 32_768,
      version: '16',
      administratorLogin,
      administratorPassword,
      publicNetworkAccessEnabled: false,
    });
  }

  public openNetwork(): NetworkSecurityGroup {
    const [access, direction, protocol] = ['Allow', 'Inbound', 'Tcp'];
    const rule = {
      access,
      direction,
      protocol,
      name: 'ssh',
      priority: 100,
      sourcePortRange: '*',
      destinationPortRange: '22',
    };
    const securityRule = [{ ...rule, sourceAddressPrefix: 'Internet', destinationAddressPrefix: '*' }];
    return new NetworkSecurityGroup(this.stack, 'nsg', { ...this.common, name: 'nsg', securityRule });
  }

  /** Public in name, but its network rules let in chosen addresses only. */
  public fencedVault(): KeyVault {
    return new KeyVault(this.stack, 'vault', {
      ...this.common,
      name: 'kv-test',
      tenantId: '00000000-0000-0000-0000-000000000002',
      skuName: 'standard',
      networkAcls: { bypass: 'AzureServices', defaultAction: 'Deny', ipRules: ['203.0.113.7/32'] },
    });
  }
}
