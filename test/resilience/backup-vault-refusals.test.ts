import { Token } from 'cdktf';
import { Environment } from '../../src/core/environment';
import { Weekday } from '../../src/core/weekday';
import { WorkloadProps } from '../../src/core/workload';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupRedundancy, BackupVaultProps } from '../../src/resilience/backup-vault-props';
import { Rendered, stackNamed, workloadIn, workloadOn } from '../support';
import { ALLOWED, databaseIn, DISK_ID, filesIn, messageOf, SERVER_ID, SHARED, vaultIn } from './backup-fixtures';

const ACCOUNT_ID = `${SHARED}/Microsoft.Storage/storageAccounts/stlegacy`;

describe('fails', () => {
  const at = 'stack/Billing/Backups: ';
  const copies = (environment: Environment, props: BackupVaultProps, workloadProps: Partial<WorkloadProps> = {}) =>
    messageOf(() => vaultIn(environment, props, workloadProps)).replace(at, '');
  const { GEO, ZONES, LOCAL } = BackupRedundancy;

  test.each<[string, BackupVaultProps, Partial<WorkloadProps>, string]>([
    [
      'a name of another form',
      { vaultName: 'a_b' },
      {},
      `'vaultName' must be 2 to 50 letters, digits, or hyphens between them; got "a_b"`,
    ],
    [
      'copies where data may not live',
      { redundancy: GEO },
      { allowedLocations: ['westeurope'] },
      "'redundancy' must not be GeoRedundant: it copies backups to northeurope, where data of this workload may not live; use ZoneRedundant, or allow more with 'allowedLocations' or 'geography' on the workload",
    ],
    [
      'copies in a pair that is not there',
      { redundancy: GEO },
      { location: 'polandcentral' },
      "'redundancy' must not be GeoRedundant in polandcentral, which has no paired region; use ZoneRedundant",
    ],
    [
      'zones that are not there',
      { redundancy: ZONES },
      { location: 'francesouth' },
      "'redundancy' must not be ZoneRedundant in francesouth, which has no zones",
    ],
    [
      'restores abroad without copies there',
      { redundancy: LOCAL, crossRegionRestore: true },
      {},
      `'crossRegionRestore' takes the redundancy GeoRedundant, got "LocallyRedundant"`,
    ],
    [
      'soft delete that Azure does not know',
      { softDeleteDays: 7 },
      {},
      "'softDeleteDays' must be a whole number from 14 to 180, got 7",
    ],
    [
      'attributes that are none',
      { ignoreChanges: ['Tags!'] },
      {},
      `'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got "Tags!"`,
    ],
    [
      'policies that Azure cannot follow',
      {
        postgresPolicy: { daily: true, hour: 24, keepDays: 6 },
        blobPolicy: { keepDays: 90, keepMonths: 3, keepYears: 11 },
        diskPolicy: { daily: false, weekday: Weekday.MONDAY, keepDays: 400, keepMonths: 1, keepYears: 1 },
      },
      {},
      [
        "'blobPolicy.keepYears' must be a whole number from 0 to 10, got 11",
        "'blobPolicy.keepMonths' must be longer than 'keepDays', got 3 months and 90 days",
        "'diskPolicy.keepDays' must be a whole number from 7 to 365, got 400",
        `'diskPolicy.weekday' must be left out where backups are daily, got "Monday"`,
        "'diskPolicy.daily' must not be false: Azure backs disks up every day",
        "'diskPolicy.keepMonths' must be left out: Azure keeps backups of disks by days only, got 1",
        "'diskPolicy.keepYears' must be left out: Azure keeps backups of disks by days only, got 1",
        "'postgresPolicy.hour' must be a whole number from 0 to 23, got 24",
        "'postgresPolicy.keepDays' must be a whole number from 7 to 3650, got 6",
        "'postgresPolicy.daily' must be false: Azure backs PostgreSQL up into a vault once a week, and every day on the server itself",
      ].join('; '),
    ],
    [
      'years that end before months, and before days',
      { blobPolicy: { keepMonths: 24, keepYears: 2 }, postgresPolicy: { keepDays: 800, keepYears: 2 } },
      {},
      "'blobPolicy.keepYears' must be longer than 'keepMonths', got 2 years and 24 months; 'postgresPolicy.keepYears' must be longer than 'keepDays', got 2 years and 800 days",
    ],
    [
      'a policy that Terraform has yet to compute',
      { diskPolicy: { keepDays: Token.asNumber('${var.days}') } },
      {},
      "'diskPolicy.keepDays' must be a literal, because the name of the policy is made from it; got a value that Terraform has yet to compute",
    ],
  ])('%s', (_, props, workloadProps, message) => {
    expect(copies(Environment.DEV, props, workloadProps)).toBe(message);
  });

  test('blobs that may not leave the tenant', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const files = filesIn(workload, 'acme');
    expect(messageOf(() => vault.addBackup('files', files))).toBe(
      'stack/Billing/Files: addBackup() must be told { allowCrossTenantReplication: true } for this account: Azure copies blobs into a vault by object replication to a tenant of Microsoft, which the account refuses otherwise; whoever may write replication policies on the account can then copy its data to another tenant, so acknowledge the rule STO-020 with that reason, or leave the account to its versions, soft delete and geo-redundancy',
    );
    expect(new Rendered(workload).only('azurerm_storage_account').cross_tenant_replication_enabled).toBe(false);
  });

  test('keys that are no addresses, or taken', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    vault.addBackup('disk', disk);
    expect(messageOf(() => vault.addBackup('disk', disk))).toBe(`${at}there is a backup "disk" already`);
    expect(messageOf(() => vault.addBackup('Disk', disk))).toBe(
      `${at}'key' must be 1 to 32 lower-case letters, digits or hyphens, a letter first, got "Disk"`,
    );
    expect(messageOf(() => vault.addBackup(Token.asString('${var.key}'), disk))).toBe(
      `${at}'key' must be a literal, because it becomes part of an address; got a value that Terraform has yet to compute`,
    );
  });

  test('what lies in another region or stack', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const far = BackupSource.fromDiskId(workload, 'Far', DISK_ID, { location: 'North Europe' });
    expect(messageOf(() => vault.addBackup('far', far))).toBe(
      `${at}'source' must be in the region of the vault, westeurope, got northeurope: Azure backs up within a region only, so define a vault there`,
    );
    const elsewhere = workloadOn(stackNamed('other'), 'Other');
    const disk = BackupSource.fromDiskId(elsewhere, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk))).toBe(
      `${at}'source' must be in the stack of the vault: each needs the other; in the stack of other/Other/Disk, refer to the vault with BackupVault.fromAttributes()`,
    );
  });

  test('leave to replicate what is never replicated', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const words = "'allowCrossTenantReplication' must be left out: only backups of blobs take it";
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk, ALLOWED))).toBe(`stack/Billing/Disk: ${words}`);
    const database = databaseIn(workload);
    expect(messageOf(() => vault.addBackup('database', database, ALLOWED))).toBe(`stack/Billing/Database: ${words}`);
  });

  test('sources that are something else', () => {
    const workload = workloadIn(Environment.DEV);
    expect(messageOf(() => BackupSource.fromDiskId(workload, 'Disk', SERVER_ID))).toBe(
      `stack/Billing/Disk: 'diskId' must be the Azure resource id of a managed disk, got "${SERVER_ID}"`,
    );
    expect(messageOf(() => BackupSource.fromPostgresServerId(workload, 'Server', DISK_ID))).toBe(
      `stack/Billing/Server: 'serverId' must be the Azure resource id of a PostgreSQL flexible server, got "${DISK_ID}"`,
    );
    const names = [Token.asString('${var.container}')];
    expect(messageOf(() => BackupSource.fromStorageAccountId(workload, 'Blobs', DISK_ID, names))).toBe(
      `stack/Billing/Blobs: 'storageAccountId' must be the Azure resource id of a storage account, got "${DISK_ID}"; 'containerNames' must be literals, because Azure keeps their order; got "\${var.container}"`,
    );
  });

  test('an account without a container, and one with too many', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addBackup('files', filesIn(workload), ALLOWED);
    const names = Array.from({ length: 101 }, (_, i) => `c${i}`);
    vault.addBackup('many', BackupSource.fromStorageAccountId(workload, 'Many', ACCOUNT_ID, names));

    expect(messageOf(() => new Rendered(workload).json)).toMatch(
      /there is no container to back up: Azure refuses a backup of blobs without any, so add a tenant first[^]*Azure backs up at most 100 containers of an account, got 101: use more accounts/,
    );
  });

  test('a policy of its own that Azure cannot follow', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const disk = BackupSource.fromDiskId(workload, 'Disk', DISK_ID);
    expect(messageOf(() => vault.addBackup('disk', disk, { policy: { keepMonths: 1 } }))).toBe(
      `${at}'policy.keepMonths' must be left out: Azure keeps backups of disks by days only, got 1`,
    );
  });
});
