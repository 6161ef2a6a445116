import { stringify } from 'yaml';
import { GeneratedFile, headerOf } from '../../core/generated-files';
import { PipelineModel } from '../model/pipeline-model';
import { Input, Trigger, Workflow } from '../model/workflow';
import { ownerOf } from '../workflows/parts';
import { jobsOf } from './jobs';

/** A workflow as a file of Azure Pipelines. */
export function azureDevOpsFile(model: PipelineModel, workflow: Workflow): GeneratedFile {
  const { jobs, file, title, trigger } = workflow;
  const yaml = stringify(
    {
      name: `${file}-$(Date:yyyyMMdd)$(Rev:.r)`,
      ...parametersOf(trigger),
      ...triggersOf(trigger, model.repository.defaultBranch),
      // Runs of one stage wait for each other, where its environment has the check "exclusive lock"
      lockBehavior: 'sequential',
      jobs: jobs.flatMap((job) => jobsOf(model, job, jobs)),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return {
    path: `azure-pipelines/${file}.yml`,
    content: `# ${headerOf(ownerOf(model))}\n# ${title}\n${yaml}`,
  };
}

function triggersOf({ pullRequest, push, schedule }: Trigger, branch: string): Record<string, unknown> {
  const paths = push?.paths ?? [];
  const exclude = paths.filter((path) => path.startsWith('!')).map((path) => folderOf(path.slice(1)));
  const include = paths.filter((path) => !path.startsWith('!')).map(folderOf);
  return {
    trigger:
      push === undefined
        ? 'none'
        : {
            branches: { include: [push.branch] },
            paths: { include, ...(exclude.length > 0 ? { exclude } : {}) },
          },
    // Repositories of Azure ignore this: there, a branch policy runs the file as build validation
    pr: pullRequest === undefined ? 'none' : { branches: { include: [pullRequest] } },
    ...(schedule === undefined
      ? {}
      : { schedules: [{ cron: schedule, displayName: 'On schedule', branches: { include: [branch] }, always: true }] }),
  };
}

/** Paths are folders here. */
function folderOf(path: string): string {
  return path === '**' ? '*' : path.replace(/\/\*\*$/, '');
}

function parametersOf({ manual = [] }: Trigger): Record<string, unknown> {
  return manual.length === 0 ? {} : { parameters: manual.map(parameterOf) };
}

function parameterOf({ name, description, choices }: Input): Record<string, unknown> {
  return { name, displayName: description, type: 'string', ...(choices === undefined ? {} : { values: choices }) };
}
