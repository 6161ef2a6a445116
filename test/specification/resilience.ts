import { row } from './row';
import { example, platform, platformIn, Stack } from './synthesized';

const VAULT = 'azurerm_data_protection_backup_vault';
const POLICY = 'azurerm_data_protection_backup_policy';
const INSTANCE = 'azurerm_data_protection_backup_instance';

/** The platform has a database only; blobs and disks are asserted on the example that has them, clusters come with Kubernetes. */
row('DR-1', () => {
  const prod = platformIn('prod');
  expect(prod.at(VAULT, 'Backups/Resource')).toMatchObject({
    immutability: 'Unlocked',
    redundancy: 'GeoRedundant',
    cross_region_restore_enabled: true,
    soft_delete: 'AlwaysOn',
    lifecycle: { prevent_destroy: true },
  });
  expect(prod.at(`${POLICY}_postgresql_flexible_server`, 'PostgresPolicy/Resource')).toMatchObject({
    backup_repeating_time_intervals: [expect.stringMatching(/P1W$/)],
    default_retention_rule: { life_cycle: [{ duration: 'P90D' }] },
  });
  const identity = `\${${prod.at(VAULT, 'Backups/Resource').address}.identity[0].principal_id}`;
  const roles = Object.values(prod.all('azurerm_role_assignment')).filter(({ principal_id: id }) => id === identity);
  expect(roles.map(({ role_definition_name: role }) => role).sort()).toEqual([
    'PostgreSQL Flexible Server Long Term Retention Backup Role',
    'Reader',
  ]);
  const more = example('backup-vault').stack('backup-vault-prod');
  const backedUp = (stack: Stack, kind: string, path: string) => stack.at(`${INSTANCE}_${kind}`, path).backup_policy_id;
  expect(backedUp(prod, 'postgresql_flexible_server', 'Backup-database/Resource')).toContain('PostgresPolicy');
  expect(backedUp(more, 'blob_storage', 'Backup-files/Resource')).toContain('BlobPolicy');
  expect(backedUp(more, 'disk', 'Backup-legacy/Resource')).toContain('DiskPolicy');
  expect(more.at(`${POLICY}_disk`, 'DiskPolicy/Resource').default_retention_duration).toBe('P35D');
});

/** Whether people keep to it is for drills to show. */
row('DR-3', () => {
  const runbook = platform().file('runbook.md');
  expect(runbook).toMatch(/\| Everything is back \(RTO\) \| 4 h \|/);
  expect(runbook).toMatch(/\| Data that may be lost \(RPO\) \| 15 min \|/);
  expect(runbook).toContain('| On call | leads the recovery | on-call@example.com |');
  const chapters = [...runbook.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(chapters).toEqual(
    expect.arrayContaining([
      'Contacts',
      'Objectives',
      'Order of recovery',
      'Roll back',
      'Restore',
      'Fail over',
      'Renew',
    ]),
  );
  const prod = platformIn('prod');
  const names = [
    prod.at('azurerm_postgresql_flexible_server', 'Database/Resource').name,
    prod.at('azurerm_managed_redis', 'Cache/Resource').name,
    prod.at('azurerm_key_vault', 'Vault/Resource').name,
    prod.at('azurerm_linux_web_app', 'Api/Resource').name,
    prod.at('azurerm_cdn_frontdoor_profile', 'Edge/Resource').name,
    prod.at(VAULT, 'Backups/Resource').name,
  ];
  expect(names.filter((name) => !runbook.includes(name))).toEqual([]);
  expect(platform().file('runbook.html')).toContain('<h2');
  const picture = platform().file('architecture.svg');
  expect(
    ['Api', 'Database', 'Cache', 'Vault', 'Edge', 'Site'].filter((word) => !picture.includes(`>${word}<`)),
  ).toEqual([]);
});

/** Somebody has to read the issues: the workflows measure, compare with the objective and report. */
row('DR-4', () => {
  for (const [name, cron, drill] of [
    ['restore-test', '23 3 2 * *', 'Database/RestoreTest'],
    ['drill', '23 6 10 1,4,7,10 *', 'Database/PromotionDrill'],
  ]) {
    const { on, jobs } = platform().workflow(name);
    expect(on.schedule).toEqual([{ cron }]);
    const job = jobs[`${name}-prod`];
    expect(job.permissions).toMatchObject({ issues: 'write' });
    const step = job.steps.find(({ env }: any) => env?.MEASURE_NAME?.endsWith(drill));
    expect(step).toMatchObject({
      run: 'node .delivery/pipeline/measure.cjs',
      env: { MEASURE_RPO_MINUTES: '15', MEASURE_RTO_MINUTES: expect.stringMatching(/^(240|15)$/) },
    });
  }
});
