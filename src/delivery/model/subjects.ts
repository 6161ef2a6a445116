import { DeploymentAccess } from '../promotion-pipeline-interface';
import { PipelineModel, RepositoryModel } from './pipeline-model';
import { StageModel } from './stage-model';

/** Issuer of the tokens that GitHub gives to jobs. */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/** A token that may sign in as an identity. */
export interface SubjectModel {
  /** Word that never changes; name of the federated credential and of its construct. */
  readonly key: string;
  readonly issuer: string;
  readonly subject: string;
}

/** What an identity is for. */
export type Access = DeploymentAccess;

/** Who may sign in as the identity of a stage; the workflows and Terraform both ask here, so they cannot differ. */
export function subjectsOf(
  model: Pick<PipelineModel, 'name' | 'repository'>,
  access: Access,
  stage?: StageModel,
): SubjectModel[] {
  const { repository } = model;
  if (access === DeploymentAccess.PLAN) {
    return [
      subject('pull-request', repository, 'pull_request'),
      subject('default-branch', repository, `ref:refs/heads/${repository.defaultBranch}`),
    ];
  }
  if (access === DeploymentAccess.BUILD || stage === undefined) {
    return [subject('build', repository, `environment:${environmentOf(model, 'build')}`)];
  }
  if (access === DeploymentAccess.ROLLBACK) {
    return [subject('rollback', repository, `environment:${rollbackEnvironmentOf(model, stage.name)}`)];
  }
  const names = [environmentOf(model, stage.name), ...(stage.hotfix ? [hotfixEnvironmentOf(model, stage.name)] : [])];
  return names.map((name, index) => subject(index === 0 ? 'environment' : 'hotfix', repository, `environment:${name}`));
}

/** Name of the environment that a stage is deployed through: `prod`, or `billing-prod` in a pipeline with a name. */
export function environmentOf({ name }: Pick<PipelineModel, 'name'>, stage: string): string {
  return name === '' ? stage : `${name}-${stage}`;
}

/** Name of the environment that a hotfix is deployed through: the same identity, another approval. */
export function hotfixEnvironmentOf(model: Pick<PipelineModel, 'name'>, stage: string): string {
  return `${environmentOf(model, stage)}-hotfix`;
}

/** Name of the environment that a rollback runs in: an identity of its own, and nobody to wait for. */
export function rollbackEnvironmentOf(model: Pick<PipelineModel, 'name'>, stage: string): string {
  return `${environmentOf(model, stage)}-rollback`;
}

/** Name of the environment that asks for one approval of several; the last one guards the deployment itself. */
export function approvalEnvironmentOf(model: Pick<PipelineModel, 'name'>, stage: string, role: string): string {
  return `${environmentOf(model, stage)}-${role}`;
}

/** Name of a variable: capitals, and the name of the pipeline in front. */
export function variableOf({ name }: Pick<PipelineModel, 'name'>, ...words: string[]): string {
  return [name, ...words]
    .filter((word) => word !== '')
    .join('_')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toUpperCase();
}

function subject(key: string, { owner, name }: RepositoryModel, claim: string): SubjectModel {
  return { key, issuer: GITHUB_ISSUER, subject: `repo:${owner}/${name}:${claim}` };
}
