import { PostgresqlFlexibleServer } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server';
import { Construct } from 'constructs';
import { aGeneratedSecret, anEncryptionKey, aNetwork, aPrincipal } from '../core/collaborators';
import { anInstanceOf, aNumber, aStruct, aText, aTextMap, Kinds, oneOf, someTexts } from '../core/kinds';
import { regionNamed } from '../core/locations';
import { nameProblem } from '../core/naming';
import { ignoreProblems } from '../core/protection';
import { allowedPairOf } from '../core/residency';
import { guidProblem, hasForm, isComputed, isWholeBetween, shown } from '../core/validation';
import { Weekday } from '../core/weekday';
import { Workload } from '../core/workload';
import { ManagedPostgresProps } from './managed-postgres-props';
import { databaseNameProblem } from './postgres-database-place';
import { injectionProblems, publicAccessProblems } from './postgres-network';
import {
  PostgresAdministrator,
  PostgresCreateOnly,
  PostgresEncryption,
  PostgresHighAvailability,
  PostgresMaintenanceWindow,
  PostgresPublicAccess,
  PostgresRestore,
} from './postgres-options';
import { parameterProblems } from './postgres-parameters';
import type { PostgresPlan } from './postgres-plan';
import { PostgresSku } from './postgres-sku';
import { PostgresVersion } from './postgres-version';

/** What a server takes. */
export const POSTGRES_KINDS: Kinds<ManagedPostgresProps> = {
  network: aNetwork,
  administrator: aStruct<PostgresAdministrator>({ principal: aPrincipal, principalName: aText }),
  'version?': anInstanceOf(PostgresVersion, 'PostgresVersion.V17'),
  'sku?': anInstanceOf(PostgresSku, 'PostgresSku.D2DS_V5'),
  'highAvailability?': oneOf(PostgresHighAvailability),
  'maintenance?': aStruct<PostgresMaintenanceWindow>({ day: oneOf(Weekday), hour: aNumber }),
  'publicAccess?': aStruct<PostgresPublicAccess>({ addresses: someTexts, reason: aText }),
  'passwordSecret?': aGeneratedSecret,
  'extensions?': someTexts,
  'preloadLibraries?': someTexts,
  'parameters?': aTextMap,
  'createOnly?': aStruct<PostgresCreateOnly>({
    'encryption?': aStruct<PostgresEncryption>({ key: anEncryptionKey, 'geoBackupKey?': anEncryptionKey }),
    'restoreFrom?': aStruct<PostgresRestore>({ serverId: aText, pointInTime: aText }),
  }),
  'ignoreChanges?': someTexts,
};

const { NONE, ZONE_REDUNDANT } = PostgresHighAvailability;

/** Azure has disks of these sizes. */
const SIZES_GIB = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

/** Azure resource id of a server. */
const SERVER_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/Microsoft\.DBforPostgreSQL\/flexibleServers\/([a-z0-9-]{3,63})$/i;

/** Logins that Azure keeps for itself. */
const RESERVED_LOGINS = /^(azure_superuser|azure_pg_admin|admin|administrator|root|guest|public|pg_.*)$/;

/**
 * What is wrong with the props of a server, as clauses for `rejectIf()`.
 *
 * Terraform finds hardly any of this before Azure refuses it, in the middle of an apply, and `prevent_destroy` then keeps the
 * half-made server in the way of every further plan.
 */
export function postgresProblems(
  server: Construct,
  props: ManagedPostgresProps,
  plan: PostgresPlan,
): Array<string | false> {
  const { maintenance, administrator, createOnly = {} } = props;
  const { location } = Workload.of(server);
  return [
    nameProblem(PostgresqlFlexibleServer.tfResourceType, server, 'serverName', props.serverName),
    databaseNameProblem('databaseName', plan.databaseName),
    plan.sku._problem,
    ...availabilityProblems(server, props, plan),
    !isWholeBetween(plan.backupDays, 7, 35) &&
      `'backupDays' must be a whole number from 7 to 35, got ${shown(plan.backupDays)}`,
    maintenance !== undefined &&
      !isWholeBetween(maintenance.hour, 0, 23) &&
      `'maintenance.hour' must be a whole number from 0 to 23, got ${shown(maintenance.hour)}`,
    maintenance?.minute !== undefined &&
      !isWholeBetween(maintenance.minute, 0, 59) &&
      `'maintenance.minute' must be a whole number from 0 to 59, got ${shown(maintenance.minute)}`,
    !hasForm(administrator.principalName, /\S/) &&
      `'administrator.principalName' must be the name in the directory, got ${shown(administrator.principalName)}`,
    props.pgBouncer === true &&
      plan.sku.burstable &&
      `'pgBouncer' must be left out on a burstable size, which Azure has none for, got ${plan.sku.name}; give 'sku' a general-purpose size, e.g. D2DS_V5`,
    guidProblem('tenantId', props.tenantId),
    ...publicAccessProblems(props.publicAccess),
    ...injectionProblems(createOnly, props.network, location, plan.serverName, props.publicAccess !== undefined),
    ...encryptionProblems(server, props, plan),
    ...passwordProblems(props),
    ...restoreProblems(createOnly.restoreFrom),
    ...parameterProblems(props, plan.version),
    ...ignoreProblems(props),
  ];
}

function availabilityProblems(
  server: Construct,
  props: ManagedPostgresProps,
  { sku, highAvailability, storageGib }: PostgresPlan,
): Array<string | false> {
  const { hasZones, location } = Workload.of(server);
  const { zone, standbyZone } = props.createOnly ?? {};
  const standby = highAvailability !== NONE && sku.burstable;
  return [
    standby &&
      props.highAvailability !== undefined &&
      `'highAvailability' must be NONE on a burstable size, got ${highAvailability} on ${sku.name}; give 'sku' a general-purpose size, e.g. D2DS_V5`,
    standby &&
      props.highAvailability === undefined &&
      `'sku' must not be burstable where the environment wants a standby, got ${sku.name}; take a general-purpose size, e.g. D2DS_V5, or do without by 'highAvailability: NONE'`,
    props.highAvailability === ZONE_REDUNDANT &&
      !hasZones &&
      `'highAvailability' must not be ZONE_REDUNDANT in ${location}, which has no zones; SAME_ZONE survives the loss of a machine`,
    ...(['zone', 'standbyZone'] as const).map((prop) =>
      zoneProblem(prop, props.createOnly?.[prop], hasZones, location),
    ),
    standbyZone !== undefined &&
      highAvailability !== ZONE_REDUNDANT &&
      `'createOnly.standbyZone' must come with a standby in another zone, got ${highAvailability}; set 'highAvailability' to ZONE_REDUNDANT`,
    standbyZone !== undefined &&
      !isComputed(zone) &&
      standbyZone === zone &&
      `'createOnly.standbyZone' must be another zone than 'createOnly.zone', got ${shown(zone)} for both`,
    !isComputed(storageGib) &&
      !SIZES_GIB.includes(storageGib) &&
      `'createOnly.storageGib' must be one of ${SIZES_GIB.join(', ')}, got ${shown(storageGib)}`,
  ];
}

function zoneProblem(prop: string, zone: string | undefined, hasZones: boolean, location: string): string | false {
  if (zone === undefined) {
    return false;
  }
  return hasZones
    ? !hasForm(zone, /^[123]$/) && `'createOnly.${prop}' must be "1", "2" or "3", got ${shown(zone)}`
    : `'createOnly.${prop}' must be left out in ${location}, which has no zones; got ${shown(zone)}`;
}

function encryptionProblems(
  server: Construct,
  { createOnly = {} }: ManagedPostgresProps,
  { geoRedundantBackup }: PostgresPlan,
): Array<string | false> {
  const { location } = Workload.of(server);
  const pair = regionNamed(location)?.pair;
  const { encryption } = createOnly;
  const remedy =
    pair === undefined
      ? 'Azure copies to no other region from there'
      : `backups would go to ${pair}; allow that with 'allowedLocations' or 'geography' on the workload`;
  return [
    createOnly.geoRedundantBackup === true &&
      allowedPairOf(server) === undefined &&
      `'createOnly.geoRedundantBackup' must be false in ${location}: ${remedy}`,
    encryption !== undefined &&
      encryption.geoBackupKey === undefined &&
      geoRedundantBackup &&
      `'createOnly.encryption' must have a 'geoBackupKey' in a vault in ${pair}, where the geo-redundant backups are; or set 'createOnly.geoRedundantBackup' to false`,
    encryption?.geoBackupKey !== undefined &&
      !geoRedundantBackup &&
      "'createOnly.encryption' must come without a 'geoBackupKey' where backups are not geo-redundant; leave it out, or set 'createOnly.geoRedundantBackup' to true",
    encryption?.geoBackupKey !== undefined &&
      encryption.geoBackupKey === encryption.key &&
      "'createOnly.encryption' must have two keys, each in a vault of its own region; got one for both",
  ];
}

function passwordProblems({ passwordSecret, createOnly = {} }: ManagedPostgresProps): Array<string | false> {
  const { administratorLogin: login } = createOnly;
  return [
    login !== undefined &&
      passwordSecret === undefined &&
      "'createOnly.administratorLogin' must come with 'passwordSecret': Azure refuses a login that no password signs in with",
    login !== undefined &&
      (!hasForm(login, /^[a-z][a-z0-9_]{0,62}$/) || RESERVED_LOGINS.test(login)) &&
      `'createOnly.administratorLogin' must have 1 to 63 lower-case letters, digits or '_', a letter first, and be none that Azure keeps for itself; got ${shown(login)}`,
  ];
}

function restoreProblems(restore?: PostgresRestore): Array<string | false> {
  if (restore === undefined) {
    return [];
  }
  const { serverId, pointInTime } = restore;
  const literal = !isComputed(pointInTime) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(pointInTime);
  return [
    serverIdProblem('createOnly.restoreFrom.serverId', serverId),
    (!literal || Number.isNaN(Date.parse(pointInTime))) &&
      `'createOnly.restoreFrom.pointInTime' must be a moment in UTC, e.g. 2026-05-04T03:00:00Z, in a literal; got ${shown(pointInTime)}`,
  ];
}

/** What is wrong with the id of an existing server, as a clause for `rejectIf()`. */
export function serverIdProblem(prop: string, serverId: string): string | false {
  return (
    !hasForm(serverId, SERVER_ID) &&
    `'${prop}' must be '/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.DBforPostgreSQL/flexibleServers/<name>', got ${shown(serverId)}`
  );
}
