import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { StaticWebApp } from '@cdktf/provider-azurerm/lib/static-web-app';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { TelemetrySink } from '../../src/access/telemetry-sink';
import { Workload } from '../../src/core/workload';
import { DeploymentAccess } from '../../src/delivery/promotion-pipeline-interface';
import { Rendered } from '../../src/testing/rendered';
import { ENVIRONMENTS } from '../support/workload';
import { GROUPS, GUID, identitiesIn, setting } from './identities-fixtures';

const BLOB_READER = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const VAULT_USER = '4633458b-17de-408a-b874-0445c86b69e6';

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
