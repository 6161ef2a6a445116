import { parse } from 'yaml';
import { GeneratedFile } from '../../src/core/generated-files';
import { loadedPipeline, renderedFiles } from './pipelines';

export type Step = Readonly<Record<string, any>>;
export type Job = Readonly<Record<string, any>>;

export const workflowsOf = (files: GeneratedFile[]) =>
  files.filter(({ path }) => path.startsWith('.github/workflows/'));
export const loaded = loadedPipeline();
export const files = workflowsOf(renderedFiles(loaded));
export const parsed = Object.fromEntries(
  files.map(({ path, content }) => [path.slice('.github/workflows/shop-'.length, -'.yml'.length), parse(content)]),
);
export const jobs: Array<[string, Job]> = Object.entries(parsed).flatMap(([file, workflow]) =>
  Object.entries<Job>(workflow.jobs).map(([key, job]): [string, Job] => [`${file}/${key}`, job]),
);
export const jobOf = (workflow: string, job: string): Job => parsed[workflow].jobs[job];
export const stepOf = (workflow: string, job: string, name: string): Step =>
  jobOf(workflow, job).steps.find((step: Step) => step.name === name);
