import { guidProblem, hasForm, shown } from '../../core/validation';
import { Workload } from '../../core/workload';
import { DeploymentIdentitiesProps } from '../deployment-identities-props';
import { StackGroups } from './deployment-scopes';
import { roleProblem } from './granted-roles';
import { identityProblem, organizationProblem } from './pipeline-identity';

const ACCOUNT_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Storage\/storageAccounts\/[^/]+$/i;

/** What is wrong with the identities of a stage, as clauses. */
export function deploymentProblems(
  {
    pipeline,
    stateAccountId,
    stateContainerName,
    otherScopes = {},
    otherRoles = [],
    ...props
  }: DeploymentIdentitiesProps,
  stage: string,
  workload: Workload,
  { names, problems }: StackGroups,
): Array<string | false | undefined> {
  const reachesNothing = names.length + Object.keys(otherScopes).length === 0 && !props.subscriptionWide;
  return [
    !pipeline.stageNames.includes(stage) &&
      `'stage' must be one of ${pipeline.stageNames.join(', ')}, got ${shown(stage)}`,
    organizationProblem(workload),
    !hasForm(stateAccountId, ACCOUNT_ID) &&
      `'stateAccountId' must be the Azure resource id of a storage account, got ${shown(stateAccountId)}`,
    stateContainerName !== undefined &&
      !hasForm(stateContainerName, /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/) &&
      `'stateContainerName' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got ${shown(stateContainerName)}`,
    guidProblem('subscriptionId', props.subscriptionId),
    guidProblem('tenantId', props.tenantId),
    props.subscriptionWide === true &&
      props.resourceGroupNames !== undefined &&
      "'resourceGroupNames' must be left out with 'subscriptionWide', which reaches all of them",
    ...problems,
    problems.length === 0 &&
      reachesNothing &&
      `no stack of the stage ${shown(stage)} was added to the pipeline: add them first, or name the 'resourceGroupNames'`,
    ...names.map(
      (name) =>
        !/^[\w.()-]{0,89}[\w()-]$/.test(name) &&
        `'resourceGroupNames' must be names of resource groups, literals, because they become part of addresses; got ${shown(name)}`,
    ),
    ...Object.keys(otherScopes).map(
      (key) =>
        (!/^[A-Za-z][\w-]{0,39}$/.test(key) || names.includes(key) || key === 'subscription') &&
        `'otherScopes' must have keys of their own, 1 to 40 letters, digits, hyphens or underscores, a letter first; got ${shown(key)}`,
    ),
    ...Object.values(otherScopes).map(
      (scope) =>
        !hasForm(scope, /^\/subscriptions\/[^/]+(\/.+)?$/i) &&
        `'otherScopes' must be Azure resource ids, got ${shown(scope)}`,
    ),
    ...otherRoles.map((role) => roleProblem('otherRoles', role)),
    identityProblem('planIdentity', props.planIdentity),
    identityProblem('applyIdentity', props.applyIdentity),
    identityProblem('rollbackIdentity', props.rollbackIdentity),
  ];
}
