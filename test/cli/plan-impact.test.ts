import * as path from 'path';
import { scratch } from '../support/scratch';
import { answerTo, comparisonsIn, StackFixture, synthesized } from './fixture';

const folder = scratch('cli');
const { impactOf, impacts, kindOf } = comparisonsIn(folder);

const GROUP = 'azurerm_resource_group';
const APP = 'azurerm_linux_web_app';

describe('the report', () => {
  const before: StackFixture = {
    resource: {
      [GROUP]: { main: { name: 'rg', location: 'westeurope' }, old: { name: 'rg-old', location: 'westeurope' } },
      [APP]: { web: { name: 'web', https_only: false, site_config: { always_on: false } } },
      azurerm_key_vault: { vault: { name: 'kv', lifecycle: { prevent_destroy: true } } },
      azurerm_api_management: { api: { name: 'a' } },
    },
  };
  const after: StackFixture = {
    resource: {
      [GROUP]: { main: { name: 'rg', location: 'West Europe' }, moved: { name: 'rg-old', location: 'westeurope' } },
      [APP]: { web: { name: 'web', https_only: true, site_config: [{ always_on: true }] } },
      azurerm_key_vault: { vault: { name: 'kv2', lifecycle: { prevent_destroy: true } } },
      azurerm_api_management: { api: { name: 'b' } },
      azurerm_subnet: { data: { name: 'data' } },
    },
    moved: [{ from: `${GROUP}.old`, to: `${GROUP}.moved` }],
  };

  test('says what is added, changed in place, replaced, unclear, moved and removed', () => {
    expect(impactOf(before, { ...after, resource: { ...after.resource, azurerm_api_management: {} } }).out).toContain(
      '    - azurerm_api_management.api\n',
    );
    expect(impactOf(before, after)).toEqual({
      code: 0,
      err: '',
      out: `shop: 1 added, 1 changed in place, 1 replaced, 1 unclear, 0 removed, 0 forgotten, 1 moved
    ? azurerm_api_management.api
        name: "a" -> "b"
  -/+ azurerm_key_vault.vault
        name: "kv" -> "kv2"
        'prevent_destroy' is set: Terraform refuses a plan that replaces it
    ~ azurerm_linux_web_app.web  (https_only, site_config.always_on)
    > azurerm_resource_group.moved
        moved from azurerm_resource_group.old
    + azurerm_subnet.data

In all: 1 added, 1 changed in place, 1 replaced, 1 unclear, 0 removed, 0 forgotten, 1 moved
`,
    });
  });

  test('as JSON', () => {
    expect(JSON.parse(impactOf(before, after, '--json').out)).toMatchObject({
      ok: true,
      totals: { added: 1, changed: 1, replaced: 1, unclear: 1, removed: 0, forgotten: 0 },
      stacks: ['shop'],
      impacts: expect.arrayContaining([
        {
          stack: 'shop',
          address: 'azurerm_key_vault.vault',
          kind: 'replaced',
          arguments: ['name'],
          because: [{ path: 'name', before: 'kv', after: 'kv2' }],
          note: "'prevent_destroy' is set: Terraform refuses a plan that replaces it",
        },
        { stack: 'shop', address: `${GROUP}.moved`, movedFrom: `${GROUP}.old` },
      ]),
    });
  });

  test.each([
    ['replaced', 1],
    ['removed', 0],
    ['removed,unclear', 1],
    ['added,', 1],
    ['', 0],
  ])('--fail-on %j ends with %s', (kinds, code) => {
    expect(impactOf(before, after, '--fail-on', kinds).code).toBe(code);
  });

  test('a stack that comes or goes brings and takes its resources', () => {
    const [old, fresh] = ['old', 'fresh'].map((name) =>
      synthesized(path.join(folder, name), { [name]: { resource: { [GROUP]: { main: {} } } } }),
    );

    expect(answerTo('plan-impact', old, fresh).out).toBe(
      `fresh: 1 added, 0 changed in place, 0 replaced, 0 unclear, 0 removed, 0 forgotten
    + azurerm_resource_group.main

old: 0 added, 0 changed in place, 0 replaced, 0 unclear, 1 removed, 0 forgotten
    - azurerm_resource_group.main

In all: 1 added, 0 changed in place, 0 replaced, 0 unclear, 1 removed, 0 forgotten
`,
    );
  });
});

test('a resource group that is replaced takes along what is in it', () => {
  const group = (location: string) => ({
    [GROUP]: { main: { name: 'rg', location, lifecycle: { prevent_destroy: true } } },
  });

  expect(impacts(group('westeurope'), group('northeurope'))[0].note).toBe(
    "'prevent_destroy' is set: Terraform refuses a plan that replaces it; whatever is in it is destroyed with it, also what keeps its address",
  );
});

test('the help says which kinds there are, and what is meant by those that go', () => {
  const { code, out } = answerTo('plan-impact', '--help');

  expect(code).toBe(0);
  expect(out).toContain(`
  --fail-on KINDS  comma-separated: added, changed, replaced, unclear, removed,
                   forgotten
`);
  expect(out).toContain(`
Removed is destroyed, also where 'count' takes an instance away. Forgotten stays
in Azure, and is Terraform's no more: a 'removed' block with destroy = false.
`);
});

describe('what goes', () => {
  const CONTAINER = 'azurerm_storage_container';
  const before: StackFixture = {
    resource: {
      [CONTAINER]: { acme: { name: 'acme' }, globex: { name: 'globex' }, initech: { name: 'initech' } },
      azurerm_role_assignment: { gone: { count: 0 }, suspended: { role_definition_name: 'Reader' } },
    },
  };
  const after: StackFixture = {
    resource: {
      azurerm_role_assignment: { suspended: { role_definition_name: 'Reader', count: 0 }, later: { count: 0 } },
    },
    moved: [{ from: `${CONTAINER}.initech`, to: `${CONTAINER}.umbrella` }],
    removed: [
      { from: `${CONTAINER}.globex`, lifecycle: { destroy: false } },
      { from: `${CONTAINER}.umbrella`, lifecycle: [{ destroy: false }] },
    ],
  };

  test('is destroyed, or forgotten where a block says so; what had no instance was never there', () => {
    expect(impactOf(before, after)).toEqual({
      code: 0,
      err: '',
      out: `shop: 0 added, 0 changed in place, 0 replaced, 0 unclear, 2 removed, 2 forgotten
    - azurerm_role_assignment.suspended
        count: nothing -> 0
    - azurerm_storage_container.acme
    . azurerm_storage_container.globex
    . azurerm_storage_container.initech

In all: 0 added, 0 changed in place, 0 replaced, 0 unclear, 2 removed, 2 forgotten
`,
    });
  });

  test('as JSON', () => {
    expect(JSON.parse(impactOf(before, after, '--json', '--fail-on', 'forgotten').out)).toEqual({
      ok: false,
      totals: { added: 0, changed: 0, replaced: 0, unclear: 0, removed: 2, forgotten: 2 },
      stacks: ['shop'],
      impacts: [
        {
          stack: 'shop',
          address: 'azurerm_role_assignment.suspended',
          kind: 'removed',
          arguments: ['count'],
          because: [{ path: 'count', after: 0 }],
        },
        { stack: 'shop', address: `${CONTAINER}.acme`, kind: 'removed' },
        { stack: 'shop', address: `${CONTAINER}.globex`, kind: 'forgotten' },
        { stack: 'shop', address: `${CONTAINER}.initech`, kind: 'forgotten' },
      ],
    });
  });

  const leaver = (removed: object): [StackFixture, StackFixture] => [
    { resource: { [CONTAINER]: { acme: {}, globex: {} } } },
    { resource: { [CONTAINER]: { acme: {} } }, removed },
  ];
  const from = `${CONTAINER}.globex`;
  test.each<[string, object, number]>([
    ['forgets', [{ from, lifecycle: { destroy: false } }], 0],
    ['is the only one', { from, lifecycle: { destroy: 'false' } }, 0],
    ['destroys', [{ from, lifecycle: { destroy: true } }], 1],
    ['does not say', [{ from }], 1],
    ['is of another address', [{ from: `${CONTAINER}.other`, lifecycle: { destroy: false } }], 1],
  ])('--fail-on removed, and a removed block that %s', (_, removed, code) => {
    expect(impactOf(...leaver(removed), '--fail-on', 'removed').code).toBe(code);
    expect(impactOf(...leaver(removed), '--fail-on', 'forgotten').code).toBe(1 - code);
  });

  test.each<[string, object, object, string]>([
    ['none after one', {}, { count: 0 }, 'removed'],
    ['fewer', { count: 3 }, { count: '2' }, 'removed'],
    ['fewer, and others replaced', { count: 3, name: 'a' }, { count: 2, name: 'b' }, 'removed'],
    ['one that is counted', {}, { count: 1 }, 'none'],
    ['one after none', { count: 0 }, {}, 'added'],
    ['more', { count: 2 }, { count: 3 }, 'added'],
    ['more, and others replaced', { count: 2, name: 'a' }, { count: 3, name: 'b' }, 'replaced'],
    ['a number that is computed', { count: 2 }, { count: '${var.count}' }, 'unclear'],
    ['keys', { for_each: ['a', 'b'] }, { for_each: ['a'] }, 'unclear'],
  ])('instances: %s', (_, one, other, kind) => {
    expect(kindOf(GROUP, one, other)).toBe(kind);
  });

  test('a guard has Terraform refuse to take the last instance', () => {
    const lifecycle = { prevent_destroy: true };
    const [{ note }] = impacts({ [CONTAINER]: { a: { lifecycle } } }, { [CONTAINER]: { a: { lifecycle, count: 0 } } });

    expect(note).toBe("'prevent_destroy' is set: Terraform refuses a plan that destroys it");
  });

  test('a guard goes with its block, and holds nothing then', () => {
    const lifecycle = { prevent_destroy: true };
    const gone = impacts({ [CONTAINER]: { a: { lifecycle }, b: {} } }, {});

    expect(gone.map(({ note }) => note)).toEqual([
      "'prevent_destroy' went with its block: Terraform destroys it, unless a 'removed' block keeps it",
      undefined,
    ]);
  });
});

describe('what changes nothing', () => {
  test.each<[string, object, object]>([
    [
      'the order of keys and lists',
      { tags: { a: 1, b: 2 }, zones: ['1', '2'] },
      { zones: ['2', '1'], tags: { b: 2, a: 1 } },
    ],
    ['a block as a list of one', { identity: { type: 'x' } }, { identity: [{ type: 'x' }] }],
    ['what is empty or null', { zones: [], tags: {}, edge_zone: null }, {}],
    ['another spelling of a region', { location: 'West Europe' }, { location: 'westeurope' }],
    ['what only Terraform reads', { depends_on: ['a.b'], '//': { a: 1 } }, { lifecycle: { prevent_destroy: true } }],
    ['what is ignored', { tags: { a: 1 } }, { tags: { a: 2 }, lifecycle: { ignore_changes: ['tags["a"]'] } }],
    ['what is ignored in a block', { s: [{ x: 1 }] }, { s: [{ x: 2 }], lifecycle: [{ ignore_changes: ['s[0].x'] }] }],
  ])('%s', (_, before, after) => {
    expect(kindOf('azurerm_nat_gateway', before, after)).toBe('none');
  });
});
