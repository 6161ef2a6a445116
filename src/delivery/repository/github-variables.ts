import { shown } from '../../core/validation';
import { IDeploymentIdentities } from '../deployment-identities-props';
import { GithubEnvironmentsProps } from '../github-environments-props';
import { TELEMETRY } from '../model/build-environments';
import { variableOf } from '../model/subjects';
import { DeliveryEnvironment, DeploymentAccess } from '../promotion-pipeline-interface';

/** GitHub takes no more, one of whom suffices. */
const MOST_REVIEWERS = 6;

/** Variables that GitHub takes per environment. */
export const MOST_VARIABLES = 100;

/** What is wrong with the environments of a pipeline, as clauses. */
export function environmentProblems(
  { identities, buildIdentity, pipeline }: GithubEnvironmentsProps,
  environments: readonly DeliveryEnvironment[],
): Array<string | false> {
  const stages = identities.map(({ stage }) => stage);
  const twice = stages.filter((stage, index) => stages.indexOf(stage) !== index);
  const missing = pipeline.stageNames.filter(
    (stage) =>
      !stages.includes(stage) &&
      (pipeline.stacksOf(stage).length > 0 || environments.some((each) => each.stage === stage && signsIn(each))),
  );
  return [
    twice.length > 0 && `'identities' must be one per stage, got several of ${shown(twice[0])}`,
    missing.length > 0 &&
      `'identities' must be given for every stage that is deployed to, not for ${missing.join(', ')} yet`,
    buildIdentity === undefined &&
      environments.some(({ access }) => access === DeploymentAccess.BUILD) &&
      "'buildIdentity' must be given, because the pipeline builds images",
    ...environments.map(
      ({ name, variables }) =>
        variables.length > MOST_VARIABLES &&
        `the environment ${shown(name)} needs ${variables.length} variables, of which GitHub takes ${MOST_VARIABLES}: split the applications over two pipelines`,
    ),
    ...environments.map(
      ({ name, reviewers }) =>
        reviewers.length > MOST_REVIEWERS &&
        `the environment ${shown(name)} must have at most ${MOST_REVIEWERS} reviewers, one of whom suffices; got ${reviewers.length}: name a team`,
    ),
  ];
}

/** Variables that every signed-in job of an environment reads. */
export function environmentVariables(
  { identities, buildIdentity, withoutTargets = false }: GithubEnvironmentsProps,
  environment: DeliveryEnvironment,
): { [name: string]: string } {
  const { access, stage, variables } = environment;
  const own = identities.find((each) => each.stage === stage) ?? identities[0];
  if (!signsIn(environment) || own === undefined) {
    return {};
  }
  const clientIds: { readonly [access: string]: string | undefined } = {
    [DeploymentAccess.BUILD]: buildIdentity?.clientId,
    [DeploymentAccess.PLAN]: own.planClientId,
    [DeploymentAccess.APPLY]: own.applyClientId,
    [DeploymentAccess.ROLLBACK]: own.rollbackClientId,
  };
  const known: { readonly [name: string]: string | undefined } = {
    AZURE_CLIENT_ID: access && clientIds[access],
    AZURE_SUBSCRIPTION_ID: own.subscriptionId,
    AZURE_TENANT_ID: own.tenantId,
  };
  return { ...withValues(variables, known), ...(withoutTargets ? {} : targetVariables(own, environment)) };
}

/** Variables that say where applications run, and who is told of deployments. */
export function targetVariables(
  { deploymentTelemetry }: IDeploymentIdentities,
  { variables, values }: DeliveryEnvironment,
): { [name: string]: string } {
  return withValues(variables, { ...values, [TELEMETRY]: deploymentTelemetry });
}

/** Variables of jobs outside of environments: those that plan. */
export function repositoryVariables({ pipeline, identities }: GithubEnvironmentsProps): { [name: string]: string } {
  const name = (...words: string[]) => variableOf({ name: pipeline.pipelineName }, ...words);
  const known: { [variable: string]: string | undefined } = { [name('AZURE_TENANT_ID')]: identities[0]?.tenantId };
  for (const { stage, planClientId, subscriptionId } of identities) {
    known[name(stage, 'PLAN_CLIENT_ID')] = planClientId;
    known[name(stage, 'SUBSCRIPTION_ID')] = subscriptionId;
  }
  return withValues(pipeline.repositoryVariables, known);
}

function signsIn({ access }: DeliveryEnvironment): boolean {
  return access !== undefined;
}

function withValues(
  names: readonly string[],
  values: { readonly [name: string]: string | undefined },
): { [name: string]: string } {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}
