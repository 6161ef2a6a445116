import { TOOLS } from '../actions';
import { Job, RunStep, Step, Value, When } from '../model/workflow';
import { PipelineLanguage } from '../pipeline-language';
import { joined, keyOf, spelt } from './expressions';

/** A step as Azure Pipelines reads it. */
export type AzureStep = Readonly<Record<string, unknown>>;

/** What commands may call, defined where they do. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  output: 'output() { printf \'##vso[task.setvariable variable=%s;isOutput=true]%s\\n\' "$1" "$2"; }',
  mask: 'mask() { printf \'##vso[task.setsecret]%s\\n\' "$1"; }',
};

/** Minutes after which the token of a task may be too old. */
const LONG = 45;

/** How terraform signs in: with tokens of the service connection, as often as it needs one. */
const TERRAFORM_SIGN_IN = [
  'export ARM_USE_OIDC=true ARM_USE_AZUREAD=true TF_IN_AUTOMATION=true',
  'export ARM_CLIENT_ID="$AZURESUBSCRIPTION_CLIENT_ID" ARM_TENANT_ID="$AZURESUBSCRIPTION_TENANT_ID"',
  'export ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID="$AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"',
  'export ARM_OIDC_REQUEST_TOKEN="$SYSTEM_ACCESSTOKEN" ARM_OIDC_REQUEST_URL="$SYSTEM_OIDCREQUESTURI"',
  'ARM_SUBSCRIPTION_ID=$(az account show --query id --output tsv)',
  'export ARM_SUBSCRIPTION_ID',
];

/** Steps as Azure Pipelines reads them; jobs that never check out say so. */
export function stepsOf(job: Job, connection: string | undefined): AzureStep[] {
  const checksOut = job.steps.some((step) => step.do === 'checkout');
  const steps = job.steps.flatMap((step) => stepOf(step, connection));
  return checksOut ? steps : [{ checkout: 'none' }, ...steps];
}

function stepOf(step: Step, connection: string | undefined): AzureStep[] {
  switch (step.do) {
    case 'checkout':
      return [
        {
          checkout: 'self',
          persistCredentials: false,
          fetchDepth: step.history ? 0 : 1,
          fetchTags: step.history === true,
        },
      ];
    case 'setup':
      return [setupOf(step.language, step.version)];
    case 'terraform':
      return [{ bash: terraformInstall(step.version), displayName: 'Set up terraform' }];
    case 'trivy':
      return [{ bash: TRIVY_INSTALL, displayName: 'Set up Trivy' }];
    case 'login':
      // Each task that calls Azure signs in by itself
      return [];
    case 'upload':
      return [
        {
          task: 'PublishPipelineArtifact@1',
          displayName: 'Keep for later jobs',
          inputs: { targetPath: inSources(step.path), artifact: joined(step.artifact) },
        },
      ];
    case 'download':
      return [
        {
          task: 'DownloadPipelineArtifact@2',
          displayName: 'Take from earlier jobs',
          inputs: step.all
            ? { buildType: 'current', itemPattern: `${joined(step.artifact)}/**`, targetPath: inSources(step.path) }
            : { buildType: 'current', artifactName: joined(step.artifact), targetPath: inSources(step.path) },
        },
        ...(step.all ? [{ bash: flatten(step.path), displayName: 'Put them side by side' }] : []),
      ];
    case 'run':
      return [runOf(step, connection)];
  }
}

function setupOf(language: PipelineLanguage, version: string): AzureStep {
  switch (language) {
    case PipelineLanguage.NODE:
      return { task: 'UseNode@1', displayName: 'Set up Node.js', inputs: { version: newestOf(version) } };
    case PipelineLanguage.PYTHON:
      return { task: 'UsePythonVersion@0', displayName: 'Set up Python', inputs: { versionSpec: version } };
    case PipelineLanguage.GO:
      return { task: 'GoTool@0', displayName: 'Set up Go', inputs: { version } };
    default:
      return {
        task: 'UseDotNet@2',
        displayName: 'Set up .NET',
        inputs: { packageType: 'sdk', version: newestOf(version.replace(/^(\d+)\.0$/, '$1')) },
      };
  }
}

/** The newest of a version, unless it is exact already. */
function newestOf(version: string): string {
  return version.split('.').length > 2 ? version : `${version}.x`;
}

function runOf(step: RunStep, connection: string | undefined): AzureStep {
  const { name, id, env = {}, directory = '.', when, minutes, advisory, azure } = step;
  const condition = conditionOf(when);
  const common = {
    displayName: name,
    ...(id === undefined ? {} : { name: keyOf(id) }),
    ...(condition === undefined ? {} : { condition }),
    ...(minutes === undefined ? {} : { timeoutInMinutes: minutes }),
    ...(advisory ? { continueOnError: true } : {}),
  };
  const signedIn = azure === true && connection !== undefined;
  const all = { ...environmentOf(env), ...(signedIn ? { SYSTEM_ACCESSTOKEN: '$(System.AccessToken)' } : {}) };
  const withEnv = Object.keys(all).length === 0 ? {} : { env: all };
  const terraform = step.commands.some((line) => line.includes('terraform '));
  const before = [
    ...emptied(env),
    ...(id === 'rollout' ? [`echo '##vso[task.setvariable variable=${STARTED}]true'`] : []),
    ...(signedIn && terraform ? TERRAFORM_SIGN_IN : []),
  ];
  const script = scriptOf(step.commands, before);
  if (!signedIn) {
    return { bash: script, ...common, ...(directory === '.' ? {} : { workingDirectory: directory }), ...withEnv };
  }
  return {
    task: 'AzureCLI@2',
    ...common,
    ...withEnv,
    inputs: {
      azureSubscription: connection,
      scriptType: 'bash',
      scriptLocation: 'inlineScript',
      inlineScript: script,
      ...(directory === '.' ? {} : { workingDirectory: directory }),
      // A token is good for an hour; in GitHub Actions, scripts see to that themselves
      ...(minutes !== undefined && minutes >= LONG ? { keepAzSessionActive: true } : {}),
    },
  };
}

function environmentOf(env: Readonly<Record<string, Value>>): Record<string, string> {
  const entries = Object.entries(env).flatMap(([key, value]): Array<[string, string]> =>
    typeof value !== 'string' && 'context' in value && value.context === 'token'
      ? [['SYSTEM_ACCESSTOKEN', spelt(value)]]
      : [[key, spelt(value)]],
  );
  return Object.fromEntries(entries);
}

/**
 * Variables that nobody has set stay as they are spelt in Azure Pipelines: they are emptied, as they are elsewhere; and so is
 * what a step has found that was perhaps never reached.
 */
function emptied(env: Readonly<Record<string, Value>>): string[] {
  const mayBeUnset = (value: Value) => typeof value !== 'string' && ('variable' in value || 'step' in value);
  const names = Object.entries(env).flatMap(([key, value]) => (mayBeUnset(value) ? [key] : []));
  return names.map((name) => `case "$${name}" in \\$\\(*) export ${name}='' ;; esac`);
}

/** Commands that stop at the first that fails, and the functions that they call before them. */
function scriptOf(commands: readonly string[], before: readonly string[]): string {
  const calls = (name: string) => commands.some((line) => new RegExp(`(^|[;{ ])(?<!terraform )${name} `).test(line));
  const used = Object.keys(FUNCTIONS).filter(calls);
  return `${['set -euo pipefail', ...used.map((name) => FUNCTIONS[name]), ...before, ...commands].join('\n')}\n`;
}

function conditionOf(when: When | undefined): string | undefined {
  if (when === undefined || when === 'success') {
    return undefined;
  }
  if (when === 'unless-cancelled') {
    return 'not(canceled())';
  }
  if ('failedAfter' in when) {
    return `and(or(failed(), canceled()), ne(variables['${STARTED}'], ''))`;
  }
  const { onceFound, variable } = when;
  const found = `${keyOf(onceFound.step)}.${onceFound.output}`;
  return `and(always(), ne(variables['${found}'], ''), ne(variables['${variable}'], ''))`;
}

/** Variable that says that a rollout began: there is no outcome of a single step here. */
const STARTED = 'ROLLOUT_STARTED';

/** The release of HashiCorp, checked against the list of hashes that lies beside it. */
function terraformInstall(version: string): string {
  const base = `https://releases.hashicorp.com/terraform/${version}`;
  const zip = `terraform_${version}_linux_amd64.zip`;
  return `${[
    'set -euo pipefail',
    'cd "$AGENT_TEMPDIRECTORY"',
    `curl --fail --silent --show-error --location --remote-name ${base}/${zip}`,
    `curl --fail --silent --show-error --location ${base}/terraform_${version}_SHA256SUMS | grep ' ${zip}$' | sha256sum --check --strict`,
    `unzip -q -o ${zip} terraform -d "$AGENT_TEMPDIRECTORY/bin"`,
    'printf \'##vso[task.prependpath]%s\\n\' "$AGENT_TEMPDIRECTORY/bin"',
  ].join('\n')}\n`;
}

/** The image of Trivy behind a command of that name. */
const TRIVY_INSTALL = `${[
  'set -euo pipefail',
  'mkdir -p "$AGENT_TEMPDIRECTORY/bin"',
  'cat > "$AGENT_TEMPDIRECTORY/bin/trivy" <<\'END\'',
  '#!/usr/bin/env bash',
  `exec docker run --rm --volume "$PWD:$PWD" --workdir "$PWD" --volume /var/run/docker.sock:/var/run/docker.sock --volume "$HOME/.docker:/root/.docker:ro" ghcr.io/aquasecurity/trivy:${TOOLS.trivy.slice(1)} "$@"`,
  'END',
  'chmod +x "$AGENT_TEMPDIRECTORY/bin/trivy"',
  'printf \'##vso[task.prependpath]%s\\n\' "$AGENT_TEMPDIRECTORY/bin"',
].join('\n')}\n`;

/** Relative paths of these tasks begin elsewhere. */
function inSources(folder: string): string {
  return `$(Build.SourcesDirectory)/${folder}`;
}

/** Several artifacts come in folders of their own. */
function flatten(path: string): string {
  return `set -euo pipefail\nfind ${path} -mindepth 2 -type f -exec mv --target-directory=${path} {} +\n`;
}
