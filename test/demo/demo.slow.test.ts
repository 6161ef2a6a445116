import * as fs from 'fs';
import * as path from 'path';
import { findTerraform } from '../../src/testing/terraform';
import { scratch } from '../support/scratch';
import { demo } from './demo';
import { familiesOf } from './families';
import { programsIn, stackProblems } from './programs';
import { NO_TERRAFORM } from './report';
import { tableOf } from './table';

const terraform = findTerraform();

let folder: string;
beforeEach(() => {
  folder = scratch('demo');
});

/** Writes a program that makes stacks, each with one resource of the given attributes. */
function write(name: string, stacks: string[], attributes: object = { location: 'westeurope', name: 'rg' }): void {
  const [cdktf, provider, group] = ['cdktf', 'provider', 'resource-group']
    .map((module) => (module === 'cdktf' ? module : `@cdktf/provider-azurerm/lib/${module}`))
    .map((module) => JSON.stringify(require.resolve(module)));
  const lines = stacks.map(
    (stack) => `{
      const stack = new TerraformStack(app, '${stack}');
      new AzurermProvider(stack, 'azurerm', { features: [{}] });
      const group = new ResourceGroup(stack, 'Group', { location: 'westeurope', name: 'rg' });
      group.addOverride('', ${JSON.stringify(attributes)});
    }`,
  );
  const file = path.join(folder, 'examples', name, 'main.ts');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(
    file,
    `const { App, TerraformStack } = require(${cdktf});
    const { AzurermProvider } = require(${provider});
    const { ResourceGroup } = require(${group});
    const app = new App();
    ${lines.join('\n')}
    app.synth();`,
  );
}

async function run(binary?: string): Promise<{ status: number; said: string; outdir: string }> {
  const outdir = path.join(folder, 'out');
  const said: string[] = [];
  const status = await demo({
    examples: path.join(folder, 'examples'),
    outdir,
    bindings: process.cwd(),
    terraform: binary,
    say: (text) => said.push(text),
  });
  return { status, said: said.join('\n'), outdir };
}

describe('demo', () => {
  test('gathers the stacks of all programs in one folder with one manifest, and succeeds without terraform', async () => {
    write('one', ['one-dev', 'one-prod']);
    write('two', ['two-dev', 'two-prod']);

    const { status, said, outdir } = await run();

    expect(said.split(NO_TERRAFORM)).toHaveLength(2);
    expect(said).toMatch(/^one-dev +not judged .*ground 1$/m);
    expect(status).toBe(0);
    const all = ['one-dev', 'one-prod', 'two-dev', 'two-prod'];
    expect(fs.readdirSync(outdir).sort()).toEqual(['manifest.json', 'stacks']);
    expect(fs.readdirSync(path.join(outdir, 'stacks')).sort()).toEqual(all);
    const manifest = JSON.parse(fs.readFileSync(path.join(outdir, 'manifest.json'), 'utf8'));
    expect(Object.keys(manifest.stacks)).toEqual(all);
    expect(fs.existsSync(path.join(outdir, manifest.stacks['two-prod'].synthesizedStackPath))).toBe(true);
  });

  test('names programs that fail, and stacks that are misnamed or made twice', async () => {
    write('app', ['app-dev', 'app-prod', 'app-web-dev']);
    write('app-web', ['app-web-dev']);
    fs.writeFileSync(path.join(folder, 'examples', 'broken.ts'), 'throw new Error("no such region");');

    const { status, said } = await run();

    expect(status).toBe(1);
    expect(said).toContain('two programs made a stack "app-web-dev"');
    expect(said).toContain('app-web: there is no stack "app-web-prod"');
    expect(said).toContain('broken: failed\n');
    expect(said).toContain('no such region');
  });

  (terraform ? test : test.skip)('fails with the findings when terraform rejects a stack', async () => {
    write('bad', ['bad-dev', 'bad-prod'], { no_such_argument: true });

    const { status, said } = await run(terraform);

    expect(status).toBe(1);
    expect(said).toMatch(/^bad-prod +REJECTED/m);
    expect(said).toContain('bad-prod: error in validate: ');
    expect(said).toContain('azurerm_resource_group.Group');
  });
});

test('programs are folders with a main.ts, and single files', () => {
  write('folder', []);
  fs.writeFileSync(path.join(folder, 'examples', 'single.ts'), '');
  fs.writeFileSync(path.join(folder, 'examples', 'notes.md'), '');
  fs.mkdirSync(path.join(folder, 'examples', 'shared'));

  expect(programsIn(path.join(folder, 'examples')).map(({ name }) => name)).toEqual(['folder', 'single']);
});

test('stacks are named after program and environment', () => {
  expect(stackProblems('shop', ['shop-dev', 'shop-prod', 'shop-staging'])).toEqual([]);
  expect(stackProblems('shop', ['shop-dev', 'other-prod'])).toEqual([
    'shop: the stack "other-prod" must be named "shop-<environment>"',
    'shop: there is no stack "shop-prod"',
  ]);
});

test('resources are counted by family, in a fixed order', () => {
  const resource = {
    azurerm_role_assignment: { a: {}, b: {} },
    azurerm_subnet: { app: {} },
    azurerm_monitor_diagnostic_setting: { a: {} },
    example_thing: { a: {} },
  };
  expect(familiesOf({ resource, ephemeral: { random_password: { a: {} } } })).toBe(
    'network 1, security 1, access 2, observability 1, other 1',
  );
  expect(familiesOf({})).toBe('');
});

test('columns are as wide as needed, and numbers stand right', () => {
  const rows = [
    ['stack', 'seconds'],
    ['shop-dev', '0.3'],
    ['shop-prod', '12.0'],
  ];
  expect(tableOf(rows)).toBe(
    [
      'stack      seconds', //
      '---------  -------',
      'shop-dev       0.3',
      'shop-prod     12.0',
    ].join('\n'),
  );
});
