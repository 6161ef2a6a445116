import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { TerraformVariable } from 'cdktf';
import { findTerraform, judge } from '../../../src/testing/terraform';
import { scratch } from '../../support/scratch';
import { groupOf, storageAccount, synthesized, verdictOn } from './programs';
import { describeJudged } from './with-terraform';

const ROOT = path.resolve(__dirname, '../../..');

/** Every file below a folder, with its content. */
function contentOf(folder: string): Record<string, string> {
  const files = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  return Object.fromEntries(files.filter((f) => fs.statSync(f).isFile()).map((f) => [f, fs.readFileSync(f, 'utf8')]));
}

describeJudged('judge', () => {
  test('takes apps and single stacks, and answers in their order', async () => {
    const good = synthesized({ b: () => {}, a: (stack) => storageAccount(stack).addOverride('oops', 1) });
    const single = path.join(synthesized({ c: () => {} }), 'stacks', 'c');
    const told: string[] = [];

    const verdicts = await judge([single, good], { onVerdict: ({ stack }) => told.push(stack), jobs: 3 });

    expect(verdicts.map(({ stack, accepted }) => [stack, accepted])).toEqual([
      ['c', true],
      ['a', false],
      ['b', true],
    ]);
    expect(told.sort()).toEqual(['a', 'b', 'c']);
  });

  test('leaves the folder as it was, and no copies', async () => {
    const folder = synthesized({ prod: (stack) => storageAccount(stack) });
    fs.writeFileSync(path.join(folder, 'stacks/prod/terraform.tfstate'), 'state');
    const before = contentOf(folder);
    const temporary = scratch('judged');
    const { TMPDIR } = process.env;

    process.env.TMPDIR = temporary;
    await judge([folder], { plan: true });
    process.env.TMPDIR = TMPDIR;
    if (TMPDIR === undefined) {
      delete process.env.TMPDIR;
    }

    expect(contentOf(folder)).toEqual(before);
    expect(fs.readdirSync(temporary)).toEqual([]);
  });

  test('ignores settings of terraform, but not values of variables', async () => {
    const settings = { TF_CLI_ARGS: '-nonsense', TF_WORKSPACE: 'other', TF_VAR_name: 'given' };
    Object.assign(process.env, settings);

    const { findings, plan } = await verdictOn(
      (stack) => {
        groupOf(stack).name = new TerraformVariable(stack, 'name', { type: 'string' }).stringValue;
      },
      { plan: true },
    );
    Object.keys(settings).forEach((name) => delete process.env[name]);

    expect(findings).toEqual([]);
    expect(plan!.resource_changes![0].change.after.name).toBe('given');
  });

  test('lets the process end', () => {
    const folder = synthesized({ prod: () => {} });
    const program = `require('./src/testing/terraform').judge([${JSON.stringify(folder)}], { plan: true })
      .then(([{ accepted }]) => console.log('accepted', accepted))`;

    const { stdout, status } = spawnSync('node', ['-r', 'ts-node/register/transpile-only', '-e', program], {
      cwd: ROOT,
      env: { ...process.env, TS_NODE_PROJECT: path.join(ROOT, 'test/tsconfig.json') },
      encoding: 'utf8',
      timeout: 20_000,
    });

    expect(stdout).toContain('accepted true');
    expect(status).toBe(0);
  });

  test('refuses a binary that is no terraform', async () => {
    await expect(judge([], { terraform: process.execPath })).rejects.toThrow(
      `a stack is judged by terraform 1.11 or newer, got ${process.execPath}`,
    );
  });

  test('refuses a folder without stacks', async () => {
    await expect(judge([__dirname])).rejects.toThrow('synthesize first');
  });

  test('finds terraform by the PATH only', () => {
    const { PATH } = process.env;
    process.env.PATH = __dirname;
    const found = findTerraform();
    process.env.PATH = PATH;

    expect(found).toBeUndefined();
    expect(path.isAbsolute(findTerraform()!)).toBe(true);
  });
});
