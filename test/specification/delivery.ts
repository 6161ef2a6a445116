import { row } from './row';
import { foundationIn, platform, platformIn, repository, variablesIn } from './synthesized';

const STAGES = ['dev', 'staging', 'prod'] as const;
const WORKFLOWS = [
  'pull-request',
  'infrastructure',
  'promotion-api',
  'promotion-site',
  'hotfix-api',
  'rollback',
  'drift',
];

/** Azure DevOps is another engine of the same pipeline, which this platform does not choose. */
row('DEL-1', () => {
  const push = (name: string) => platform().workflow(name).on.push;
  expect(push('promotion-api')).toEqual({ branches: ['main'], paths: ['api/**'] });
  expect(push('promotion-site')).toEqual({ branches: ['main'], paths: ['site/**'] });
  expect(push('infrastructure')).toEqual({ branches: ['main'], paths: ['**', '!api/**', '!site/**'] });
  expect(platform().workflow('pull-request').on.pull_request.branches).toEqual(['main']);
});

row('DEL-2', () => {
  const { jobs } = platform().workflow('pull-request');
  const said = (job: string) => JSON.stringify(jobs[job].steps);
  const needed: Array<[string, string[]]> = [
    ['check-api', ['ruff', 'black', 'mypy', '--cov-fail-under', '"COVERAGE":"85"', 'pip-audit']],
    ['check-site', ['eslint', 'prettier', 'tsc --noEmit', '"COVERAGE":"85"', 'npm audit']],
    ['image-api', ['trivy image']],
    ['secrets', ['gitleaks']],
    ['patterns', ['semgrep']],
    ['configuration', ['trivy fs']],
    ['sonarqube', ['qualitygate.wait=true']],
    ['synthesize', ['checkov']],
    ['plan-prod', ['terraform', '-detailed-exitcode']],
    ['comment', ['plan-comment.cjs']],
  ];
  for (const [job, words] of needed) {
    expect([job, words.filter((word) => !said(job).includes(word))]).toEqual([job, []]);
  }
  // one check stands for all of them, and the branch requires it
  expect(jobs.required.needs).toEqual(expect.arrayContaining(needed.map(([job]) => job)));
  expect(repository().at('github_repository_ruleset', 'BranchRules')).toMatchObject({
    enforcement: 'active',
    conditions: { ref_name: { include: ['refs/heads/main'] } },
    rules: {
      pull_request: { required_approving_review_count: 1, dismiss_stale_reviews_on_push: true },
      required_status_checks: { required_check: [{ context: jobs.required.name }] },
    },
  });
});

/** With five stages, lead and security approve preprod; this platform has three. */
row('DEL-3', () => {
  const { jobs } = platform().workflow('promotion-api');
  expect(STAGES.map((stage) => [jobs[`deploy-${stage}`].environment, jobs[`deploy-${stage}`].needs])).toEqual([
    ['dev', ['build']],
    ['staging', ['build', 'deploy-dev']],
    ['prod', expect.arrayContaining(['build', 'deploy-staging'])],
  ]);
  const environment = (name: string) => repository().at('github_repository_environment', `Environment-${name}`);
  expect(environment('prod')).toMatchObject({
    wait_timer: 10,
    prevent_self_review: true,
    can_admins_bypass: false,
    reviewers: [{ teams: [expect.stringContaining('Reviewer-team-release')] }],
  });
  expect(environment('dev')).not.toHaveProperty('reviewers');
  const gates = jobs['deploy-staging'].steps;
  const names = gates.map(({ name }: any) => name);
  expect(names).toEqual(expect.arrayContaining(['Sign-in and rights', 'Load test', 'No donor in answers and logs']));
  expect(gates[names.indexOf('Load test')].env).toMatchObject({
    LOAD_P95_MILLISECONDS: '3000',
    LOAD_PATHS: '/campaigns',
  });
  // what fails takes the release back, and the next stage does not begin
  expect(gates[names.indexOf('Return to the old version')].if).toContain('!success()');
  expect(names.indexOf('Return to the old version')).toBeGreaterThan(names.indexOf('No donor in answers and logs'));
});

row('DEL-4', () => {
  const { concurrency, jobs } = platform().workflow('infrastructure');
  expect(concurrency).toEqual({ group: 'infrastructure', 'cancel-in-progress': false });
  const apply = jobs['apply-prod'];
  expect(apply.environment).toBe('prod');
  expect(apply.concurrency).toEqual({ group: 'stack-${{ matrix.stack }}', 'cancel-in-progress': false });
  const { run } = apply.steps.find(({ name }: any) => name === 'Apply exactly this plan');
  expect(run).toContain('sha256sum --check --strict');
  expect(run).toMatch(/terraform .* apply .*-lock-timeout=10m "\$PWD\/delivery-out\/plan\/plan\.bin"/);
  expect(run).not.toMatch(/ plan -/);
  const drift = platform().workflow('drift');
  expect(drift.on.schedule).toEqual([{ cron: '17 4 * * *' }]);
  expect(JSON.stringify(drift.jobs['drift-prod'].steps)).toContain('node .delivery/pipeline/drift.cjs');
  expect(drift.jobs['drift-prod'].permissions).toMatchObject({ issues: 'write' });
  expect(drift.jobs['drift-prod'].strategy.matrix.include).toEqual([{ stack: 'fundraising-platform-prod' }]);
});

row('DEL-5', () => {
  for (const [workflow, jobs] of [
    ['promotion-api', STAGES.map((stage) => `deploy-${stage}`)],
    ['hotfix-api', ['deploy-prod']],
  ] as const) {
    for (const job of jobs) {
      const { steps } = platform().workflow(workflow).jobs[job];
      const [backup, migrate] = ['Back up the database', 'Migrate the database'].map((name) =>
        steps.findIndex((step: any) => step.name === name),
      );
      expect(steps[backup]).toMatchObject({ run: 'node .delivery/pipeline/backup.cjs' });
      expect(migrate).toBeGreaterThan(backup);
      for (const step of [steps[backup], steps[migrate]]) {
        expect(step['continue-on-error'] ?? false).toBe(false);
        expect(step['timeout-minutes']).toBeLessThanOrEqual(30);
      }
    }
  }
  expect(platform().file('.delivery/pipeline/backup.cjs')).toContain("rest('put', `/backups/${name}`)");
  // as the one who owns the tables, whom the apply before has let in
  for (const stage of STAGES) {
    const user = variablesIn(stage).at(
      'github_actions_environment_variable',
      `Variable-${stage}-API_DATABASE_USER`,
    ).value;
    const [sql] = Object.entries<any>(platformIn(stage).json.output).flatMap(([name, { value }]) =>
      name.includes('Database_AccessSql') ? [value] : [],
    );
    expect(sql).toContain(`GRANT "fundraising_owner" TO "${user}";`);
    const { steps } = platform().workflow('infrastructure').jobs[`apply-${stage}`];
    expect(steps.find(({ name }: any) => name === 'Set up what Terraform cannot').run).toContain('AccessSql');
  }
});

/**
 * That five minutes are enough is measured by the tests of the scripts, not here. Archives of a site are kept for 90 days, unless the
 * repository keeps them for less: who wants to go back further releases an older commit.
 */
row('DEL-6', () => {
  const { on, jobs } = platform().workflow('rollback');
  expect(on.workflow_dispatch.inputs.stage.options).toEqual(['prod', 'staging', 'dev']);
  expect(on.workflow_dispatch.inputs.application.options).toEqual(['api', 'site']);
  for (const stage of STAGES) {
    for (const [application, script] of [
      ['api', 'rollback.cjs'],
      ['site', 'static-site.cjs'],
    ]) {
      const job = jobs[`${stage}-${application}`];
      expect(job).toMatchObject({ environment: `${stage}-rollback`, 'timeout-minutes': 5 });
      const back = job.steps.find(({ name }: any) => name === 'Roll back');
      expect(back.run).toBe(`node .delivery/pipeline/${script}`);
      expect(Number(back.env.ROLLOUT_BUDGET_SECONDS ?? back.env.SITE_BUDGET_SECONDS)).toBeLessThanOrEqual(300);
      expect(JSON.stringify(job.steps)).not.toContain('terraform -');
    }
  }
  // a site comes back by itself, too: what ran before is at hand before anything is changed
  const names = platform()
    .workflow('promotion-site')
    .jobs['deploy-prod'].steps.map(({ name }: any) => name);
  const order = [
    'Fetch what to return to',
    'Deploy the site',
    'End-to-end tests (Playwright)',
    'Return to the old version',
  ];
  expect(names.filter((name: string) => order.includes(name))).toEqual(order);
  // nobody has to be found first
  expect(repository().at('github_repository_environment', 'Environment-prod-rollback')).not.toHaveProperty('reviewers');
});

row('DEL-7', () => {
  const { on, jobs } = platform().workflow('hotfix-api');
  expect(on).toHaveProperty('workflow_dispatch');
  expect(jobs.build.needs).toEqual(
    expect.arrayContaining(['quality', 'secrets', 'patterns', 'configuration', 'sonarqube']),
  );
  expect(Object.keys(jobs)).not.toContain('deploy-staging');
  expect(jobs['deploy-prod'].environment).toBe('prod-hotfix');
  const hotfix = repository().at('github_repository_environment', 'Environment-prod-hotfix');
  expect(hotfix.reviewers[0].teams).toHaveLength(1);
  expect(hotfix).not.toHaveProperty('wait_timer');
  // a change waits for office hours, a hotfix does not
  const waits = (workflow: string) =>
    platform().file(`.github/workflows/${workflow}.yml`).includes('change-window.cjs');
  expect([waits('promotion-api'), waits('infrastructure'), waits('hotfix-api')]).toEqual([true, true, false]);
  for (const workflow of ['promotion-api', 'hotfix-api']) {
    const { release } = platform().workflow(workflow).jobs;
    expect(release).toMatchObject({ needs: ['deploy-prod'], permissions: { contents: 'write' } });
    expect(release.steps.map(({ run }: any) => run)).toContain('node .delivery/pipeline/release.cjs');
  }
  expect(repository().at('github_repository_ruleset', 'TagRules')).toMatchObject({
    target: 'tag',
    rules: { update: true, deletion: true },
  });
});

row('DEL-8', () => {
  for (const stage of STAGES) {
    const foundation = foundationIn(stage);
    const rolesOf = (identity: string) => {
      const { address } = foundation.at('azurerm_user_assigned_identity', `Identities/${identity}/Resource`);
      const principal = `\${${address}.principal_id}`;
      return Object.values(foundation.all('azurerm_role_assignment'))
        .filter(({ principal_id: id }) => id === principal)
        .map(({ role_definition_name: name }) => name)
        .filter((name) => name !== undefined);
    };
    expect(rolesOf('Plan').sort()).toEqual(['Reader', 'Storage Blob Data Reader']);
    expect(rolesOf('Apply')).toEqual(expect.arrayContaining(['Contributor', 'Storage Blob Data Contributor']));
    expect(rolesOf('Rollback')).toEqual([]);
    // apply gives the roles that the stacks give, and no others
    const grants = foundation.at('azurerm_role_assignment', 'Apply/Grants-subscription');
    expect(grants.condition).toMatch(/roleAssignments:RoleDefinitionId\] ForAnyOfAnyValues:GuidEquals/);
    const subject = (path: string) => foundation.at('azurerm_federated_identity_credential', path).subject;
    expect(subject('Apply/Subject-environment')).toBe(`repo:example/fundraising:environment:${stage}`);
    expect(subject('Plan/Subject-pull-request')).toBe('repo:example/fundraising:pull_request');
  }
  for (const name of WORKFLOWS) {
    const text = platform().file(`.github/workflows/${name}.yml`);
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
    expect(uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    expect(text).toMatch(/^permissions: \{\}$/m);
  }
});

row('DEL-9', () => {
  const names = (workflow: string, job: string) =>
    platform()
      .workflow(workflow)
      .jobs[job].steps.map(({ name }: any) => name);
  expect(names('promotion-site', 'deploy-staging')).toContain('End-to-end tests (Playwright)');
  const staging = names('promotion-api', 'deploy-staging');
  expect(staging).toEqual(expect.arrayContaining(['API tests (Postman)', 'Load test']));
  // against the new version, and before everybody has it for good
  expect(staging.indexOf('API tests (Postman)')).toBeGreaterThan(staging.indexOf('Roll out'));
  expect(staging.indexOf('Return to the old version')).toBeGreaterThan(staging.indexOf('Load test'));
  expect(platform().file('.delivery/pipeline/load-test.js')).toContain('p(95)<');
});
