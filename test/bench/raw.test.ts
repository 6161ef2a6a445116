import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, TerraformStack } from 'cdktf';
import { rawProgramOf } from './child/raw';
import { SCENARIOS } from './child/scenarios';
import { differences, resourcesIn, strays } from './compare';

let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
});
afterEach(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Synthesizes one stack; answers its file. */
function synthesized(folder: string, define: (stack: TerraformStack) => void): string {
  const outdir = path.join(scratch, folder);
  const app = new App({ outdir });
  define(new TerraformStack(app, 'bench'));
  app.synth();
  return path.join(outdir, 'stacks', 'bench', 'cdk.tf.json');
}

test.each(Object.entries(SCENARIOS))('%s: the raw program emits the same resources as ours', (_, scenario) => {
  const once = synthesized('once', (stack) => scenario(stack, 1));
  const program = (count: number) => rawProgramOf(JSON.parse(fs.readFileSync(once, 'utf8')), count);
  const thrice = synthesized('thrice', (stack) => scenario(stack, 3));

  expect(resourcesIn(once)).toBeGreaterThan(2);
  expect(differences(once, synthesized('raw-once', program(1)))).toEqual([]);
  expect(strays(thrice, synthesized('raw-thrice', program(3)))).toEqual([]);
});

test('a difference is told by address', () => {
  const [one, other] = [
    { azurerm_subnet: { a: { name: 'a' }, b: {} } },
    { azurerm_subnet: { a: { name: 'A' }, b: {}, c: {} } },
  ].map((resource, n) => {
    const file = path.join(scratch, `${n}.json`);
    fs.writeFileSync(file, JSON.stringify({ resource }));
    return file;
  });

  expect(differences(one, other)).toEqual(['azurerm_subnet.a', 'azurerm_subnet.c']);
  expect(strays(one, other)).toEqual(['azurerm_subnet.c']);
});
