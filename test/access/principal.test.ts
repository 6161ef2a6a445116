import { TerraformVariable } from 'cdktf';
import { Environment, Grant, ManagedIdentity, Principal, PrincipalType } from '../../src';
import { ENVIRONMENTS, Rendered, stackNamed, workloadIn } from '../support';

const GUID = '00000000-0000-0000-0000-00000000000b';
const VAULT = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/acme';

describe('defaults', () => {
  test('an identity lies beside what it belongs to', () => {
    const workload = workloadIn(Environment.PROD);
    const identity = new ManagedIdentity(workload, 'Api');

    expect(new Rendered(workload).only('azurerm_user_assigned_identity')).toMatchObject({
      name: expect.stringMatching(/^id-billing-prod-api-[a-z0-9]{6}$/),
      location: 'westeurope',
      resource_group_name: '${azurerm_resource_group.Billing_5AAB9F52.name}',
    });
    expect(identity.principalType).toBe(PrincipalType.SERVICE_PRINCIPAL);
  });

  test('it can have a name of your own', () => {
    const workload = workloadIn(Environment.PROD);
    new ManagedIdentity(workload, 'Api', { identityName: 'id-api' });

    expect(new Rendered(workload).only('azurerm_user_assigned_identity').name).toBe('id-api');
  });

  test.each`
    make                          | type
    ${Principal.group}            | ${'Group'}
    ${Principal.servicePrincipal} | ${'ServicePrincipal'}
    ${Principal.user}             | ${'User'}
  `('principals know that they are a $type', ({ make, type }) => {
    expect(make(stackNamed(), 'Someone', GUID)).toMatchObject({ principalId: GUID, principalType: type });
  });

  test('the object id may be one that Terraform has yet to compute', () => {
    const stack = stackNamed();
    const { stringValue } = new TerraformVariable(stack, 'Admins', { type: 'string' });

    expect(Principal.group(stack, 'Group', stringValue).principalId).toBe(stringValue);
  });
});

describe('environments', () => {
  test.each(ENVIRONMENTS)('$name: the same identity under another name', (environment) => {
    const workload = workloadIn(environment);
    new ManagedIdentity(workload, 'Api');

    const rendered = new Rendered(workload);
    expect(rendered.only('azurerm_user_assigned_identity').name).toContain(`-${environment.name}-`);
    expect(rendered.addresses()).toContain('azurerm_user_assigned_identity.Billing_Api_40028D95');
  });
});

describe('grants', () => {
  test('go to identities that are defined here, and elsewhere', () => {
    const workload = workloadIn(Environment.DEV);
    const own = new ManagedIdentity(workload, 'Own');
    const imported = ManagedIdentity.fromAttributes(workload, 'Imported', {
      identityId: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/x',
      clientId: GUID,
      principalId: GUID,
    });
    [own, imported].forEach((grantee) => Grant.once(workload, { grantee, role: 'Reader', resourceId: VAULT }));

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_user_assigned_identity')).toHaveLength(1);
    expect(rendered.all('azurerm_role_assignment').map(({ principal_id }) => principal_id)).toEqual(
      expect.arrayContaining([GUID, '${azurerm_user_assigned_identity.Billing_Own_527EF49B.principal_id}']),
    );
  });
});

describe('fails', () => {
  test('with the name of somebody', () => {
    expect(() => Principal.group(stackNamed(), 'Admins', undefined as never)).toThrow(
      new Error("stack/Admins: 'objectId' must be a text, got nothing"),
    );
    expect(() => Principal.group(stackNamed(), 'Admins', 'admins@example.com')).toThrow(
      new Error(
        `stack/Admins: 'objectId' must be a GUID, the object id in the directory and not a name, got "admins@example.com"`,
      ),
    );
  });

  test('with a name that Azure would not take', () => {
    expect(() => new ManagedIdentity(workloadIn(Environment.DEV), 'Api', { identityName: '_' })).toThrow(
      new Error(
        `stack/Billing/Api: 'identityName' must be 3 to 128 letters, digits, hyphens or underscores, a letter or digit first; got "_"`,
      ),
    );
  });

  test('outside of a workload', () => {
    expect(() => new ManagedIdentity(stackNamed(), 'Api')).toThrow('define this construct inside a Workload');
  });
});

describe('escape hatch', () => {
  test('the default child is the identity, typed', () => {
    const workload = workloadIn(Environment.DEV);
    const api = new ManagedIdentity(workload, 'Api');

    api.resources.identity.tags = { purpose: 'orders' };

    expect(api.node.defaultChild).toBe(api.resources.identity);
    expect(new Rendered(workload).only('azurerm_user_assigned_identity').tags).toMatchObject({ purpose: 'orders' });
  });
});
