import { Value } from '../model/workflow';

const CONTEXTS = {
  commit: '$(Build.SourceVersion)',
  run: '$(System.CollectionUri)$(System.TeamProject)/_build/results?buildId=$(Build.BuildId)',
  'run-id': '$(Build.BuildId)',
  'pull-request': '$(System.PullRequest.PullRequestId)',
  status: '$(Agent.JobStatus)',
  token: '$(System.AccessToken)',
  // Of a project, which nothing tells; artifacts are for its members
  visibility: 'private',
} as const;

/** A value as Azure Pipelines spells it in `env` and in inputs of tasks; outputs of other jobs are variables of the job. */
export function spelt(value: Value): string {
  if (typeof value === 'string') {
    return value;
  }
  if ('variable' in value) {
    return `$(${value.variable})`;
  }
  if ('secret' in value) {
    return `$(${value.secret})`;
  }
  if ('context' in value) {
    return CONTEXTS[value.context];
  }
  if ('job' in value) {
    return `$(${outputName(value.job, value.output)})`;
  }
  if ('step' in value) {
    return `$(${value.step}.${value.output})`;
  }
  if ('each' in value) {
    return `$(${value.each})`;
  }
  return 'results' in value ? '$(results)' : `\${{ parameters.${value.input} }}`;
}

/** Values in a row. */
export function joined(values: readonly Value[]): string {
  return values.map(spelt).join('');
}

/** Key of a job or a step: no hyphens there. */
export function keyOf(key: string): string {
  return key.replace(/-/g, '_');
}

/** Variable of a job that holds what another one has found. */
export function outputName(job: string, output: string): string {
  return `${keyOf(job)}_${output}`;
}
