import { TerraformStack } from 'cdktf';
import { aMonitored, anEnvironment } from '../core/collaborators';
import {
  aBearerOf,
  aListOf,
  aMapOf,
  anInstanceOf,
  aNumber,
  aStruct,
  aText,
  aTextMap,
  Kinds,
  oneOf,
  someTexts,
} from '../core/kinds';
import type { BuildIdentityProps, IBuildIdentity } from './build-identity';
import { DatabaseMigrations } from './database-migrations';
import {
  DeploymentIdentitiesProps,
  DeploymentIdentityAttributes,
  IDeploymentIdentities,
} from './deployment-identities-props';
import { DeploymentTarget } from './deployment-target';
import { GithubEnvironmentsProps } from './github-environments-props';
import type { GithubTargetsProps } from './github-targets';
import { HookPoint } from './hook-point';
import { ApplicationArtifact, ApplicationTarget, PipelineApplication, RolloutStep } from './pipeline-application';
import { PipelineCheck } from './pipeline-check';
import { PipelineEngine } from './pipeline-engine';
import { PipelineLanguage } from './pipeline-language';
import { PipelineStep } from './pipeline-step';
import { DeploymentAccess, IPromotionPipeline } from './promotion-pipeline-interface';
import {
  FindingSeverity,
  PipelineSchedules,
  PipelineSynthesis,
  PromotionPipelineProps,
} from './promotion-pipeline-props';
import { ChangeWindow, PromotionStage } from './promotion-stage';

const aPipeline = aBearerOf<IPromotionPipeline>('a pipeline, e.g. a PromotionPipeline', 'subjects', 'stacksOf');

const anIdentity = aStruct<DeploymentIdentityAttributes>({ identityId: aText, clientId: aText, principalId: aText });

/** A stack of Terraform. */
export const aStack = aBearerOf<TerraformStack>('a TerraformStack', 'toTerraform', 'node');

/** A place in a pipeline. */
export const aPoint = oneOf(HookPoint);

/** What an identity may do. */
export const anAccess = oneOf(DeploymentAccess);

/** A step of a pipeline. */
export const aStep = anInstanceOf(PipelineStep, 'PipelineStep.command(…)');

/** What a pipeline takes. */
export const PIPELINE_KINDS: Kinds<PromotionPipelineProps> = {
  repository: aText,
  'stages?': aListOf(
    aStruct<PromotionStage>({
      environment: anEnvironment,
      'approvals?': someTexts,
      'changeWindow?': aStruct<ChangeWindow>({
        days: aListOf(aNumber),
        opens: aText,
        closes: aText,
        timeZone: aText,
        'frozen?': someTexts,
      }),
    }),
  ),
  'approvers?': aMapOf(someTexts),
  'engines?': aListOf(oneOf(PipelineEngine)),
  'synthesis?': aStruct<PipelineSynthesis>({ 'commands?': someTexts, 'language?': oneOf(PipelineLanguage) }),
  'severity?': oneOf(FindingSeverity),
  'withoutChecks?': aListOf(oneOf(PipelineCheck)),
  'schedules?': aStruct<PipelineSchedules>({}),
  'actionPins?': aTextMap,
};

/** What an application takes. */
export const APPLICATION_KINDS: Kinds<PipelineApplication> = {
  language: oneOf(PipelineLanguage),
  directory: aText,
  'target?': oneOf(ApplicationTarget),
  'artifact?': oneOf(ApplicationArtifact),
  'alsoWhen?': someTexts,
  'installCommands?': someTexts,
  'lintCommands?': someTexts,
  'typeCommands?': someTexts,
  'testCommands?': someTexts,
  'auditCommands?': someTexts,
  'buildCommands?': someTexts,
  'rollout?': aListOf(aStruct<RolloutStep>({ percent: aNumber, minutes: aNumber })),
  'monitored?': aMonitored,
  'migrations?': anInstanceOf(DatabaseMigrations, 'DatabaseMigrations.flyway()'),
};

/** What a target takes. */
export const TARGET_KINDS: Kinds<DeploymentTarget> = { appId: aText, 'databaseSettings?': aTextMap };

/** What the identity of builds takes. */
export const BUILD_IDENTITY_KINDS: Kinds<BuildIdentityProps> = {
  pipeline: aPipeline,
  registries: aTextMap,
  'identity?': anIdentity,
};

/** What the identities of deployments take. */
export const DEPLOYMENT_IDENTITIES_KINDS: Kinds<DeploymentIdentitiesProps> = {
  pipeline: aPipeline,
  stateAccountId: aText,
  'resourceGroupNames?': someTexts,
  'otherScopes?': aTextMap,
  'otherRoles?': someTexts,
  'planIdentity?': anIdentity,
  'applyIdentity?': anIdentity,
  'rollbackIdentity?': anIdentity,
};

/** What the variables of a stage take. */
export const GITHUB_TARGETS_KINDS: Kinds<GithubTargetsProps> = {
  pipeline: aPipeline,
  identities: aBearerOf<IDeploymentIdentities>('identities, e.g. DeploymentIdentities', 'applyClientId'),
};

/** What the environments of a repository take. */
export const GITHUB_ENVIRONMENTS_KINDS: Kinds<GithubEnvironmentsProps> = {
  pipeline: aPipeline,
  identities: aListOf(aBearerOf<IDeploymentIdentities>('identities, e.g. DeploymentIdentities', 'applyClientId')),
  'buildIdentity?': aBearerOf<IBuildIdentity>('the identity of builds, e.g. a BuildIdentity', 'clientId'),
};
