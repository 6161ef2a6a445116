import { ApplicationModel } from '../model/application-model';
import { HookModel, Language, PipelineModel } from '../model/pipeline-model';
import { Step, Value } from '../model/workflow';
import { PipelineLanguage } from '../pipeline-language';

/** Folder for what steps hand to each other; not a hidden one, which artifacts would leave out. */
export const OUT = 'delivery-out';

/** Days that artifacts of a run are kept: as long as an approval may take, and not longer. */
export const DAYS = 7;

/** GitHub stops a job after as many minutes. */
export const MOST_MINUTES = 360;

/** What owns the files of a pipeline: its name, or a word for the one that has none. */
export function ownerOf({ name }: Pick<PipelineModel, 'name'>): string {
  return name === '' ? 'pipeline' : name;
}

/** Folder of the scripts in the repository. */
export function scriptsOf(model: Pick<PipelineModel, 'name'>): string {
  return `.delivery/${ownerOf(model)}`;
}

/** A name of this pipeline only: of a file, a group, or a check. */
export function own(model: Pick<PipelineModel, 'name'>, name: string): string {
  return model.name === '' ? name : `${model.name}-${name}`;
}

/** A title that tells pipelines apart. */
export function titled(model: Pick<PipelineModel, 'name'>, title: string): string {
  return model.name === '' ? title : `${title} (${model.name})`;
}

/** Checkout, and the language. */
export function prepared(
  language: Language,
  version: string,
  checkout: Partial<Extract<Step, { do: 'checkout' }>> = {},
): Step[] {
  return [{ do: 'checkout', ...checkout }, ...setup(language, version)];
}

/** The language, where there is something to set up. */
export function setup(language: Language, version: string): Step[] {
  return language === PipelineLanguage.NONE ? [] : [{ do: 'setup', language, version }];
}

/** What scripts run on, where nothing else has set it up. */
export const NODE_FOR_SCRIPTS: Extract<Step, { do: 'setup' }> = {
  do: 'setup',
  language: PipelineLanguage.NODE,
  version: '22',
};

/** Commands in the folder of an application; no step where there are none. */
export function inFolder(
  { directory }: Pick<ApplicationModel, 'directory'>,
  name: string,
  commands: readonly string[],
  env: Readonly<Record<string, Value>> = {},
): Step[] {
  return commands.length === 0 ? [] : [{ do: 'run', name, commands, env, directory }];
}

/** A script of the pipeline. */
export function script(model: PipelineModel, file: string): string {
  return `node ${scriptsOf(model)}/${file}`;
}

/**
 * Steps of the user, each with its language; those that call Azure sign in by themselves, since what a run knows of itself is good for
 * minutes, and its token for an hour.
 */
export function hookSteps(
  model: PipelineModel,
  hooks: readonly HookModel[],
  env: Readonly<Record<string, Value>> = {},
): Step[] {
  return hooks.flatMap((hook) => [
    ...setup(hook.language, hook.version),
    ...(hook.azure ? [{ do: 'login', advisory: hook.advisory } as const] : []),
    {
      do: 'run' as const,
      name: hook.name,
      commands: [
        `DELIVERY_SCRIPTS="$PWD/${scriptsOf(model)}"`,
        'export DELIVERY_SCRIPTS',
        ...inside(hook.directory),
        ...hook.commands,
      ],
      env: { ...hook.environment, ...env },
      minutes: hook.timeoutMinutes,
      azure: hook.azure,
      advisory: hook.advisory,
    },
  ]);
}

function inside(directory: string): string[] {
  return directory === '.' ? [] : [`cd ${directory}`];
}

/** Steps without those that set up what is set up already. */
export function withoutRepeats(steps: readonly Step[]): Step[] {
  const versions = new Map<Language, string>();
  return steps.filter((step) => {
    if (step.do !== 'setup') {
      return true;
    }
    const repeated = versions.get(step.language) === step.version;
    versions.set(step.language, step.version);
    return !repeated;
  });
}

/** How long the given hooks take at most, minutes. */
export function minutesOf(hooks: readonly HookModel[]): number {
  return hooks.reduce((sum, { timeoutMinutes }) => sum + timeoutMinutes, 0);
}
