import { isComputed, isWholeBetween, shown } from '../core/validation';
import { tagProblems } from './blob-conditions';
import { keyOfTagged, VERSION_DAYS } from './lifecycle-rules';
import { AgeSince, TaggedRetention, TenantRetention } from './tenant-retention';

/** Replications that have an archive tier: those without zones. */
const ARCHIVING = ['LRS', 'GRS', 'RAGRS'];

const MOST_DAYS = 99999;

/** Tiers and the end, in the order that a blob passes through them. */
const STATIONS = ['coolAfterDays', 'coldAfterDays', 'archiveAfterDays', 'deleteAfterDays'] as const;

type Station = (typeof STATIONS)[number];

type Ages = { readonly [station in Station]?: number };

/** What an account allows. */
export interface Surroundings {
  /** How often the account keeps its data, e.g. `ZRS`. */
  readonly replication: string;
  /** Days that the whole account can be set back; versions must live as long. */
  readonly restoreDays: number;
}

/**
 * What is wrong with retention settings, as clauses for `rejectIf()`; all of it is refused by Azure, most of it only while
 * Terraform applies.
 *
 * @param prop Prop that they come from.
 * @param retention The settings.
 * @param surroundings What the account allows.
 */
export function retentionProblems(
  prop: string,
  retention: TenantRetention,
  { replication, restoreDays }: Surroundings,
): Array<string | false> {
  const { archiveAfterDays, coolAfterDays, hotOnAccess, since, tagged = [], versionDays = VERSION_DAYS } = retention;
  return [
    ...ageProblems(prop, retention),
    archiveAfterDays !== undefined &&
      !ARCHIVING.includes(replication) &&
      `'${prop}.archiveAfterDays' must be left out with ${replication}, which has no archive tier: use 'coldAfterDays', or give the account the 'replication' GRS, which cannot be changed later`,
    isComputed(versionDays) &&
      `'${prop}.versionDays' must be a literal, because tenants are grouped by it at synthesis; got ${shown(versionDays)}`,
    !isWholeBetween(versionDays, 1, MOST_DAYS) &&
      `'${prop}.versionDays' must be a whole number from 1 to ${MOST_DAYS}, got ${shown(versionDays)}`,
    !isComputed(versionDays) &&
      versionDays >= 1 &&
      versionDays < restoreDays &&
      `'${prop}.versionDays' must not be fewer than the ${restoreDays} days of 'restoreDays', for which the account needs its versions; got ${versionDays}`,
    hotOnAccess === true &&
      since !== AgeSince.LAST_ACCESS &&
      `'${prop}.hotOnAccess' takes 'since' the last access, or Azure does not know that somebody read a blob`,
    hotOnAccess === true &&
      coolAfterDays === undefined &&
      `'${prop}.hotOnAccess' takes 'coolAfterDays': nothing else brings a blob to where it could come back from`,
    ...tagged.flatMap((one) => taggedProblems(prop, one, retention)),
    new Set(tagged.map(({ tags }) => keyOfTagged({ tags }))).size < tagged.length &&
      `'${prop}.tagged' must name each set of tags once`,
  ];
}

function taggedProblems(prop: string, tagged: TaggedRetention, others: TenantRetention): Array<string | false> {
  const own = `${prop}.tagged`;
  const given = STATIONS.filter((station) => (tagged as Ages)[station] !== undefined);
  return [
    ...tagProblems(`${own}.tags`, tagged.tags),
    ...ageProblems(own, tagged),
    given.length === 0 && `'${own}' must say when its blobs move or go`,
    ...given.map((station) => {
      const [mine, theirs] = [(tagged as Ages)[station], others[station]];
      return (
        mine !== undefined &&
        theirs !== undefined &&
        !isComputed(mine) &&
        mine >= theirs &&
        `'${own}.${station}' must be fewer than the ${theirs} days of blobs without the tags, got ${mine}: rules add up, and the earliest wins, so tags cannot keep a blob longer`
      );
    }),
  ];
}

function ageProblems(prop: string, ages: Ages): Array<string | false> {
  const given = STATIONS.flatMap((station) => {
    const days = ages[station];
    return days === undefined ? [] : [{ station, days }];
  });
  return [
    ...given.map(
      ({ station, days }) =>
        isComputed(days) &&
        `'${prop}.${station}' must be a literal, because tenants are grouped by it at synthesis; got ${shown(days)}`,
    ),
    ...given.map(
      ({ station, days }) =>
        !isWholeBetween(days, 0, MOST_DAYS) &&
        `'${prop}.${station}' must be a whole number from 0 to ${MOST_DAYS}, got ${shown(days)}`,
    ),
    ...given.slice(1).map(({ station, days }, i) => {
      const before = given[i];
      return (
        !isComputed(days) &&
        !isComputed(before.days) &&
        days <= before.days &&
        `'${prop}.${station}' must be more than '${before.station}', got ${days} and ${before.days}: blobs pass from hot to cool to cold to the archive, and are deleted last`
      );
    }),
  ];
}
