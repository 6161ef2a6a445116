import { TOOLS } from '../actions';
import { Job, RunStep, Step, When } from '../model/workflow';
import { PipelineLanguage } from '../pipeline-language';
import { expressionOf, joined, spelt } from './expressions';

/** A step as GitHub reads it. */
export type GithubStep = Readonly<Record<string, unknown>>;

/** What commands may call, defined where they do. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  output: 'output() { printf \'%s=%s\\n\' "$1" "$2" >> "$GITHUB_OUTPUT"; }',
  mask: 'mask() { printf \'::add-mask::%s\\n\' "$1"; }',
};

/** Steps as GitHub reads them. */
export function stepsOf(job: Job, use: (action: string) => string): GithubStep[] {
  return job.steps.map((step) => stepOf(step, use));
}

function stepOf(step: Step, use: (action: string) => string): GithubStep {
  switch (step.do) {
    case 'checkout':
      return {
        name: 'Checkout',
        uses: use('actions/checkout'),
        with: { 'persist-credentials': false, ...(step.history ? { 'fetch-depth': 0 } : {}) },
      };
    case 'setup':
      return setupOf(step.language, step.version, use);
    case 'terraform':
      return {
        name: 'Set up terraform',
        uses: use('hashicorp/setup-terraform'),
        with: { terraform_version: step.version, terraform_wrapper: false },
      };
    case 'trivy':
      return { name: 'Set up Trivy', uses: use('aquasecurity/setup-trivy'), with: { version: TOOLS.trivy } };
    case 'login':
      return {
        name: 'Sign in to Azure',
        ...conditional(step.when),
        ...(step.advisory ? { 'continue-on-error': true } : {}),
        uses: use('azure/login'),
        with: {
          'client-id': '${{ env.ARM_CLIENT_ID }}',
          'tenant-id': '${{ env.ARM_TENANT_ID }}',
          'subscription-id': '${{ env.ARM_SUBSCRIPTION_ID }}',
        },
      };
    case 'upload':
      return {
        name: 'Keep for later jobs',
        uses: use('actions/upload-artifact'),
        with: {
          name: joined(step.artifact),
          path: step.path,
          'retention-days': step.days,
          'if-no-files-found': 'error',
          // a job that is run again is of the same run
          overwrite: true,
        },
      };
    case 'download':
      return {
        name: 'Take from earlier jobs',
        uses: use('actions/download-artifact'),
        with: step.all
          ? { pattern: joined(step.artifact), path: step.path, 'merge-multiple': true }
          : { name: joined(step.artifact), path: step.path },
      };
    case 'run':
      return runOf(step);
  }
}

function setupOf(language: PipelineLanguage, version: string, use: (action: string) => string): GithubStep {
  switch (language) {
    case PipelineLanguage.NODE:
      return {
        name: 'Set up Node.js',
        uses: use('actions/setup-node'),
        with: { 'node-version': version, 'package-manager-cache': false },
      };
    case PipelineLanguage.PYTHON:
      return { name: 'Set up Python', uses: use('actions/setup-python'), with: { 'python-version': version } };
    case PipelineLanguage.GO:
      return { name: 'Set up Go', uses: use('actions/setup-go'), with: { 'go-version': version, cache: false } };
    default:
      return { name: 'Set up .NET', uses: use('actions/setup-dotnet'), with: { 'dotnet-version': version } };
  }
}

function runOf({ name, id, commands, env = {}, directory = '.', when, minutes, advisory }: RunStep): GithubStep {
  return {
    name,
    ...(id === undefined ? {} : { id }),
    ...conditional(when),
    ...(Object.keys(env).length === 0
      ? {}
      : { env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, spelt(value)])) }),
    ...(directory === '.' ? {} : { 'working-directory': directory }),
    ...(minutes === undefined ? {} : { 'timeout-minutes': minutes }),
    ...(advisory ? { 'continue-on-error': true } : {}),
    run: withFunctions(commands),
  };
}

/** Commands, and the functions that they call before them. */
function withFunctions(commands: readonly string[]): string {
  const calls = (name: string, lines: readonly string[]) =>
    lines.some((line) => new RegExp(`(^|[;{ ])(?<!terraform )${name} `).test(line));
  const used = Object.keys(FUNCTIONS).filter((name) => calls(name, commands));
  const lines = [...used.map((name) => FUNCTIONS[name]), ...commands];
  return lines.length === 1 ? lines[0] : `${lines.join('\n')}\n`;
}

function conditional(when: When | undefined): { readonly if?: string } {
  if (when === undefined || when === 'success') {
    return {};
  }
  return { if: `\${{ ${conditionOf(when)} }}` };
}

function conditionOf(when: Exclude<When, 'success'>): string {
  if (when === 'unless-cancelled') {
    return '!cancelled()';
  }
  if ('failedAfter' in when) {
    return `!success() && steps.${when.failedAfter}.outcome != 'skipped'`;
  }
  const { onceFound, variable } = when;
  return `always() && ${expressionOf(onceFound)} != '' && ${expressionOf({ variable })} != ''`;
}
