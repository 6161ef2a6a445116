import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { TerraformStack } from 'cdktf';
import { AzureProviders } from '../../src/core/azure-providers';
import { Environment } from '../../src/core/environment';
import { BUILT_IN_ROLES, UNLIMITED_ROLES } from '../../src/delivery/identities/built-in-roles';
import { READINGS } from '../../src/delivery/identities/refresh-actions';
import { Rendered } from '../../src/testing/rendered';
import { stackNamed, workloadOn } from '../support/workload';
import { GROUPS, GUID, identitiesIn, setting } from './identities-fixtures';

const IDENTITY = `${GROUPS}/rg-shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy`;

const AZURE = 'azurerm_role_assignment';

describe('scopes', () => {
  test('the whole subscription, only when asked for', () => {
    const all = setting(Environment.PROD, { resourceGroupName: undefined });

    identitiesIn(all, { subscriptionWide: true });

    expect(new Rendered(all.workload).at(AZURE, 'Apply/Contributor-subscription').scope).toBe(`/subscriptions/${GUID}`);
  });

  test('groups and other places that are named', () => {
    const all = setting();

    identitiesIn(all, { resourceGroupNames: ['rg-shop', 'rg-more'], otherScopes: { zone: `${GROUPS}/rg-dns` } });

    const scopes = new Rendered(all.workload).at('azurerm_role_definition', 'Rollback/Role').assignable_scopes;
    expect(scopes).toEqual([`${GROUPS}/rg-shop`, `${GROUPS}/rg-more`, `${GROUPS}/rg-dns`]);
  });

  test('without a subscription, the one that Terraform is signed in to', () => {
    const all = setting();

    const { resources } = identitiesIn(all, { subscriptionId: undefined });

    expect(resources.clientConfig).toBeDefined();
    expect(new Rendered(all.workload).at(AZURE, 'Plan/Reader-rg-shop').scope).toBe(
      '/subscriptions/${data.azurerm_client_config.Billing_Identities_ClientConfig_4C4CB2B6.subscription_id}/resourceGroups/rg-shop'.replace(
        /Billing_Identities_ClientConfig_\w+/,
        resources.clientConfig!.friendlyUniqueId,
      ),
    );
  });

  test('existing identities are used, under the names of this pipeline', () => {
    const all = setting();

    const identities = identitiesIn(all, {
      applyIdentity: { identityId: IDENTITY, clientId: GUID, principalId: GUID },
    });

    const rendered = new Rendered(all.workload);
    expect(identities.applyClientId).toBe(GUID);
    expect(identities.resources.apply.identity).toBeUndefined();
    expect(rendered.at('azurerm_federated_identity_credential', 'Apply/Subject-environment')).toMatchObject({
      name: 'prod-environment',
      parent_id: IDENTITY,
      resource_group_name: 'rg-shared',
    });
  });
});

describe('fails', () => {
  test('for everything that is wrong, at once', () => {
    const all = setting();

    expect(() =>
      identitiesIn(all, {
        stage: 'qa',
        stateAccountId: 'stshop',
        stateContainerName: 'TF',
        subscriptionId: 'shop',
        resourceGroupNames: ['rg/x'],
        otherScopes: { '1': 'x' },
        subscriptionWide: false,
        otherRoles: ['Owner', 'Shop Operator', 'constructor'],
        planIdentity: { identityId: 'id', clientId: GUID, principalId: GUID },
      }),
    ).toThrow(
      [
        'stack/Billing/Identities: \'stage\' must be one of dev, test, staging, preprod, prod, got "qa"',
        '\'stateAccountId\' must be the Azure resource id of a storage account, got "stshop"',
        '\'stateContainerName\' must be 3 to 63 lower-case letters, digits, or single hyphens between them, got "TF"',
        '\'subscriptionId\' must be a GUID, got "shop"',
        '\'resourceGroupNames\' must be names of resource groups, literals, because they become part of addresses; got "rg/x"',
        '\'otherScopes\' must have keys of their own, 1 to 40 letters, digits, hyphens or underscores, a letter first; got "1"',
        '\'otherScopes\' must be Azure resource ids, got "x"',
        '\'otherRoles\' must not hold a role with which one can give oneself any other, got "Owner"',
        '\'otherRoles\' must be ids of roles, or names of built-in roles that do not give away everything; got "Shop Operator"',
        '\'otherRoles\' must be ids of roles, or names of built-in roles that do not give away everything; got "constructor"',
        '\'planIdentity.identityId\' must be the Azure resource id of a user-assigned identity, spelt as Azure does, a literal, because its resource group is taken from it; got "id"',
      ].join('; '),
    );
  });

  test('with groups beside the whole subscription, and identities that are not spelt as in Azure', () => {
    const planIdentity = { identityId: IDENTITY.toLowerCase(), clientId: GUID, principalId: GUID };

    expect(() =>
      identitiesIn(setting(), { subscriptionWide: true, resourceGroupNames: ['rg-shop'], planIdentity }),
    ).toThrow(
      new Error(
        "stack/Billing/Identities: 'resourceGroupNames' must be left out with 'subscriptionWide', which reaches all of them; " +
          `'planIdentity.identityId' must be the Azure resource id of a user-assigned identity, spelt as Azure does, a literal, because its resource group is taken from it; got "${IDENTITY.toLowerCase()}"`,
      ),
    );
  });

  test('where a stack makes a group of its own', () => {
    const all = setting(Environment.PROD, { resourceGroupName: undefined });

    expect(() => identitiesIn(all)).toThrow(
      "stack/Billing/Identities: shop-prod/Shop makes a resource group of its own, on which nobody has rights yet: give it the 'resourceGroupName' of an existing one, or set 'subscriptionWide'",
    );
  });

  test('where no stack was added, and where one comes later with a group of its own', () => {
    const all = setting();
    const late = setting();
    identitiesIn(late);

    expect(() => identitiesIn(all, { stage: 'dev' })).toThrow(
      'stack/Billing/Identities: no stack of the stage "dev" was added to the pipeline: add them first, or name the \'resourceGroupNames\'',
    );
    const stack = new TerraformStack(late.pipeline.node.root, 'more');
    new AzureProviders(stack, 'Providers');
    workloadOn(stack, 'More', { environment: Environment.PROD, resourceGroupName: 'rg-more' });
    late.pipeline.addStack(stack);
    expect(() => new Rendered(late.workload)).toThrow(
      'the resource group "rg-more" of a stack is not among \'resourceGroupNames\'',
    );
  });

  test('without an organization', () => {
    const { pipeline } = setting();
    const workload = workloadOn(stackNamed('other'), 'Other', { organization: undefined });

    expect(() => identitiesIn({ workload, pipeline })).toThrow(
      'other/Other/Identities: names of role assignments are unique in a whole directory: give the workload "other/Other" an \'organization\', a literal that no other organization uses, e.g. your domain or subscription id',
    );
  });
});

describe('tables', () => {
  const SRC = join(__dirname, '../../src');

  test('know each role that a construct of this library gives, by an id of its own', () => {
    const given = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('delivery'))
      .flatMap((file) => [
        ...readFileSync(join(SRC, file), 'utf8').matchAll(/\brole(?:DefinitionName)?: '([A-Z][^']+)'/g),
      ])
      .map(([, role]) => role);
    const ids = [...Object.values(BUILT_IN_ROLES), ...Object.values(UNLIMITED_ROLES)];

    expect(given.length).toBeGreaterThan(5);
    expect([...new Set(given)].filter((role) => !(role in BUILT_IN_ROLES))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  });

  test('name types of the provider, and operations as Azure writes them', () => {
    const provider = dirname(require.resolve('@cdktf/provider-azurerm/package.json'));
    const folder = (type: string) => join(provider, 'lib', type.replace('azurerm_', '').replace(/_/g, '-'));
    const readings = Object.values(READINGS).flat();
    const operations = readings.flatMap(({ actions = [], dataActions = [] }) => [...actions, ...dataActions]);

    expect(Object.keys(READINGS).filter((type) => !existsSync(folder(type)))).toEqual([]);
    expect(operations.filter((operation) => !/^Microsoft\.\w+(\/\w+)+\/(action|read)$/.test(operation))).toEqual([]);
  });

  test('ask for a key only where there is one', () => {
    const all = setting();
    identitiesIn(all);
    const common = { resourceGroupName: 'rg-shop', location: 'westeurope', sku: 'Basic' };
    new ContainerRegistry(all.shop, 'Keyless', { ...common, name: 'crone' });
    const actions = () => new Rendered(all.workload).at('azurerm_role_definition', 'Plan/Role').permissions[0].actions;

    expect(actions()).toHaveLength(1);
    new ContainerRegistry(all.shop, 'Keyed', { ...common, name: 'crtwo', adminEnabled: true });
    expect(actions()).toContain('Microsoft.ContainerRegistry/registries/listCredentials/action');
  });
});
