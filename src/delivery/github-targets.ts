import type { ActionsEnvironmentVariable } from '@cdktf/provider-github/lib/actions-environment-variable';
import { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { checkKinds } from '../core/kinds';
import { rejectIf, shown } from '../core/validation';
import { GITHUB_TARGETS_KINDS } from './delivery-kinds';
import { IDeploymentIdentities } from './deployment-identities-props';
import { DeliveryEnvironment, IPromotionPipeline } from './promotion-pipeline-interface';
import { ensureGithubProvider, load } from './repository/github-provider';
import { targetVariables } from './repository/github-variables';

/**
 * Properties for `GithubTargets`.
 */
export interface GithubTargetsProps {
  /** Pipeline whose workflows read where applications run; tell it by `addTarget()` before. */
  readonly pipeline: IPromotionPipeline;
  /** Identities of the stage; call `reportTo()` before. */
  readonly identities: IDeploymentIdentities;
}

/**
 * The Terraform resources behind `GithubTargets`; of the GitHub provider, which is there only where it is installed.
 */
export interface GithubTargetsResources {
  /** Variables, by `<environment>/<name>`. */
  readonly variables: { [name: string]: TerraformResource };
}

/**
 * Where the applications of one stage run, and who is told of deployments there, as variables of the environments that
 * `GithubEnvironments` makes.
 *
 * Belongs into a stack of its own, which is applied once the stage was: a new platform is applied by workflows that need their
 * environments, and what is deployed to is there only after that. `GithubEnvironments` has `withoutTargets` then.
 */
export class GithubTargets extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: GithubTargetsResources;

  constructor(scope: Construct, id: string, props: GithubTargetsProps) {
    super(scope, id);
    checkKinds(this, props, GITHUB_TARGETS_KINDS);
    const { pipeline, identities } = props;
    const { stage } = identities;
    const told = pipeline.environments.filter((each) => each.stage === stage);
    const values = told.flatMap((each) => Object.entries(targetVariables(identities, each)).map((one) => [each, one]));
    rejectIf(
      this,
      !/^[\w.-]+\/[\w.-]+$/.test(pipeline.repository) &&
        `'pipeline' must be of a repository of GitHub, owner/name, got ${shown(pipeline.repository)}`,
      values.length === 0 && `nothing was told of the stage ${shown(stage)}: call addTarget() or reportTo() before`,
    );
    ensureGithubProvider(this, pipeline.repository);
    const module = load<{ ActionsEnvironmentVariable: typeof ActionsEnvironmentVariable }>(
      'actions-environment-variable',
    );
    const variables: { [name: string]: TerraformResource } = {};
    for (const [{ name: environment }, [variableName, value]] of values as Array<[DeliveryEnvironment, string[]]>) {
      variables[`${environment}/${variableName}`] = new module.ActionsEnvironmentVariable(
        this,
        `Variable-${environment}-${variableName}`,
        { repository: pipeline.repository.split('/')[1], environment, variableName, value },
      );
    }
    this.resources = { variables };
  }
}
