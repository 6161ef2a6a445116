import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { PrivateEndpoint } from '@cdktf/provider-azurerm/lib/private-endpoint';
import { TerraformStack } from 'cdktf';
import { groupOf, storageAccount, verdictOn } from './programs';
import { describeJudged } from './with-terraform';

const VAULT = '/subscriptions/a/resourceGroups/b/providers/Microsoft.KeyVault/vaults/c';

function secret(stack: TerraformStack, values: { value?: string; valueWo?: string; valueWoVersion?: number }): void {
  stack.addOverride('ephemeral.random_password.password', { length: 24 });
  new KeyVaultSecret(stack, 'secret', { name: 'password', keyVaultId: VAULT, ...values });
}

describeJudged('accepted', () => {
  test('a stack without mistakes', async () => {
    const verdict = await verdictOn((stack) => storageAccount(stack, { blobProperties: { versioningEnabled: true } }));

    expect(verdict).toEqual({ stack: 'prod', accepted: true, findings: [], seconds: expect.any(Number) });
  });

  test('an ephemeral value in a write-only argument', async () => {
    const verdict = await verdictOn((stack) => {
      secret(stack, { valueWo: '${ephemeral.random_password.password.result}', valueWoVersion: 1 });
    });

    expect(verdict.findings).toEqual([]);
  });

  test('any backend, without asking it', async () => {
    const verdict = await verdictOn((stack) => {
      stack.addOverride('terraform.backend', { azurerm: { storage_account_name: 'nowhere' } });
    });

    expect(verdict.findings).toEqual([]);
  });
});

describeJudged('refused', () => {
  test('a misspelt argument, with the place in every form', async () => {
    const verdict = await verdictOn((stack) => storageAccount(stack).addOverride('acount_tier', 'Standard'));

    expect(verdict.accepted).toBe(false);
    expect(verdict.findings).toEqual([
      {
        severity: 'error',
        summary: 'Extraneous JSON object property',
        detail: 'No argument or block type is named "acount_tier".',
        address: 'azurerm_storage_account.data',
        construct: 'prod/data',
        attribute: 'acount_tier',
        line: expect.any(Number),
        phase: 'validate',
      },
    ]);
  });

  test.each<[string, string, string, (stack: TerraformStack) => void]>([
    [
      'a misspelt argument of a block',
      'Extraneous JSON object property',
      'blob_properties.versionin_enabled',
      (stack) => storageAccount(stack, { blobProperties: {} }).addOverride('blob_properties.versionin_enabled', true),
    ],
    [
      'a missing argument',
      'Missing required argument',
      'account_tier',
      (stack) => storageAccount(stack, { accountTier: undefined }),
    ],
    [
      'a required argument that is null',
      'Missing required argument',
      'account_tier',
      (stack) => storageAccount(stack).addOverride('account_tier', null),
    ],
    [
      'a wrong type',
      'Incorrect attribute value type',
      'blob_properties.delete_retention_policy.days',
      (stack) => storageAccount(stack).addOverride('blob_properties.delete_retention_policy.days', 'seven'),
    ],
    [
      'a reference to a resource that is not there',
      'Reference to undeclared resource',
      'name',
      (stack) => storageAccount(stack, { name: '${azurerm_storage_account.nowhere.name}' }),
    ],
    [
      'a reference to an attribute that is not there',
      'Unsupported attribute',
      'name',
      (stack) => storageAccount(stack, { name: '${azurerm_resource_group.rg.nam}' }),
    ],
    [
      'a value that only the provider sets',
      'Value for unconfigurable attribute',
      'primary_blob_endpoint',
      (stack) => storageAccount(stack).addOverride('primary_blob_endpoint', 'https://mine'),
    ],
  ])('%s', async (_, summary, attribute, define) => {
    const { findings } = await verdictOn(define);

    expect(findings).toMatchObject([
      { summary, attribute, address: 'azurerm_storage_account.data', construct: 'prod/data' },
    ]);
  });

  test('a missing block, and what is missing in one', async () => {
    const { findings } = await verdictOn((stack) => {
      const common = { resourceGroupName: 'rg', location: 'westeurope', subnetId: 'subnet', name: 'pe' };
      new PrivateEndpoint(stack, 'none', common as any);
      new PrivateEndpoint(stack, 'half', { ...common, privateServiceConnection: { name: 'half' } as any });
    });

    expect(findings.map(({ address, attribute }) => `${address} ${attribute}`)).toEqual([
      'azurerm_private_endpoint.half private_service_connection.is_manual_connection',
      'azurerm_private_endpoint.none private_service_connection',
    ]);
  });

  test('an ephemeral value in an argument that is stored', async () => {
    const { findings } = await verdictOn((stack) => {
      secret(stack, { value: '${ephemeral.random_password.password.result}' });
    });

    expect(findings).toMatchObject([{ summary: 'Invalid use of ephemeral value', attribute: 'value' }]);
  });

  test('a type that the provider does not have', async () => {
    const { findings } = await verdictOn((stack) => stack.addOverride('resource.azurerm_storage_acount.data', {}));

    expect(findings).toMatchObject([{ summary: 'Invalid resource type', address: 'azurerm_storage_acount.data' }]);
  });

  test('a cycle, in words that do not depend on the run', async () => {
    const { findings } = await verdictOn((stack) => {
      groupOf(stack).name = storageAccount(stack).name;
    });

    expect(findings).toMatchObject([{ summary: 'Cycle: azurerm_resource_group.rg, azurerm_storage_account.data' }]);
  });

  test('several at once, by line', async () => {
    const { findings } = await verdictOn((stack) => {
      const account = storageAccount(stack, { tags: { owner: 'Jürgen ☕' } });
      account.addOverride('zzz', 1);
      account.addOverride('aaa', 1);
    });

    const lines = findings.map(({ line }) => line!);
    expect(findings.map(({ attribute }) => attribute)).toEqual(['aaa', 'zzz']);
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
  });
});

describeJudged('cannot be judged', () => {
  test('providers without bindings, with the package to install', async () => {
    const verdict = await verdictOn((stack) => stack.addOverride('resource.aws_s3_bucket.bucket', { bucket: 'b' }));

    expect(verdict).toMatchObject({
      accepted: false,
      findings: [
        {
          phase: 'setup',
          summary: 'No bindings for registry.terraform.io/hashicorp/aws',
          detail: expect.stringContaining('npm install --save-dev @cdktf/provider-aws'),
        },
      ],
    });
  });

  test('modules', async () => {
    const { findings } = await verdictOn((stack) =>
      stack.addOverride('module.naming', { source: 'Azure/naming/azurerm' }),
    );

    expect(findings).toMatchObject([{ phase: 'setup', detail: 'Terraform would have to download module "naming".' }]);
  });
});
