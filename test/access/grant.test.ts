import { RoleAssignment } from '@cdktf/provider-azurerm/lib/role-assignment';
import { TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { Environment, Grant, IPrincipal, ManagedIdentity, Principal } from '../../src';
import { uuidV5 } from '../../src/core/uuid';
import { groupIn, Rendered, stackNamed, workloadIn, workloadOn } from '../support';

const RESOURCE = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/acme';
const OWN_ROLE =
  '/subscriptions/00000000-0000-0000-0000-000000000002/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';

describe('defaults', () => {
  test('names the principal type and a stable name', () => {
    const workload = workloadIn(Environment.DEV);
    const readers = groupIn(workload);

    Grant.once(workload, { grantee: readers, role: 'Reader', resourceId: RESOURCE });

    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      name: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      scope: RESOURCE,
      role_definition_name: 'Reader',
      principal_id: readers.principalId,
      principal_type: 'Group',
    });
  });

  test('a role of your own is given by its full id', () => {
    const workload = workloadIn(Environment.DEV);

    Grant.once(workload, { grantee: groupIn(workload), roleDefinitionId: OWN_ROLE, resourceId: RESOURCE });

    const assignment = new Rendered(workload).only('azurerm_role_assignment');
    expect(assignment.role_definition_id).toBe(OWN_ROLE);
    expect(assignment).not.toHaveProperty('role_definition_name');
  });

  test('a condition comes with the version that Azure accepts', () => {
    const workload = workloadIn(Environment.DEV);

    Grant.once(workload, { grantee: groupIn(workload), role: 'Reader', resourceId: RESOURCE, condition: '@Resource' });

    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      condition: '@Resource',
      condition_version: '2.0',
    });
  });
});

describe('grants', () => {
  test('twice is once', () => {
    const workload = workloadIn(Environment.DEV);
    const readers = groupIn(workload);

    const [one, other] = [1, 2].map(() =>
      Grant.once(workload, { grantee: readers, role: 'Reader', resourceId: RESOURCE }),
    );

    expect(one).toBe(other);
    expect(new Rendered(workload).all('azurerm_role_assignment')).toHaveLength(1);
  });

  test('roles, parts and principals are told apart', () => {
    const workload = workloadIn(Environment.DEV);
    const [a, b] = [new ManagedIdentity(workload, 'A'), new ManagedIdentity(workload, 'B')];

    Grant.once(workload, { grantee: a, role: 'Reader', resourceId: RESOURCE });
    Grant.once(workload, { grantee: a, role: 'Contributor', resourceId: RESOURCE });
    Grant.once(workload, { grantee: a, role: 'Reader', resourceId: RESOURCE, part: 'invoices' });
    Grant.once(workload, { grantee: b, role: 'Reader', resourceId: RESOURCE });

    const names = new Rendered(workload).all('azurerm_role_assignment').map(({ name }) => name);
    expect(new Set(names).size).toBe(4);
  });

  test('two constructs for one principal are one, and have one role', () => {
    const workload = workloadIn(Environment.DEV);
    const id = '0000000A-0000-0000-0000-000000000000';
    const twins = [Principal.group(workload, 'Readers', id), Principal.group(workload, 'Auditors', id.toLowerCase())];

    twins.forEach((grantee) => Grant.once(workload, { grantee, role: 'Reader', resourceId: RESOURCE }));

    expect(new Rendered(workload).all('azurerm_role_assignment')).toHaveLength(1);
  });

  test('who acts as somebody else shares the roles of that one', () => {
    const workload = workloadIn(Environment.DEV);
    const identity = new ManagedIdentity(workload, 'Identity');
    class Client extends Construct implements IPrincipal {
      public readonly principalId = 'unused';
      public readonly principalType = identity.principalType;
      public readonly actsAs = identity;
    }

    const [one, other] = [identity, new Client(workload, 'Client')].map((grantee) =>
      Grant.once(workload, { grantee, role: 'Reader', resourceId: RESOURCE }),
    );

    expect(one).toBe(other);
  });

  test('addresses are the same in every stack, names in Azure are not', () => {
    const [dev, prod] = ['billing-dev', 'billing-prod'].map((name) => {
      const workload = workloadOn(stackNamed(name), 'Billing');
      const grantee = new ManagedIdentity(workload, 'Api');
      Grant.once(workload, { grantee, role: 'Key Vault Secrets User', resourceId: RESOURCE });
      return new Rendered(workload);
    });

    expect(dev.addresses()).toEqual(prod.addresses());
    expect(dev.only('azurerm_role_assignment').name).not.toBe(prod.only('azurerm_role_assignment').name);
  });

  test('a computed role has an address that other tokens do not move', () => {
    const addressWith = (tokensBefore: number) => {
      const workload = workloadIn(Environment.DEV);
      const role = new TerraformVariable(workload, 'Role', { type: 'string' });
      Array.from({ length: tokensBefore }, () => role.stringValue);
      Grant.once(workload, {
        grantee: groupIn(workload),
        roleDefinitionId: role.stringValue,
        resourceId: RESOURCE,
        condition: `@Resource[${role.stringValue}]`,
      });
      Grant.once(workload, {
        grantee: workload.node.findChild('Group') as Principal,
        roleDefinitionId: role.stringValue,
        resourceId: RESOURCE,
        condition: `@Resource[${role.stringValue}]`,
      });
      return new Rendered(workload).addresses();
    };

    expect(addressWith(0)).toEqual(addressWith(3));
    expect(addressWith(0)).toHaveLength(2);
  });

  test('an unrelated resource changes no byte of an assignment', () => {
    const [alone, inCompany] = [workloadIn(Environment.DEV), workloadIn(Environment.DEV)];
    groupIn(inCompany);
    new ManagedIdentity(inCompany, 'First');
    [alone, inCompany].forEach((workload) => {
      const reader = new ManagedIdentity(workload, 'Reader');
      Grant.once(workload, { grantee: reader, role: 'Reader', resourceId: RESOURCE });
    });

    const [one, other] = [alone, inCompany].map((workload) => new Rendered(workload).only('azurerm_role_assignment'));
    expect(one).toEqual(other);
  });

  test('another organization has other names', () => {
    const names = ['example.com', 'example.org'].map((organization) => {
      const workload = workloadIn(Environment.DEV, { organization });
      Grant.once(workload, { grantee: groupIn(workload), role: 'Reader', resourceId: RESOURCE });
      return new Rendered(workload).only('azurerm_role_assignment').name;
    });
    expect(names[0]).not.toBe(names[1]);
  });
});

describe('fails', () => {
  const granted = (props: object, workload = workloadIn(Environment.DEV)) =>
    Grant.once(workload, { grantee: groupIn(workload), resourceId: RESOURCE, ...props });

  test('with no role, and with a role that every plan would replace', () => {
    expect(() => granted({})).toThrow("exactly one of 'role' and 'roleDefinitionId' must be given");
    const bare = '/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000003';
    expect(() => granted({ roleDefinitionId: bare })).toThrow(
      `'roleDefinitionId' must be '/subscriptions/<id>/providers/Microsoft.Authorization/roleDefinitions/<guid>': every plan would replace the assignment otherwise; got "${bare}"`,
    );
  });

  test('a role that Terraform has yet to compute is let through', () => {
    const workload = workloadIn(Environment.DEV);
    const role = new TerraformVariable(workload, 'Role', { type: 'string' }).stringValue;

    expect(() => granted({ roleDefinitionId: role }, workload)).not.toThrow();
  });

  test('with an empty role, or a part that Terraform has yet to compute', () => {
    expect(() => granted({ role: ' ' })).toThrow("'role' must name a role, got an empty text");

    const workload = workloadIn(Environment.DEV);
    const part = new TerraformVariable(workload, 'Part', { type: 'string' }).stringValue;
    expect(() => granted({ role: 'Reader', part }, workload)).toThrow(
      new Error(
        "stack/Billing: 'part' must be a literal, because it becomes part of an address; got a value that Terraform has yet to compute",
      ),
    );
  });

  test('without an organization', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });

    expect(() => granted({ role: 'Reader' }, workload)).toThrow(
      `names of role assignments are unique in a whole directory: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
    );
  });

  test('when one role of one construct is given on two resources that nothing tells apart', () => {
    const workload = workloadIn(Environment.DEV);
    const grantee = groupIn(workload);
    Grant.once(workload, { grantee, role: 'Reader', resourceId: RESOURCE });

    expect(() => Grant.once(workload, { grantee, role: 'Reader', resourceId: `${RESOURCE}2` })).toThrow(
      `stack/Billing: "Reader" is already granted to stack/Billing/Group on another resource of this construct; tell them apart with 'part'`,
    );
  });

  test('when one role is given under two conditions', () => {
    const workload = workloadIn(Environment.DEV);
    const grantee = groupIn(workload);
    const grant = (condition?: string) =>
      Grant.once(workload, { grantee, role: 'Reader', resourceId: RESOURCE, condition });
    grant();

    expect(() => grant('@Resource')).toThrow(
      'stack/Billing: "Reader" is already granted to stack/Billing/Group under another condition',
    );
  });
});

describe('escape hatch', () => {
  test('the default child is the assignment, typed', () => {
    const workload = workloadIn(Environment.DEV);
    const person = Principal.user(workload, 'Person', '00000000-0000-0000-0000-000000000009');
    const grant = Grant.once(workload, { grantee: person, role: 'Reader', resourceId: RESOURCE });

    const { roleAssignment }: { roleAssignment: RoleAssignment } = grant.resources;
    roleAssignment.description = 'on call';

    expect(grant.node.defaultChild).toBe(roleAssignment);
    expect(new Rendered(workload).only('azurerm_role_assignment')).toMatchObject({
      description: 'on call',
      principal_type: 'User',
    });
  });
});

test('version 5 as the RFC has it', () => {
  const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
  expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});
