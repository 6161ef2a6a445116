import { existsSync, readdirSync, readFileSync } from 'fs';
import { dirname, join } from 'path';
import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { TerraformStack } from 'cdktf';
import { TelemetrySink } from '../../src/access/telemetry-sink';
import { AzureProviders } from '../../src/core/azure-providers';
import { AzureState } from '../../src/core/azure-state';
import { Environment } from '../../src/core/environment';
import { Workload, WorkloadProps } from '../../src/core/workload';
import { DeploymentIdentities } from '../../src/delivery/deployment-identities';
import { DeploymentIdentitiesProps } from '../../src/delivery/deployment-identities-props';
import { BUILT_IN_ROLES, UNLIMITED_ROLES } from '../../src/delivery/identities/built-in-roles';
import { READINGS } from '../../src/delivery/identities/refresh-actions';
import { PromotionPipeline } from '../../src/delivery/promotion-pipeline';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { Rendered } from '../../src/testing/rendered';
import { ENVIRONMENTS, stackNamed, workloadIn, workloadOn } from '../support/workload';

const GUID = '00000000-0000-0000-0000-000000000001';
const GROUPS = `/subscriptions/${GUID}/resourceGroups`;
const STATE = `${GROUPS}/rg-state/providers/Microsoft.Storage/storageAccounts/stshopstate`;
const IDENTITY = `${GROUPS}/rg-shared/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-deploy`;
const BLOB_READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const VAULT_USER = '4633458b-17de-408a-b874-0445c86b69e6';

/** A stack of the stage that a pipeline carries, and a workload in it. */
function carried(pipeline: PromotionPipeline, environment: Environment, props: Partial<WorkloadProps> = {}): Workload {
  const stack = new TerraformStack(pipeline.node.root, `shop-${environment.name}`);
  new AzureProviders(stack, 'Providers');
  new AzureState(stack, 'State', { environment, storageAccountName: 'stshop' });
  const workload = workloadOn(stack, 'Shop', { environment, resourceGroupName: 'rg-shop', ...props });
  pipeline.addStack(stack);
  return workload;
}

/** Where the identities go, the pipeline, and a workload that it carries. */
function setting(environment = Environment.PROD, props: Partial<WorkloadProps> = {}) {
  const workload = workloadIn(environment);
  const pipeline = new PromotionPipeline(workload.node.root, 'Pipeline', {
    repository: 'example/shop',
    approvers: { release: ['team:release'], lead: ['team:leads'], security: ['team:security'] },
  });
  return { workload, pipeline, shop: carried(pipeline, environment, props) };
}

function identitiesIn(
  { workload, pipeline }: { workload: Workload; pipeline: PromotionPipeline },
  props: Partial<DeploymentIdentitiesProps> = {},
) {
  return new DeploymentIdentities(workload, 'Identities', {
    pipeline,
    stateAccountId: STATE,
    subscriptionId: GUID,
    tenantId: GUID,
    ...props,
  });
}

const AZURE = 'azurerm_role_assignment';

describe('defaults', () => {
  test('who may sign in is what the workflows say, one credential per environment', () => {
    const all = setting();

    identitiesIn(all);

    const rendered = new Rendered(all.workload);
    for (const [id, access] of [
      ['Plan', DeploymentAccess.PLAN],
      ['Apply', DeploymentAccess.APPLY],
      ['Rollback', DeploymentAccess.ROLLBACK],
    ] as const) {
      const expected = all.pipeline.subjects(access, 'prod');
      expect(expected.length).toBeGreaterThan(0);
      for (const { key, issuer, subject } of expected) {
        expect(rendered.at('azurerm_federated_identity_credential', `Identities/${id}/Subject-${key}`)).toMatchObject({
          name: `prod-${key}`,
          issuer,
          subject,
          audience: ['api://AzureADTokenExchange'],
        });
      }
    }
    expect(rendered.at('azurerm_federated_identity_credential', 'Apply/Subject-environment').subject).toBe(
      'repo:example/shop:environment:prod',
    );
  });

  test('plans with Reader, deploys with Contributor, takes back with a role of its own; on the group, not beyond', () => {
    const all = setting();

    identitiesIn(all);

    const rendered = new Rendered(all.workload);
    const rolesOf = (identity: string) =>
      rendered
        .all(AZURE)
        .filter(({ principal_id: id }) => id.includes(`_${identity}_`))
        .map(({ scope, role_definition_name: name }: any) => `${name ?? 'own role'} on ${scope.split('/').pop()}`)
        .sort();
    expect(rolesOf('Plan')).toEqual([
      'Reader on rg-shop',
      'Storage Blob Data Reader on tfstate',
      'own role on rg-shop',
    ]);
    expect(rolesOf('Apply')).toEqual([
      'Contributor on rg-shop',
      'Role Based Access Control Administrator on rg-shop',
      'Storage Blob Data Contributor on tfstate',
      'own role on rg-shop',
    ]);
    expect(rolesOf('Rollback')).toEqual(['own role on rg-shop']);
    expect(rendered.all(AZURE).every(({ principal_type: type }) => type === 'ServicePrincipal')).toBe(true);
  });

  test('reads the keys without which the provider cannot refresh, of the types there are, also of those that come later', () => {
    const all = setting();
    identitiesIn(all);
    new StorageAccount(all.shop, 'Files', {
      name: 'stfiles',
      resourceGroupName: 'rg-shop',
      location: 'westeurope',
      accountTier: 'Standard',
      accountReplicationType: 'LRS',
    });
    new StaticWebApp(all.shop, 'Site', { name: 'site', resourceGroupName: 'rg-shop', location: 'westeurope' });

    const { permissions, assignable_scopes: scopes } = new Rendered(all.workload).at(
      'azurerm_role_definition',
      'Plan/Role',
    );

    expect(permissions).toEqual([
      {
        actions: [
          'Microsoft.Resources/subscriptions/resourceGroups/read',
          'Microsoft.Web/staticSites/listAppSettings/action',
          'Microsoft.Web/staticSites/listSecrets/action',
        ],
        data_actions: [],
        not_actions: [],
        not_data_actions: [],
      },
    ]);
    expect(scopes).toEqual([`${GROUPS}/rg-shop`]);
  });

  test('locks what is guarded', () => {
    const all = setting();

    identitiesIn(all);

    expect(new Rendered(all.workload).at('azurerm_role_definition', 'Apply/Role').permissions[0].actions).toEqual([
      'Microsoft.Authorization/locks/delete',
      'Microsoft.Authorization/locks/read',
      'Microsoft.Authorization/locks/write',
    ]);
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS)('$name: signs in for its own stage only', (environment) => {
    const all = setting(environment);

    const identities = identitiesIn(all);

    expect(identities.stage).toBe(environment.name);
    const subjects = new Rendered(all.workload)
      .all('azurerm_federated_identity_credential')
      .map(({ subject }) => subject);
    const environments = subjects.filter((subject) => subject.includes(':environment:'));
    expect(environments.every((subject) => subject.includes(`:environment:${environment.name}`))).toBe(true);
  });
});

describe('grants', () => {
  const roleOn = (shop: Workload, id: string, role: object) =>
    new RoleAssignment(shop, id, { scope: `${GROUPS}/rg-shop`, principalId: GUID, ...role });

  test('deploys under a condition that lists exactly the roles of the stacks, also of those that come later', () => {
    const all = setting();
    identitiesIn(all);
    roleOn(all.shop, 'ByName', { roleDefinitionName: 'Storage Blob Data Reader' });
    roleOn(all.shop, 'ById', {
      roleDefinitionId: `/subscriptions/${GUID}/providers/Microsoft.Authorization/roleDefinitions/${VAULT_USER}`,
    });

    const grants = new Rendered(all.workload).at(AZURE, 'Apply/Grants-rg-shop');

    expect(grants.condition_version).toBe('2.0');
    expect(grants.condition).toBe(
      [
        '(',
        " (!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}))",
        ' OR',
        ` (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${BLOB_READER}, ${VAULT_USER}})`,
        ')',
        'AND',
        '(',
        " (!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}))",
        ' OR',
        ` (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {${BLOB_READER}, ${VAULT_USER}})`,
        ')',
      ].join('\n'),
    );
  });

  test('may tell of deployments where a sink lets them in, and may grant itself that', () => {
    const all = setting();
    const { applyPrincipal, applyClientId, rollbackPrincipal, rollbackClientId } = identitiesIn(all);
    const sink = TelemetrySink.fromApplicationInsights(all.shop, 'Sink', {
      applicationInsightsId: `${GROUPS}/rg-shop/providers/Microsoft.Insights/components/appi-shop`,
      connectionString: 'InstrumentationKey=x',
    });

    sink.bindSender(applyPrincipal, applyClientId);
    sink.bindSender(rollbackPrincipal, rollbackClientId);

    const publishers = new Rendered(all.shop)
      .all(AZURE)
      .filter(({ role_definition_name: role }) => role === 'Monitoring Metrics Publisher');
    expect(publishers.map(({ principal_type: type }) => type)).toEqual(['ServicePrincipal', 'ServicePrincipal']);
    expect(publishers[0].principal_id).not.toBe(publishers[1].principal_id);
    expect(new Rendered(all.workload).at(AZURE, 'Apply/Grants-rg-shop').condition).toContain(
      'GuidEquals {3913510d-42f4-4e42-8a64-420c390055eb}',
    );
  });

  test('nothing, where the stacks give nothing', () => {
    const all = setting();

    identitiesIn(all);

    expect(new Rendered(all.workload).at(AZURE, 'Apply/Grants-rg-shop').condition).toContain(
      'GuidEquals {00000000-0000-0000-0000-000000000000}',
    );
  });

  test('roles that nobody can tell are named', () => {
    const all = setting();
    identitiesIn(all, { otherRoles: ['AcrPull', VAULT_USER] });
    roleOn(all.shop, 'Own', { roleDefinitionName: 'Shop Operator' });

    expect(new Rendered(all.workload).at(AZURE, 'Apply/Grants-rg-shop').condition).toContain(
      `GuidEquals {${VAULT_USER}, 7f951dda-4ed3-4680-a7ca-43fe172d538d}`,
    );
  });

  test.each([
    [
      { roleDefinitionName: 'Shop Operator' },
      'shop-prod/Shop/Own gives the role "Shop Operator": name its id in \'otherRoles\'',
    ],
    [
      { roleDefinitionId: '${azurerm_role_definition.x.role_definition_resource_id}' },
      "shop-prod/Shop/Own gives a role whose id Terraform has yet to compute: name its id in 'otherRoles'",
    ],
    [
      { roleDefinitionName: 'Owner' },
      'shop-prod/Shop/Own gives the role "Owner", which no pipeline may give: assign it outside of it',
    ],
    [
      {
        roleDefinitionId: `/subscriptions/${GUID}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
      },
      'shop-prod/Shop/Own gives the role "Contributor", which no pipeline may give: assign it outside of it',
    ],
  ])('a role that cannot be listed stops synthesis: %j', (role, message) => {
    const all = setting();
    identitiesIn(all);
    roleOn(all.shop, 'Own', role);

    expect(() => new Rendered(all.workload)).toThrow(message);
  });
});

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

describe('escape hatch', () => {
  test('reaches every resource', () => {
    const all = setting();

    const { resources } = identitiesIn(all);
    resources.rollback.role.description = 'changed';
    resources.apply.credentials.environment.subject = 'repo:example/other:environment:prod';

    const rendered = new Rendered(all.workload);
    expect(rendered.at('azurerm_role_definition', 'Rollback/Role').description).toBe('changed');
    expect(rendered.at('azurerm_federated_identity_credential', 'Apply/Subject-environment').subject).toBe(
      'repo:example/other:environment:prod',
    );
    expect(Object.keys(resources.plan.roleAssignments).sort()).toEqual(['Reader-rg-shop', 'Role-rg-shop', 'State']);
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
