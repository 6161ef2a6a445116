// A database that an app reads and writes under its own identity, and a second one for reports, read from a replica abroad.
import {
  AzureProviders,
  DatabaseRole,
  Environment,
  Geography,
  ManagedIdentity,
  ManagedPostgres,
  PostgresVersion,
  Principal,
  PrivateNetwork,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `managed-postgres-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Ledger', {
    name: 'ledger',
    environment,
    location: 'germanywestcentral',
    geography: Geography.EUROPEAN_UNION,
    owner: 'team-ledger',
    costCenter: '4713',
    organization: 'example.com',
  });
  const postgres = new ManagedPostgres(workload, 'Database', {
    network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.60.0.0/24' }),
    administrator: {
      principal: Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000006'),
      principalName: 'ledger-administrators',
    },
    version: PostgresVersion.V17,
    extensions: ['vector'],
  });
  postgres.grantConnect(new ManagedIdentity(workload, 'Api'));
  postgres.grantConnect(new ManagedIdentity(workload, 'Migrations'), { roles: [DatabaseRole.OWNER] });
  postgres
    .addDatabase('reports')
    .grantConnect(new ManagedIdentity(workload, 'Reports'), { roles: [DatabaseRole.READER] });

  if (environment.profile.geoRedundant) {
    postgres.addReplica('abroad', { location: 'swedencentral' });
  }
}

app.synth();
