import { TerraformStack, TerraformVariable } from 'cdktf';
import { AzureProviders, ManagedIdentity } from '../../src';
import { AzureApp } from '../../src/core/azure-app';
import { mangledTokensIn } from '../../src/core/mangled-tokens';
import { scratch } from '../support/scratch';
import { workloadOn } from '../support/workload';

const outdir = scratch('mangled');

/** An identity with a tag that is made from variables. */
function tagged(tagOf: (text: string, number: number) => string): AzureApp {
  const app = new AzureApp({ outdir });
  const stack = new TerraformStack(app, 'stack');
  new AzureProviders(stack, 'Providers');
  const { identity } = new ManagedIdentity(workloadOn(stack, 'Billing'), 'Identity').resources;
  const text = new TerraformVariable(stack, 'Text', { type: 'string' }).stringValue;
  const number = new TerraformVariable(stack, 'Number', { type: 'number' }).numberValue;
  identity.tags = { part: tagOf(text, number) };
  return app;
}

test.each<[string, (text: string, number: number) => string]>([
  ['in lower case', (text) => text.toLowerCase()],
  ['in upper case', (text) => text.toUpperCase()],
  ['without its brackets', (text) => text.replace(/[^A-Za-z0-9]/g, '')],
  ['as a part of a name', (text) => `app-${text.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`],
  ['in a sum', (_, number) => String(number / 60)],
  ['after a hyphen, where cdktf takes it for another number', (text, number) => `${text}-${number}`],
  ['in a product', (_, number) => `${number * 1e6} seconds`],
])('a value that Terraform has yet to compute is not changed at synthesis: %s', (_name, tagOf) => {
  expect(() => tagged(tagOf).synth()).toThrow(
    /^stack\/Billing\/Identity\/Resource: 'tags' has ".+", which is what was left of a value that Terraform has yet to compute: /,
  );
});

test('values that are whole pass, also inside of a text', () => {
  expect(() => tagged((text, number) => `${text} ${number}`).synth()).not.toThrow();
});

test('what looks a little like it passes', () => {
  const harmless = ['token 1', 'tf token', '1e+20', '6.02e23', 'TOKEN_12', 'aftertoken12', 'tftoken'];

  expect(mangledTokensIn(JSON.stringify({ resource: { a: { b: { c: harmless, d: 1e21 } } } }))).toEqual([]);
});
