import { DrillInterval, RecoveryDrill } from '../contracts/drill';
import { Workload } from '../core/workload';
import type { ManagedPostgres } from './managed-postgres';
import { serverNameWith } from './postgres-recovery';

const CLI = 'az postgres flexible-server';

/** Objectives of a drill: those of a platform, and those of a database alone. */
const [RTO_MINUTES, RPO_MINUTES, DATABASE_RTO_MINUTES] = [240, 15, 15];

/**
 * What can be rehearsed on a server without touching it.
 *
 * @param postgres The server.
 * @param replicable Whether Azure makes replicas of its size.
 */
export function postgresDrills(postgres: ManagedPostgres, replicable: boolean): RecoveryDrill[] {
  const group = Workload.of(postgres).knownResourceGroupName;
  return [restoreTest(postgres.serverName, group), ...(replicable ? [promotionDrill(postgres.serverName, group)] : [])];
}

function restoreTest(serverName: string, group: string): RecoveryDrill {
  const test = serverNameWith(serverName, 'drill');
  return {
    key: 'RestoreTest',
    interval: DrillInterval.MONTHLY,
    summary: `Restores ${serverName} as it was ${RPO_MINUTES} minutes ago to the server ${test}, checks it, and deletes that server again; the command in DRILL_CHECK, if there is one, looks into it at DRILL_HOST.`,
    commands: [
      `RESTORE_TIME="$(date -u -d '-${RPO_MINUTES} minutes' +%Y-%m-%dT%H:%M:%SZ)"`,
      ...cleanUp(test, group),
      `${CLI} restore --resource-group ${group} --name ${test} --source-server ${serverName} --restore-time "$RESTORE_TIME"`,
      ...checked(test, group),
      `echo "rpo-minutes=${RPO_MINUTES}"`,
    ],
    rtoMinutes: RTO_MINUTES,
    rpoMinutes: RPO_MINUTES,
  };
}

function promotionDrill(serverName: string, group: string): RecoveryDrill {
  const test = serverNameWith(serverName, 'drill-replica');
  return {
    key: 'PromotionDrill',
    interval: DrillInterval.QUARTERLY,
    summary: `Makes a replica of ${serverName}, promotes it to a server of its own, measures only that, and deletes it again.`,
    commands: [
      ...cleanUp(test, group),
      `${CLI} replica create --resource-group ${group} --name ${test} --source-server ${serverName}`,
      'STARTED="$(date +%s)"',
      `${CLI} replica promote --resource-group ${group} --name ${test} --promote-mode Standalone --promote-option Planned --yes`,
      ...checked(test, group),
      'echo "rto-minutes=$(( ($(date +%s) - STARTED + 59) / 60 ))"',
      'echo "rpo-minutes=0"',
    ],
    rtoMinutes: DATABASE_RTO_MINUTES,
    rpoMinutes: RPO_MINUTES,
  };
}

/** Deletes what the drill makes, and nothing that was there before: a server of that name is for somebody to look at. */
function cleanUp(test: string, group: string): string[] {
  return [
    `if ${CLI} show --resource-group ${group} --name ${test} --output none 2>/dev/null; then echo '${test} is there already: delete it if a drill left it behind' >&2; exit 1; fi`,
    `trap '${CLI} delete --resource-group ${group} --name ${test} --yes' EXIT`,
  ];
}

function checked(test: string, group: string): string[] {
  const show = (query: string) =>
    `$(${CLI} show --resource-group ${group} --name ${test} --query ${query} --output tsv)`;
  return [
    `test "${show('state')}" = Ready`,
    `DRILL_HOST="${show('fullyQualifiedDomainName')}"`,
    'export DRILL_HOST',
    'if [ -n "${DRILL_CHECK:-}" ]; then bash -euo pipefail -c "$DRILL_CHECK"; fi',
  ];
}
