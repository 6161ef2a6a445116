import { isDay } from '../core/calendar';
import { isText, shown } from '../core/validation';
import { ACTIONS } from './actions';
import { approvalsOf } from './model/build-stage';
import { cronProblem } from './model/cron';
import { commandProblems, pathProblem, versionProblem } from './model/problems';
import { PipelineEngine } from './pipeline-engine';
import { PipelineLanguage } from './pipeline-language';
import { IPromotionPipeline } from './promotion-pipeline-interface';
import { PromotionPipelineProps } from './promotion-pipeline-props';
import { ChangeWindow, PromotionStage } from './promotion-stage';

type Problem = string | false | undefined;

/** Words that the names of files begin with, and the folder of the pipeline that has no name. */
const RESERVED = ['promotion', 'hotfix', 'pipeline', 'pull', 'build'];

/** Roles whose environments would be those of something else. */
const RESERVED_ROLES = ['rollback', 'hotfix'];

/** Names of branches, without what git refuses. */
const BRANCH = /^(?![-.])(?!.*(\.\.|\/\.|\.lock(\/|$)|\.$))[\w.-]+(\/[\w.-]+)*$/;

/** What is wrong with the props of a pipeline. */
export function pipelineProblems(props: PromotionPipelineProps, stages: readonly PromotionStage[]): Problem[] {
  const { repository, name, engines, defaultBranch = 'main', synthesis, coveragePercent = 85, runner } = props;
  const azureDevOps = engines?.includes(PipelineEngine.AZURE_DEVOPS) ?? false;
  const github = engines?.includes(PipelineEngine.GITHUB_ACTIONS) ?? true;
  const names = stages.map(({ environment }) => environment.name);
  return [
    !/^(?!.*\/\.{1,2}(\/|$))[A-Za-z0-9][\w.-]*(\/[\w. -]+){1,2}$/.test(repository) &&
      `'repository' must be 'owner/name', got ${shown(repository)}`,
    github &&
      (repository.split('/').length > 2 || repository.includes(' ')) &&
      `'repository' must be 'owner/name' for GitHub Actions, got ${shown(repository)}`,
    azureDevOps &&
      !github &&
      repository.split('/').length !== 3 &&
      `'repository' must be 'organization/project/name' for Azure DevOps, got ${shown(repository)}`,
    engines?.length === 0 && "'engines' must not be empty: nothing would be written",
    name !== undefined &&
      (!isText(name, /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])$/) || RESERVED.includes(name)) &&
      `'name' must be 2 to 20 lower-case letters, digits or hyphens, a letter first, and none of ${RESERVED.join(', ')}, got ${shown(name)}`,
    stages.length === 0 && "'stages' must not be empty",
    names.includes('build') && "'stages' must not be called build: that environment builds",
    new Set(names).size < names.length && `'stages' must be of different environments, got ${names.join(', ')}`,
    !isText(defaultBranch, BRANCH) && `'defaultBranch' must be the name of a branch, got ${shown(defaultBranch)}`,
    !(coveragePercent >= 0 && coveragePercent <= 100) &&
      `'coveragePercent' must be 0 to 100, got ${shown(coveragePercent)}`,
    runner !== undefined && runnerProblem(runner),
    synthesis?.commands === undefined &&
      (synthesis?.language ?? PipelineLanguage.NODE) !== PipelineLanguage.NODE &&
      "'synthesis.commands' must be given for any language but Node.js, e.g. those that install and 'cdktf synth'",
    versionProblem('synthesis.languageVersion', synthesis?.languageVersion),
    ...commandProblems('synthesis.commands', synthesis?.commands ?? []),
    synthesis?.directory !== undefined && pathProblem('synthesis.directory', synthesis.directory),
    synthesis?.output !== undefined && pathProblem('synthesis.output', synthesis.output),
    synthesis?.terraformVersion !== undefined &&
      !/^\d+\.\d+\.\d+$/.test(synthesis.terraformVersion) &&
      `'synthesis.terraformVersion' must be exact, e.g. '1.11.4', got ${shown(synthesis.terraformVersion)}`,
    ...stages.flatMap((stage) => stageProblems(stage, props)),
    ...Object.entries(props.approvers ?? {}).flatMap(([role, who]) => approverProblems(role, who)),
    ...Object.entries(props.schedules ?? {}).map(([key, cron]) => cronProblem(`schedules.${key}`, cron)),
    ...Object.keys(props.actionPins ?? {}).map(
      (action) =>
        !Object.hasOwn(ACTIONS, action) &&
        `'actionPins' must be of actions that the workflows use, ${Object.keys(ACTIONS).join(', ')}; got ${shown(action)}`,
    ),
    ...Object.entries(props.actionPins ?? {}).map(
      ([action, pin]) =>
        !/^[0-9a-f]{40} # v\d[\w.-]*$/.test(pin) &&
        `'actionPins' must be a commit and its version, e.g. '<40 digits> # v4.1.0', got ${shown(pin)} for ${action}`,
    ),
  ];
}

/** What a pipeline would take from another one of the same repository. */
export function collisionsOf(pipeline: IPromotionPipeline, others: readonly IPromotionPipeline[]): Problem[] {
  const same = others.filter((other) => other.repository === pipeline.repository);
  const environments = new Set(same.flatMap((other) => other.environments.map(({ name }) => name)));
  const taken = pipeline.environments.map(({ name }) => name).filter((name) => environments.has(name));
  return [
    same.some((other) => other.pipelineName === pipeline.pipelineName)
      ? `'name' must differ from that of the other pipeline in ${pipeline.repository}, got ${shown(pipeline.pipelineName)}`
      : taken.length > 0 &&
        `another pipeline in ${pipeline.repository} has the environments ${taken.join(', ')} already`,
  ];
}

function stageProblems(stage: PromotionStage, { approvers = {} }: PromotionPipelineProps): Problem[] {
  const { environment, waitMinutes, hotfixApproval, changeWindow, runner } = stage;
  const at = `of the stage ${environment.name}`;
  const roles = approvalsOf(stage);
  const missing = [...roles, ...(hotfixApproval === undefined ? [] : [hotfixApproval])].filter(
    (role) => !Object.hasOwn(approvers, role),
  );
  const named = (role: string) => (/^\w+$/.test(role) ? role : shown(role));
  const reserved = roles.filter((role) => RESERVED_ROLES.includes(role));
  return [
    ...roles.map(
      (role) =>
        !/^[a-z][a-z0-9]{1,23}$/.test(role) &&
        `'approvals' ${at} must be roles of 2 to 24 lower-case letters or digits, got ${shown(role)}`,
    ),
    new Set(roles).size < roles.length &&
      `'approvals' ${at} must be different roles, got ${roles.map(named).join(', ')}`,
    reserved.length > 0 &&
      `'approvals' ${at} must not be ${reserved.join(', ')}: environments of that name are there already`,
    missing.length > 0 &&
      `'approvers' must say who has the role ${missing.map(named).join(', ')} ${at}, e.g. { ${named(missing[0])}: ['team:platform'] }; or give the stage other 'approvals'`,
    waitMinutes !== undefined &&
      !(Number.isInteger(waitMinutes) && waitMinutes >= 0 && waitMinutes <= 43200) &&
      `'waitMinutes' ${at} must be a whole number from 0 to 43200, got ${shown(waitMinutes)}`,
    runner !== undefined && runnerProblem(runner),
    changeWindow && windowProblem(at, changeWindow),
  ];
}

function approverProblems(role: string, who: readonly string[]): Problem[] {
  return [
    (who.length < 1 || who.length > 6) && `'approvers.${role}' must be 1 to 6 teams or users, got ${who.length}`,
    ...who.map(
      (each) =>
        !/^(team|user):[\w.@-]+$/.test(each) &&
        `'approvers.${role}' must be 'team:slug' or 'user:login', got ${shown(each)}`,
    ),
  ];
}

function windowProblem(at: string, { days, opens, closes, timeZone, frozen = [] }: ChangeWindow): Problem {
  const time = /^([01]\d|2[0-3]):[0-5]\d$/;
  const fine =
    days.length > 0 &&
    days.every((day) => Number.isInteger(day) && day >= 1 && day <= 7) &&
    time.test(opens) &&
    time.test(closes) &&
    opens < closes &&
    /^[A-Za-z]+(\/[\w+-]+)*$/.test(timeZone) &&
    isTimeZone(timeZone) &&
    frozen.every(isDay);
  return (
    !fine &&
    `'changeWindow' ${at} must have days of 1 to 7, times as HH:MM, the later one last, a time zone such as 'Europe/Berlin', and frozen days as YYYY-MM-DD`
  );
}

/** Whether Node.js, which compares times with the window, knows a zone. */
function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}

function runnerProblem(runner: string): Problem {
  return !isText(runner, /^[\w.-]+$/) && `'runner' must be the label of a machine, got ${shown(runner)}`;
}
