import type { ActionsEnvironmentVariable } from '@cdktf/provider-github/lib/actions-environment-variable';
import type { ActionsVariable } from '@cdktf/provider-github/lib/actions-variable';
import type { DataGithubTeam } from '@cdktf/provider-github/lib/data-github-team';
import type { DataGithubUser } from '@cdktf/provider-github/lib/data-github-user';
import type { RepositoryEnvironment } from '@cdktf/provider-github/lib/repository-environment';
import type { RepositoryEnvironmentDeploymentPolicy } from '@cdktf/provider-github/lib/repository-environment-deployment-policy';
import type { RepositoryRuleset } from '@cdktf/provider-github/lib/repository-ruleset';
import { Annotations, TerraformResource, Token } from 'cdktf';
import { Construct } from 'constructs';
import { aText, checkKinds } from '../core/kinds';
import { stableHash } from '../core/naming';
import { isText, rejectIf, shown } from '../core/validation';
import { GITHUB_ENVIRONMENTS_KINDS } from './delivery-kinds';
import { GithubEnvironmentsProps } from './github-environments-props';
import { isOptional } from './model/build-environments';
import { DeliveryEnvironment } from './promotion-pipeline-interface';
import { ensureGithubProvider, load } from './repository/github-provider';
import { branchRules, tagRules } from './repository/github-rules';
import {
  environmentProblems,
  environmentVariables,
  MOST_VARIABLES,
  repositoryVariables,
} from './repository/github-variables';

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
 * Where applications run is read from `addTarget()` of the pipeline, and who is told of deployments from `reportTo()` of
 * `DeploymentIdentities`; for a platform that is yet to be deployed, by `GithubTargets` in a stack of its own.
 */
export class GithubEnvironments extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: GithubEnvironmentsResources;

  private readonly props: GithubEnvironmentsProps;
  private readonly environments: DeliveryEnvironment[];
  private readonly repository: string;

  constructor(scope: Construct, id: string, props: GithubEnvironmentsProps) {
    super(scope, id);
    checkKinds(this, props, GITHUB_ENVIRONMENTS_KINDS);
    const { pipeline, requiredApprovals = 1, withoutRules = false } = props;
    this.props = props;
    this.environments = pipeline.environments;
    [, this.repository = ''] = pipeline.repository.split('/');
    rejectIf(
      this,
      !/^[\w.-]+\/[\w.-]+$/.test(pipeline.repository) &&
        `'pipeline' must be of a repository of GitHub, owner/name, got ${shown(pipeline.repository)}`,
      !(Number.isInteger(requiredApprovals) && requiredApprovals >= 0 && requiredApprovals <= 10) &&
        `'requiredApprovals' must be a whole number from 0 to 10, got ${shown(requiredApprovals)}`,
      ...environmentProblems(props, this.environments),
    );

    ensureGithubProvider(this, pipeline.repository);
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
      !Object.hasOwn(this.resources.environments, environment) &&
        `'environment' must be one of ${Object.keys(this.resources.environments).join(', ')}, got ${shown(environment)}`,
      aText('value', value),
      !isText(name, VARIABLE) &&
        `'name' must be capitals, digits and underscores, a letter first, and not begin with GITHUB_; got ${shown(name)}`,
      this.resources.variables[key] !== undefined &&
        `the environment ${shown(environment)} has a variable ${name} already`,
      Object.keys(this.resources.variables).filter((other) => other.startsWith(`${environment}/`)).length ===
        MOST_VARIABLES &&
        `the environment ${shown(environment)} has ${MOST_VARIABLES} variables already, more of which GitHub does not take`,
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

  /** What the pipeline needs that was not there yet, and what nobody has set. */
  private lateProblems(): string[] {
    const known = this.environments.map(({ name }) => name);
    const late = this.props.pipeline.environments.filter(({ name }) => !known.includes(name));
    const { pipeline, withoutTargets = false } = this.props;
    const isSet = ({ name, values }: DeliveryEnvironment, variable: string) =>
      this.resources.variables[`${name}/${variable}`] !== undefined || (withoutTargets && variable in values);
    const unset = pipeline.environments.flatMap((environment) =>
      environment.variables
        .filter((variable) => !isOptional(variable) && !isSet(environment, variable))
        .map((variable) => `${environment.name}/${variable}`),
    );
    if (unset.length > 0) {
      Annotations.of(this).addWarning(
        `the workflows read variables that are not set: ${unset.join(', ')}; say where the applications run by addTarget() of the pipeline, or set them by addVariable()`,
      );
    }
    const untold = this.props.pipeline.environments.flatMap((environment) =>
      Object.keys(environmentVariables(this.props, environment))
        .map((variable) => `${environment.name}/${variable}`)
        .filter((key) => this.resources.environments[environment.name] && this.resources.variables[key] === undefined),
    );
    return [
      ...late.map(
        ({ name }) => `the environment ${shown(name)} came into the pipeline later: add its applications before`,
      ),
      ...(untold.length > 0
        ? [`the variables ${untold.join(', ')} were told later: call addTarget() and reportTo() before`]
        : []),
    ];
  }
}

function ruleset(): typeof RepositoryRuleset {
  return load<{ RepositoryRuleset: typeof RepositoryRuleset }>('repository-ruleset').RepositoryRuleset;
}
