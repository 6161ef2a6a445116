import { TerraformResource } from 'cdktf';
import { IConstruct } from 'constructs';
import { BackupBinding, BackupKind } from '../contracts/backup';
import { ServiceTier } from '../core/environment';
import { isComputed, shown } from '../core/validation';
import { FROM_SUNDAY } from '../core/week';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { BackupPolicyOptions } from './backup-policy-options';

const { ECONOMY, STANDARD, CRITICAL } = ServiceTier;

const KEEP_DAYS = { [ECONOMY]: 14, [STANDARD]: 30, [CRITICAL]: 90 };
const KEEP_MONTHS = { [ECONOMY]: 0, [STANDARD]: 0, [CRITICAL]: 12 };

/** Azure keeps no backup of a vault for longer, and no more than some 450 snapshots of a disk. */
const MOST_DAYS = { [BackupKind.BLOBS]: 3650, [BackupKind.POSTGRESQL]: 3650, [BackupKind.DISK]: 365 };

/** Day of a month that began on a Wednesday: a schedule needs a first day, and one that moved would replace the policy. */
const FIRST_SUNDAY = 4;

/** A policy, put together from options and environment. */
export interface BackupPlan {
  readonly kind: BackupKind;
  /** A repeating interval of ISO 8601. */
  readonly schedule: string;
  /** Days between two backups. */
  readonly everyDays: number;
  readonly keepDays: number;
  readonly keepMonths: number;
  readonly keepYears: number;
}

/** What a backup is made of. */
export interface BackupSetup {
  readonly vaultId: string;
  readonly source: IConstruct;
  readonly binding: BackupBinding;
  readonly plan: BackupPlan;
  /** The policy, which is the vault's, or its own. */
  readonly policy: TerraformResource;
  /** References to the ids of all roles that it takes. */
  readonly roleAssignmentIds: string[];
}

/**
 * What a policy comes to in the environment of a construct.
 */
export function planOf(scope: IConstruct, kind: BackupKind, options: BackupPolicyOptions = {}): BackupPlan {
  const { tier, recoveryDays } = Workload.of(scope).environment.profile;
  const isDisk = kind === BackupKind.DISK;
  const everyDays = isDisk || (options.daily ?? false) ? 1 : 7;
  const keepDays = options.keepDays ?? (isDisk ? recoveryDays : KEEP_DAYS[tier]);
  const usualMonths = isDisk || KEEP_MONTHS[tier] * 30 <= keepDays ? 0 : KEEP_MONTHS[tier];
  const hour = String(options.hour ?? 2).padStart(2, '0');
  const day = String(FIRST_SUNDAY + FROM_SUNDAY.indexOf(options.weekday ?? Weekday.SUNDAY)).padStart(2, '0');
  return {
    kind,
    schedule: `R/2026-01-${day}T${hour}:00:00+00:00/P1${everyDays === 1 ? 'D' : 'W'}`,
    everyDays,
    keepDays,
    keepMonths: options.keepMonths ?? usualMonths,
    keepYears: options.keepYears ?? 0,
  };
}

/**
 * What is wrong with a policy, as clauses for `rejectIf()`.
 *
 * @param scope The construct that it is for.
 * @param prop Prop that the options come from.
 * @param kind What it backs up.
 * @param options The options that were given, if some were.
 */
export function planProblems(
  scope: IConstruct,
  prop: string,
  kind: BackupKind,
  options: BackupPolicyOptions = {},
): Array<string | false> {
  const computed = Object.entries(options).filter(([, value]) => isComputed(value));
  if (computed.length > 0) {
    return computed.map(
      ([name, value]) =>
        `'${prop}.${name}' must be a literal, because the name of the policy is made from it; got ${shown(value)}`,
    );
  }
  const { keepDays, keepMonths, keepYears } = planOf(scope, kind, options);
  const most = MOST_DAYS[kind];
  const isDisk = kind === BackupKind.DISK;
  const whole = (name: 'hour' | 'keepDays' | 'keepMonths' | 'keepYears', min: number, max: number) => {
    const value = options[name];
    return (
      value !== undefined &&
      !(Number.isInteger(value) && value >= min && value <= max) &&
      `'${prop}.${name}' must be a whole number from ${min} to ${max}, got ${shown(value)}`
    );
  };
  return [
    whole('hour', 0, 23),
    whole('keepDays', 7, most),
    options.weekday !== undefined &&
      (isDisk || (options.daily ?? false)) &&
      `'${prop}.weekday' must be left out where backups are daily, got ${shown(options.weekday)}`,
    options.daily === true &&
      kind === BackupKind.POSTGRESQL &&
      `'${prop}.daily' must be false: Azure backs PostgreSQL up into a vault once a week, and every day on the server itself`,
    options.daily === false && isDisk && `'${prop}.daily' must not be false: Azure backs disks up every day`,
    ...(isDisk
      ? (['keepMonths', 'keepYears'] as const).map(
          (name) =>
            (options[name] ?? 0) !== 0 &&
            `'${prop}.${name}' must be left out: Azure keeps backups of disks by days only, got ${shown(options[name])}`,
        )
      : [
          whole('keepMonths', 0, 120),
          whole('keepYears', 0, 10),
          keepMonths > 0 &&
            keepMonths * 30 <= keepDays &&
            `'${prop}.keepMonths' must be longer than 'keepDays', got ${keepMonths} months and ${keepDays} days`,
          keepYears > 0 &&
            keepYears * 12 <= keepMonths &&
            `'${prop}.keepYears' must be longer than 'keepMonths', got ${keepYears} years and ${keepMonths} months`,
          keepYears > 0 &&
            keepMonths === 0 &&
            keepYears * 365 <= keepDays &&
            `'${prop}.keepYears' must be longer than 'keepDays', got ${keepYears} years and ${keepDays} days`,
        ]),
  ];
}
