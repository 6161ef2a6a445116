import { parse } from 'yaml';
import { DeploymentAccess, PromotionPipeline } from '../../../src';
import { GeneratedFile } from '../../../src/core/generated-files';
import { PipelineModel } from '../../../src/delivery/model/pipeline-model';
import { Job, Workflow } from '../../../src/delivery/model/workflow';
import { workflowsOf } from '../../../src/delivery/workflows';
import { expectThat } from '../kit/trial';

type Block = Readonly<Record<string, any>>;

/** What is set for whole repositories, or by people who rehearse a disaster. */
const SET_ELSEWHERE = ['SONAR_HOST_URL', 'DRILL_CHECK'];

const PIN = /^[\w./-]+@[0-9a-f]{40}$/;

const twiceIn = (all: readonly string[]) => all.filter((one, i) => all.indexOf(one) !== i);

/** What must hold for the workflows of a pipeline, whatever engine they are for. */
export function checkWorkflows(pipeline: PromotionPipeline): void {
  const workflows = workflowsOf((pipeline as unknown as { model(): PipelineModel }).model());
  const files = twiceIn(workflows.map(({ file }) => file.toLowerCase()));
  expectThat(files.length === 0, `writes ${files.join(', ')} twice`);
  const names = twiceIn(pipeline.environments.map(({ name }) => name));
  expectThat(names.length === 0, `has several environments ${names.join(', ')}`);
  workflows.forEach((workflow) => checkJobs(pipeline, workflow));
}

function checkJobs(pipeline: PromotionPipeline, { file, jobs }: Workflow): void {
  const keys = jobs.map(({ key }) => key);
  const fine = keys.every((key) => /^[a-z][\w-]*$/.test(key)) && twiceIn(keys).length === 0;
  expectThat(fine && keys.length > 0, `${file}: jobs are called ${keys.join(', ')}`);
  const environments = pipeline.environments.map(({ name }) => name);
  for (const job of jobs) {
    const at = `${file}/${job.key}`;
    const { minutes, needs = [], environment, identity } = job;
    expectThat(minutes > 0 && Number.isInteger(minutes), `${at} may take ${minutes} minutes`);
    const unknown = needs.filter((need) => !keys.slice(0, keys.indexOf(job.key)).includes(need));
    expectThat(unknown.length === 0, `${at} needs ${unknown.join(', ')}, which comes later or never`);
    expectThat(environment === undefined || environments.includes(environment), `${at}: no ${environment} is declared`);
    const signsIn = job.rights?.includes('sign-in') ?? false;
    expectThat(signsIn === (identity !== undefined), `${at} signs in as nobody, or somebody does not sign in`);
    checkSteps(at, job);
  }
}

function checkSteps(at: string, { steps, minutes, identity }: Job): void {
  const ids = twiceIn(steps.flatMap((step) => (step.do === 'run' && step.id ? [step.id] : [])));
  expectThat(ids.length === 0, `${at}: several steps are called ${ids.join(', ')}`);
  for (const step of steps) {
    expectThat(step.do !== 'login' || identity !== undefined, `${at} signs in as nobody`);
    if (step.do === 'run') {
      const limit = step.minutes ?? 1;
      expectThat(limit > 0 && limit <= minutes, `${at}, ${step.name}: ${limit} of ${minutes} minutes`);
      expectThat(
        !step.commands.join('\n').includes('${{'),
        `${at}, ${step.name}: pastes into ${step.commands.join('; ')}`,
      );
    }
  }
}

/** What must hold for the files of both engines. */
export function checkFiles(pipeline: PromotionPipeline, files: readonly GeneratedFile[]): void {
  for (const { path, content } of files) {
    const odd = /TfToken|\bundefined: |: undefined|\[object |\bNaN\b/.exec(content);
    expectThat(path.startsWith('.delivery/') || odd === null, `${path} says ${odd?.[0]}`);
  }
  const github = files.filter(({ path }) => path.startsWith('.github/workflows/'));
  const azure = files.filter(({ path }) => path.startsWith('azure-pipelines/'));
  if (github.length > 0) {
    checkGithub(pipeline, github);
  }
  azure.forEach(checkAzure);
}

function checkGithub(pipeline: PromotionPipeline, files: readonly GeneratedFile[]): void {
  const [owner, name] = pipeline.repository.split('/');
  const jobs = files.flatMap(({ path, content }) => {
    expectThat(!/uses: \S+$/m.test(content), `${path} does not say which versions its actions are`);
    const workflow = parse(content);
    expectThat(JSON.stringify(workflow.permissions) === '{}', `${path} gives its token rights`);
    return Object.entries<Block>(workflow.jobs).map(([key, job]) => ({ at: `${path}/${key}`, path, key, job }));
  });
  jobs.forEach(({ at, key, job }) => checkGithubJob(at, key, job));

  const subjects = jobs
    .filter(({ job }) => job.permissions['id-token'] === 'write')
    .map(({ path, job: { environment } }) => {
      const event = path.endsWith('pull-request.yml') ? 'pull_request' : `ref:refs/heads/${pipeline.defaultBranch}`;
      return `repo:${owner}/${name}:${environment === undefined ? event : `environment:${environment}`}`;
    });
  const strange = subjects.filter((subject) => !allowedIn(pipeline).includes(subject));
  expectThat(strange.length === 0, `signs in as ${strange.join(', ')}, whom Terraform does not know`);

  const declared = new Map(pipeline.environments.map((environment) => [environment.name, environment.variables]));
  const used = new Set(jobs.map(({ job }) => job.environment));
  const idle = [...declared.keys()].filter((each) => !used.has(each));
  const carries = files.some(({ path }) => path.includes('promotion-'));
  expectThat(!carries || idle.length === 0, `declares ${idle.join(', ')}, which nothing uses`);
  for (const { at, job } of jobs) {
    const known = job.environment === undefined ? pipeline.repositoryVariables : declared.get(job.environment)!;
    const read = [...JSON.stringify(job).matchAll(/vars\.(\w+)/g)].map(([, variable]) => variable);
    const unknown = read.filter((variable) => ![...known, ...SET_ELSEWHERE].includes(variable));
    expectThat(unknown.length === 0, `${at} reads ${unknown.join(', ')}, which are not declared`);
  }
}

function allowedIn(pipeline: PromotionPipeline): string[] {
  const { PLAN, APPLY, ROLLBACK, BUILD } = DeploymentAccess;
  const ofStages = pipeline.stageNames.flatMap((stage) =>
    [PLAN, APPLY, ROLLBACK].flatMap((access) => pipeline.subjects(access, stage)),
  );
  return [...ofStages, ...pipeline.subjects(BUILD)].map(({ subject }) => subject);
}

/** Who may write what: nobody else does. */
const WRITERS: Readonly<Record<string, RegExp>> = {
  contents: /^release$/,
  'pull-requests': /^comment$/,
  issues: /^(drift|orphans|restore-test|drill)-/,
  // who checks what a stranger may have written signs in as nobody
  'id-token':
    /^(?!check-|image-|step-|approve-|review-|(secrets|patterns|configuration|sonarqube|changes|required|comment|synthesize|quality|release)$)/,
};

function checkGithubJob(at: string, key: string, job: Block): void {
  expectThat(job['timeout-minutes'] > 0, `${at} never ends`);
  for (const [right, value] of Object.entries(job.permissions)) {
    const known = value === 'read' ? ['contents', 'actions'].includes(right) : (WRITERS[right]?.test(key) ?? false);
    expectThat(known, `${at} has the right ${right}: ${value}`);
  }
  const signsIn = job.permissions['id-token'] === 'write';
  expectThat(signsIn === (job.env?.ARM_CLIENT_ID !== undefined), `${at} signs in as nobody, or needs not`);
  for (const { name, uses, run, with: inputs } of job.steps as Block[]) {
    expectThat(uses === undefined || PIN.test(uses), `${at}: ${uses} is not pinned`);
    expectThat(!run?.includes('${{'), `${at}, ${name}: pastes into ${run}`);
    const checksOut = uses?.startsWith('actions/checkout@') ?? false;
    expectThat(!checksOut || inputs['persist-credentials'] === false, `${at} keeps its token`);
  }
}

function checkAzure({ path, content }: GeneratedFile): void {
  const jobs: Block[] = parse(content).jobs;
  const keys = jobs.map(({ job, deployment }) => job ?? deployment);
  expectThat(
    keys.every((key) => /^[A-Za-z]\w*$/.test(key)),
    `${path}: jobs are called ${keys.join(', ')}`,
  );
  expectThat(twiceIn(keys).length === 0, `${path}: several jobs are called ${twiceIn(keys).join(', ')}`);
  jobs.forEach((job, i) => {
    const at = `${path}/${keys[i]}`;
    const unknown = job.dependsOn.filter((need: string) => !keys.slice(0, i).includes(need));
    expectThat(unknown.length === 0, `${at} depends on ${unknown.join(', ')}`);
    expectThat(job.timeoutInMinutes > 0, `${at} takes ${job.timeoutInMinutes}`);
    const { matrix = {} } = job.strategy ?? {};
    const copies = typeof matrix === 'string' ? [] : Object.keys(matrix);
    expectThat(
      copies.every((copy) => /^[A-Za-z]\w{0,99}$/.test(copy)),
      `${at} is copied as ${copies.join(', ')}`,
    );
    const steps: Block[] = job.steps ?? job.strategy.runOnce.deploy.steps;
    const scripts = steps.map((step) => step.bash ?? step.inputs?.inlineScript ?? '').join('\n');
    const pasted = /\$\{\{|\$\[ |\$\((Build|System|Agent)\.[^)]*\)/.exec(scripts);
    expectThat(pasted === null, `${at} pastes ${pasted?.[0]}`);
  });
}
