import { DataAzurermClientConfig } from '@cdktf/provider-azurerm/lib/data-azurerm-client-config';
import { DataAzurermResourceGroup } from '@cdktf/provider-azurerm/lib/data-azurerm-resource-group';
import { KeyVault } from '@cdktf/provider-azurerm/lib/key-vault';
import { NetworkSecurityGroup } from '@cdktf/provider-azurerm/lib/network-security-group';
import { StorageContainer } from '@cdktf/provider-azurerm/lib/storage-container';
import { HelmProvider } from '@cdktf/provider-helm/lib/provider';
import { Release } from '@cdktf/provider-helm/lib/release';
import { DeploymentV1 } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { Pet } from '@cdktf/provider-random/lib/pet';
import { RandomProvider } from '@cdktf/provider-random/lib/provider';
import { TimeProvider } from '@cdktf/provider-time/lib/provider';
import { Rotating } from '@cdktf/provider-time/lib/rotating';
import { StaticResource } from '@cdktf/provider-time/lib/static-resource';
import { DataResource, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Change, judge, StackVerdict } from '../../../src/testing/terraform';
import { groupOf, Program, storageAccount, synthesized, verdictOn } from './programs';
import { describeJudged } from './with-terraform';

async function plan(define: Program[string]): Promise<StackVerdict> {
  return verdictOn(define, { plan: true });
}

function changeOf({ plan: made, findings }: StackVerdict, address: string): Change {
  expect(findings).toEqual([]);
  return made!.resource_changes!.find((resource) => resource.address === address)!.change;
}

describeJudged('a plan', () => {
  test('creates every resource, with defaults; what the provider computes is unknown', async () => {
    const verdict = await plan((stack) => storageAccount(stack));

    const { actions, after, after_unknown } = changeOf(verdict, 'azurerm_storage_account.data');
    expect(verdict.plan!.resource_changes!.map(({ address }) => address)).toEqual([
      'azurerm_resource_group.rg',
      'azurerm_storage_account.data',
    ]);
    expect(actions).toEqual(['create']);
    expect(after).toMatchObject({ name: 'sttest', resource_group_name: 'rg-test', account_kind: 'StorageV2' });
    expect(after_unknown).toMatchObject({ id: true, primary_blob_endpoint: true, access_tier: true });
    expect(after_unknown).not.toHaveProperty('edge_zone');
  });

  test('is refused where an identity is read that was not given', async () => {
    const verdict = await plan((stack) => {
      new TerraformOutput(stack, 'principal', { value: storageAccount(stack).identity.principalId });
    });

    expect(verdict.plan).toBeUndefined();
    expect(verdict.findings).toMatchObject([{ phase: 'plan', summary: 'Invalid index', address: 'output.principal' }]);
  });

  test('says which errors come before it', async () => {
    const { findings } = await plan((stack) => storageAccount(stack).addOverride('acount_tier', 'Standard'));

    expect(findings).toMatchObject([{ phase: 'validate', attribute: 'acount_tier' }]);
  });

  test('reads fakes of the right type from data sources', async () => {
    const verdict = await plan((stack) => {
      const { tenantId } = new DataAzurermClientConfig(stack, 'me');
      const group = new DataAzurermResourceGroup(stack, 'shared', { name: 'shared' });
      const { location } = group;
      new KeyVault(stack, 'vault', {
        name: 'kv-test',
        location,
        resourceGroupName: group.name,
        tenantId,
        skuName: 'standard',
      });
      groupOf(stack).tags = { team: group.tags.lookup('team') };
    });

    const { after } = changeOf(verdict, 'azurerm_key_vault.vault');
    expect(after).toMatchObject({ resource_group_name: 'shared', location: 'westeurope' });
    expect(after.tenant_id).toMatch(/^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/);
    expect(changeOf(verdict, 'azurerm_resource_group.rg').after.tags).toEqual({ team: 'fake' });
  });

  test('plans lists of objects that are arguments, for_each, count and variables', async () => {
    const verdict = await plan((stack) => {
      const { location } = groupOf(stack);
      const rule = { access: 'Deny', direction: 'Inbound', name: 'deny', priority: 100, protocol: '*' };
      const securityRule = [{ ...rule, sourceAddressPrefix: '*', destinationAddressPrefix: '*' }];
      new NetworkSecurityGroup(stack, 'nsg', { name: 'nsg', location, resourceGroupName: 'rg', securityRule });
      groupOf(stack).addOverride('for_each', '${toset(["a", "b"])}');
      groupOf(stack).addOverride('name', '${var.prefix}-${each.key}');
      storageAccount(stack, { resourceGroupName: 'rg', location: 'westeurope', count: 1 });
      new TerraformVariable(stack, 'prefix', { type: 'string' });
      stack.addOverride('resource.azurerm_network_security_group.nsg.location', 'westeurope');
      new TerraformOutput(stack, 'url', { value: '${azurerm_storage_account.data[0].primary_web_host}' });
    });

    expect(changeOf(verdict, 'azurerm_network_security_group.nsg').after.security_rule).toHaveLength(1);
    expect(changeOf(verdict, 'azurerm_resource_group.rg["a"]').after.name).toBe('fake-a');
    expect(changeOf(verdict, 'azurerm_storage_account.data[0]').actions).toEqual(['create']);
  });
});

describeJudged('other providers', () => {
  function clusterTools(stack: TerraformStack): void {
    new KubernetesProvider(stack, 'kubernetes', { host: 'https://cluster' });
    new HelmProvider(stack, 'helm', { kubernetes: { host: 'https://cluster' } });
    new RandomProvider(stack, 'random');
    new TimeProvider(stack, 'time');
  }

  test('kubernetes, helm, random, time and terraform itself', async () => {
    const verdict = await plan((stack) => {
      clusterTools(stack);
      const { id } = new Pet(stack, 'pet');
      new StaticResource(stack, 'static');
      const { rotationRfc3339 } = new Rotating(stack, 'rotating', { rotationDays: 30 });
      new DataResource(stack, 'state', { input: { id, rotationRfc3339 } });
      new DeploymentV1(stack, 'web', {
        metadata: { name: 'web' },
        spec: {
          replicas: '2',
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { labels: { app: 'web' } },
            spec: { container: [{ name: 'web', image: 'nginx', resources: { limits: { cpu: '1' } } }] },
          },
        },
      });
      new Release(stack, 'release', { name: 'web', chart: 'web', set: [{ name: 'a', value: 'b' }], values: ['c: d'] });
    });

    expect(changeOf(verdict, 'random_pet.pet').after_unknown).toMatchObject({ id: true });
    expect(changeOf(verdict, 'time_rotating.rotating').after_unknown).toMatchObject({ rotation_rfc3339: true });
    expect(changeOf(verdict, 'terraform_data.state').actions).toEqual(['create']);
    expect(changeOf(verdict, 'helm_release.release').after.set).toEqual([{ name: 'a', type: null, value: 'b' }]);
    expect(changeOf(verdict, 'kubernetes_deployment_v1.web').after.spec[0].replicas).toBe('2');
  });

  test('are held to their schemas as well', async () => {
    const { findings } = await verdictOn((stack) => {
      clusterTools(stack);
      new DeploymentV1(stack, 'web', { metadata: {}, spec: { template: { metadata: {} } as any } });
      new Release(stack, 'release', { name: 'web', chart: 'web', set: [{ value: 'b' } as any] });
      new Rotating(stack, 'rotating').addOverride('rotation_dais', 30);
    });

    expect(findings.map(({ address, attribute }) => `${address} ${attribute}`).sort()).toEqual([
      'helm_release.release set',
      'kubernetes_deployment_v1.web spec.template.spec',
      'time_rotating.rotating rotation_dais',
    ]);
  });
});

describeJudged('other stacks', () => {
  test('are read through fakes of the type that they give', async () => {
    let hub: TerraformStack;
    const app = synthesized({
      hub: (stack) => {
        hub = stack;
        storageAccount(stack);
      },
      spoke: (stack) => {
        const account = hub.node.findChild('data') as ReturnType<typeof storageAccount>;
        new StorageContainer(stack, 'container', { name: 'files', storageAccountId: account.id });
        groupOf(stack).tags = account.tags as any;
        groupOf(stack).addOverride(
          'count',
          '${length(data.terraform_remote_state.cross-stack-reference-input-hub.outputs) > 0 ? 1 : 0}',
        );
      },
    });

    const [, spoke] = await judge([app], { plan: true });

    expect(changeOf(spoke, 'azurerm_storage_container.container').after.storage_account_id).toContain(
      '/subscriptions/',
    );
  });
});
