import { spawnSync } from 'child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { delimiter, join } from 'path';
import { RecoveryDrill } from '../../src/contracts/drill';
import { Environment } from '../../src/core/environment';
import { ManagedPostgres } from '../../src/data/managed-postgres';
import { BackupSource } from '../../src/resilience/backup-source';
import { BackupVault } from '../../src/resilience/backup-vault';
import { groupIn, networkIn, workloadIn } from '../support';
import { scratch } from '../support/scratch';

const DISK_ID = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/disks/disk';
const folder = scratch('drills');

/** Stands for Azure: notes what it is asked for, knows a server once it was made, and answers with what the test says. */
const AZ = `#!/usr/bin/env bash
echo "$*" >> "$DRILL_FOLDER/calls"
case "$*" in
  *"flexible-server show"*"--output none"*) test -e "$DRILL_FOLDER/there" ;;
  *"flexible-server show"*"--query state"*) echo "$STATE" ;;
  *"flexible-server show"*) echo "drill.example.com" ;;
  *"recovery-point list"*) echo "$NEWEST_POINT" ;;
esac
`;

function run({ commands }: RecoveryDrill, answers: { [name: string]: string } = {}) {
  const calls = join(folder, 'calls');
  rmSync(calls, { force: true });
  writeFileSync(join(folder, 'az'), AZ);
  chmodSync(join(folder, 'az'), 0o755);
  const PATH = [folder, process.env.PATH].join(delimiter);
  const env = { PATH, DRILL_FOLDER: folder, STATE: 'Ready', NEWEST_POINT: '', ...answers };
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', commands.join('\n')], { env });
  const asked = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
  return { status, output: `${stdout}`.trim().split('\n'), error: `${stderr}`, asked };
}

function drillsIn(environment: Environment): RecoveryDrill[] {
  const workload = workloadIn(environment);
  const administrator = { principal: groupIn(workload), principalName: 'dbas' };
  return new ManagedPostgres(workload, 'Database', { network: networkIn(workload), administrator }).toRecoveryDrills();
}

const verbsOf = (asked: string[]) => asked.map((call) => call.split(' --')[0].replace('postgres flexible-server ', ''));

describe('a server', () => {
  const [restoreTest, promotionDrill] = drillsIn(Environment.PROD);

  test('is restored beside itself as it was a quarter of an hour ago, looked into, and the copy is deleted', () => {
    const { status, output, asked } = run(restoreTest, { DRILL_CHECK: 'echo "looked into $DRILL_HOST"' });

    expect([status, output]).toEqual([0, ['looked into drill.example.com', 'rpo-minutes=15']]);
    expect(verbsOf(asked)).toEqual(['show', 'restore', 'show', 'show', 'delete']);
    const [, restore, , , remove] = asked;
    expect(restore).toMatch(/ --source-server (\S+) --restore-time \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const [, source] = / --source-server (\S+)/.exec(restore)!;
    expect(restore).toContain(` --name ${source}-drill `);
    expect(remove).toMatch(new RegExp(` --name ${source}-drill --yes$`));
  });

  test('that does not come back is a failure, and is cleaned up', () => {
    const { status, asked } = run(restoreTest, { STATE: 'Disabled' });
    expect(status).toBe(1);
    expect(verbsOf(asked).slice(-1)).toEqual(['delete']);
  });

  test('into which a look fails is a failure', () => {
    expect(run(restoreTest, { DRILL_CHECK: 'exit 7' }).status).not.toBe(0);
  });

  test('of the name of the copy is nothing to delete: somebody has to look at it', () => {
    writeFileSync(join(folder, 'there'), '');
    const { status, error, asked } = run(restoreTest);
    rmSync(join(folder, 'there'));

    expect([status, verbsOf(asked)]).toEqual([1, ['show']]);
    expect(error).toMatch(
      /^psql-billing-prod-database-\w+-drill is there already: delete it if a drill left it behind$/m,
    );
  });

  test('has a replica promoted, of which only that is measured', () => {
    const { status, output, asked } = run(promotionDrill);
    expect([status, output]).toEqual([0, [expect.stringMatching(/^rto-minutes=[01]$/), 'rpo-minutes=0']]);
    expect(verbsOf(asked)).toEqual(['show', 'replica create', 'replica promote', 'show', 'show', 'delete']);
  });

  test('that is burstable has no replicas, and so none to promote', () => {
    expect(drillsIn(Environment.DEV).map(({ key }) => key)).toEqual(['RestoreTest']);
  });
});

describe('a backup', () => {
  const workload = workloadIn(Environment.DEV);
  const vault = new BackupVault(workload, 'Backups');
  vault.addBackup('disk', BackupSource.fromDiskId(workload, 'Disk', DISK_ID.replace('/1/', '/0/')));
  const [drill] = vault.toRecoveryDrills();

  test('says how old it is', () => {
    const { status, output } = run(drill, { NEWEST_POINT: '2026-01-04T02:00:00.000000+00:00' });
    expect([status, output]).toEqual([0, [expect.stringMatching(/^rpo-minutes=\d{3,}$/)]]);
  });

  test('that is not there is a failure', () => {
    expect(run(drill).status).toBe(1);
  });
});
