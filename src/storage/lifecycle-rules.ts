import {
  StorageManagementPolicyRule,
  StorageManagementPolicyRuleActionsBaseBlob,
} from '@cdktf/provider-azurerm/lib/storage-management-policy';
import { stableHash } from '../core/naming';
import { tagsOf } from './blob-conditions';
import { AgeSince, TaggedRetention, TenantRetention } from './tenant-retention';

/** Prefixes that a rule takes. */
const PREFIXES_PER_RULE = 10;

/** Days that versions are kept where nobody says. */
export const VERSION_DAYS = 90;

/** A container and what holds in it. */
export interface RetainedContainer {
  /** Its name. */
  readonly containerName: string;
  /** How long blobs are kept in it. */
  readonly retention: TenantRetention;
}

type Ages = Pick<TenantRetention, 'coolAfterDays' | 'coldAfterDays' | 'archiveAfterDays' | 'deleteAfterDays'>;

/**
 * The lifecycle rules of an account: as few as possible, and the same whatever order the containers come in.
 *
 * Containers with the same settings share their rules, as far as ten prefixes a rule allow. Settings with tags have a rule of
 * their own for each set of tags, without actions on versions and snapshots, which have no tags: Azure refuses those.
 */
export function lifecycleRules(containers: RetainedContainer[]): StorageManagementPolicyRule[] {
  const groups = new Map<string, RetainedContainer[]>();
  for (const container of containers) {
    const key = nameOfRetention(container.retention);
    groups.set(key, [...(groups.get(key) ?? []), container]);
  }
  return [...groups]
    .flatMap(([key, members]) => {
      const prefixes = members.map(({ containerName }) => `${containerName}/`).sort();
      return chunksOf(prefixes).flatMap((prefixMatch, i) =>
        rulesOf(`${key}-${i + 1}`, prefixMatch, members[0].retention),
      );
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function rulesOf(name: string, prefixMatch: string[], retention: TenantRetention): StorageManagementPolicyRule[] {
  const { versionDays = VERSION_DAYS, tagged = [] } = retention;
  const tiers = tiersOfVersions(retention, versionDays);
  const filters = { blobTypes: ['blockBlob'], prefixMatch };
  const baseBlob = baseActions(retention, retention);
  return [
    {
      name,
      enabled: true,
      filters,
      actions: {
        ...(baseBlob && { baseBlob }),
        snapshot: { ...tiers, deleteAfterDaysSinceCreationGreaterThan: versionDays },
        version: { ...tiers, deleteAfterDaysSinceCreation: versionDays },
      },
    },
    ...tagged.map((one) => ({
      name: `${name}-${keyOfTagged(one)}`,
      enabled: true,
      filters: { ...filters, matchBlobIndexTag: tagsOf(one.tags).map(([tag, value]) => ({ name: tag, value })) },
      actions: { baseBlob: baseActions(one, retention) },
    })),
  ];
}

/** One criterion for all tiers, so that no tier has two: Azure refuses those. */
function baseActions(
  { coolAfterDays, coldAfterDays, archiveAfterDays, deleteAfterDays }: Ages,
  { since = AgeSince.MODIFICATION, hotOnAccess = false }: TenantRetention,
): StorageManagementPolicyRuleActionsBaseBlob | undefined {
  if ([coolAfterDays, coldAfterDays, archiveAfterDays, deleteAfterDays].every((days) => days === undefined)) {
    return undefined;
  }
  switch (since) {
    case AgeSince.CREATION:
      return {
        tierToCoolAfterDaysSinceCreationGreaterThan: coolAfterDays,
        tierToColdAfterDaysSinceCreationGreaterThan: coldAfterDays,
        tierToArchiveAfterDaysSinceCreationGreaterThan: archiveAfterDays,
        deleteAfterDaysSinceCreationGreaterThan: deleteAfterDays,
      };
    case AgeSince.LAST_ACCESS:
      return {
        tierToCoolAfterDaysSinceLastAccessTimeGreaterThan: coolAfterDays,
        autoTierToHotFromCoolEnabled: hotOnAccess && coolAfterDays !== undefined ? true : undefined,
        tierToColdAfterDaysSinceLastAccessTimeGreaterThan: coldAfterDays,
        tierToArchiveAfterDaysSinceLastAccessTimeGreaterThan: archiveAfterDays,
        deleteAfterDaysSinceLastAccessTimeGreaterThan: deleteAfterDays,
      };
    case AgeSince.MODIFICATION:
      return {
        tierToCoolAfterDaysSinceModificationGreaterThan: coolAfterDays,
        tierToColdAfterDaysSinceModificationGreaterThan: coldAfterDays,
        tierToArchiveAfterDaysSinceModificationGreaterThan: archiveAfterDays,
        deleteAfterDaysSinceModificationGreaterThan: deleteAfterDays,
      };
  }
}

/** A version that is deleted before it would move does not move. */
function tiersOfVersions({ coolAfterDays, coldAfterDays, archiveAfterDays }: TenantRetention, versionDays: number) {
  const before = (days?: number) => (days !== undefined && days < versionDays ? days : undefined);
  return {
    changeTierToCoolAfterDaysSinceCreation: before(coolAfterDays),
    tierToColdAfterDaysSinceCreationGreaterThan: before(coldAfterDays),
    changeTierToArchiveAfterDaysSinceCreation: before(archiveAfterDays),
  };
}

/** Tells settings apart, and names their rules: equal settings have equal names. */
function nameOfRetention(retention: TenantRetention): string {
  const { since = AgeSince.MODIFICATION, versionDays = VERSION_DAYS, hotOnAccess = false, tagged = [] } = retention;
  const tags = tagged.map(keyOfTagged).sort();
  return [
    ...wordsOf(retention),
    `versions${versionDays}`,
    ...(since === AgeSince.MODIFICATION ? [] : [`since-${since}`]),
    ...(hotOnAccess ? ['hot-on-access'] : []),
    ...(tags.length > 0 ? [`tags-${stableHash(...tags)}`] : []),
  ].join('-');
}

/** Tells tagged settings apart. */
export function keyOfTagged(tagged: TaggedRetention): string {
  return ['tagged', ...wordsOf(tagged), stableHash(...tagsOf(tagged.tags).flat())].join('-');
}

function wordsOf({ coolAfterDays, coldAfterDays, archiveAfterDays, deleteAfterDays }: Ages): string[] {
  const words = { cool: coolAfterDays, cold: coldAfterDays, archive: archiveAfterDays, delete: deleteAfterDays };
  return Object.entries(words).flatMap(([word, days]) => (days === undefined ? [] : [`${word}${days}`]));
}

function chunksOf(prefixes: string[]): string[][] {
  const count = Math.ceil(prefixes.length / PREFIXES_PER_RULE);
  return Array.from({ length: count }, (_, i) => prefixes.slice(i * PREFIXES_PER_RULE, (i + 1) * PREFIXES_PER_RULE));
}
