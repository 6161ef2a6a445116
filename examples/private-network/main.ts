// A network of a team in a landing zone: zones of the hub, a subnet for its build agents, and a way to the network of the data team.
import { AzureProviders, Environment, PrivateDns, PrivateNetwork, Workload } from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const HUB = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-hub-dns';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `private-network-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Platform', {
    name: 'platform',
    environment,
    location: 'swedencentral',
    owner: 'team-platform',
    costCenter: '4700',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', {
    addressSpace: '10.40.0.0/20',
    privateDns: PrivateDns.existingZones(HUB),
  });
  network.addSubnet('agents', { cidr: '10.40.3.0/26' });

  const analytics = new PrivateNetwork(workload, 'Analytics', { addressSpace: '10.41.0.0/22', flowLogs: false });
  network.peerWith('analytics', analytics);
}

app.synth();
