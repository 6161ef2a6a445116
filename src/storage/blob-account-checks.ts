import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { StorageContainerImmutabilityPolicy } from '@cdktf/provider-azurerm/lib/storage-container-immutability-policy';
import { StorageManagementPolicy } from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { TerraformDataSource, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { isComputed, resolvedIn, shown } from '../core/validation';
import { warnOfKeyedServices } from './keyless-services';
import { capacityProblem, StorageLimit } from './tenant-capacity';

/** Data sources that put a SAS into the state, made with a key that these accounts do not have. */
const SAS_SOURCES = ['azurerm_storage_account_sas', 'azurerm_storage_account_blob_container_sas'];

/** What Terraform will read, in its own spelling. */
type Block = { readonly [attribute: string]: any };

/** A finding, if there is one. */
type Finding = string | false;

const PERIOD = /^\d{2}\.([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;

/** The tiers in the order that blobs pass through them, and the end. */
const STATIONS = ['tier_to_cool', 'tier_to_cold', 'tier_to_archive', 'delete'];

const CRITERIA = ['modification', 'creation', 'last_access_time'];

/**
 * Has synthesis check the accounts, rules and containers below a construct for what Azure would refuse only while Terraform
 * applies, with the account created and marked as tainted; whatever props, escape hatches and overrides made of them.
 */
export function checkBlobAccounts(owner: Construct): void {
  refuseSasIn(TerraformStack.of(owner));
  warnOfKeyedServices(owner);
  owner.node.addValidation({
    validate: () => {
      const found = (type: string) => rendered(owner, type);
      const accounts = found(StorageAccount.tfResourceType);
      const tracked = accounts.every((account) => account.blob_properties?.last_access_time_enabled === true);
      return [
        ...accounts.flatMap(accountFindings),
        ...found(StorageManagementPolicy.tfResourceType).flatMap((policy) => policyFindings(owner, policy, tracked)),
        ...found(StorageContainer.tfResourceType).flatMap(containerFindings),
        ...found(RoleAssignment.tfResourceType).map(conditionFinding),
        ...found(StorageContainerImmutabilityPolicy.tfResourceType).map(lockFinding),
      ].filter((finding) => finding !== false);
    },
  });
}

const guardedStacks = new WeakSet<TerraformStack>();

function refuseSasIn(stack: TerraformStack): void {
  if (guardedStacks.has(stack)) {
    return;
  }
  guardedStacks.add(stack);
  stack.node.addValidation({
    validate: () =>
      stack.node
        .findAll()
        .filter(TerraformDataSource.isTerraformDataSource)
        .map((source) => source as TerraformDataSource)
        .filter(({ terraformResourceType }) => SAS_SOURCES.includes(terraformResourceType))
        .map(
          ({ node, terraformResourceType }) =>
            `${node.path}: ${terraformResourceType} writes a SAS into the state, with an account key, which is off: let the app issue SAS in its own name, with grantIssueSas()`,
        ),
  });
}

function rendered(owner: Construct, type: string): Block[] {
  return owner.node
    .findAll()
    .filter((x: IConstruct): x is TerraformResource => TerraformResource.isTerraformResource(x))
    .filter(({ terraformResourceType }) => terraformResourceType === type)
    .map((x) => (resolvedIn(owner, x.toTerraform()) as Block).resource[type][x.friendlyUniqueId]);
}

function accountFindings(account: Block): Finding[] {
  const { account_tier: tier, account_replication_type: replication, is_hns_enabled: hns, sas_policy: sas } = account;
  const blobs: Block = account.blob_properties ?? {};
  const restore = blobs.restore_policy?.days;
  const deleted = blobs.delete_retention_policy?.days;
  const immutable = account.immutability_policy;
  return [
    restore !== undefined &&
      blobs.versioning_enabled !== true &&
      "'blob_properties.restore_policy' takes 'versioning_enabled', or Azure refuses it after it has created the account",
    restore !== undefined &&
      blobs.change_feed_enabled !== true &&
      "'blob_properties.restore_policy' takes 'change_feed_enabled', or Azure refuses it after it has created the account",
    restore !== undefined &&
      (deleted === undefined || restore >= deleted) &&
      `'blob_properties.restore_policy.days' must be fewer than the days of 'delete_retention_policy', got ${shown(restore)} and ${shown(deleted)}`,
    hns === true &&
      blobs.versioning_enabled === true &&
      "'is_hns_enabled' and 'blob_properties.versioning_enabled' exclude each other: an account has directories or versions",
    immutable !== undefined &&
      blobs.versioning_enabled !== true &&
      "'immutability_policy' takes 'blob_properties.versioning_enabled', or Azure refuses it after it has created the account",
    immutable !== undefined &&
      restore !== undefined &&
      "'immutability_policy' and 'blob_properties.restore_policy' exclude each other: what cannot change cannot be set back",
    account.share_properties?.smb !== undefined &&
      (account.share_properties.smb.kerberos_ticket_encryption_type ?? []).length === 0 &&
      "'share_properties.smb' takes 'kerberos_ticket_encryption_type', e.g. AES-256: the provider sends an empty text otherwise",
    immutable?.state === 'Locked' &&
      "'immutability_policy.state' must not be Locked at creation: create the account with Unlocked, and lock it when you are sure, for there is no way back",
    sas !== undefined &&
      !isComputed(sas.expiration_period) &&
      !PERIOD.test(sas.expiration_period) &&
      `'sas_policy.expiration_period' must be 'DD.HH:MM:SS', got ${shown(sas.expiration_period)}`,
    account.sftp_enabled === true &&
      hns !== true &&
      "'sftp_enabled' takes 'is_hns_enabled', which only a new account can have, and which excludes versions",
    tier === 'Premium' &&
      !['LRS', 'ZRS'].includes(replication) &&
      `'account_replication_type' must be LRS or ZRS with the tier Premium, got ${shown(replication)}`,
  ];
}

function lockFinding({ locked }: Block): Finding {
  return (
    locked === true &&
    "'locked' must be false on an immutability policy: a lock is for ever, nobody can shorten the retention or delete the account until the last blob is free, and Terraform would lock before a single blob was tried; lock with the step LockContainer of toRecoverySteps()"
  );
}

function conditionFinding({ condition, condition_version: version }: Block): Finding {
  return (
    condition !== undefined &&
    version !== '2.0' &&
    `a role with a 'condition' takes the 'condition_version' 2.0, the only one that Azure still accepts, got ${shown(version)}`
  );
}

function policyFindings(owner: Construct, { rule = [] }: Block, tracked: boolean): Finding[] {
  const rules = rule as Block[];
  const names = rules.map(({ name }) => name);
  return [
    capacityProblem(owner, StorageLimit.LIFECYCLE_RULES, rules.length),
    ...[...new Set(names)]
      .filter((name) => names.indexOf(name) !== names.lastIndexOf(name))
      .map((name) => `lifecycle rules must have different names, got ${shown(name)} more than once`),
    ...rules.flatMap((one) => ruleFindings(one, tracked)),
  ];
}

function ruleFindings({ name, filters, actions }: Block, tracked: boolean): Finding[] {
  const base: Block = actions.base_blob ?? {};
  const prefixes = filters.prefix_match?.length ?? 0;
  const of = `lifecycle rule ${shown(name)}`;
  const given = STATIONS.map((station) => ({ station, criteria: criteriaOf(base, station) }));
  const present = given.filter(({ criteria }) => criteria.length > 0);
  return [
    prefixes > 10 && `${of} must have at most 10 prefixes, got ${prefixes}: spread them over several rules`,
    filters.match_blob_index_tag !== undefined &&
      (actions.snapshot !== undefined || actions.version !== undefined) &&
      `${of} goes by index tags, which versions and snapshots do not have: give those a rule without tags`,
    ...present.map(
      ({ station, criteria }) =>
        criteria.length > 1 &&
        `${of} must have one criterion for '${station}', got ${criteria.map(({ attribute }) => attribute).join(' and ')}`,
    ),
    ...present.slice(1).map(({ station, criteria }, i) => {
      const [before, [after]] = [present[i], criteria];
      return (
        after.days <= before.criteria[0].days &&
        `${of} must come to '${station}' later than to '${before.station}', got ${after.days} and ${before.criteria[0].days} days`
      );
    }),
    base.auto_tier_to_hot_from_cool_enabled === true &&
      base.tier_to_cool_after_days_since_last_access_time_greater_than === undefined &&
      `${of} moves blobs back to hot, which takes 'tier_to_cool_after_days_since_last_access_time_greater_than'`,
    Object.keys(base).some((attribute) => attribute.includes('last_access_time')) &&
      !tracked &&
      `${of} goes by the last access, which takes 'blob_properties.last_access_time_enabled' on the account`,
  ];
}

function criteriaOf(base: Block, station: string): Array<{ attribute: string; days: number }> {
  return CRITERIA.map((criterion) => `${station}_after_days_since_${criterion}_greater_than`)
    .filter((attribute) => base[attribute] !== undefined)
    .map((attribute) => ({ attribute, days: base[attribute] }));
}

function containerFindings({ name, metadata = {} }: Block): Finding[] {
  return [
    !isComputed(name) &&
      !/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(name) &&
      `the container ${shown(name)} must have 3 to 63 lower-case letters, digits or single hyphens between them`,
    ...Object.keys(metadata).map(
      (key) =>
        !/^[a-z_][a-z0-9_]*$/.test(key) &&
        `the metadata ${shown(key)} of the container ${shown(name)} must have lower-case letters, digits or underscores, no digit first`,
    ),
  ];
}
