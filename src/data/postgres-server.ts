import {
  PostgresqlFlexibleServer,
  PostgresqlFlexibleServerConfig,
} from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { isComputed } from '../core/validation';
import { FROM_SUNDAY } from '../core/week';
import { Weekday } from '../core/weekday';
import { ManagedPostgresProps } from './managed-postgres-props';
import { PostgresHighAvailability, PostgresMaintenanceWindow } from './postgres-options';
import type { PostgresPlan } from './postgres-plan';

/**
 * What changes by itself, and would be changed back, at worst by a new server: failovers exchange the zones, also without a
 * standby, and storage grows.
 */
export const DRIFTING = ['zone', 'high_availability[0].standby_availability_zone', 'storage_mb'];

const SUNDAY_NIGHT = { day: Weekday.SUNDAY, hour: 3 };

/** The login that a password belongs to, unless another one is named. */
const LOGIN = 'dbadmin';

/**
 * The arguments of a server that follow from its props alone.
 */
export function serverConfigOf(
  props: ManagedPostgresProps,
  plan: PostgresPlan,
  tenantId: string,
): Omit<PostgresqlFlexibleServerConfig, 'location' | 'resourceGroupName'> {
  const { createOnly = {}, publicAccess } = props;
  const { restoreFrom, zone, standbyZone } = createOnly;
  return {
    name: plan.serverName,
    createMode: restoreFrom && 'PointInTimeRestore',
    sourceServerId: restoreFrom?.serverId,
    pointInTimeRestoreTimeInUtc: restoreFrom?.pointInTime,
    version: plan.version.major,
    skuName: plan.sku.name,
    storageMb: plan.storageGib * 1024,
    autoGrowEnabled: true,
    backupRetentionDays: plan.backupDays,
    geoRedundantBackupEnabled: plan.geoRedundantBackup,
    authentication: {
      activeDirectoryAuthEnabled: true,
      passwordAuthEnabled: props.passwordSecret !== undefined,
      tenantId,
    },
    ...passwordOf(props),
    highAvailability:
      plan.highAvailability === PostgresHighAvailability.NONE
        ? undefined
        : { mode: plan.highAvailability, standbyAvailabilityZone: standbyZone },
    zone,
    maintenanceWindow: maintenanceWindowOf(props.maintenance),
    tags: publicAccess && { 'public-access-reason': publicAccess.reason },
  };
}

/** The hour of maintenance, as Azure counts. */
export function maintenanceWindowOf(
  maintenance: PostgresMaintenanceWindow = SUNDAY_NIGHT,
): PostgresqlFlexibleServer['maintenanceWindowInput'] {
  const { day, hour, minute = 0 } = maintenance;
  return { dayOfWeek: FROM_SUNDAY.indexOf(day), startHour: hour, startMinute: minute };
}

/** Name of a server in an id; of an id that Terraform has yet to compute, nothing. */
export function serverNameIn(serverId: string): string | undefined {
  return isComputed(serverId) ? undefined : serverId.split('/').pop();
}

function passwordOf({ passwordSecret, createOnly }: ManagedPostgresProps) {
  if (passwordSecret === undefined) {
    return {};
  }
  const { reference, version } = passwordSecret.bindWriteOnly();
  return {
    administratorLogin: createOnly?.administratorLogin ?? LOGIN,
    administratorPasswordWo: reference,
    administratorPasswordWoVersion: version,
  };
}
