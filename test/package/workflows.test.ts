import * as fs from 'fs';
import * as path from 'path';
import { parse } from 'yaml';

const FOLDER = path.resolve(__dirname, '../../.github/workflows');
const workflows = fs
  .readdirSync(FOLDER)
  .map((name) => ({ name, text: fs.readFileSync(path.join(FOLDER, name), 'utf8') }));

test('there are workflows to build, release and upgrade, and one that draws random programs each night', () => {
  const names = ['build.yml', 'long.yml', 'release.yml', 'title.yml', 'upgrade-main.yml'];
  expect(workflows.map(({ name }) => name)).toEqual(names);
});

describe.each(workflows)('$name', ({ text }) => {
  const workflow = parse(text);
  const jobs = Object.entries<any>(workflow.jobs);

  test('pins every action by commit', () => {
    const used = jobs.flatMap(([, { steps }]) => steps).flatMap(({ uses }: any) => uses ?? []);
    expect(used.filter((action: string) => !/^[\w-]+\/[\w./-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
  });

  test('says what each job may do, and lets only the jobs that publish write', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const writers = jobs.filter(([, { permissions }]) => Object.values(permissions).includes('write'));
    expect(writers.map(([job]) => job).filter((job) => !/^release_(npm|github)$/.test(job))).toEqual([]);
  });

  test('gives nobody a token for code of strangers', () => {
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    const triggered = 'pull_request' in workflow.on;
    expect(triggered && text.includes('secrets.')).toBe(false);
  });

  test('puts nothing that others write into a command', () => {
    const commands = jobs.flatMap(([, { steps }]) => steps).map(({ run = '' }: any) => run);
    expect(
      commands.filter((command: string) => /\$\{\{\s*(github\.event|github\.head_ref|inputs)/.test(command)),
    ).toEqual([]);
  });
});
