import * as fs from 'fs';
import { at, StackFixture, synthesized } from './fixture';
import { before, file, lock, lockedBeforeEach, out } from './lock-fixtures';

const ACCOUNT = 'azurerm_storage_account';
const without = (type: string, id: string): StackFixture['resource'] => {
  const { [id]: _, ...others } = before.resource![type];
  return { ...before.resource, [type]: others };
};
const renamed: StackFixture = {
  ...before,
  resource: {
    ...without(ACCOUNT, 'Shop_Acme_0A1B2C3D'),
    [ACCOUNT]: {
      Shop_Globex_1A1B2C3D: {},
      Shop_Tenants_Acme_9A1B2C3D: at('shop/Shop/Tenants/Acme/Resource'),
      Shop_Initech_8A1B2C3D: at('shop/Shop/Initech/Resource'),
    },
  },
};

lockedBeforeEach();

describe('lock --check', () => {
  test('passes where every address is there', () => {
    expect(lock('--check')).toEqual({
      code: 0,
      out: `${file}: 0 lost, 0 moved or removed on purpose, 0 new\n`,
      err: '',
    });
  });

  test('fails for an address that is renamed, with the new name and the line to add', () => {
    synthesized(out, { shop: renamed });

    expect(lock('--check')).toEqual({
      code: 1,
      err: '',
      out: `${file}: 1 lost, 0 moved or removed on purpose, 2 new

shop  azurerm_storage_account.Shop_Acme_0A1B2C3D is gone.
  Probably renamed to azurerm_storage_account.Shop_Tenants_Acme_9A1B2C3D, at shop/Shop/Tenants/Acme/Resource.
  Terraform would destroy it, and create that one. Keep it, with this line in the program:
    resource.moveFromId('azurerm_storage_account.Shop_Acme_0A1B2C3D'); // moved: azurerm_storage_account.Shop_Acme_0A1B2C3D -> azurerm_storage_account.Shop_Tenants_Acme_9A1B2C3D

New, and not locked yet:
  + shop  azurerm_storage_account.Shop_Initech_8A1B2C3D
  + shop  azurerm_storage_account.Shop_Tenants_Acme_9A1B2C3D

What is meant to go: run 'azure-platform-constructs lock', and let the review see it.
`,
    });
  });

  test('says the same as JSON', () => {
    synthesized(out, { shop: renamed });

    expect(JSON.parse(lock('--check', '--json').out)).toMatchObject({
      ok: false,
      lost: [
        {
          stack: 'shop',
          likely: 'azurerm_storage_account.Shop_Tenants_Acme_9A1B2C3D',
          construct: 'shop/Shop/Tenants/Acme/Resource',
          line: expect.stringContaining("moveFromId('azurerm_storage_account.Shop_Acme_0A1B2C3D')"),
        },
      ],
      added: [{ stack: 'shop' }, { stack: 'shop' }],
    });
  });

  test('fails for an address that is gone without an heir, with the line that gives it up', () => {
    synthesized(out, { shop: { ...before, resource: without('azurerm_key_vault', 'Shop_Vault_2A1B2C3D') } });

    expect(lock('--check')).toMatchObject({
      code: 1,
      out: expect.stringContaining(`
shop  azurerm_key_vault.Shop_Vault_2A1B2C3D is gone.
  Terraform would destroy it. Should that be, say so with the line below in the program, or write the lock again.

For the stack shop, all that is to be removed, in one line: another one would replace it.
    stack.addOverride('removed', [{ from: 'azurerm_key_vault.Shop_Vault_2A1B2C3D', lifecycle: { destroy: true } }]);
`),
    });
  });

  describe('where several addresses are gone', () => {
    const vault = 'azurerm_key_vault.Shop_Vault_2A1B2C3D';
    const globex = `${ACCOUNT}.Shop_Globex_1A1B2C3D`;
    const gone: StackFixture = {
      resource: { [ACCOUNT]: { Shop_Acme_0A1B2C3D: {} } },
      module: { namings: {} },
      removed: [{ from: 'azurerm_subnet.earlier', lifecycle: { destroy: true } }],
    };
    /** What a program does with the lines that it is given: a later override of a key replaces the earlier one. */
    const pasted = (lines: string[], earlier: object[]) => {
      const overrides: Record<string, any> = {};
      const stack = { addOverride: (key: string, value: any) => (overrides[key] = value) };
      lines.forEach((line) => new Function('stack', line)(stack));
      return { ...overrides, removed: [...earlier, ...overrides.removed] };
    };

    test('each stack gets one line for those that are removed, and one for modules that are moved', () => {
      synthesized(out, { shop: gone });

      expect(lock('--check')).toEqual({
        code: 1,
        err: '',
        out: `${file}: 3 lost, 0 moved or removed on purpose, 1 new

shop  ${vault} is gone.
  Terraform would destroy it. Should that be, say so with the line below in the program, or write the lock again.

shop  ${globex} is gone.
  Terraform would destroy it. Should that be, say so with the line below in the program, or write the lock again.

shop  module.naming is gone.
  Probably renamed to module.namings.
  Terraform would destroy it, and create that one. Keep it, with the line below in the program.

For the stack shop, all that is to be moved, in one line: another one would replace it.
    stack.addOverride('moved', [{ from: 'module.naming', to: 'module.namings' }]);

For the stack shop, all that is to be removed, in one line: another one would replace it.
  It has 'removed' blocks already: where they come from such a line, add them to this one.
    stack.addOverride('removed', [
      { from: '${vault}', lifecycle: { destroy: true } },
      { from: '${globex}', lifecycle: { destroy: true } },
    ]);

New, and not locked yet:
  + shop  module.namings

What is meant to go: run 'azure-platform-constructs lock', and let the review see it.
`,
      });
    });

    test('pasted in any order, the lines let the check pass', () => {
      synthesized(out, { shop: gone });
      const lines: string[] = JSON.parse(lock('--check', '--json').out).lost.map(({ line }: any) => line);

      for (const given of [lines, [...lines].reverse()]) {
        synthesized(out, { shop: { ...gone, ...pasted(given, gone.removed as object[]) } });
        expect(lock('--check').out).toContain('0 lost, 3 moved or removed on purpose, 1 new\n');
      }
    });

    test('each stack has lines of its own', () => {
      fs.rmSync(out, { recursive: true });
      fs.rmSync(file);
      synthesized(out, { a: before, b: before });
      lock();
      synthesized(out, { a: gone, b: { ...before, module: {} } });

      const lines: string[] = JSON.parse(lock('--check', '--json').out).lost.map(({ line }: any) => line);
      expect(new Set(lines)).toHaveProperty('size', 3);
      expect(lines.at(-1)).toBe(
        "stack.addOverride('removed', [{ from: 'module.naming', lifecycle: { destroy: true } }]);",
      );
    });
  });

  test('a module that is renamed takes a moved block on the stack', () => {
    synthesized(out, { shop: { ...before, module: { namings: {} } } });

    expect(lock('--check').out).toContain(
      "    stack.addOverride('moved', [{ from: 'module.naming', to: 'module.namings' }]);\n",
    );
  });

  const from = `${ACCOUNT}.Shop_Acme_0A1B2C3D`;
  const to = `${ACCOUNT}.Shop_Tenants_Acme_9A1B2C3D`;
  test.each<[string, Partial<StackFixture>]>([
    ['a moved block', { moved: [{ from, to }] }],
    ['a moved block that is the only one', { moved: { from, to } }],
    [
      'two moved blocks in a row',
      {
        moved: [
          { from, to: `${ACCOUNT}.other` },
          { from: `${ACCOUNT}.other`, to },
        ],
      },
    ],
    ['a move into an instance', { moved: [{ from, to: `${to}["acme"]` }] }],
    ['a move into a module', { moved: [{ from, to: `module.naming.${ACCOUNT}.this` }] }],
    ['a removed block', { removed: [{ from, lifecycle: { destroy: false } }] }],
  ])('passes with %s', (_, blocks) => {
    synthesized(out, { shop: { ...renamed, ...blocks } });

    expect(lock('--check')).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 lost, 1 moved or removed on purpose, 2 new'),
    });
  });

  test('a moved block to nowhere, or in a circle, does not count', () => {
    for (const nowhere of [`${ACCOUNT}.nowhere`, from]) {
      synthesized(out, { shop: { ...renamed, moved: [{ from, to: nowhere }] } });
      expect(lock('--check').code).toBe(1);
    }
    synthesized(out, { shop: { ...renamed, moved: [{ from, to: `${ACCOUNT}.nowhere` }] } });
    expect(lock('--check').out).toContain(
      "  A 'moved' block takes it to azurerm_storage_account.nowhere, which is not there either.\n",
    );
  });

  test('new addresses are fine, named, and refused with --frozen', () => {
    synthesized(out, { shop: { ...before, module: { naming: {}, more: {} } } });

    expect(lock('--check')).toEqual({
      code: 0,
      err: '',
      out: `${file}: 0 lost, 0 moved or removed on purpose, 1 new

New, and not locked yet:
  + shop  module.more

Run 'azure-platform-constructs lock' to write them down.
`,
    });
    expect(lock('--check', '--frozen').code).toBe(1);
  });

  test('fails for a stack that is renamed, or gone', () => {
    fs.rmSync(out, { recursive: true });
    synthesized(out, { store: before });

    expect(lock('--check')).toMatchObject({
      code: 1,
      out: expect.stringContaining(`
The stack shop is gone, with 4 addresses.
  Probably renamed to store, which has another state: give it its id back, or move the state with it.
`),
    });

    synthesized(out, { store: { module: { unrelated: {} } } });
    expect(lock('--check').out).not.toContain('Probably');
  });
});
