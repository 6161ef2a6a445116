import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { ActionsVariable } from '@cdktf/provider-github/lib/actions-variable';
import { RepositoryRuleset } from '@cdktf/provider-github/lib/repository-ruleset';
import { parse } from 'yaml';
import { BuildIdentity } from '../../src/delivery/build-identity';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { environmentProblems } from '../../src/delivery/repository/github-variables';
import { Rendered } from '../../src/testing/rendered';
import { scratch } from '../support/scratch';
import { githubIn, GROUP, GUID, REGISTRY, setting } from './github-environments-fixtures';

describe('defaults', () => {
  test('an environment for each that the workflows use, with those who approve and the branches that may deploy', () => {
    const all = setting();

    githubIn(all);

    const rendered = new Rendered(all.workload);
    const names = rendered.all('github_repository_environment').map(({ environment }) => environment);
    expect(names.sort()).toEqual(all.pipeline.environments.map(({ name }) => name).sort());
    expect(rendered.at('github_repository_environment', 'Environment-prod')).toMatchObject({
      repository: 'shop',
      wait_timer: 10,
      can_admins_bypass: false,
      prevent_self_review: true,
      reviewers: [
        {
          teams: [expect.stringMatching(/^\$\{data\.github_team\..*Reviewer-team-release.*\.id\}$/)],
          users: [expect.stringMatching(/^\$\{data\.github_user\..*Reviewer-user-octocat.*\.id\}$/)],
        },
      ],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
    expect(rendered.at('github_repository_environment', 'Environment-dev').reviewers).toBeUndefined();
    const policies = rendered.all('github_repository_environment_deployment_policy');
    expect(policies).toHaveLength(all.pipeline.environments.flatMap(({ branches }) => branches).length);
  });

  test('a pull request needs an approval and the checks of the pipeline, which only GitHub Actions can report', () => {
    const all = setting();

    githubIn(all);

    expect(new Rendered(all.workload).at('github_repository_ruleset', 'BranchRules')).toMatchObject({
      enforcement: 'active',
      target: 'branch',
      conditions: { ref_name: { include: ['refs/heads/main'], exclude: [] } },
      rules: {
        deletion: true,
        non_fast_forward: true,
        pull_request: {
          required_approving_review_count: 1,
          dismiss_stale_reviews_on_push: true,
          require_last_push_approval: true,
        },
        required_status_checks: {
          strict_required_status_checks_policy: true,
          required_check: all.pipeline.requiredChecks.map((context) => ({ context, integration_id: 15368 })),
        },
      },
    });
  });

  test('tags of releases stay', () => {
    const all = setting();

    githubIn(all);

    expect(new Rendered(all.workload).at('github_repository_ruleset', 'TagRules')).toMatchObject({
      target: 'tag',
      conditions: { ref_name: { include: ['refs/tags/v*'] } },
      rules: { deletion: true, update: true, non_fast_forward: true },
    });
  });

  test('variables say whom to sign in as; none is a secret', () => {
    const all = setting();

    githubIn(all);

    const rendered = new Rendered(all.workload);
    const valueIn = (environment: string, name: string) =>
      rendered.at('github_actions_environment_variable', `Variable-${environment}-${name}`).value;
    expect(valueIn('prod', 'AZURE_CLIENT_ID')).toMatch(/Identities-prod_Apply_.*\.client_id/);
    expect(valueIn('prod-rollback', 'AZURE_CLIENT_ID')).toMatch(/Identities-prod_Rollback_.*\.client_id/);
    expect(valueIn('build', 'AZURE_CLIENT_ID')).toMatch(/Billing_Build_.*\.client_id/);
    expect(valueIn('dev', 'AZURE_SUBSCRIPTION_ID')).toBe(GUID);
    expect(
      rendered
        .all('github_actions_variable')
        .map(({ variable_name: name }) => name)
        .sort(),
    ).toEqual([
      'AZURE_TENANT_ID',
      'DEV_PLAN_CLIENT_ID',
      'DEV_SUBSCRIPTION_ID',
      'PROD_PLAN_CLIENT_ID',
      'PROD_SUBSCRIPTION_ID',
    ]);
    expect(Object.keys(rendered.json.resource).filter((type) => type.includes('secret'))).toEqual([]);
    expect(rendered.json.provider.github).toEqual([{ owner: 'example' }]);
  });

  test('jobs sign in with the tokens that Terraform trusts, and no others are trusted', () => {
    const all = setting();
    const folder = scratch('workflows');
    all.pipeline.write(folder);

    const workflows = readdirSync(join(folder, '.github/workflows')).map((file) =>
      parse(readFileSync(join(folder, '.github/workflows', file), 'utf8')),
    );

    const subjects = workflows.flatMap(({ on, jobs }) =>
      Object.values<any>(jobs)
        .filter(({ permissions }) => permissions?.['id-token'] === 'write')
        .map(({ environment }) => {
          const name = environment?.name ?? environment;
          const event = 'pull_request' in on ? 'pull_request' : 'ref:refs/heads/main';
          return `repo:example/shop:${name === undefined ? event : `environment:${name}`}`;
        }),
    );
    const trusted = new Rendered(all.workload)
      .all('azurerm_federated_identity_credential')
      .map(({ subject }) => subject);
    expect([...new Set(subjects)].sort()).toEqual([...new Set(trusted)].sort());
  });

  test('images are pushed by an identity that can do nothing else', () => {
    const all = setting();

    const rendered = new Rendered(all.workload);

    const [{ subject }] = all.pipeline.subjects(DeploymentAccess.BUILD);
    expect(rendered.at('azurerm_federated_identity_credential', 'Build/Build/Subject-build').subject).toBe(subject);
    const roles = rendered
      .all('azurerm_role_assignment')
      .filter(({ principal_id: id }) => id.includes('Billing_Build_'));
    expect(roles).toMatchObject([{ role_definition_name: 'AcrPush', scope: REGISTRY }]);
  });
});

describe('choices', () => {
  test('of a team, a name for the pipeline, no rules', () => {
    const all = setting({ name: 'shop' });

    githubIn(all, { requiredApprovals: 0, codeOwnerApproval: true, selfApproval: true, administratorsBypass: true });

    const rendered = new Rendered(all.workload);
    expect(rendered.at('github_repository_environment', 'Environment-shop-prod')).toMatchObject({
      can_admins_bypass: true,
      prevent_self_review: false,
    });
    expect(rendered.at('github_repository_ruleset', 'TagRules').conditions.ref_name.include).toEqual([
      'refs/tags/shop-api-v*',
    ]);
    expect(rendered.at('github_repository_ruleset', 'BranchRules').rules.pull_request).toMatchObject({
      required_approving_review_count: 0,
      require_code_owner_review: true,
      require_last_push_approval: false,
    });
    expect(rendered.at('github_actions_variable', 'Variable-SHOP_PROD_PLAN_CLIENT_ID').value).toMatch(/Plan/);
  });

  test('no rules where those of the organization hold', () => {
    const all = setting();

    const { resources } = githubIn(all, { withoutRules: true });

    expect([resources.branchRules, resources.tagRules]).toEqual([undefined, undefined]);
    expect(new Rendered(all.workload).all('github_repository_ruleset')).toEqual([]);
  });

  test('further variables', () => {
    const all = setting();

    githubIn(all).addVariable('prod', 'API_APP_ID', `${GROUP}/providers/Microsoft.Web/sites/app`);

    expect(
      new Rendered(all.workload).at('github_actions_environment_variable', 'Variable-prod-API_APP_ID'),
    ).toMatchObject({
      repository: 'shop',
      environment: expect.stringContaining('Environment-prod'),
      variable_name: 'API_APP_ID',
    });
  });
});

describe('fails', () => {
  test('for everything that is wrong, at once', () => {
    const all = setting();

    expect(() =>
      githubIn(all, {
        identities: [all.identities[0], all.identities[0]],
        buildIdentity: undefined,
        requiredApprovals: 11,
      }),
    ).toThrow(
      [
        "stack/Billing/Github: 'requiredApprovals' must be a whole number from 0 to 10, got 11",
        '\'identities\' must be one per stage, got several of "dev"',
        "'identities' must be given for every stage that is deployed to, not for prod yet",
        "'buildIdentity' must be given, because the pipeline builds images",
      ].join('; '),
    );
  });

  test('variables that cannot be', () => {
    const github = githubIn(setting());

    expect(() => github.addVariable('qa', 'github-token', 'x')).toThrow(
      /^stack\/Billing\/Github: 'environment' must be one of build, dev, .*, got "qa"; 'name' must be capitals, digits and underscores, a letter first, and not begin with GITHUB_; got "github-token"$/,
    );
    expect(() => github.addVariable('constructor', 'X', 'x')).toThrow(
      /'environment' must be one of .*got "constructor"$/,
    );
    expect(() => github.addVariable('prod', 'AZURE_CLIENT_ID', 'x')).toThrow(
      'stack/Billing/Github: the environment "prod" has a variable AZURE_CLIENT_ID already',
    );
  });

  test('more variables than GitHub takes', () => {
    const github = githubIn(setting());
    const set = () => Object.keys(github.resources.variables).filter((key) => key.startsWith('prod/')).length;

    for (let n = set(); n < 100; n++) {
      github.addVariable('prod', `OWN_${n}`, 'x');
    }

    expect(() => github.addVariable('prod', 'ONE_MORE', 'x')).toThrow(
      'stack/Billing/Github: the environment "prod" has 100 variables already, more of which GitHub does not take',
    );
    const { pipeline, identities } = setting();
    const environments = [{ ...pipeline.environments[0], variables: Array.from({ length: 101 }, (_, n) => `V_${n}`) }];
    expect(environmentProblems({ pipeline, identities, repository: 'shop' } as never, environments)).toContain(
      `the environment "${environments[0].name}" needs 101 variables, of which GitHub takes 100: split the applications over two pipelines`,
    );
  });

  test('registries that are none', () => {
    const { workload, pipeline } = setting();

    expect(
      () => new BuildIdentity(workload, 'Other', { pipeline, registries: { a: 'crshop', '1': REGISTRY } }),
    ).toThrow(
      'stack/Billing/Other: \'registries\' must have keys of 1 to 40 letters, digits, hyphens or underscores, a letter first; got "1"; \'registries\' must be Azure resource ids of container registries, got "crshop"',
    );
    expect(() => new BuildIdentity(workload, 'Another', { pipeline, registries: {} })).toThrow(
      "stack/Billing/Another: 'registries' must name at least one",
    );
  });

  test('never for lack of the provider before it is needed: everywhere else it is known as types only', () => {
    const src = join(__dirname, '../../src');
    const importing = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => readFileSync(join(src, file), 'utf8').match(/^import .*'@cdktf\/provider-github.*$/gm) ?? []);

    expect(importing.length).toBeGreaterThan(0);
    expect(importing.filter((line) => !line.startsWith('import type '))).toEqual([]);
  });

  test('where the provider is not installed, with the line that installs it', () => {
    const all = setting();
    jest.isolateModules(() => {
      jest.doMock('@cdktf/provider-github/lib/provider', () => {
        throw new Error("Cannot find module '@cdktf/provider-github/lib/provider'");
      });
      const isolated: typeof import('../../src/delivery/github-environments') = jest.requireActual(
        '../../src/delivery/github-environments',
      );

      expect(
        () => new isolated.GithubEnvironments(all.workload, 'Github', { ...all, identities: all.identities }),
      ).toThrow(
        'GithubEnvironments needs @cdktf/provider-github, which cannot be loaded; install it with: npm install @cdktf/provider-github@^15',
      );
    });
    jest.dontMock('@cdktf/provider-github/lib/provider');
  });
});

describe('escape hatch', () => {
  test('reaches every resource', () => {
    const all = setting();

    const { resources } = githubIn(all);
    (resources.branchRules as RepositoryRuleset).enforcement = 'evaluate';
    (resources.variables.PROD_SUBSCRIPTION_ID as ActionsVariable).value = 'changed';
    resources.environments.prod.addOverride('wait_timer', 30);

    const rendered = new Rendered(all.workload);
    expect(rendered.at('github_repository_ruleset', 'BranchRules').enforcement).toBe('evaluate');
    expect(rendered.at('github_actions_variable', 'Variable-PROD_SUBSCRIPTION_ID').value).toBe('changed');
    expect(rendered.at('github_repository_environment', 'Environment-prod').wait_timer).toBe(30);
  });
});
