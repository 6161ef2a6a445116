import * as fc from 'fast-check';
import {
  BackupRedundancy,
  BackupSource,
  BackupVault,
  BackupVaultProps,
  IBackupSource,
  IBackupVault,
  Weekday,
  Workload,
} from '../../src';
import { Choice, flag, literalFormed, oneOf, Prop, structOf, whole } from './kit/choices';
import { ignoreChanges, kebab } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Blocks, Home, only, Subject, unwatched, Values } from './kit/subject';

const PROVIDERS = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shared/providers';

const vaultOf = (blocks: Blocks) => only(blocks, 'azurerm_data_protection_backup_vault');

/** A policy of some days; each value that is out of place spoils it. */
function policy(mostDays: number, withDaily: boolean, bad: Values[]): Prop {
  const days = whole(7, mostDays, { literals: true }).good;
  const hours = whole(0, 23, { literals: true }).good;
  const weekdays = oneOf(...Object.values(Weekday)).good;
  const base = { keepDays: days, hour: hours };
  const daily = fc.record({ ...base, daily: oneOf(true).good }, { requiredKeys: [] });
  const chosen = withDaily ? daily : fc.record(base, { requiredKeys: [] });
  const weekly = fc.record({ keepDays: days, hour: hours, weekday: weekdays }, { requiredKeys: [] });
  const good = (mostDays > 365 ? fc.oneof<fc.Arbitrary<object>[]>(chosen, weekly) : chosen).map((given: object) =>
    structOf({ ...(given as Record<string, Choice>), ...(mostDays > 365 && { keepMonths: NONE }) }),
  );
  const wrong = fc
    .constantFrom(...bad)
    .map((value): Choice => ({ shown: JSON.stringify(value), value, make: () => value }));
  return { good, bad: wrong };
}

/** Whether months outlast days is a matter of both. */
const NONE: Choice = { shown: '0', value: 0, make: () => 0 };

const DAYS_OUT_OF_RANGE = [{ keepDays: 6 }, { keepDays: 3651 }, { keepDays: 7.5 }, { hour: 24 }, { hour: -1 }];

const zoneless = ({ location }: Home) => location === 'francesouth';

const backupVault: Subject<Workload> = {
  name: 'BackupVault',
  props: {
    vaultName: literalFormed(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/, kebab(2, 50), 'a', 'a_b', 'a'.repeat(51)),
    redundancy: oneOf(...Object.values(BackupRedundancy)),
    crossRegionRestore: flag(),
    immutableForEver: flag(),
    softDeleteForEver: flag(),
    softDeleteDays: whole(14, 180),
    postgresPolicy: policy(3650, false, [...DAYS_OUT_OF_RANGE, { daily: true }, { keepDays: 90, keepMonths: 3 }]),
    blobPolicy: policy(3650, true, [...DAYS_OUT_OF_RANGE, { daily: true, weekday: Weekday.MONDAY }]),
    diskPolicy: policy(365, true, [...DAYS_OUT_OF_RANGE, { keepDays: 366 }, { keepMonths: 1 }, { daily: false }]),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, props: BackupVaultProps) => new BackupVault(workload, 'Subject', props),
  path: (id) => `${id}/Subject`,
  // what a home allows is left to wild programs
  tame: ({ redundancy }) =>
    redundancy?.value === BackupRedundancy.LOCAL ? ['crossRegionRestore'] : ['redundancy', 'crossRegionRestore'],
  // every region of the kit has its pair in its own geography
  combined: ({ redundancy, crossRegionRestore }, home) => {
    const geo =
      (redundancy ?? (home.environment.profile.geoRedundant ? BackupRedundancy.GEO : '')) === BackupRedundancy.GEO;
    return [
      ...(redundancy === BackupRedundancy.ZONES && zoneless(home) ? ['redundancy'] : []),
      ...(crossRegionRestore === true && !geo ? ['crossRegionRestore'] : []),
    ];
  },
  emits: {
    vaultName: (blocks) => vaultOf(blocks).name,
    redundancy: (blocks) => vaultOf(blocks).redundancy,
    immutableForEver: (blocks) => vaultOf(blocks).immutability === 'Locked',
    softDeleteForEver: (blocks) => vaultOf(blocks).soft_delete === 'AlwaysOn',
    softDeleteDays: (blocks) => vaultOf(blocks).retention_duration_in_days,
    deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
    unmonitored: unwatched,
  },
  absent: {
    immutableForEver: () => false,
    softDeleteForEver: ({ environment }) => environment.profile.locked,
    softDeleteDays: () => 14,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

interface Ground {
  readonly vault: IBackupVault;
  readonly sources: { readonly [kind: string]: IBackupSource };
}

const backup: Subject<Ground> = {
  name: 'BackupVault.addBackup',
  required: ['key', 'kind'],
  props: {
    key: literalFormed(
      /^[a-z][a-z0-9-]{0,31}$/,
      kebab(1, 30).map((word) => `k${word}`),
      'A',
      '1a',
      'a_b',
      'a'.repeat(33),
    ),
    kind: oneOf('server', 'disk', 'blobs'),
  },
  ground: (place) => {
    const workload = place.workload();
    // a thing is backed up once, and siblings share a stack
    const own = workload.node.id.toLowerCase();
    return {
      vault: new BackupVault(workload, 'Subject', { vaultName: 'bvault-subject' }),
      sources: {
        server: BackupSource.fromPostgresServerId(
          workload,
          'Server',
          `${PROVIDERS}/Microsoft.DBforPostgreSQL/flexibleServers/${own}`,
        ),
        disk: BackupSource.fromDiskId(workload, 'Disk', `${PROVIDERS}/Microsoft.Compute/disks/${own}`),
        blobs: BackupSource.fromStorageAccountId(
          workload,
          'Blobs',
          `${PROVIDERS}/Microsoft.Storage/storageAccounts/${own}`,
          ['a'],
        ),
      },
    };
  },
  define: ({ vault, sources }, { key, kind }) => vault.addBackup(key, sources[kind]),
  path: (id) => id,
  combined: (_values, { organization }) => (organization === undefined ? ['organization'] : []),
};

describeProperties(backupVault, backup);
