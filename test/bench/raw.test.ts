import * as fs from 'fs';
import * as path from 'path';
import { App, TerraformStack } from 'cdktf';
import { scratch } from '../support/scratch';
import { chartOf } from './chart';
import { rawProgramOf } from './child/raw';
import { COMPARED, SCENARIOS } from './child/scenarios';
import { differences, resourcesIn, strays } from './compare';

/** Synthesizes a program; answers its folder. */
function synthesized(define: (app: App) => void): string {
  const app = new App({ outdir: scratch('bench') });
  define(app);
  app.synth();
  return app.outdir;
}

test('the raw program emits the same resources as ours', () => {
  const scenario = SCENARIOS[COMPARED];
  const once = synthesized((app) => scenario(app, 1));
  const json = fs.readFileSync(path.join(once, 'stacks/bench/cdk.tf.json'), 'utf8');
  const raw = (count: number) =>
    synthesized((app) => rawProgramOf(JSON.parse(json), count)(new TerraformStack(app, 'bench')));
  const thrice = synthesized((app) => scenario(app, 3));

  expect(resourcesIn(once)).toBeGreaterThan(2);
  expect(differences(once, raw(1))).toEqual([]);
  expect(strays(thrice, raw(3))).toEqual([]);
});

test('a difference is told by stack and address', () => {
  const [one, other] = [
    { azurerm_subnet: { a: { name: 'a' }, b: {} } },
    { azurerm_subnet: { a: { name: 'A' }, b: {}, c: {} } },
  ].map((resource) => {
    const outdir = scratch('bench');
    const stack = path.join(outdir, 'stacks/dev');
    fs.mkdirSync(stack, { recursive: true });
    fs.writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify({ resource }));
    return outdir;
  });

  expect(differences(one, other)).toEqual(['dev/azurerm_subnet.a', 'dev/azurerm_subnet.c']);
  expect(strays(one, other)).toEqual(['dev/azurerm_subnet.c']);
});

test('the chart has a bar per measurement, as long as its share of the largest', () => {
  const svg = chartOf([
    { label: '10 web apps', ours: 50, raw: 100 },
    { label: '1 < 2', ours: 25 },
  ]);

  expect(svg).toContain('>10 web apps<');
  expect(svg).toContain('>1 &lt; 2<');
  const widths = [...svg.matchAll(/<rect class="(\w+)"[^>]* width="([\d.]+)"/g)].map(([, bar, width]) => [bar, +width]);
  expect(widths).toEqual([
    ['ours', 260],
    ['raw', 520],
    ['ours', 130],
  ]);
});
