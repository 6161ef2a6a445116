import type { ActionsEnvironmentVariable } from '@cdktf/provider-github/lib/actions-environment-variable';
import type { ActionsVariable } from '@cdktf/provider-github/lib/actions-variable';
import type { DataGithubTeam } from '@cdktf/provider-github/lib/data-github-team';
import type { DataGithubUser } from '@cdktf/provider-github/lib/data-github-user';
import type { GithubProvider } from '@cdktf/provider-github/lib/provider';
import type { RepositoryEnvironment } from '@cdktf/provider-github/lib/repository-environment';
import type { RepositoryEnvironmentDeploymentPolicy } from '@cdktf/provider-github/lib/repository-environment-deployment-policy';
import type { RepositoryRuleset } from '@cdktf/provider-github/lib/repository-ruleset';
import { Annotations, TerraformResource, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { stableHash } from '../core/naming';
import { isDefaultProvider } from '../core/utility-providers';
import { rejectIf, shown } from '../core/validation';
import { GithubEnvironmentsProps } from './github-environments-props';
import { isOptional } from './model/build-environments';
import { DeliveryEnvironment } from './promotion-pipeline-interface';
import { branchRules, tagRules } from './repository/github-rules';
import { environmentProblems, environmentVariables, repositoryVariables } from './repository/github-variables';

/** What to type where the provider is missing. */
const INSTALL = 'npm install @cdktf/provider-github@^15';

/** Name of a variable of GitHub Actions. */
const VARIABLE = /^(?!GITHUB_)[A-Z][A-Z0-9_]{0,254}$/;

/**
 * The Terraform resources behind `GithubEnvironments`; of the GitHub provider, which is there only where it is installed.
 */
export interface GithubEnvironmentsResources {
  /** Environments, by name. */
  readonly environments: { [name: string]: TerraformResource };
  /** Variables, by `<environment>/<name>`, or by name where they hold for the repository. */
  readonly variables: { [name: string]: TerraformResource };
  /** Rules of the default branch, unless they are left out. */
  readonly branchRules?: TerraformResource;
  /** Rules of the tags of releases, unless they are left out. */
  readonly tagRules?: TerraformResource;
}

/**
 * What the workflows of a pipeline find in their repository: environments with those who approve, the branches that may
 * deploy, variables, and the checks that a pull request must pass. No secret.
 *
 * Needs `@cdktf/provider-github`, which this library does not install. Terraform signs in to GitHub by `GITHUB_TOKEN`, or as
 * an app; where the stack has no GitHub provider yet, one is added.
 *
 * The variable `DEPLOYMENT_TELEMETRY` of a stage's environments, a connection string of Application Insights, makes their jobs
 * tell of each deployment: what dashboards and the alert on failed deployments count. `bindSender()` of a telemetry sink
 * answers with it, and grants `applyPrincipal` and `rollbackPrincipal` of `DeploymentIdentities` the role it takes.
 */
export class GithubEnvironments extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: GithubEnvironmentsResources;

  private readonly props: GithubEnvironmentsProps;
  private readonly environments: DeliveryEnvironment[];
  private readonly owner: string;
  private readonly repository: string;

  constructor(scope: Construct, id: string, props: GithubEnvironmentsProps) {
    super(scope, id);
    const { pipeline, requiredApprovals = 1, withoutRules = false } = props;
    this.props = props;
    this.environments = pipeline.environments;
    [this.owner = '', this.repository = ''] = pipeline.repository.split('/');
    rejectIf(
      this,
      !/^[\w.-]+\/[\w.-]+$/.test(pipeline.repository) &&
        `'pipeline' must be of a repository of GitHub, owner/name, got ${shown(pipeline.repository)}`,
      !(Number.isInteger(requiredApprovals) && requiredApprovals >= 0 && requiredApprovals <= 10) &&
        `'requiredApprovals' must be a whole number from 0 to 10, got ${shown(requiredApprovals)}`,
      ...environmentProblems(props, this.environments),
    );

    this.ensureProvider();
    const environments = Object.fromEntries(this.environments.map((each) => [each.name, this.defineEnvironment(each)]));
    this.resources = {
      environments,
      variables: {},
      branchRules: withoutRules ? undefined : this.defineBranchRules(requiredApprovals),
      tagRules: withoutRules ? undefined : this.defineTagRules(),
    };
    for (const environment of this.environments) {
      for (const [name, value] of Object.entries(environmentVariables(props, environment))) {
        this.addVariable(environment.name, name, value);
      }
    }
    this.defineRepositoryVariables();
    this.node.addValidation({ validate: () => this.lateProblems() });
  }

  /**
   * Adds a variable to an environment, e.g. the id of the app that is deployed there.
   *
   * @param environment Name of the environment, e.g. `prod`.
   * @param name Name of the variable, capitals, digits and underscores.
   * @param value Its value; never a secret, everybody who can read the repository can read it.
   */
  public addVariable(environment: string, name: string, value: string): void {
    const key = `${environment}/${name}`;
    rejectIf(
      this,
      this.resources.environments[environment] === undefined &&
        `'environment' must be one of ${Object.keys(this.resources.environments).join(', ')}, got ${shown(environment)}`,
      !VARIABLE.test(name) &&
        `'name' must be capitals, digits and underscores, a letter first, and not begin with GITHUB_; got ${shown(name)}`,
      this.resources.variables[key] !== undefined &&
        `the environment ${shown(environment)} has a variable ${name} already`,
    );
    const module = load<{ ActionsEnvironmentVariable: typeof ActionsEnvironmentVariable }>(
      'actions-environment-variable',
    );
    this.resources.variables[key] = new module.ActionsEnvironmentVariable(this, `Variable-${environment}-${name}`, {
      repository: this.repository,
      environment: (this.resources.environments[environment] as RepositoryEnvironment).environment,
      variableName: name,
      value,
    });
  }

  private defineEnvironment({ name, reviewers, waitMinutes, branches }: DeliveryEnvironment): RepositoryEnvironment {
    const { selfApproval = false, administratorsBypass = false } = this.props;
    const module = load<{ RepositoryEnvironment: typeof RepositoryEnvironment }>('repository-environment');
    const policies = load<{ RepositoryEnvironmentDeploymentPolicy: typeof RepositoryEnvironmentDeploymentPolicy }>(
      'repository-environment-deployment-policy',
    );
    const ids = (kind: string) =>
      reviewers.filter((reviewer) => reviewer.startsWith(`${kind}:`)).map((reviewer) => this.reviewerId(reviewer));
    const environment = new module.RepositoryEnvironment(this, `Environment-${name}`, {
      repository: this.repository,
      environment: name,
      waitTimer: waitMinutes > 0 ? waitMinutes : undefined,
      canAdminsBypass: administratorsBypass,
      preventSelfReview: reviewers.length > 0 ? !selfApproval : undefined,
      reviewers: reviewers.length > 0 ? [{ teams: ids('team'), users: ids('user') }] : undefined,
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    for (const branchPattern of branches) {
      new policies.RepositoryEnvironmentDeploymentPolicy(this, `Branch-${name}-${stableHash(branchPattern)}`, {
        repository: this.repository,
        environment: environment.environment,
        branchPattern,
      });
    }
    return environment;
  }

  /** GitHub wants numbers, which people do not know. */
  private reviewerId(reviewer: string): number {
    const [kind, name] = reviewer.split(':');
    const id = `Reviewer-${kind}-${name}`;
    const there = this.node.tryFindChild(id) as DataGithubTeam | undefined;
    const define = () =>
      kind === 'team'
        ? new (load<{ DataGithubTeam: typeof DataGithubTeam }>('data-github-team').DataGithubTeam)(this, id, {
            slug: name,
          })
        : new (load<{ DataGithubUser: typeof DataGithubUser }>('data-github-user').DataGithubUser)(this, id, {
            username: name,
          });
    return Token.asNumber((there ?? define()).id);
  }

  private defineBranchRules(requiredApprovals: number): RepositoryRuleset {
    const { pipeline, codeOwnerApproval = false } = this.props;
    const rules = { pipeline, repository: this.repository, requiredApprovals, codeOwnerApproval };
    return new (ruleset())(this, 'BranchRules', branchRules(rules));
  }

  private defineTagRules(): RepositoryRuleset {
    return new (ruleset())(this, 'TagRules', tagRules(this.props.pipeline, this.repository));
  }

  private defineRepositoryVariables(): void {
    const module = load<{ ActionsVariable: typeof ActionsVariable }>('actions-variable');
    for (const [variableName, value] of Object.entries(repositoryVariables(this.props))) {
      const config = { repository: this.repository, variableName, value };
      this.resources.variables[variableName] = new module.ActionsVariable(this, `Variable-${variableName}`, config);
    }
  }

  private ensureProvider(): void {
    const stack = TerraformStack.of(this);
    if (!stack.node.findAll().some((x) => isDefaultProvider(x, 'github'))) {
      const module = load<{ GithubProvider: typeof GithubProvider }>('provider');
      new module.GithubProvider(stack, 'github', { owner: this.owner });
    }
  }

  /** What the pipeline needs that was not there yet, and what nobody has set. */
  private lateProblems(): string[] {
    const known = this.environments.map(({ name }) => name);
    const late = this.props.pipeline.environments.filter(({ name }) => !known.includes(name));
    const unset = this.props.pipeline.environments.flatMap(({ name, variables }) =>
      variables
        .filter((variable) => !isOptional(variable) && this.resources.variables[`${name}/${variable}`] === undefined)
        .map((variable) => `${name}/${variable}`),
    );
    if (unset.length > 0) {
      Annotations.of(this).addWarning(
        `the workflows read variables that are not set: ${unset.join(', ')}; see addVariable()`,
      );
    }
    return late.map(
      ({ name }) => `the environment ${shown(name)} came into the pipeline later: add its applications before`,
    );
  }
}

function ruleset(): typeof RepositoryRuleset {
  return load<{ RepositoryRuleset: typeof RepositoryRuleset }>('repository-ruleset').RepositoryRuleset;
}

/** Loads a part of the provider when it is needed: whoever has no repository at GitHub need not have it. */
function load<T>(part: string): T {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(`@cdktf/provider-github/lib/${part}`) as T;
  } catch (error) {
    throw new Error(
      `GithubEnvironments needs @cdktf/provider-github, which cannot be loaded; install it with: ${INSTALL}`,
      {
        cause: error,
      },
    );
  }
}
