import * as fs from 'fs';
import * as path from 'path';
import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { writeTerraformTests } from '../../src/testing';
import { withoutCalls } from '../../src/testing/terraform/real/rewriting';
import { usedSchemas } from '../../src/testing/terraform/schema/used';
import { Stack } from '../../src/testing/terraform/stack';
import { scratch } from '../support/scratch';
import { Platform } from './platform';
import { terraformIn } from './stand-ins';
import { describeJudged } from './terraform/with-terraform';

/** A platform with what has no value before apply, from everywhere it can come from. */
function platform(): Platform {
  const made = new Platform();
  const { stack, app } = made;
  const hub = new TerraformStack(app, 'hub');
  [stack, hub].forEach((each) => new AzurermProvider(each, 'other', { alias: 'other', features: [{}] }));
  const ofHub = new DataAzurermResourceGroup(hub, 'shared', { name: 'shared' });
  const ofStack = new DataAzurermResourceGroup(stack, 'shared', { name: 'shared' });
  const vault = made.fencedVault();
  vault.tags = {
    hub: ofHub.location,
    mine: ofStack.location,
    given: new TerraformVariable(stack, 'given', { type: 'string' }).value,
  };
  stack.addOverride('ephemeral.random_password.password', { length: 24, depends_on: [] });
  new KeyVaultSecret(stack, 'secret', {
    name: 'secret',
    keyVaultId: vault.id,
    valueWo: '${ephemeral.random_password.password.result}',
    valueWoVersion: 1,
  }).addOverride('depends_on', ['ephemeral.random_password.password', 'azurerm_key_vault.vault']);
  new TerraformOutput(stack, 'uri', { value: vault.vaultUri });
  return made;
}

function jsonIn(...names: string[]): any {
  return JSON.parse(fs.readFileSync(path.join(...names), 'utf8'));
}

describeJudged('tests for plain terraform', () => {
  const directory = scratch('tests');

  test('plan the stack with mocks, and keep what else is there', async () => {
    fs.mkdirSync(path.join(directory, 'prod/tests'), { recursive: true });
    fs.writeFileSync(path.join(directory, 'prod/tests/mine.tftest.json'), '{}');

    const folders = writeTerraformTests(platform().stack, directory);
    const [init, tested] = await terraformIn(folders[0], ['init', '-no-color'], ['test', '-no-color']);

    expect(folders).toEqual([path.join(directory, 'prod')]);
    expect(init.stderr + tested.stderr).toBe('');
    expect(tested.stdout).toContain('Success! 1 passed, 0 failed.');
    expect(fs.existsSync(path.join(directory, 'prod/tests/mine.tftest.json'))).toBe(true);
  });

  test('hold values that look like the real thing, and no account or backend', () => {
    const stack = jsonIn(directory, 'prod/cdk.tf.json');
    const spec = jsonIn(directory, 'prod/tests/plan.tftest.json');
    const mocks = jsonIn(directory, 'prod/tests/mocks/azurerm/computed.tfmock.json');

    expect([stack.terraform.backend, stack.ephemeral]).toEqual([undefined, undefined]);
    expect(spec.mock_provider.azurerm).toEqual([
      { source: './tests/mocks/azurerm' },
      { alias: 'other', source: './tests/mocks/azurerm' },
    ]);
    expect(Object.keys(spec.variables)).toEqual(['given', 'ephemeral_random_password_password_result']);
    expect(mocks.mock_resource.azurerm_key_vault.defaults.id).toMatch(/^\/subscriptions\//);
    expect(mocks.mock_data.azurerm_resource_group.defaults.location).toBe('westeurope');
  });
});

describeJudged('a stack rewritten for real providers', () => {
  test('is one that terraform plans', async () => {
    const { app } = platform();
    app.synth();
    const folder = path.join(app.outdir, 'stacks/prod');
    const stack = new Stack(folder);
    const json = structuredClone(stack.json);
    delete json.data.terraform_remote_state;
    json.resource.azurerm_key_vault.vault.tags = { of: '${data.azurerm_resource_group.shared.location}' };
    const rewritten = withoutCalls(json, { stack, schemas: usedSchemas(stack, { bindings: process.cwd() }) }, folder);
    fs.writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(rewritten));

    const [init, plan] = await terraformIn(
      folder,
      ['init', '-no-color'],
      ['plan', '-no-color', '-input=false', '-var=given=a'],
    );

    expect(init.stderr + plan.stderr).toBe('');
    expect(plan.stdout).toContain('"of" = "westeurope"');
  });
});
