import { HookPoint } from '../hook-point';
import { ApplicationModel } from '../model/application-model';
import { PipelineModel } from '../model/pipeline-model';
import { environmentOf, hotfixEnvironmentOf } from '../model/subjects';
import { Job, Step, Workflow } from '../model/workflow';
import { ApplicationArtifact, ApplicationTarget } from '../pipeline-application';
import { PipelineCheck } from '../pipeline-check';
import { DeploymentAccess } from '../promotion-pipeline-interface';
import { approvalJobs } from './infrastructure';
import { hookSteps, inFolder, minutesOf, NODE_FOR_SCRIPTS, OUT, own, prepared, script, titled } from './parts';
import { isOn, qualitySteps, scanJobs, trivy } from './quality';
import { siteConfigOf } from './release-steps';
import { rolloutJob } from './rollout';

/** Days that archives are kept, if the repository lets them: as long as somebody may want to come back to one. */
const KEPT = 90;

/** Built once, and carried from stage to stage as it is. */
export function promotionWorkflow(model: PipelineModel, application: ApplicationModel): Workflow {
  const { name, paths } = application;
  const jobs: Job[] = [buildJob(model, application, [])];
  let before = ['build'];
  for (const stage of model.stages) {
    const approvals = approvalJobs(model, stage, before);
    const key = `deploy-${stage.name}`;
    const needs = approvals.length > 0 ? approvals.map((job) => job.key) : before.filter((job) => job !== 'build');
    jobs.push(
      ...approvals,
      rolloutJob(model, {
        application,
        stage,
        key,
        name: `Deploy to ${stage.name}`,
        needs,
        environment: environmentOf(model, stage.name),
        inWindow: true,
        released: stage === model.stages[model.stages.length - 1] ? prefixOf(model, application) : undefined,
      }),
    );
    before = [key];
  }
  return {
    file: own(model, `promotion-${name}`),
    title: titled(model, `Promotion of ${name}`),
    trigger: { push: { branch: model.repository.defaultBranch, paths }, manual: [] },
    lock: { group: [own(model, `promotion-${name}-`), { context: 'commit' }], cancel: false },
    jobs: [...jobs, releaseJob(model, application, before)],
  };
}

/** The same way with the same security, but only to where it hurts, and with one approval. */
export function hotfixWorkflow(model: PipelineModel, application: ApplicationModel): Workflow {
  const { name } = application;
  const scans = scanJobs(model);
  const checks: Job[] = [
    { key: 'quality', name: 'Quality', runner: model.runner, minutes: 30, steps: qualitySteps(model, application) },
    ...scans.map((job) => ({ ...job, when: job.when?.filter((condition) => condition !== 'trusted') })),
  ];
  const needed = checks.map(({ key }) => key);
  const jobs: Job[] = [...checks, buildJob(model, application, needed)];
  let before: string[] = [];
  for (const stage of model.stages.filter(({ hotfix }) => hotfix)) {
    const key = `deploy-${stage.name}`;
    jobs.push(
      rolloutJob(model, {
        application,
        stage,
        key,
        name: `Hotfix to ${stage.name}`,
        needs: before,
        environment: hotfixEnvironmentOf(model, stage.name),
        inWindow: false,
      }),
    );
    before = [key];
  }
  return {
    file: own(model, `hotfix-${name}`),
    title: titled(model, `Hotfix of ${name}`),
    trigger: { manual: [] },
    lock: { group: [own(model, `hotfix-${name}`)], cancel: false },
    jobs: [...jobs, releaseJob(model, application, before)],
  };
}

function buildJob(model: PipelineModel, application: ApplicationModel, needs: readonly string[]): Job {
  const hooks = model.hooks.filter(
    ({ point, applications }) =>
      point === HookPoint.AFTER_BUILD && (applications.length === 0 || applications.includes(application.name)),
  );
  const common = {
    key: 'build',
    name: 'Build',
    needs,
    afterSkipped: true,
    runner: model.runner,
    minutes: 40 + minutesOf(hooks),
  };
  const { install, build, language, version } = application;
  if (application.artifact === ApplicationArtifact.CONTAINER) {
    return {
      ...common,
      rights: ['sign-in'],
      identity: { access: DeploymentAccess.BUILD },
      environment: environmentOf(model, 'build'),
      outputs: { image: { step: 'image', output: 'image' } },
      steps: [{ do: 'checkout' }, { do: 'login' }, ...imageSteps(model, application), ...hookSteps(model, hooks)],
    };
  }
  return {
    ...common,
    outputs: { sha256: { step: 'archive', output: 'sha256' } },
    steps: [
      ...prepared(language, version),
      ...inFolder(application, 'Install', install),
      ...inFolder(application, 'Build', build),
      ...archiveSteps(application),
      ...hookSteps(model, hooks),
    ],
  };
}

/** An image that is pushed once; from here on it goes by its digest, which nobody can move. */
function imageSteps(model: PipelineModel, { name, registry = '', directory }: ApplicationModel): Step[] {
  const scan: Step[] = [
    { do: 'trivy' },
    {
      do: 'run',
      name: 'Trivy',
      commands: [`${trivy(model, 'image')} "$IMAGE"`],
      env: { IMAGE: { step: 'image', output: 'image' } },
    },
  ];
  return [
    {
      do: 'run',
      name: 'Build and push',
      id: 'image',
      azure: true,
      env: { COMMIT: { context: 'commit' } },
      commands: [
        `az acr login --name ${registry.split('.')[0]}`,
        `mkdir -p ${OUT}`,
        `docker buildx build --push --provenance=false --tag "${registry}/${name}:$COMMIT" --metadata-file ${OUT}/image.json ${directory}`,
        `digest=$(jq --raw-output '."containerimage.digest"' ${OUT}/image.json)`,
        '[[ "$digest" =~ ^sha256:[0-9a-f]{64}$ ]]',
        `output image "${registry}/${name}@$digest"`,
      ],
    },
    ...(isOn(model, PipelineCheck.TRIVY) ? scan : []),
  ];
}

function archiveSteps(application: ApplicationModel): Step[] {
  const { name, directory, output, target } = application;
  const folder = [directory, output].filter((part) => part !== '.').join('/') || '.';
  return [
    {
      do: 'run',
      name: 'Archive',
      id: 'archive',
      commands: [
        `mkdir -p ${OUT}`,
        `out="$PWD/${OUT}/${name}.zip"`,
        `(cd ${folder} && zip --quiet --recurse-paths --symlinks "$out" . --exclude '.git/*' '.venv/*' '${OUT}/*')`,
        ...(target === ApplicationTarget.STATIC_SITE ? settingsCommands(directory) : []),
        'sha256=$(sha256sum "$out" | cut -d " " -f 1)',
        'output sha256 "$sha256"',
      ],
    },
    { do: 'upload', artifact: [name], path: `${OUT}/${name}.zip`, days: KEPT },
  ];
}

/** How a site answers in each stage is part of the version: it comes back with it. */
function settingsCommands(directory: string): string[] {
  return [
    `for settings in ${directory === '.' ? '' : `${directory}/`}${siteConfigOf('*')}; do`,
    '  if [ -f "$settings" ]; then zip --quiet --junk-paths "$out" "$settings"; fi',
    'done',
  ];
}

/** What tags of an application begin with. */
function prefixOf(model: PipelineModel, { name }: ApplicationModel): string {
  return model.applications.length === 1 && model.name === '' ? 'v' : `${own(model, name)}-v`;
}

/** Patterns of the tags that releases get; those of the first application to come, where there is none yet. */
export function releaseTagsOf(model: PipelineModel): string[] {
  const { applications } = model;
  return applications.length === 0
    ? [`${own(model, 'v')}*`]
    : applications.map((application) => `${prefixOf(model, application)}*`);
}

/** A tag and what is new in it, once the last stage runs it. */
function releaseJob(model: PipelineModel, application: ApplicationModel, needs: readonly string[]): Job {
  return {
    key: 'release',
    name: 'Release',
    needs,
    runner: model.runner,
    minutes: 10,
    rights: ['tag'],
    lock: { group: [own(model, `release-${application.name}`)], cancel: false },
    steps: [
      { do: 'checkout', history: true },
      NODE_FOR_SCRIPTS,
      {
        do: 'run',
        name: 'Tag with the changelog',
        commands: [script(model, 'release.cjs')],
        env: {
          RELEASE_PREFIX: prefixOf(model, application),
          RELEASE_PATHS: application.paths.join(','),
          RELEASE_COMMIT: { context: 'commit' },
          GITHUB_TOKEN: { context: 'token' },
        },
      },
    ],
  };
}
