import { TerraformVariable } from 'cdktf';
import { Environment, Weekday, ManagedPostgres, PostgresHighAvailability, PostgresSku } from '../../src';
import { networkIn, Rendered, workloadIn } from '../support';
import { Choices, GROUP, keyIn, postgresIn, required, SERVER_ID } from './postgres-fixtures';

const { DEV, PROD } = Environment;
const AT = 'stack/Billing/Database';
const ZONES = `${GROUP}/Microsoft.Network/privateDnsZones`;
const REASON = 'break-glass access from the office';

const MAINTENANCE = { day: Weekday.SUNDAY };

describe('fails', () => {
  test.each<[string, Environment, Choices, string]>([
    [
      'a standby on a burstable size',
      DEV,
      { highAvailability: PostgresHighAvailability.SAME_ZONE },
      "'highAvailability' must be NONE on a burstable size, got SameZone on B_Standard_B1ms; give 'sku' a general-purpose size, e.g. D2DS_V5",
    ],
    [
      'a burstable size where the environment wants a standby',
      PROD,
      { sku: PostgresSku.B2S },
      "'sku' must not be burstable where the environment wants a standby, got B_Standard_B2s; take a general-purpose size, e.g. D2DS_V5, or do without by 'highAvailability: NONE'",
    ],
    [
      'a size that Terraform does not know',
      PROD,
      { sku: PostgresSku.of('GP_Standard_D2ds_v6') },
      '\'sku\' must be a size that Terraform knows, e.g. GP_Standard_D4ds_v5, got "GP_Standard_D2ds_v6"; sizes end at v5',
    ],
    [
      'PgBouncer on a burstable size',
      DEV,
      { pgBouncer: true },
      "'pgBouncer' must be left out on a burstable size, which Azure has none for, got B_Standard_B1ms; give 'sku' a general-purpose size, e.g. D2DS_V5",
    ],
    [
      'both in one zone',
      PROD,
      { createOnly: { zone: '1', standbyZone: '1' } },
      "'createOnly.standbyZone' must be another zone than 'createOnly.zone', got \"1\" for both",
    ],
    [
      'to ignore what is no attribute',
      DEV,
      { ignoreChanges: ['a b'] },
      "'ignoreChanges' must be attributes in Terraform's spelling, such as tags or site_config[0].always_on; got \"a b\"",
    ],
    [
      'a zone that is none',
      PROD,
      { createOnly: { zone: '4' } },
      '\'createOnly.zone\' must be "1", "2" or "3", got "4"',
    ],
    [
      'a zone for no standby',
      DEV,
      { createOnly: { standbyZone: '1' } },
      "'createOnly.standbyZone' must come with a standby in another zone, got none; set 'highAvailability' to ZONE_REDUNDANT",
    ],
    [
      'a size of disk that Azure has not',
      DEV,
      { createOnly: { storageGib: 100 } },
      "'createOnly.storageGib' must be one of 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, got 100",
    ],
    ['too few backups', DEV, { backupDays: 6 }, "'backupDays' must be a whole number from 7 to 35, got 6"],
    [
      'no such hour',
      DEV,
      { maintenance: { ...MAINTENANCE, hour: 24 } },
      "'maintenance.hour' must be a whole number from 0 to 23, got 24",
    ],
    [
      'no such minute',
      DEV,
      { maintenance: { ...MAINTENANCE, hour: 0, minute: 60 } },
      "'maintenance.minute' must be a whole number from 0 to 59, got 60",
    ],
    [
      'a name with capitals',
      DEV,
      { serverName: 'Orders' },
      '\'serverName\' must be 3 to 63 lower-case letters, digits, or single hyphens between them; got "Orders"',
    ],
    [
      'a reserved database',
      DEV,
      { databaseName: 'postgres' },
      "'databaseName' must have 1 to 56 lower-case letters, digits, '_' or '-', a letter first, and be none of azure_maintenance, azure_sys, postgres, template0, template1; got \"postgres\"",
    ],
    ['a directory by name', DEV, { tenantId: 'example.com' }, '\'tenantId\' must be a GUID, got "example.com"'],
    [
      'a login without a password',
      DEV,
      { createOnly: { administratorLogin: 'orders' } },
      "'createOnly.administratorLogin' must come with 'passwordSecret': Azure refuses a login that no password signs in with",
    ],
    [
      'no address',
      DEV,
      { publicAccess: { addresses: [], reason: REASON } },
      "'publicAccess.addresses' must name at least one address; leave 'publicAccess' out to stay private",
    ],
    [
      'all of Azure',
      DEV,
      { publicAccess: { addresses: ['0.0.0.0'], reason: REASON } },
      "'publicAccess.addresses' must be public addresses, got \"0.0.0.0\"; what is private comes in through 'network'",
    ],
    [
      'a wide network',
      DEV,
      { publicAccess: { addresses: ['203.0.0.0/16'], reason: REASON } },
      '\'publicAccess.addresses\' must not be wider than /24, got "203.0.0.0/16"',
    ],
    [
      'no reason',
      DEV,
      { publicAccess: { addresses: ['203.0.113.7'], reason: 'because' } },
      '\'publicAccess.reason\' must say in 10 to 256 characters, a literal, why the private network does not do; got "because"',
    ],
    [
      'injected and public',
      DEV,
      { createOnly: { injected: true }, publicAccess: { addresses: ['203.0.113.7'], reason: REASON } },
      "'publicAccess' must be left out for an injected server, which never has a public address; reach it through the network",
    ],
    [
      'a zone that nothing lies in',
      DEV,
      { createOnly: { privateDnsZoneId: `${ZONES}/a.postgres.database.azure.com` } },
      "'createOnly.privateDnsZoneId' must come with 'createOnly.injected'",
    ],
    [
      'a zone with another suffix',
      DEV,
      { createOnly: { injected: true, privateDnsZoneId: `${ZONES}/privatelink.example.com` } },
      '\'createOnly.privateDnsZoneId\' must name a zone that ends in .postgres.database.azure.com and is not the name of the server, got "privatelink.example.com"',
    ],
    [
      'a zone named like the server',
      DEV,
      {
        serverName: 'orders',
        createOnly: { injected: true, privateDnsZoneId: `${ZONES}/orders.postgres.database.azure.com` },
      },
      '\'createOnly.privateDnsZoneId\' must name a zone that ends in .postgres.database.azure.com and is not the name of the server, got "orders.postgres.database.azure.com"',
    ],
    [
      'a zone that is none',
      DEV,
      { createOnly: { injected: true, privateDnsZoneId: 'orders' } },
      '\'createOnly.privateDnsZoneId\' must be the Azure resource id of a private DNS zone, got "orders"',
    ],
    [
      'a backup of nothing',
      DEV,
      { createOnly: { restoreFrom: { serverId: 'psql-shared', pointInTime: '2026-05-04T03:00:00Z' } } },
      "'createOnly.restoreFrom.serverId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<name>', got \"psql-shared\"",
    ],
    [
      'a moment of the day',
      DEV,
      { createOnly: { restoreFrom: { serverId: SERVER_ID, pointInTime: '2026-05-04 03:00' } } },
      '\'createOnly.restoreFrom.pointInTime\' must be a moment in UTC, e.g. 2026-05-04T03:00:00Z, in a literal; got "2026-05-04 03:00"',
    ],
  ])('%s', (_, environment, choices, message) => {
    expect(() => postgresIn(environment, choices)).toThrow(new Error(`${AT}: ${message}`));
  });

  test.each<[string, Choices, string, object]>([
    [
      'a standby in another zone where there are none',
      { highAvailability: PostgresHighAvailability.ZONE_REDUNDANT },
      "'highAvailability' must not be ZONE_REDUNDANT in westus, which has no zones; SAME_ZONE survives the loss of a machine",
      { location: 'westus' },
    ],
    [
      'a zone where there are none',
      { createOnly: { zone: '1' } },
      '\'createOnly.zone\' must be left out in westus, which has no zones; got "1"',
      { location: 'westus' },
    ],
    [
      'backups in a region that data may not go to',
      { createOnly: { geoRedundantBackup: true } },
      "'createOnly.geoRedundantBackup' must be false in westeurope: backups would go to northeurope; allow that with 'allowedLocations' or 'geography' on the workload",
      { allowedLocations: ['westeurope'] },
    ],
    [
      'backups in no other region',
      { createOnly: { geoRedundantBackup: true } },
      "'createOnly.geoRedundantBackup' must be false in italynorth: Azure copies to no other region from there",
      { location: 'italynorth' },
    ],
  ])('%s', (_, choices, message, props) => {
    expect(() => postgresIn(PROD, choices, props)).toThrow(new Error(`${AT}: ${message}`));
  });

  test('a key for the data and none for its copies, or the other way round, or one for both', () => {
    const workload = workloadIn(PROD);
    const key = keyIn(workload);
    const other = keyIn(workload, 'Other');
    const define = (id: string, createOnly: Choices['createOnly']) => () =>
      new ManagedPostgres(workload, id, { ...required(workload), createOnly });

    expect(define('One', { encryption: { key } })).toThrow(
      new Error(
        "stack/Billing/One: 'createOnly.encryption' must have a 'geoBackupKey' in a vault in northeurope, where the geo-redundant backups are; or set 'createOnly.geoRedundantBackup' to false",
      ),
    );
    expect(define('Two', { encryption: { key, geoBackupKey: other }, geoRedundantBackup: false })).toThrow(
      new Error(
        "stack/Billing/Two: 'createOnly.encryption' must come without a 'geoBackupKey' where backups are not geo-redundant; leave it out, or set 'createOnly.geoRedundantBackup' to true",
      ),
    );
    expect(define('Three', { encryption: { key, geoBackupKey: key } })).toThrow(
      new Error(
        "stack/Billing/Three: 'createOnly.encryption' must have two keys, each in a vault of its own region; got one for both",
      ),
    );
  });

  test('a login that Azure keeps for itself', () => {
    const passwordSecret = Object.assign(networkIn(workloadIn(DEV)), {
      bindReader: () => ({ secretUri: '' }),
      bindWriteOnly: () => ({ reference: '', version: 1 }),
    });
    expect(() => postgresIn(DEV, { passwordSecret, createOnly: { administratorLogin: 'admin' } })).toThrow(
      new Error(
        `${AT}: 'createOnly.administratorLogin' must have 1 to 63 lower-case letters, digits or '_', a letter first, and be none that Azure keeps for itself; got "admin"`,
      ),
    );
  });

  test('injected into a network of another region, or where nobody keeps its zone', () => {
    const workload = workloadIn(DEV);
    const existing = (location: string) =>
      Object.assign(networkIn(workloadIn(DEV)), {
        location,
        bindPrivateDns: () => ({ zoneIds: [], managedElsewhere: true, linkAddresses: [] }),
      });
    const define = (id: string, location: string) => () =>
      new ManagedPostgres(workload, id, {
        ...required(workload),
        network: existing(location),
        createOnly: { injected: true },
      });

    expect(define('Far', 'northeurope')).toThrow(
      new Error("stack/Billing/Far: 'network' must lie in westeurope as the injected server does, got northeurope"),
    );
    expect(define('Nobody', 'westeurope')).toThrow(
      new Error(
        "stack/Billing/Nobody: 'createOnly.privateDnsZoneId' must name the private DNS zone of an injected server where nobody here keeps zones; it must end in .postgres.database.azure.com and be linked to the network",
      ),
    );
  });

  test('everything at once; what Terraform has yet to compute passes where no literal is needed', () => {
    expect(() => postgresIn(DEV, { backupDays: 1, tenantId: 'x', databaseName: 'A' })).toThrow(
      /databaseName.*; .*backupDays.*; .*tenantId/,
    );

    const workload = workloadIn(DEV);
    const text = new TerraformVariable(workload, 'Text', {}).stringValue;
    const number = new TerraformVariable(workload, 'Number', {}).numberValue;
    new ManagedPostgres(workload, 'Database', {
      ...required(workload),
      tenantId: text,
      backupDays: number,
      parameters: { work_mem: text, 'pgaudit.log': text },
    });
    expect(() => new Rendered(workload)).not.toThrow();
    expect(() => postgresIn(DEV, { databaseName: text })).toThrow(
      new Error(
        `${AT}: 'databaseName' must be a literal, because addresses and roles are made from it at synthesis; got a value that Terraform has yet to compute`,
      ),
    );
  });
});
