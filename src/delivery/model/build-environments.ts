import { ApplicationArtifact, ApplicationTarget } from '../pipeline-application';
import { DeliveryEnvironment, DeploymentAccess } from '../promotion-pipeline-interface';
import { ApplicationModel } from './application-model';
import { PipelineModel } from './pipeline-model';
import { StageModel } from './stage-model';
import {
  approvalEnvironmentOf,
  environmentOf,
  hotfixEnvironmentOf,
  rollbackEnvironmentOf,
  variableOf,
} from './subjects';

/** Variables that every signed-in job reads. */
const SIGN_IN = ['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_SUBSCRIPTION_ID'];

/**
 * Variable with the connection string of the Application Insights that is told of deployments, in the environments of a stage.
 * Not a secret: where local authentication is off, as in `ObservabilityStack`, the key in it opens nothing.
 */
export const TELEMETRY = 'DEPLOYMENT_TELEMETRY';

/** Whether workflows do without a variable: an app has an address of its own, and nobody need be told of deployments. */
export function isOptional(variable: string): boolean {
  return /_(URL|EDGE_ID)$/.test(variable) || variable === TELEMETRY;
}

/** Branches of hotfixes. */
const HOTFIX_BRANCHES = 'hotfix/*';

/** Every environment that the workflows use, with what guards it. */
export function environmentsOf(model: PipelineModel): DeliveryEnvironment[] {
  const { applications, stages, repository } = model;
  const branches = [repository.defaultBranch];
  const build = {
    name: environmentOf(model, 'build'),
    access: DeploymentAccess.BUILD,
    reviewers: [],
    waitMinutes: 0,
    branches: [...branches, HOTFIX_BRANCHES],
    variables: SIGN_IN,
  };
  return [
    ...(applications.some(({ artifact }) => artifact === ApplicationArtifact.CONTAINER) ? [build] : []),
    ...stages.flatMap((stage) => stageEnvironments(model, stage, branches)),
  ].map((environment) => ({ ...environment, values: valuesIn(model, environment) }));
}

/** An environment, before anybody has said where applications run. */
type Environment = Omit<DeliveryEnvironment, 'values'>;

function valuesIn({ targets }: PipelineModel, { stage, variables }: Environment): { [variable: string]: string } {
  const values = targets.filter((target) => target.stage === stage).flatMap((target) => Object.entries(target.values));
  return Object.fromEntries(values.filter(([name]) => variables.includes(name)));
}

function stageEnvironments(model: PipelineModel, stage: StageModel, branches: string[]): Environment[] {
  const { applications } = model;
  const common = { stage: stage.name, branches };
  const apply = {
    access: DeploymentAccess.APPLY,
    variables: [...SIGN_IN, TELEMETRY, ...applications.flatMap(variablesOf)],
  };
  const before = stage.approvals.slice(0, -1);
  const [last] = stage.approvals.slice(-1);
  return [
    ...before.map(({ role, reviewers }) => ({
      ...common,
      name: approvalEnvironmentOf(model, stage.name, role),
      reviewers: [...reviewers],
      waitMinutes: 0,
      variables: [],
    })),
    {
      ...common,
      ...apply,
      name: environmentOf(model, stage.name),
      reviewers: [...(last?.reviewers ?? [])],
      waitMinutes: stage.waitMinutes,
    },
    ...(stage.hotfix && applications.length > 0
      ? [
          {
            ...common,
            ...apply,
            name: hotfixEnvironmentOf(model, stage.name),
            branches: [HOTFIX_BRANCHES],
            reviewers: [...(stage.hotfixApproval?.reviewers ?? [])],
            waitMinutes: 0,
          },
        ]
      : []),
    ...(applications.length > 0
      ? [
          {
            ...common,
            name: rollbackEnvironmentOf(model, stage.name),
            access: DeploymentAccess.ROLLBACK,
            reviewers: [],
            waitMinutes: 0,
            variables: [
              ...SIGN_IN,
              TELEMETRY,
              ...applications.flatMap(({ name, target }) =>
                ['APP_ID', 'URL', ...(target === ApplicationTarget.STATIC_SITE ? ['EDGE_ID'] : [])].map((word) =>
                  appVariable(name, word),
                ),
              ),
            ],
          },
        ]
      : []),
  ];
}

/** Variables that a deployment of an application reads. */
function variablesOf({ name, migrations, target }: ApplicationModel): string[] {
  const words = [
    'APP_ID',
    'URL',
    ...(target === ApplicationTarget.STATIC_SITE ? ['EDGE_ID'] : []),
    ...(migrations ? ['DATABASE_HOST', 'DATABASE_NAME', 'DATABASE_USER'] : []),
    ...(migrations?.backup ? ['DATABASE_ID'] : []),
  ];
  return words.map((word) => appVariable(name, word));
}

/** Name of a variable of an application, in the environment of a stage. */
export function appVariable(application: string, word: string): string {
  return variableOf({ name: '' }, application, word);
}

/** Variables of the identity that plans: it has no environment, so the stage is part of the name. */
export function planVariables(
  model: PipelineModel,
  stage: string,
): { client: string; tenant: string; subscription: string } {
  return {
    client: variableOf(model, stage, 'PLAN_CLIENT_ID'),
    tenant: variableOf(model, 'AZURE_TENANT_ID'),
    subscription: variableOf(model, stage, 'SUBSCRIPTION_ID'),
  };
}
