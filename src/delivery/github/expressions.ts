import { Value } from '../model/workflow';

const CONTEXTS = {
  commit: 'github.sha',
  run: "format('{0}/{1}/actions/runs/{2}', github.server_url, github.repository, github.run_id)",
  'run-id': 'github.run_id',
  'pull-request': 'github.event.pull_request.number',
  status: 'job.status',
  token: 'github.token',
  visibility: 'github.event.repository.visibility',
} as const;

/** A value as GitHub spells it; never inside of commands, only in `env` and the like. */
export function spelt(value: Value): string {
  return typeof value === 'string' ? value : `\${{ ${expressionOf(value)} }}`;
}

/** Values in a row. */
export function joined(values: readonly Value[]): string {
  return values.map(spelt).join('');
}

/** A value inside of an expression. */
export function expressionOf(value: Exclude<Value, string>): string {
  if ('variable' in value) {
    return `vars.${value.variable}`;
  }
  if ('secret' in value) {
    return `secrets.${value.secret}`;
  }
  if ('context' in value) {
    return CONTEXTS[value.context];
  }
  if ('job' in value) {
    return `needs.${value.job}.outputs.${value.output}`;
  }
  if ('step' in value) {
    return `steps.${value.step}.outputs.${value.output}`;
  }
  if ('each' in value) {
    return `matrix.${value.each}`;
  }
  return 'results' in value ? "join(needs.*.result, ' ')" : `inputs.${value.input}`;
}
