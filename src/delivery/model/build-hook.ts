import { HookPoint } from '../hook-point';
import { PipelineStep } from '../pipeline-step';
import { LANGUAGES } from './languages';
import { HookModel } from './pipeline-model';

/** A step of the user, with everything decided that was left open. */
export function hookModel(point: HookPoint, { name, language, commands, options }: PipelineStep): HookModel {
  return {
    point,
    name,
    commands,
    language,
    version: options.languageVersion ?? LANGUAGES[language].version,
    directory: options.directory ?? '.',
    stages: options.stages ?? [],
    applications: options.applications ?? [],
    timeoutMinutes: options.timeoutMinutes ?? 15,
    environment: options.variables ?? {},
    advisory: options.advisory ?? false,
    azure: options.azure ?? false,
  };
}
