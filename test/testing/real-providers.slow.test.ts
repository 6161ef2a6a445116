import * as fs from 'fs';
import * as http from 'http';
import * as path from 'path';
import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { TerraformOutput } from 'cdktf';
import { findTerraform, offlinePlan, Plan } from '../../src/testing';
import { tokenEndpoint } from '../../src/testing/terraform/real/token-endpoint';
import { scratch } from '../support/scratch';
import { Platform } from './platform';
import { describeJudged } from './terraform/with-terraform';

const REAL = findTerraform();

/**
 * A terraform for stacks whose azurerm is real: it tells what it was given, and asks for a token as azurerm does. Others go to the real one.
 *
 * @param init what `init` does
 */
function terraformWith(init: string, record: string): string {
  const file = path.join(scratch('providers'), 'terraform');
  const program = `#!${process.execPath}
    const { spawnSync } = require('child_process');
    const fs = require('fs');
    const http = require('http');
    const args = process.argv.slice(2);
    const standsIn = Object.keys(JSON.parse(process.env.TF_REATTACH_PROVIDERS ?? '{}'));
    if (args[0] === 'version' || standsIn.some((name) => name.endsWith('/azurerm'))) {
      process.exit(spawnSync(${JSON.stringify(REAL)}, args, { stdio: 'inherit' }).status);
    }
    if (args[0] === 'init') {
      ${init}
    } else if (args[0] === 'plan') {
      http.get(process.env.ARM_MSI_ENDPOINT + '?resource=x', (answer) => {
        let token = '';
        answer.on('data', (chunk) => (token += chunk)).on('end', () => {
          const { env } = process;
          fs.writeFileSync(${JSON.stringify(record)}, JSON.stringify({ args, env, standsIn, token: JSON.parse(token), stack: JSON.parse(fs.readFileSync('cdk.tf.json')) }));
        });
      });
    } else {
      console.log(JSON.stringify({ format_version: '1.2', terraform_version: 'real', resource_changes: [] }));
    }`;
  fs.writeFileSync(file, program, { mode: 0o755 });
  return file;
}

test('the token endpoint answers any question with a token that opens nothing, and only here', async () => {
  const { environment, close } = await tokenEndpoint();
  const url = environment.ARM_MSI_ENDPOINT;

  const answer = await new Promise<string>((resolve) => {
    http.get(`${url}?resource=any`, (response) => response.on('data', (chunk) => resolve(String(chunk))));
  });
  close();

  const { access_token: token, expires_on: expires, token_type: type } = JSON.parse(answer);
  const [, claims, signature] = token.split('.');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/token$/);
  expect([type, expires, signature]).toEqual(['Bearer', '4102444800', 'none']);
  expect(Object.keys(JSON.parse(Buffer.from(claims, 'base64url').toString()))).toEqual([
    'oid',
    'tid',
    'appid',
    'idtyp',
    'exp',
  ]);
});

describeJudged('real providers', () => {
  const record = path.join(scratch('providers'), 'record.json');
  let plan: Plan;
  let seen: any;

  beforeAll(async () => {
    const platform = new Platform();
    const { stack, group } = platform;
    new AzurermProvider(stack, 'other', { alias: 'other', features: [{}], useOidc: true });
    const { tenantId } = new DataAzurermClientConfig(stack, 'me');
    const shared = new DataAzurermResourceGroup(stack, 'shared', { name: 'shared', dependsOn: [group] });
    group.tags = { tenant: tenantId };
    const data = platform.account('Data', { resourceGroupName: shared.name, location: shared.location });
    data.addOverride('depends_on', ['data.azurerm_resource_group.shared']);
    data.addOverride('sas_policy', { expiration_period: group.id, expiration_action: 'Nothing' });
    stack.addOverride('import', [{ to: 'azurerm_resource_group.rg', id: '/subscriptions/x' }]);
    new TerraformOutput(stack, 'name', { value: shared.name });
    Object.assign(process.env, { ARM_CLIENT_SECRET: 'mine', TF_PLUGIN_CACHE_DIR: '/cache', TF_WORKSPACE: 'other' });

    plan = await offlinePlan(platform.app, { providers: 'real', terraform: terraformWith('', record) });
    ['ARM_CLIENT_SECRET', 'TF_PLUGIN_CACHE_DIR', 'TF_WORKSPACE'].forEach((name) => delete process.env[name]);
    seen = JSON.parse(fs.readFileSync(record, 'utf8'));
  });

  test('plan', () => {
    expect(plan.providers).toBe('real');
    expect(plan.verdicts[0].plan?.terraform_version).toBe('real');
    expect(seen.args).toEqual(expect.arrayContaining(['plan', '-refresh=false']));
  });

  test('leave to stand-ins what they do not look at', () => {
    expect(plan.findings).toMatchObject([{ severity: 'error', attribute: 'sas_policy.expiration_action' }]);
  });

  test('get a token, the settings of the user and no account of theirs', () => {
    expect(seen.token.access_token).toMatch(/^ey/);
    expect(seen.env).toMatchObject({ ARM_USE_MSI: 'true', ARM_USE_CLI: 'false', TF_PLUGIN_CACHE_DIR: '/cache' });
    expect(seen.env).toHaveProperty('ARM_SUBSCRIPTION_ID');
    expect(Object.keys(seen.env)).not.toEqual(expect.arrayContaining(['ARM_CLIENT_SECRET']));
    expect(seen.env).not.toHaveProperty('TF_WORKSPACE');
    expect(seen.standsIn).toEqual([]);
  });

  test('call nobody: every alias is quiet, and what data sources would read is made up', () => {
    const { provider, data, resource, output } = seen.stack;
    const quiet = { resource_provider_registrations: 'none', resource_providers_to_register: [] };
    const [account] = Object.values<any>(resource.azurerm_storage_account);

    expect(provider.azurerm).toEqual([
      expect.objectContaining(quiet),
      expect.objectContaining({ ...quiet, alias: 'other', use_oidc: true }),
    ]);
    expect(seen.stack).not.toHaveProperty('import');
    expect(seen.stack.terraform).not.toHaveProperty('backend');
    expect(Object.keys(data)).toEqual(['azurerm_client_config', 'terraform_remote_state']);
    expect(account.resource_group_name).toBe(
      '${data.terraform_remote_state.azurerm_resource_group-shared.outputs.read.name}',
    );
    expect(account.depends_on).toEqual(['data.terraform_remote_state.azurerm_resource_group-shared']);
    expect(output.name.value).toContain('data.terraform_remote_state.');
  });

  test('that cannot be installed are an error, with the reason', async () => {
    const terraform = terraformWith('console.error("Could not reach the registry"); process.exit(1);', record);

    await expect(offlinePlan(new Platform().app, { providers: 'real', terraform })).rejects.toThrow(
      "offlinePlan() finds no real providers (name a registry or mirror in Terraform's own configuration, or plan with providers: 'schema'): Could not reach the registry",
    );
  });

  test('are given up with auto, once, and the plan says so', async () => {
    const counter = path.join(scratch('providers'), 'count');
    const terraform = terraformWith(
      `fs.appendFileSync(${JSON.stringify(counter)}, 'x'); setTimeout(() => {}, 60_000); return;`,
      record,
    );
    const { app } = new Platform();

    const first = await offlinePlan(app, { providers: 'auto', terraform, initSeconds: 0.3 });
    const second = await offlinePlan(app, { providers: 'auto', terraform, initSeconds: 0.3 });

    expect(first).toMatchObject({
      providers: 'schema',
      reason: 'terraform init was given up after 0.3 seconds.',
      accepted: true,
    });
    expect(second.reason).toBe(first.reason);
    expect(fs.readFileSync(counter, 'utf8')).toBe('x');
  });

  test('do not go together with what exists', async () => {
    const { app } = new Platform();

    await expect(offlinePlan(app, { providers: 'real', after: {} })).rejects.toThrow(
      "offlinePlan() takes either 'after' or real providers: real providers do not know a made-up state",
    );
  });
});
