import * as fc from 'fast-check';
import {
  EvidenceOptions,
  EvidenceStore,
  GdprClassification,
  StorageReplication,
  TenantIsolation,
  TenantOptions,
  TenantState,
  TenantStorageAccount,
  Workload,
} from '../../src';
import { regionNamed } from '../../src/core/locations';
import { flag, list, literal, literalFormed, oneOf, Prop, whole } from './kit/choices';
import { ignoreChanges, kebab, lower, publicAddress, resourceId } from './kit/forms';
import { grounded, NETWORK, some } from './kit/ground';
import { describeProperties } from './kit/lane';
import { Blocks, Home, only, Subject, unwatched, Values } from './kit/subject';

const NAME = literalFormed(/^[a-z0-9]{3,24}$/, lower(3, 24), 'ab', 'Upper', 'a'.repeat(25), 'with-hyphen');
const BAD_KEYS = ['Upper', 'a--b', '-a', 'a_b', 'x'.repeat(64)];

const nameless = ({ organization }: Home, { storageAccountName }: Values) =>
  organization === undefined && storageAccountName === undefined ? ['organization'] : [];

const account = (blocks: Blocks) => only(blocks, 'azurerm_storage_account');
const region = ({ location }: Home) => regionNamed(location);

/** What becomes of the props that every account of blobs has. */
const EMITS: Subject['emits'] = {
  storageAccountName: (blocks) => account(blocks).name,
  recoveryDays: (blocks) => account(blocks).blob_properties.delete_retention_policy.days,
  deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
  unmonitored: unwatched,
};
const ABSENT: Subject['absent'] = {
  recoveryDays: ({ environment }) => environment.profile.recoveryDays,
  deletionProtection: ({ environment }) => environment.profile.locked,
  unmonitored: () => false,
};

/** Entries by stable keys, the options of each from a few. */
function entries<T>(options: T[], badOptions: T[], key: fc.Arbitrary<string>): Prop {
  const entry = fc.tuple(key, fc.constantFrom(...options));
  const right = fc.uniqueArray(entry, { maxLength: 3, selector: ([name]) => name });
  const wrong = fc.oneof(
    fc.tuple(key, fc.constantFrom(...badOptions)),
    fc.tuple(fc.constantFrom(...BAD_KEYS), fc.constantFrom(...options)),
  );
  return {
    good: right.map((list_) => literal(Object.fromEntries(list_))),
    bad: fc.tuple(right, wrong).map(([list_, spoiler]) => literal(Object.fromEntries([...list_, spoiler]))),
  };
}

const TENANTS: TenantOptions[] = [
  {},
  { state: TenantState.SUSPENDED },
  { state: TenantState.RETAINED, gdprClassification: GdprClassification.PERSONAL },
  { retention: { coolAfterDays: 30, deleteAfterDays: 400, versionDays: 400 } },
  { retention: { deleteAfterDays: 0, versionDays: 9999 }, metadata: { contract: '4711' } },
];
const BAD_TENANTS: TenantOptions[] = [
  { retention: { coolAfterDays: 30, deleteAfterDays: 30, versionDays: 400 } },
  { retention: { deleteAfterDays: -1, versionDays: 400 } },
  { metadata: { 'tenant-id': 'x' } },
  { metadata: { tenant_id: 'x' } },
];

/** Replications that the region cannot have. */
function misplaced({ replication }: Values, home: Home): string[] {
  const here = region(home);
  const zones = replication?.includes('Z') && !here?.zones;
  const pair = replication?.includes('G') && here?.pair === undefined;
  return zones || pair ? ['replication'] : [];
}

const tenantStorage: Subject<Workload> = {
  name: 'TenantStorageAccount',
  props: {
    network: some(NETWORK),
    tenants: entries(TENANTS, BAD_TENANTS, kebab(3, 20)),
    isolation: oneOf(TenantIsolation.CONTAINER),
    containerNaming: literalFormed(
      /\{tenant\}/,
      fc.constantFrom('{tenant}', '{workload}-{tenant}', '{tenant}-{environment}'),
      'files',
      '{tenant}-{region}',
    ),
    allowedIpRules: list(publicAddress()),
    storageAccountName: NAME,
    replication: oneOf(...Object.values(StorageReplication)),
    recoveryDays: whole(7, 365, { literals: true }),
    sasHours: whole(1, 168, { literals: true }),
    capacityAlertGigabytes: whole(1, 5_000_000),
    storageAccountQuota: whole(250, 500, { literals: true }),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  called: { tenants: 'tenant|retention|metadata' },
  ground: (place) => place.workload(),
  define: (workload, props) => new TenantStorageAccount(workload, 'Subject', grounded(workload, props)),
  path: (id) => `${id}/Subject`,
  tame: () => ['replication', 'recoveryDays'],
  combined: (values, home) => [...misplaced(values, home), ...nameless(home, values)],
  emits: { ...EMITS, replication: (blocks) => account(blocks).account_replication_type },
  absent: ABSENT,
};

const CONTAINERS: EvidenceOptions[] = [{}, { retentionDays: 1 }, { retentionDays: 146_000, locked: false }];
const BAD_CONTAINERS: EvidenceOptions[] = [{ retentionDays: 0 }, { retentionDays: 146_001 }, { retentionDays: 1.5 }];

/** Evidence must have a second region where the environment wants one. */
function regionless({ replicaLocation }: Values, home: Home): string[] {
  const same = replicaLocation === region(home)?.name;
  const alone =
    replicaLocation === undefined && home.environment.profile.geoRedundant && region(home)?.pair === undefined;
  return same || alone ? ['replicaLocation'] : [];
}

const evidenceStore: Subject<Workload> = {
  name: 'EvidenceStore',
  props: {
    network: some(NETWORK),
    containers: entries(CONTAINERS, BAD_CONTAINERS, kebab(3, 20)),
    auditWorkspaceId: resourceId('Microsoft.OperationalInsights/workspaces'),
    allowedIpRules: list(publicAddress()),
    storageAccountName: NAME,
    recoveryDays: whole(7, 365),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  called: { containers: 'container|retentionDays' },
  ground: (place) => place.workload(),
  define: (workload, props) => new EvidenceStore(workload, 'Subject', grounded(workload, props)),
  path: (id) => `${id}/Subject`,
  combined: (values, home) => [...regionless(values, home), ...nameless(home, values)],
  emits: EMITS,
  absent: ABSENT,
};

describeProperties(tenantStorage, evidenceStore);
