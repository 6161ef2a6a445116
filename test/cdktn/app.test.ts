import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, TerraformStack } from 'cdktf';
import { AzureProviders, Environment, ManagedIdentity, Workload } from '../../src';
import { AzureApp } from '../../src/core/azure-app';
import { scratch } from '../support/scratch';

/** What the lane says it runs on; see jest.config.js. */
const { ENGINE = 'cdktf' } = globalThis as { ENGINE?: string };

const outdir = scratch('engine');

test.each([
  ['App', App],
  ['AzureApp', AzureApp],
])(`%s of ${ENGINE} writes a stack that says so`, (name, Engine) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const engine: { name: string; version: string } = require('cdktf/package.json');
  const app = new Engine({ outdir: join(outdir, name) });
  const stack = new TerraformStack(app, 'billing-dev');
  new AzureProviders(stack, 'Providers', { environment: Environment.DEV });
  const workload = new Workload(stack, 'Billing', {
    name: 'billing',
    environment: Environment.DEV,
    location: 'westeurope',
    owner: 'team-billing',
    costCenter: '4711',
  });
  new ManagedIdentity(workload, 'Identity');

  app.synth();

  expect(engine.name).toBe(ENGINE);
  expect(readdirSync(join(app.outdir, 'stacks'))).toEqual(['billing-dev']);
  const written = JSON.parse(readFileSync(join(app.outdir, 'stacks/billing-dev/cdk.tf.json'), 'utf8'));
  expect(written['//'].metadata).toMatchObject({ version: engine.version, stackName: 'billing-dev' });
  expect(Object.keys(written.resource)).toEqual(['azurerm_resource_group', 'azurerm_user_assigned_identity']);
});
