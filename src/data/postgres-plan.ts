import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { Construct } from 'constructs';
import { ServiceTier } from '../core/environment';
import { nameOf, nameProblem } from '../core/naming';
import { allowedPairOf } from '../core/residency';
import { Workload } from '../core/workload';
import { ManagedPostgresProps } from './managed-postgres-props';
import { PostgresHighAvailability } from './postgres-options';
import { PostgresSku } from './postgres-sku';
import { PostgresVersion } from './postgres-version';

const { ECONOMY, STANDARD, CRITICAL } = ServiceTier;

/**
 * Customers get the same two vCores as staging, with a standby that doubles them: a larger size is one word away, in place and
 * in about a minute behind that standby, and the alerts on CPU, memory and connections say when.
 */
const SKU = { [ECONOMY]: PostgresSku.B1MS, [STANDARD]: PostgresSku.D2DS_V5, [CRITICAL]: PostgresSku.D2DS_V5 };

/** The disk's speed comes with its size (120 operations a second for 32 GiB, 500 for 128), and it never shrinks. */
const STORAGE_GIB = { [ECONOMY]: 32, [STANDARD]: 64, [CRITICAL]: 128 };

/** What a server is like once props, environment and region are put together. */
export interface PostgresPlan {
  readonly serverName: string;
  readonly databaseName: string;
  readonly version: PostgresVersion;
  readonly sku: PostgresSku;
  readonly highAvailability: PostgresHighAvailability;
  readonly backupDays: number;
  readonly geoRedundantBackup: boolean;
  readonly storageGib: number;
}

/**
 * Puts props, environment and region together.
 */
export function planFor(server: Construct, props: ManagedPostgresProps): PostgresPlan {
  const workload = Workload.of(server);
  const { profile } = workload.environment;
  const { createOnly = {} } = props;
  // Azure restores a server without one, and takes it afterwards
  const wantsStandby = profile.zoneRedundant && createOnly.restoreFrom === undefined;
  const type = PostgresqlFlexibleServer.tfResourceType;
  const nameless = props.serverName === undefined && nameProblem(type, server, 'serverName');
  return {
    serverName: props.serverName ?? (nameless ? '' : nameOf(type, server)),
    databaseName: props.databaseName ?? workload.name,
    version: props.version ?? PostgresVersion.V17,
    sku: props.sku ?? SKU[profile.tier],
    highAvailability: props.highAvailability ?? standbyFor(wantsStandby, workload.hasZones),
    backupDays: props.backupDays ?? profile.recoveryDays,
    geoRedundantBackup: createOnly.geoRedundantBackup ?? (profile.geoRedundant && allowedPairOf(server) !== undefined),
    storageGib: createOnly.storageGib ?? STORAGE_GIB[profile.tier],
  };
}

function standbyFor(wanted: boolean, hasZones: boolean): PostgresHighAvailability {
  if (!wanted) {
    return PostgresHighAvailability.NONE;
  }
  return hasZones ? PostgresHighAvailability.ZONE_REDUNDANT : PostgresHighAvailability.SAME_ZONE;
}
