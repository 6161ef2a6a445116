import { DataProtectionBackupVault } from '@cdktf/provider-azurerm/lib/data-protection-backup-vault';
import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { organizationProblem } from '../access/organization-problem';
import { BackupBinding, BackupKind, IBackupSource } from '../contracts/backup';
import { aStruct, Kinds, oneOf, someTexts } from '../core/kinds';
import { canonicalLocation, regionNamed } from '../core/locations';
import { nameProblem } from '../core/naming';
import { ignoreProblems } from '../core/protection';
import { allowedPairOf } from '../core/residency';
import { isComputed, isText, isWholeBetween, shown } from '../core/validation';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { Backup } from './backup';
import { planProblems } from './backup-plan';
import { BackupPolicyOptions } from './backup-policy-options';
import { BackupRedundancy, BackupVaultProps } from './backup-vault-props';

const A_POLICY = aStruct<BackupPolicyOptions>({ 'weekday?': oneOf(Weekday) });

/** What a backup vault takes. */
export const BACKUP_VAULT_KINDS: Kinds<BackupVaultProps> = {
  'blobPolicy?': A_POLICY,
  'diskPolicy?': A_POLICY,
  'postgresPolicy?': A_POLICY,
  'redundancy?': oneOf(BackupRedundancy),
  'ignoreChanges?': someTexts,
};

/** The prop of a vault that holds the policy for a kind. */
export const POLICY_PROPS = {
  [BackupKind.BLOBS]: 'blobPolicy',
  [BackupKind.DISK]: 'diskPolicy',
  [BackupKind.POSTGRESQL]: 'postgresPolicy',
} as const;

/**
 * How many copies a vault keeps where nobody says so.
 */
export function redundancyFor(vault: Construct): BackupRedundancy {
  const { environment, hasZones } = Workload.of(vault);
  if (environment.profile.geoRedundant && allowedPairOf(vault) !== undefined) {
    return BackupRedundancy.GEO;
  }
  return hasZones ? BackupRedundancy.ZONES : BackupRedundancy.LOCAL;
}

/**
 * What is wrong with the props of a vault.
 */
export function vaultProblems(
  vault: Construct,
  props: BackupVaultProps,
  redundancy: BackupRedundancy,
): Array<string | false> {
  const { location, hasZones } = Workload.of(vault);
  const pair = regionNamed(location)?.pair;
  const geo = redundancy === BackupRedundancy.GEO;
  return [
    nameProblem(DataProtectionBackupVault.tfResourceType, vault, 'vaultName', props.vaultName),
    geo &&
      pair === undefined &&
      `'redundancy' must not be GeoRedundant in ${location}, which has no paired region; use ZoneRedundant`,
    geo &&
      pair !== undefined &&
      allowedPairOf(vault) === undefined &&
      `'redundancy' must not be GeoRedundant: it copies backups to ${pair}, where data of this workload may not live; use ZoneRedundant, or allow more with 'allowedLocations' or 'geography' on the workload`,
    redundancy === BackupRedundancy.ZONES &&
      !hasZones &&
      `'redundancy' must not be ZoneRedundant in ${location}, which has no zones`,
    props.crossRegionRestore === true &&
      !geo &&
      `'crossRegionRestore' takes the redundancy GeoRedundant, got ${shown(redundancy)}`,
    props.softDeleteDays !== undefined &&
      !isWholeBetween(props.softDeleteDays, 14, 180) &&
      `'softDeleteDays' must be a whole number from 14 to 180, got ${shown(props.softDeleteDays)}`,
    ...Object.entries(POLICY_PROPS).flatMap(([kind, prop]) =>
      planProblems(vault, prop, kind as BackupKind, props[prop]),
    ),
    ...ignoreProblems(props),
  ];
}

/**
 * What is wrong with a backup before its source is asked for anything.
 */
export function backupProblems(
  vault: Construct,
  key: string,
  source: IBackupSource,
  present: boolean,
): Array<string | false> {
  return [
    isComputed(key)
      ? "'key' must be a literal, because it becomes part of an address; got a value that Terraform has yet to compute"
      : !isText(key, /^[a-z][a-z0-9-]{0,31}$/) &&
        `'key' must be 1 to 32 lower-case letters, digits or hyphens, a letter first, got ${shown(key)}`,
    present && `there is a backup ${shown(key)} already`,
    organizationProblem(source),
    TerraformStack.of(source) !== TerraformStack.of(vault) &&
      `'source' must be in the stack of the vault: each needs the other; in the stack of ${source.node.path}, refer to the vault with BackupVault.fromAttributes()`,
  ];
}

/**
 * What is wrong with what a source answered.
 */
export function bindingProblems(
  vault: Construct,
  location: string,
  binding: BackupBinding,
  policy?: BackupPolicyOptions,
): Array<string | false> {
  const there = canonicalLocation(binding.location);
  const here = canonicalLocation(location);
  return [
    !isComputed(binding.location) &&
      !isComputed(location) &&
      there !== here &&
      `'source' must be in the region of the vault, ${here}, got ${there}: Azure backs up within a region only, so define a vault there`,
    ...planProblems(vault, 'policy', binding.kind, policy),
  ];
}

/**
 * What is wrong with something that is backed up already: Azure protects a thing once, whichever the vault.
 *
 * @see https://learn.microsoft.com/azure/backup/disk-backup-troubleshoot#error-code-usererrordppdatasourcealreadyprotected
 */
export function onceProblem(vault: Construct, source: IBackupSource, { resourceId }: BackupBinding): string | false {
  const idOf = (id: string) => (isComputed(id) ? undefined : id.toLowerCase());
  const there = TerraformStack.of(vault)
    .node.findAll()
    .filter((one) => one instanceof Backup)
    .find(
      ({ _source, _resourceId }) =>
        _source === source || (idOf(resourceId) !== undefined && idOf(_resourceId) === idOf(resourceId)),
    );
  return (
    there !== undefined &&
    `'source' must not be backed up yet, got ${shown(source)}, which ${there.node.path} is a backup of: Azure protects a thing once, whichever the vault`
  );
}
