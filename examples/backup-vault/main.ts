// A database kept for years, files of tenants and a disk from elsewhere, backed up where nobody can delete the copies.
import {
  AzureProviders,
  BackupSource,
  BackupVault,
  Compliance,
  Environment,
  ManagedPostgres,
  Principal,
  PrivateNetwork,
  TenantStorageAccount,
  Workload,
} from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';

const app = new App();

for (const environment of [Environment.DEV, Environment.PROD]) {
  const stack = new TerraformStack(app, `backup-vault-${environment.name}`);
  new AzureProviders(stack, 'Providers', { environment });

  const workload = new Workload(stack, 'Ledger', {
    name: 'ledger',
    environment,
    location: 'westeurope',
    owner: 'team-ledger',
    costCenter: '4713',
    organization: 'example.com',
  });
  const network = new PrivateNetwork(workload, 'Network', { addressSpace: '10.61.0.0/24' });
  const database = new ManagedPostgres(workload, 'Database', {
    network,
    administrator: {
      principal: Principal.group(workload, 'Administrators', '00000000-0000-0000-0000-000000000006'),
      principalName: 'ledger-administrators',
    },
  });
  const files = new TenantStorageAccount(workload, 'Files', { network, tenants: { acme: {}, globex: {} } });

  const vault = new BackupVault(workload, 'Backups', {
    postgresPolicy: { keepDays: 90, keepMonths: 12, keepYears: 7 },
  });
  vault.addBackup('database', database);
  vault.addBackup('files', files, { allowCrossTenantReplication: true });
  vault.addBackup(
    'legacy',
    BackupSource.fromDiskId(
      workload,
      'LegacyDisk',
      '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-legacy/providers/Microsoft.Compute/disks/disk-legacy',
    ),
  );
  Compliance.of(files).acknowledge(
    'STO-020',
    'Azure copies blobs into the backup vault by replication to its own tenant',
  );
}

app.synth();
