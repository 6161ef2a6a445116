import { RecoveryOccasion, RecoveryStep } from '../contracts/recovery';
import { regionNamed } from '../core/locations';
import { stepPastLock } from '../core/lock-step';
import { Workload } from '../core/workload';
import type { ManagedPostgres } from './managed-postgres';
import type { PostgresReplica } from './postgres-replica';

const CLI = 'az postgres flexible-server';

/** Names of servers end somewhere. */
const NAME_LENGTH = 63;

/**
 * How a server and its data come back, with their real names; `RESTORE_TIME` is a moment such as `2026-05-04T03:00:00Z`.
 *
 * @param postgres The server.
 * @param geoRedundant Whether its backups are in the paired region as well.
 * @param standby Whether a second machine stands by.
 * @param replicas Its replicas.
 */
export function postgresRecovery(
  postgres: ManagedPostgres,
  geoRedundant: boolean,
  standby: boolean,
  replicas: PostgresReplica[],
): RecoveryStep[] {
  const workload = Workload.of(postgres);
  const group = workload.knownResourceGroupName;
  const { serverName } = postgres;
  const at = (suffix: string) => serverNameWith(serverName, suffix);
  const pair = regionNamed(workload.location)?.pair;
  return [
    {
      key: 'RestorePointInTime',
      occasion: RecoveryOccasion.RESTORE,
      summary: `Brings the data of ${serverName} back as it was at a moment, on a server beside it; also the drill.`,
      commands: [
        `${CLI} restore --resource-group ${group} --name ${at('restored')} --source-server ${serverName} --restore-time "$RESTORE_TIME"`,
        `${CLI} show --resource-group ${group} --name ${at('restored')} --query state --output tsv`,
      ],
      minutes: 60,
      // logs are archived every five minutes
      dataLossMinutes: 5,
    },
    ...(standby
      ? [
          {
            key: 'FailoverToStandby',
            occasion: RecoveryOccasion.FAILOVER,
            summary: `Puts the standby of ${serverName} in its place; Azure does it by itself when the machine or its zone is gone.`,
            commands: [`${CLI} restart --resource-group ${group} --name ${serverName} --failover Forced`],
            minutes: 5,
            dataLossMinutes: 0,
            withinRegion: true,
          },
        ]
      : []),
    ...replicas.flatMap((replica) => promotion(replica, serverName, workload)),
    ...(geoRedundant && pair !== undefined
      ? [
          {
            key: 'RestoreGeo',
            occasion: RecoveryOccasion.FAILOVER,
            summary: `Brings the data of ${serverName} back in ${pair}, as of about an hour ago.`,
            commands: [
              `${CLI} geo-restore --resource-group ${group} --name ${at(pair)} --source-server ${serverName} --location ${pair}`,
            ],
            minutes: 240,
            dataLossMinutes: 60,
          },
        ]
      : []),
    ...(postgres.resources.deleteLock
      ? [
          stepPastLock(
            { group, type: 'Microsoft.DBforPostgreSQL/flexibleServers', names: [serverName] },
            'take a role, a diagnostic setting, a firewall rule or the administrator away',
            { key: 'RevokeAccess' },
          ),
        ]
      : []),
  ];
}

/**
 * The name of a server beside another one.
 */
export function serverNameWith(serverName: string, suffix: string): string {
  return `${serverName.slice(0, NAME_LENGTH - suffix.length - 1).replace(/-$/, '')}-${suffix}`;
}

function promotion(replica: PostgresReplica, primary: string, workload: Workload): RecoveryStep[] {
  const key = replica.node.id.replace('Replica-', '');
  const { serverName, location, writerHost } = replica;
  const group = workload.knownResourceGroupName;
  const withinRegion = location === workload.location;
  const promote = `${CLI} replica promote --resource-group ${group} --name ${serverName} --yes`;
  return [
    {
      key: `Promote-${key}`,
      occasion: RecoveryOccasion.FAILOVER,
      summary: `Makes the replica in ${location} a server of its own, without what it has not received; then set 'promoted' and point clients at ${serverName}.`,
      commands: [`${promote} --promote-mode Standalone --promote-option Forced`],
      minutes: 15,
      withinRegion,
    },
    ...(writerHost === undefined
      ? []
      : [
          {
            key: `SwitchOver-${key}`,
            occasion: RecoveryOccasion.FAILOVER,
            summary: `Exchanges ${primary} and its replica in ${location} without loss; ${writerHost} follows. Repeat it with the other name to go back, before the next apply.`,
            commands: [`${promote} --promote-mode SwitchOver --promote-option Planned`],
            minutes: 15,
            dataLossMinutes: 0,
            withinRegion,
          },
        ]),
  ];
}
