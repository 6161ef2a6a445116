import { IConstruct } from 'constructs';
import { anEncryptionKey, aNetwork } from '../core/collaborators';
import { aListOf, aMapOf, aStruct, aText, aTextMap, Kinds, oneOf, someTexts } from '../core/kinds';
import { regionNamed } from '../core/locations';
import { ignoreProblems } from '../core/protection';
import { residencyProblem } from '../core/residency';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { publicAddressProblems } from '../network/public-addresses';
import { BlobTagSet, GdprClassification } from './blob-tags';
import { retentionProblems, Surroundings } from './lifecycle-problems';
import { capacityProblem, StorageLimit } from './tenant-capacity';
import { TenantOptions, TenantState } from './tenant-options';
import { AgeSince, TaggedRetention, TenantRetention } from './tenant-retention';
import {
  StorageDefenderOptions,
  StorageReplication,
  TenantIsolation,
  TenantStorageAccountProps,
} from './tenant-storage-props';

const A_RETENTION = aStruct<TenantRetention>({
  'since?': oneOf(AgeSince),
  'tagged?': aListOf(aStruct<TaggedRetention>({ tags: aStruct<BlobTagSet>({}) })),
});

/** What a tenant takes. */
export const TENANT_KINDS: Kinds<TenantOptions> = {
  'gdprClassification?': oneOf(GdprClassification),
  'metadata?': aTextMap,
  'retention?': A_RETENTION,
  'state?': oneOf(TenantState),
};

/** What an account takes. */
export const TENANT_ACCOUNT_KINDS: Kinds<TenantStorageAccountProps> = {
  'allowedIpRules?': someTexts,
  'containerNaming?': aText,
  'defender?': aStruct<StorageDefenderOptions>({}),
  'encryptionKey?': anEncryptionKey,
  'isolation?': oneOf(TenantIsolation),
  'network?': aNetwork,
  'releasedTenants?': someTexts,
  'replication?': oneOf(StorageReplication),
  'retention?': A_RETENTION,
  'tenants?': aMapOf(aStruct(TENANT_KINDS)),
  'ignoreChanges?': someTexts,
};

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[a-z0-9]{3,24}$/i;

const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const CONTAINER = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;

/** Metadata that the library writes. */
const OWN_METADATA = ['tenant_id', 'environment', 'tenant_state', 'gdpr_classification'];

/** What was decided from props and environment. */
export interface Decisions extends Surroundings {
  readonly recoveryDays: number;
  readonly sasHours: number;
  readonly containerNaming: string;
  readonly guarded: boolean;
}

type Problem = string | false;

/** What is wrong with the props of an account, its name aside; of its tenants as well, so that nothing is built by halves. */
export function accountProblems(owner: IConstruct, props: TenantStorageAccountProps, decided: Decisions): Problem[] {
  const { recoveryDays, restoreDays, sasHours } = decided;
  const { capacityAlertGigabytes: alert, storageAccountQuota: quota } = props;
  return [
    ...replicationProblems(owner, props.replication),
    ...publicAddressProblems('allowedIpRules', props.allowedIpRules ?? []),
    capacityProblem(owner, StorageLimit.IP_RULES, (props.allowedIpRules ?? []).length),
    wholeProblem('recoveryDays', recoveryDays, 7, 365),
    isComputed(restoreDays) || isComputed(recoveryDays)
      ? "'restoreDays' and 'recoveryDays' must be literals, because they are compared at synthesis; got a value that Terraform has yet to compute"
      : props.restoreDays !== undefined &&
        !isWholeBetween(restoreDays, 0, recoveryDays - 1) &&
        `'restoreDays' must be a whole number from 0 to ${recoveryDays - 1}, fewer than 'recoveryDays', got ${restoreDays}`,
    isComputed(sasHours)
      ? "'sasHours' must be a literal, because a period is made from it at synthesis; got a value that Terraform has yet to compute"
      : wholeProblem('sasHours', sasHours, 1, 168),
    ...namingProblems(decided.containerNaming, props.isolation),
    ...(props.retention ? retentionProblems('retention', props.retention, decided) : []),
    props.inventory === true &&
      "'inventory' must be left out: azurerm 4.55 creates the policy in Azure, then fails, and replaces it in every plan (issue 31311 of the provider); define it with 'az storage account blob-inventory-policy create' until then",
    props.defender !== undefined &&
      wholeProblem(
        'defender.malwareScanGigabytesPerMonth',
        props.defender.malwareScanGigabytesPerMonth ?? 1,
        0,
        100_000,
      ),
    alert !== undefined && wholeProblem('capacityAlertGigabytes', alert, 1, 5_000_000),
    quota !== undefined &&
      (isComputed(quota)
        ? "'storageAccountQuota' must be a literal, because accounts are counted at synthesis; got a value that Terraform has yet to compute"
        : wholeProblem('storageAccountQuota', quota, 250, 500)),
    ...ignoreProblems(props),
    props.isolation === TenantIsolation.ACCOUNT &&
      (props.releasedTenants ?? []).length > 0 &&
      "'releasedTenants' takes isolation by container: an account is released as a whole, with the step ReleaseTenant of toRecoverySteps()",
    ...entryProblems(owner, props, decided),
  ];
}

/** What is wrong with the tenants that an account is created with. */
function entryProblems(owner: IConstruct, props: TenantStorageAccountProps, decided: Decisions): Problem[] {
  const { tenants = {}, releasedTenants = [] } = props;
  const keys = Object.keys(tenants);
  return [
    ...Object.entries(tenants).flatMap(([key, options], i) => [
      ...tenantProblems(
        key,
        containerNameFor(owner, decided.containerNaming, key),
        options,
        decided,
        `tenants[${shown(key)}].`,
      ),
      ...takenProblems(key, props, keys.slice(0, i)),
    ]),
    ...releasedTenants.map(
      (key, i) =>
        keyProblem(key) ||
        (releasedTenants.indexOf(key) < i && `'releasedTenants' must name each tenant once, got ${shown(key)} twice`),
    ),
  ];
}

/**
 * What is wrong with a tenant.
 *
 * @param of What its options belong to, where several tenants are judged at once.
 */
export function tenantProblems(
  key: string,
  containerName: string,
  { retention, metadata = {} }: TenantOptions,
  surroundings: Surroundings,
  of: string = '',
): Problem[] {
  return [
    keyProblem(key) ||
      (!CONTAINER.test(containerName) &&
        `the container of tenant ${shown(key)} must have 3 to 63 lower-case letters, digits or single hyphens between them, got ${shown(containerName)}; change 'containerNaming' or the key`),
    ...(retention ? retentionProblems(`${of}retention`, retention, surroundings) : []),
    ...Object.keys(metadata).map(
      (name) =>
        !/^[a-z_][a-z0-9_]*$/.test(name) &&
        `'${of}metadata' must have keys of lower-case letters, digits or underscores, no digit first, got ${shown(name)}`,
    ),
    ...Object.keys(metadata).map(
      (name) => OWN_METADATA.includes(name) && `'${of}metadata' must leave ${name} to the library, which writes it`,
    ),
  ];
}

/** What is wrong with a tenant beside those who are there already. */
export function takenProblems(
  key: string,
  { isolation, releasedTenants = [] }: TenantStorageAccountProps,
  others: string[],
): Problem[] {
  const [first] = others;
  return [
    releasedTenants.includes(key) &&
      `the key ${shown(key)} is that of a tenant that left: 'releasedTenants' keeps it from being used again`,
    others.includes(key)
      ? `the tenant ${shown(key)} is there already`
      : first !== undefined &&
        isolation === TenantIsolation.ACCOUNT &&
        `'isolation' by account leaves room for one tenant, here ${shown(first)}: give ${shown(key)} a TenantStorageAccount of its own`,
  ];
}

/** What is wrong with the key of a tenant. */
function keyProblem(key: string): Problem {
  if (isComputed(key)) {
    return `the key of a tenant must be a literal, because addresses and names are made from it; got ${shown(key)}`;
  }
  return (
    !(isText(key, KEY) && key.length <= 63) &&
    `the key of a tenant must have 1 to 63 lower-case letters, digits or single hyphens between them, got ${shown(key)}`
  );
}

/** What is wrong with the id of an existing account. */
export function existingAccountProblem(storageAccountId: string): Problem {
  if (isComputed(storageAccountId)) {
    return "'storageAccountId' must be a literal, because the addresses of its blobs are made from it; got a value that Terraform has yet to compute";
  }
  return (
    !ACCOUNT_ID.test(storageAccountId) &&
    `'storageAccountId' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.Storage/storageAccounts/<name>', got ${shown(storageAccountId)}`
  );
}

/** What is wrong with the pattern of container names. */
export function namingProblems(naming: string, isolation?: TenantIsolation): Problem[] {
  if (isComputed(naming.replace(/\{(tenant|environment|workload)\}/g, ''))) {
    return [`'containerNaming' must be a literal, because names are made from it at synthesis; got ${shown(naming)}`];
  }
  return [
    !naming.includes('{tenant}') &&
      isolation !== TenantIsolation.ACCOUNT &&
      `'containerNaming' must have {tenant} in it, or all tenants would share a container, got ${shown(naming)}`,
    /[{}]/.test(naming.replace(/\{(tenant|environment|workload)\}/g, '')) &&
      `'containerNaming' must have no other placeholders than {tenant}, {environment} and {workload}, got ${shown(naming)}`,
  ];
}

/** The name of a tenant's container. */
export function containerNameFor(owner: IConstruct, naming: string, key: string): string {
  const { name, environment } = Workload.of(owner);
  return naming
    .replace(/\{tenant\}/g, key)
    .replace(/\{environment\}/g, environment.name)
    .replace(/\{workload\}/g, name);
}

/** What is wrong with a replication where the account is. */
function replicationProblems(owner: IConstruct, replication?: StorageReplication): Problem[] {
  const { location, hasZones } = Workload.of(owner);
  if (replication === undefined) {
    return [];
  }
  const pair = regionNamed(location)?.pair;
  const copied = replication.includes('G');
  return [
    replication.includes('Z') &&
      !hasZones &&
      `'replication' must do without zones in ${location}, which has none, got ${replication}`,
    copied &&
      pair === undefined &&
      `'replication' must be LRS or ZRS in ${location}, which has no paired region, got ${replication}`,
    copied &&
      pair !== undefined &&
      residencyProblem(owner, `the copy in the paired region, which 'replication' ${replication} makes,`, pair),
  ];
}

function wholeProblem(prop: string, value: number, min: number, max: number): Problem {
  return (
    !isWholeBetween(value, min, max) && `'${prop}' must be a whole number from ${min} to ${max}, got ${shown(value)}`
  );
}
