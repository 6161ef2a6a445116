'use strict';
// A backup of the database before it is migrated; without one, nothing is migrated.
const { AzError, SECOND, azure, repeatedly } = require('./az.cjs');
const { Failed, Usage, start } = require('./host.cjs');

const API = '2025-08-01';
const SERVER =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.DBforPostgreSQL\/flexibleServers\/[^/]+$/i;

/** Time between two looks at whether it is done. */
const PAUSE = 15 * SECOND;

/** How long a backup may take; a snapshot takes minutes, whatever the size. */
const TIMEOUT = 25 * 60 * SECOND;

/** Name of the backup of a version; the same for each attempt, so that a second run takes no second one. */
function nameOf(version) {
  return `before-${version.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40)}`;
}

async function main({ inputs, clock, report, signal, az = azure() }) {
  const id = inputs.required('BACKUP_DATABASE_ID');
  if (!SERVER.test(id)) {
    throw new Usage('BACKUP_DATABASE_ID must be the resource id of a PostgreSQL flexible server');
  }
  const rest = (method, path) =>
    az(['rest', '--method', method, '--url', `${id}${path}?api-version=${API}`], { signal });
  const name = nameOf(inputs.required('BACKUP_VERSION'));
  const backup = () => rest('get', `/backups/${name}`).catch((error) => ifMissing(error));

  const server = await repeatedly(clock, () => rest('get', ''), { signal });
  if (server.sku?.tier === 'Burstable') {
    // No backup on demand there; the continuous ones of the service go back to any moment
    const moment = new Date(clock.now()).toISOString();
    report.log(`${server.name} is burstable: restore to ${moment} if the migration goes wrong`);
    report.summary(`Restore point before the migration: \`${moment}\``);
    return;
  }
  if ((await repeatedly(clock, backup, { signal })) === undefined) {
    await repeatedly(clock, () => rest('put', `/backups/${name}`), { signal });
  }
  const end = clock.now() + TIMEOUT;
  for (;;) {
    const found = await repeatedly(clock, backup, { signal });
    if (found?.properties?.completedTime) {
      report.log(`backup ${name} of ${server.name} completed at ${found.properties.completedTime}`);
      report.summary(`Backup before the migration: \`${name}\``);
      return;
    }
    if (clock.now() >= end) {
      throw new Failed(
        `the backup ${name} was not completed within ${TIMEOUT / 60 / SECOND} minutes: nothing was migrated`,
      );
    }
    await clock.sleep(PAUSE, signal);
  }
}

function ifMissing(error) {
  if (error instanceof AzError && error.missing) {
    return undefined;
  }
  throw error;
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
