import {
  AzureApp,
  AzureProviders,
  Environment,
  PrivateNetwork,
  SecretVault,
  SecureWebApp,
  WebAppRuntime,
  Workload,
} from 'azure-platform-constructs';
import { TerraformStack } from 'cdktf';

/** The platform of a team: an app in a private network, with a vault for its secrets. */
export class Platform extends TerraformStack {
  public readonly shop: SecureWebApp;

  constructor(app: AzureApp, environment: Environment) {
    super(app, `shop-${environment.name}`);
    new AzureProviders(this, 'Providers', { environment });
    const workload = new Workload(this, 'Orders', {
      name: 'orders',
      environment,
      location: 'westeurope',
      owner: 'team-orders',
      costCenter: '4712',
      organization: 'example.com',
    });
    const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.30.0.0/22' });
    const vault = new SecretVault(workload, 'Vault', { network });
    this.shop = new SecureWebApp(workload, 'Shop', { network, runtime: WebAppRuntime.node('22-lts') });
    this.shop.addSecret('PAYMENT_KEY', vault.secretNamed('payment-key'));
  }
}
