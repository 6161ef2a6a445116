import { TerraformOutput, TerraformVariable } from 'cdktf';
import { matchers, offlinePlan, Plan } from '../../src/testing';
import { scratch } from '../support/scratch';
import { Platform } from './platform';
import { describeJudged } from './terraform/with-terraform';

expect.extend(matchers);

/** What a function throws. */
function complaint(assertion: () => void): string {
  try {
    assertion();
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describeJudged('a good plan', () => {
  let plan: Plan;

  beforeAll(async () => {
    const platform = new Platform();
    platform.privateEndpoint(platform.account('Data'));
    platform.fencedVault();
    plan = await offlinePlan(platform.group);
    // what is planned is what was there, not what is added later
    platform.account('Late');
  });

  test('passes every assertion', () => {
    plan.succeeds();
    plan.toAdd();
    plan.toAdd(4);
    plan.toAdd({ azurerm_storage_account: 1, azurerm_subnet: 0 });
    plan.replacesNothing();
    plan.destroysNothing();
    plan.noPublicAccess();
    plan.noSecrets(['hunter2']);
  });

  test('holds the plan of Terraform, and what becomes of every resource', () => {
    expect(plan).toMatchObject({ accepted: true, findings: [], providers: 'schema', reason: undefined });
    expect(plan.json('prod').terraform_version).toMatch(/^1\./);
    expect(plan.changes.map(({ fate, address, construct }) => `${fate} ${address} ${construct}`)).toEqual([
      'add azurerm_key_vault.vault prod/vault',
      'add azurerm_private_endpoint.pe prod/pe',
      'add azurerm_resource_group.rg prod/rg',
      expect.stringMatching(/^add azurerm_storage_account\.Data_\w+ prod\/Data\/Resource$/),
    ]);
    expect(() => plan.json('dev')).toThrow('expected one stack, found prod');
  });

  test('counts what it adds', () => {
    expect(complaint(() => plan.toAdd({ azurerm_storage_account: 2, azurerm_key_vault: 1 }))).toMatch(
      /^expected a plan that adds\n {2}2 azurerm_storage_account, found 1\n {4}azurerm_storage_account\.Data_\w+ \(prod\/Data\/Resource\)$/,
    );
  });

  test('is left alone by itself, and by a program that changes nothing', async () => {
    const same = new Platform();
    same.privateEndpoint(same.account('Data'));
    same.fencedVault();

    await expect(same.app).toChangeNothing({ after: plan });
  });
});

describeJudged('a bad plan', () => {
  test('is refused with all errors, also by value rules on overrides next to unknown values', async () => {
    const platform = new Platform();
    const { identity } = platform.account('Logs', { identity: { type: 'SystemAssigned' } });
    const data = platform.account('Data', { accountReplicationType: 'TripleS' });
    data.addOverride('blob_properties.delete_retention_policy.days', 400);
    data.addOverride('sas_policy', { expiration_period: identity.principalId, expiration_action: 'Nothing' });

    const plan = await offlinePlan(platform.stack);

    const place = /azurerm_storage_account\.Data_\w+/g;
    expect(complaint(() => plan.replacesNothing()).replace(place, 'ADDRESS')).toBe(
      [
        'terraform refuses the plan',
        'ADDRESS account_replication_type (prod/Data/Resource): Invalid value: "account_replication_type" must be one of "LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS", got "TripleS"',
        'ADDRESS blob_properties.delete_retention_policy.days (prod/Data/Resource): Invalid value: "blob_properties.delete_retention_policy.days" must be 1 to 365, got 400',
        'ADDRESS sas_policy.expiration_action (prod/Data/Resource): Invalid value: "sas_policy.expiration_action" must be one of "Block", "Log", got "Nothing"',
      ].join('\n  '),
    );
    await expect(expect(plan).toPlanCleanly()).rejects.toThrow('terraform refuses the plan');
    await expect(plan).not.toPlanCleanly();
  });

  test('tells doors and secrets', async () => {
    const platform = new Platform();
    platform.account('Open', { publicNetworkAccessEnabled: undefined, allowNestedItemsToBePublic: undefined });
    platform.openNetwork();
    platform.fencedVault();
    platform.database('hunter2-hunter2');
    const account = platform.account('Data', { tags: { connection: 'AccountKey=c2VjcmV0c2VjcmV0c2VjcmV0;' } });
    new TerraformOutput(platform.stack, 'key', { value: account.primaryAccessKey, sensitive: true });
    const variable = new TerraformVariable(platform.stack, 'token', { type: 'string', sensitive: true });
    platform.group.tags = { token: variable.stringValue };
    new TerraformVariable(platform.stack, 'password', { default: 'given' });
    process.env.TF_VAR_password = 'hunter2';

    const plan = await offlinePlan(platform.app);
    delete process.env.TF_VAR_password;

    const short = (message: string): string => message.replace(/_[\dA-F]{8}\b/g, '');
    expect(short(complaint(() => plan.noPublicAccess()))).toBe(
      [
        'expected no public access, but',
        'azurerm_network_security_group.nsg (prod/nsg): security_rule = open to all',
        'azurerm_storage_account.Open (prod/Open/Resource): public_network_access_enabled = true',
        'azurerm_storage_account.Open (prod/Open/Resource): allow_nested_items_to_be_public = true',
      ].join('\n  '),
    );
    expect(complaint(() => plan.noPublicAccess(['azurerm_network_security_group.nsg', 'prod/Open']))).toBe('none');
    expect(short(complaint(() => plan.noSecrets(['hunter2'])))).toBe(
      [
        'expected no secrets, but',
        'azurerm_postgresql_flexible_server.db (prod/db): administrator_password contains a marker',
        'azurerm_storage_account.Data (prod/Data/Resource): tags.connection contains an account key',
        'var.password (stack prod): contains a marker',
        'azurerm_postgresql_flexible_server.db (prod/db): administrator_password is secret, and would be kept in the state',
        'azurerm_resource_group.rg (prod/rg): tags stores var.token',
        'output.key (stack prod): stores azurerm_storage_account.Data.primary_access_key',
      ].join('\n  '),
    );
    await expect(expect(plan).toContainNoSecrets()).rejects.toThrow('administrator_password is secret');
    await expect(expect(plan).toHaveNoPublicAccess()).rejects.toThrow('open to all');
  });
});

describeJudged('an upgrade', () => {
  let before: Plan;

  beforeAll(async () => {
    const platform = new Platform();
    const [data] = ['Data', 'Logs', 'Gone'].map((id) => platform.account(id));
    platform.privateEndpoint(data);
    before = await offlinePlan(platform.app);
  });

  test('lists what is replaced and why, with what follows from it, and what goes', async () => {
    const platform = new Platform();
    platform.privateEndpoint(platform.account('Data', { isHnsEnabled: true }));
    platform.account('Logs', { accountReplicationType: 'ZRS', tags: { a: 'b' } });

    const plan = await offlinePlan(platform.app, { after: before });

    const short = (message: string): string =>
      message.replace(/_[\dA-F]{8}\b/g, '').replace(/"\/subscriptions[^ ]+/, 'ID');
    expect(short(complaint(() => plan.destroysNothing()))).toBe(
      [
        'expected nothing to be destroyed, but',
        'replace azurerm_private_endpoint.pe (prod/pe): private_service_connection.0.private_connection_resource_id ID -> (known after apply)',
        'replace azurerm_storage_account.Data (prod/Data/Resource): is_hns_enabled false -> true',
        'destroy azurerm_storage_account.Gone (prod/Gone/Resource)',
        'replace azurerm_storage_account.Logs (prod/Logs/Resource): account_replication_type "LRS" -> "ZRS"',
      ].join('\n  '),
    );
    expect(complaint(() => plan.replacesNothing())).not.toContain('Gone');
    expect(complaint(() => plan.toAdd())).toMatch(/^expected a plan that only adds, but/);
    await expect(expect(plan).toReplaceNothing()).rejects.toThrow('is_hns_enabled');
    await expect(expect(plan).toDestroyNothing()).rejects.toThrow('Gone');
    await expect(plan).not.toAddResources();
  });

  test('may change in place, by states from a file, unless told what forces a new resource', async () => {
    const after = JSON.parse(JSON.stringify(await before.applied()));
    const platform = new Platform();
    const [data] = ['Data', 'Logs', 'Gone'].map((id) => platform.account(id, { tags: { team: 'a' } }));
    platform.privateEndpoint(data);

    const [plan, strict] = await Promise.all([
      offlinePlan(platform.app, { after }),
      offlinePlan(platform.app, { after, forceNew: { azurerm_storage_account: ['tags'] } }),
    ]);

    plan.replacesNothing();
    expect(complaint(() => plan.changesNothing())).toContain('change azurerm_storage_account.Logs');
    expect(complaint(() => strict.replacesNothing())).toContain('tags null -> {"team":"a"}');
  });
});

describe('without terraform', () => {
  test('says what is missing', async () => {
    const terraform = `${scratch('plan')}/terraform`;

    await expect(offlinePlan(new Platform().app, { terraform })).rejects.toThrow(
      `a stack is judged by terraform 1.11 or newer, got ${terraform}`,
    );
  });
});
