import { Token } from 'cdktf';
import { Signal } from '../../contracts/monitoring';
import { isComputed, isText, shown } from '../../core/validation';
import { HookPoint } from '../hook-point';
import { ApplicationArtifact, ApplicationTarget, PipelineApplication } from '../pipeline-application';
import { PipelineLanguage } from '../pipeline-language';
import { PipelineStep } from '../pipeline-step';
import { PipelineModel } from './pipeline-model';
import { StackModel } from './stack-model';
import { variableOf } from './subjects';

type Problem = string | false | undefined;

/** Folders as workflows may name them: below the root, and nothing that a shell or YAML reads otherwise. */
const FOLDER = /^(?!-|.*(^|\/)\.\.(\/|$))[\w.@-]+(\/[\w.@-]+)*$/;

/** The same, with `*` for anything. */
const PATTERN = /^(?!-|.*(^|\/)\.\.(\/|$))[\w.@*-]+(\/[\w.@*-]+)*$/;

/** A host, and a port; nothing that a command would take for an option. */
const REGISTRY = /^(?=.{1,255}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d+)?$/;

/** Minutes of all steps together. */
const LONGEST_ROLLOUT = 240;

/** What is wrong with an application. */
export function applicationProblems(name: string, props: PipelineApplication, known: readonly string[]): Problem[] {
  const { language, directory, registry, artifact, target, rollout, healthPath = '/', slot = 'staging' } = props;
  const container = artifact === ApplicationArtifact.CONTAINER || (artifact === undefined && registry !== undefined);
  const ownCommands = language === PipelineLanguage.DOTNET || language === PipelineLanguage.NONE;
  return [
    !isText(name, /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])$/) &&
      `'name' must be 2 to 20 lower-case letters, digits or hyphens, a letter first, got ${shown(name)}`,
    known.includes(name) && `there is an application ${shown(name)} already`,
    ...known
      .filter((other) => other !== name && variableOf({ name: other }) === variableOf({ name }))
      .map((other) => `'name' must differ from ${shown(other)} in more than hyphens: variables are called by it`),
    versionProblem('languageVersion', props.languageVersion),
    pathProblem('directory', directory),
    ...(props.alsoWhen ?? []).map((path) => pathProblem('alsoWhen', path, PATTERN)),
    props.output !== undefined && pathProblem('output', props.output),
    container &&
      registry === undefined &&
      "'registry' must be given for an image, e.g. 'example.azurecr.io': it is pushed there once, and promoted by digest",
    registry !== undefined &&
      !REGISTRY.test(registry) &&
      `'registry' must be the login server of a registry, e.g. 'example.azurecr.io', got ${shown(registry)}`,
    container &&
      target === ApplicationTarget.STATIC_SITE &&
      "'artifact' must be a package for a static site: it runs no containers",
    !/^\/[\w./-]*$/.test(healthPath) && `'healthPath' must be a path, e.g. '/health/ready', got ${shown(healthPath)}`,
    !isText(slot, /^[a-z0-9][a-z0-9-]{1,39}$/i) &&
      `'slot' must be 2 to 40 letters, digits or hyphens, got ${shown(slot)}`,
    slot.toLowerCase() === 'production' &&
      "'slot' must not be 'production': that is the app itself, which a version reaches by a swap",
    ...rolloutProblems(rollout),
    ...(props.gates ?? []).map(
      (gate) =>
        !isLiteral(gate) &&
        `'gates' must be of literals, because they are written into a workflow; got ${shown(gate.key)} with others`,
    ),
    ...COMMANDS.flatMap((prop) => commandProblems(prop, props[prop] ?? [])),
    ...commandProblems('migrations', props.migrations?.commands ?? []),
    ownCommands &&
      !container &&
      props.buildCommands === undefined &&
      `'buildCommands' must be given: there are no ready-made steps for the language '${language}'`,
    ...minutesProblem("'timeoutMinutes' of the migrations", props.migrations?.options.timeoutMinutes),
  ];
}

/** What is wrong with a stack that is added. */
export function stackProblems(
  name: string,
  stage: string | undefined,
  after: ReadonlyArray<StackModel | undefined>,
  known: readonly StackModel[],
  stages: readonly string[],
): Problem[] {
  return [
    known.some((other) => other.name === name) && `the stack ${shown(name)} was added already`,
    ...known
      .filter((other) => other.name !== name && spokenOf(other.name) === spokenOf(name))
      .map(
        (other) =>
          `the stack ${shown(name)} must differ from ${shown(other.name)} in letters or digits: Azure Pipelines tells jobs apart by them`,
      ),
    !isText(name, /^[\w.-]+$/) &&
      `the stack ${shown(name)} must have a name of letters, digits, dots, hyphens and underscores: workflows name it`,
    stage === undefined &&
      `'stage' must be given for the stack ${shown(name)}: it has no workload yet, or several of different environments`,
    stage !== undefined &&
      !stages.includes(stage) &&
      `'stage' of the stack ${shown(name)} must be one of ${stages.join(', ')}, got ${shown(stage)}`,
    after.includes(undefined) && `'after' of the stack ${shown(name)} must name stacks that were added before`,
    after.some((other) => other !== undefined && other.stage !== stage) &&
      `'after' of the stack ${shown(name)} must name stacks of the same stage; earlier stages come first anyway`,
  ];
}

function spokenOf(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '_').toLowerCase();
}

/** What is wrong with a step that is added. */
export function stepProblems(
  point: HookPoint,
  { name, commands, options }: PipelineStep,
  before: readonly string[],
  stages: readonly string[],
): Problem[] {
  const unknown = (options.stages ?? []).filter((stage) => !stages.includes(stage));
  return [
    !isText(name, /^[\w(][\w ().,:/-]{0,59}$/) &&
      `'name' must be 1 to 60 letters, digits, spaces or ( ) . , : / -, got ${shown(name)}`,
    before.includes(name) && `there is a step ${shown(name)} at '${point}' already`,
    commands.length === 0 && "'commands' must not be empty",
    ...commandProblems('commands', commands),
    unknown.length > 0 && `'stages' must be of ${stages.join(', ')}, got ${unknown.map(shown).join(', ')}`,
    options.directory !== undefined && pathProblem('directory', options.directory),
    versionProblem('languageVersion', options.languageVersion),
    point === HookPoint.PULL_REQUEST &&
      options.azure &&
      "'azure' must be left out at 'pull-request': code that nobody has reviewed gets no identity that writes",
    ...Object.entries(options.variables ?? {}).flatMap(([key, value]) => [
      !/^[A-Z][A-Z0-9_]*$/.test(key) &&
        `'variables' must have names of capitals, digits and underscores, got ${shown(key)}`,
      (isComputed(value) || /\$\{\{|\$\(|\$\[/.test(value)) &&
        `'variables' must be literals, because they are written into a workflow; got ${shown(value)} for ${key}`,
    ]),
    ...minutesProblem("'timeoutMinutes'", options.timeoutMinutes),
  ];
}

/** What is wrong with steps, once all applications are known: a gate with a typing error would never run. */
export function strayStepProblems({ hooks, applications }: PipelineModel): Problem[] {
  const known = applications.map(({ name }) => name);
  return hooks.flatMap((hook) => {
    const stray = hook.applications.filter((name) => !known.includes(name));
    const unsigned = applications
      .filter(({ name }) => hook.applications.length === 0 || hook.applications.includes(name))
      .filter(({ artifact }) => artifact !== ApplicationArtifact.CONTAINER)
      .map(({ name }) => name);
    return [
      stray.length > 0 &&
        `'applications' of the step ${shown(hook.name)} must be of ${known.join(', ') || 'applications that were added'}, got ${stray.map(shown).join(', ')}`,
      hook.azure &&
        hook.point === HookPoint.AFTER_BUILD &&
        unsigned.length > 0 &&
        `'azure' of the step ${shown(hook.name)} must be left out for ${unsigned.map(shown).join(', ')}: after a build only those are signed in that push an image`,
    ];
  });
}

const COMMANDS = [
  'installCommands',
  'lintCommands',
  'typeCommands',
  'testCommands',
  'auditCommands',
  'buildCommands',
] as const;

/** Expressions of engines, orders to them, and expressions of Terraform, which are none of bash. */
const REPLACED = /\$\{\{|\$\[|##vso|TfToken\[|\$\{[a-z]\w*[.(]/;

/** Whatever an engine would paste into a script before bash reads it can be written by a stranger. */
export function commandProblems(prop: string, commands: readonly string[]): Problem[] {
  return commands.map(
    (command) =>
      (Token.isUnresolved(command) || REPLACED.test(command)) &&
      `'${prop}' must be commands for bash, without expressions of the engine or of Terraform, got ${shown(command)}`,
  );
}

/** What is wrong with a folder, or with a pattern of paths. */
export function pathProblem(prop: string, path: string, form: RegExp = FOLDER): Problem {
  return !isText(path, form) && `'${prop}' must be a path below the root of the repository, got ${shown(path)}`;
}

/** What is wrong with the version of a language: one number or up to three, which is what all engines and languages know. */
export function versionProblem(prop: string, version?: string): Problem {
  return (
    version !== undefined &&
    !/^\d+(\.\d+){0,2}$/.test(version) &&
    `'${prop}' must be a version such as '22' or '3.13', got ${shown(version)}`
  );
}

function isLiteral({ key, metric, threshold }: Signal): boolean {
  return Number.isFinite(threshold) && !isComputed(threshold) && !isComputed(key) && !isComputed(metric?.metricName);
}

function minutesProblem(prop: string, minutes: number = 1): Problem[] {
  return [
    !(Number.isInteger(minutes) && minutes >= 1 && minutes <= 120) &&
      `${prop} must be a whole number from 1 to 120, got ${shown(minutes)}`,
  ];
}

function rolloutProblems(steps: PipelineApplication['rollout']): Problem[] {
  if (steps === undefined) {
    return [];
  }
  const percents = steps.map(({ percent }) => percent);
  const rising = percents.every((percent, index) => percent > (percents[index - 1] ?? 0));
  const minutes = steps.map((step) => step.minutes);
  const total = minutes.reduce((sum, each) => sum + each, 0);
  return [
    (!rising || percents[percents.length - 1] !== 100 || !percents.every(Number.isInteger)) &&
      `'rollout' must rise in whole percents and end at 100, got ${percents.join(', ') || 'nothing'}`,
    minutes.some((each) => !(Number.isInteger(each) && each >= 0 && each <= 120)) &&
      `'rollout' must stay 0 to 120 whole minutes at each step, got ${minutes.join(', ')}`,
    total > LONGEST_ROLLOUT &&
      `'rollout' must take ${LONGEST_ROLLOUT} minutes at most, since a job has six hours for it and all around it; got ${total}`,
  ];
}
