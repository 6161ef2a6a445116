import { stringify } from 'yaml';
import { Pins } from '../../core/action-pins';
import { GeneratedFile, headerOf } from '../../core/generated-files';
import { PipelineModel } from '../model/pipeline-model';
import { Input, Trigger, Workflow } from '../model/workflow';
import { ownerOf } from '../workflows/parts';
import { joined } from './expressions';
import { jobOf } from './jobs';

/** Why a job has a right, for whoever reviews it. */
const REASONS: Readonly<Record<string, string>> = {
  'actions: read': 'to fetch what an earlier run has built',
  'contents: read': 'to check out',
  'contents: write': 'to tag a release',
  'id-token: write': 'to sign in to Azure without a secret',
  'pull-requests: write': 'to comment on the plans',
  'issues: write': 'to report what was found',
};

/** A workflow as a file of GitHub Actions. */
export function githubFile(model: PipelineModel, workflow: Workflow, pins: Pins): GeneratedFile {
  const use = (action: string) => `${action}@${pins[action].split(' ')[0]}`;
  const { jobs, lock, title } = workflow;
  const yaml = stringify(
    {
      name: title,
      on: triggersOf(workflow.trigger),
      permissions: {},
      concurrency: { group: joined(lock.group), 'cancel-in-progress': lock.cancel },
      defaults: { run: { shell: 'bash' } },
      jobs: Object.fromEntries(jobs.map((job) => [job.key, jobOf(model, job, jobs, use)])),
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return {
    path: `.github/workflows/${workflow.file}.yml`,
    content: `# ${headerOf(ownerOf(model))}\n${commented(yaml, pins)}`,
  };
}

function triggersOf({ pullRequest, push, schedule, manual }: Trigger): Record<string, unknown> {
  return {
    ...(pullRequest === undefined ? {} : { pull_request: { branches: [pullRequest] } }),
    ...(push === undefined ? {} : { push: { branches: [push.branch], paths: push.paths } }),
    ...(schedule === undefined ? {} : { schedule: [{ cron: schedule }] }),
    ...(manual === undefined
      ? {}
      : { workflow_dispatch: manual.length === 0 ? {} : { inputs: Object.fromEntries(manual.map(inputOf)) } }),
  };
}

function inputOf({ name, description, choices }: Input): [string, unknown] {
  const type = choices === undefined ? { type: 'string' } : { type: 'choice', options: choices };
  return [name, { description, required: true, ...type }];
}

/** The version behind each commit, and the reason behind each right. */
function commented(yaml: string, pins: Pins): string {
  return yaml
    .replace(/^( *(?:- )?uses: ([\w./-]+)@[0-9a-f]{40})$/gm, (line, _, action) => `${line} ${pins[action].slice(41)}`)
    .replace(
      /^ +((?:actions|contents|id-token|pull-requests|issues): (?:read|write))$/gm,
      (line, right) => `${line} # ${REASONS[right]}`,
    );
}
