import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { Environment, Workload } from '../../src';
import { nameOf, nameProblem } from '../../src/core/naming';
import { NAMING_RULES } from '../../src/core/naming-rules';
import { ENVIRONMENTS, stackNamed, workloadIn, workloadOn } from '../support';

const TYPES = Object.entries(NAMING_RULES);
const GLOBAL_TYPES = TYPES.filter(([, { global }]) => global).map(([type]) => type);

/** What is wrong with a name that was generated, as Azure would see it. */
function flawsOf(type: string, name: string): string[] {
  const { prefix, separator, length, alphabet } = NAMING_RULES[type];
  return [
    name.length < length[0] || name.length > length[1] ? `${name.length} characters` : '',
    alphabet.form.test(name) ? '' : 'characters',
    name.startsWith(prefix + separator) ? '' : 'prefix',
    name.includes('--') ? 'two hyphens' : '',
  ].filter((flaw) => flaw);
}

describe('every row', () => {
  const ids = ['Api', 'OrdersApi', 'a-b', 'A-Very-Long-Identifier-That-Never-Seems-To-End'.repeat(3), 'Ünïcödé ✓'];
  const scopes = ENVIRONMENTS.flatMap((environment) =>
    ['ab', 'billing', 'customerdata'].flatMap((name) => {
      const workload = workloadIn(environment, { name });
      return ids.map((id) => new Construct(workload, id));
    }),
  );

  test.each(TYPES)('%s: generated names obey the rule in all environments', (type) => {
    const names = scopes.map((scope) => nameOf(type, scope));

    expect(names.flatMap((name) => flawsOf(type, name).map((flaw) => `${name}: ${flaw}`))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('abbreviations tell the types apart', () => {
    const prefixes = TYPES.map(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  test('rows are sorted', () => {
    const types = Object.keys(NAMING_RULES);
    expect(types).toEqual([...types].sort());
  });
});

describe('generated names', () => {
  test('read like what they name', () => {
    const api = new Construct(workloadIn(Environment.PROD), 'OrdersApi');

    expect(nameOf('azurerm_virtual_network', api)).toMatch(/^vnet-billing-prod-orders-api-[a-z0-9]{6}$/);
    expect(nameOf('azurerm_subnet', api, 'data')).toMatch(/^snet-billing-prod-orders-api-data-[a-z0-9]{6}$/);
    expect(nameOf('azurerm_key_vault', api)).toMatch(/^kv-billing-prod-o-[a-z0-9]{6}$/);
    expect(nameOf('azurerm_storage_account', api)).toMatch(/^stbillingprodorder[a-z0-9]{6}$/);
  });

  test('stay what they are from version to version', () => {
    const api = new Construct(workloadIn(Environment.PROD), 'OrdersApi');

    expect([nameOf('azurerm_key_vault', api), nameOf('azurerm_subnet', api, 'data')]).toEqual([
      'kv-billing-prod-o-8mlq2j',
      'snet-billing-prod-orders-api-data-co3ujg',
    ]);
  });

  test('do not change when siblings come, go or change places', () => {
    const alone = workloadIn(Environment.PROD);
    const inCompany = workloadIn(Environment.PROD);
    new Construct(inCompany, 'Before');
    const names = [alone, inCompany].map((workload) => nameOf('azurerm_key_vault', new Construct(workload, 'Vault')));
    new Construct(inCompany, 'After');

    expect(names[0]).toBe(names[1]);
    expect(nameOf('azurerm_key_vault', inCompany.node.findChild('Vault') as Construct)).toBe(names[0]);
  });

  test.each(GLOBAL_TYPES)('%s: another organization, stack, workload or part has another name', (type) => {
    const nameIn = (workload: Workload, part?: string) => nameOf(type, new Construct(workload, 'Api'), part);
    const otherStack = workloadOn(stackNamed('other'), 'Billing', { environment: Environment.PROD });

    const names = [
      nameIn(workloadIn(Environment.PROD)),
      nameIn(workloadIn(Environment.PROD), 'part'),
      nameIn(workloadIn(Environment.PROD, { organization: 'example.org' })),
      nameIn(otherStack),
      nameIn(workloadIn(Environment.PROD, { name: 'customerdat1' })),
      nameIn(workloadIn(Environment.PROD, { name: 'customerdat2' })),
    ];

    expect(new Set(names).size).toBe(names.length);
  });

  test('names that only you see do not change with the organization', () => {
    const [one, other] = ['example.com', undefined].map((organization) =>
      nameOf('azurerm_subnet', new Construct(workloadIn(Environment.PROD, { organization }), 'Api')),
    );
    expect(one).toBe(other);
  });

  test('any path makes a name that Azure takes', () => {
    const ids = fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: 'grapheme', minLength: 1 })), {
      minLength: 1,
      maxLength: 4,
    });

    fc.assert(
      fc.property(
        ids.filter((all) => all.every((id) => id.trim() !== '' && !(id in {}))),
        fc.constantFrom(...TYPES.map(([type]) => type)),
        fc.constantFrom(...ENVIRONMENTS),
        fc.constantFrom('ab', 'billing', 'customerdata'),
        fc.string(),
        (path, type, environment, name, part) => {
          const scope = path.reduce<Construct>(
            (parent, id) => new Construct(parent, id),
            workloadIn(environment, { name }),
          );
          expect(flawsOf(type, nameOf(type, scope, part))).toEqual([]);
        },
      ),
      { numRuns: 80, seed: 42 },
    );
  });

  test('different paths, different names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9-]{1,60}$/), { minLength: 2, maxLength: 2 }), (ids) => {
        const workload = workloadIn(Environment.DEV);
        const [one, other] = ids.map((id) => nameOf('azurerm_storage_account', new Construct(workload, id)));
        expect(one).not.toBe(other);
      }),
      { numRuns: 50, seed: 42 },
    );
  });
});

describe('names of your own', () => {
  const problem = (type: string, name: string) => nameProblem(type, workloadIn(Environment.DEV), 'accountName', name);

  test.each`
    type                                | name
    ${'azurerm_key_vault'}              | ${'kv-billing-prod'}
    ${'azurerm_key_vault'}              | ${'Vault1'}
    ${'azurerm_storage_account'}        | ${'billing4711'}
    ${'azurerm_storage_container'}      | ${'in-voices-2'}
    ${'azurerm_linux_web_app'}          | ${'Billing-Api'}
    ${'azurerm_virtual_network'}        | ${'hub.west_1'}
    ${'azurerm_resource_group'}         | ${'RG_(billing)-'}
    ${'azurerm_user_assigned_identity'} | ${'id_billing-'}
  `('$type takes $name', ({ type, name }) => {
    expect(problem(type, name)).toBe(false);
  });

  const VAULT = `'accountName' must be 3 to 24 letters, digits, or single hyphens between them, a letter first`;
  const ACCOUNT = `'accountName' must be 3 to 24 lower-case letters or digits`;
  const NETWORK = `'accountName' must be 2 to 64 letters, digits, full stops, hyphens or underscores, a letter or digit first, no full stop or hyphen last`;
  test.each`
    type                                | name              | words
    ${'azurerm_key_vault'}              | ${'1vault'}       | ${VAULT}
    ${'azurerm_key_vault'}              | ${'my--vault'}    | ${VAULT}
    ${'azurerm_key_vault'}              | ${'vault-'}       | ${VAULT}
    ${'azurerm_key_vault'}              | ${'my_vault'}     | ${VAULT}
    ${'azurerm_key_vault'}              | ${'kv'}           | ${VAULT}
    ${'azurerm_key_vault'}              | ${'a'.repeat(25)} | ${VAULT}
    ${'azurerm_key_vault'}              | ${'välte'}        | ${VAULT}
    ${'azurerm_key_vault'}              | ${''}             | ${VAULT}
    ${'azurerm_storage_account'}        | ${'my-account'}   | ${ACCOUNT}
    ${'azurerm_storage_account'}        | ${'MyAccount'}    | ${ACCOUNT}
    ${'azurerm_storage_account'}        | ${'account\n'}    | ${ACCOUNT}
    ${'azurerm_storage_container'}      | ${'in--voices'}   | ${`'accountName' must be 3 to 63 lower-case letters, digits, or single hyphens between them`}
    ${'azurerm_linux_web_app'}          | ${'-api'}         | ${`'accountName' must be 2 to 40 letters, digits, or hyphens between them`}
    ${'azurerm_virtual_network'}        | ${'hub.'}         | ${NETWORK}
    ${'azurerm_virtual_network'}        | ${'_hub'}         | ${NETWORK}
    ${'azurerm_resource_group'}         | ${'rg.'}          | ${`'accountName' must be 1 to 90 letters, digits, full stops, hyphens, underscores or parentheses, no full stop last`}
    ${'azurerm_user_assigned_identity'} | ${'_id'}          | ${`'accountName' must be 3 to 128 letters, digits, hyphens or underscores, a letter or digit first`}
  `('$type refuses "$name"', ({ type, name, words }) => {
    expect(problem(type, name)).toBe(`${words}; got ${JSON.stringify(name)}`);
  });

  test('a name that Terraform has yet to compute is refused, with the reason', () => {
    const { stringValue } = new TerraformVariable(stackNamed(), 'Name', { type: 'string' });
    const reason = `'accountName' must be a literal, because the name of azurerm_key_vault is part of host names and of other names; got`;

    expect(problem('azurerm_key_vault', stringValue)).toBe(`${reason} a value that Terraform has yet to compute`);
    expect(problem('azurerm_key_vault', `kv-${stringValue}`)).toBe(
      `${reason} a value that Terraform has yet to compute`,
    );
    expect(problem('azurerm_key_vault', '${var.name}')).toBe(`${reason} "\${var.name}"`);
    expect(problem('azurerm_key_vault', stringValue.toLowerCase())).toContain(reason);
  });
});

describe('fails', () => {
  const inEnvironment = (name: string) => workloadIn(Environment.of(name, Environment.DEV.profile));

  test('where a name must be unique in all of Azure and nobody said who you are', () => {
    const workload = workloadIn(Environment.DEV, { organization: undefined });

    expect(() => nameOf('azurerm_key_vault', new Construct(workload, 'Vault'))).toThrow(
      new Error(
        `stack/Billing/Vault: names of azurerm_key_vault are unique in all of Azure: give the workload "stack/Billing" an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      ),
    );
    expect(nameProblem('azurerm_key_vault', workload, 'vaultName', 'my-vault')).toBe(false);
  });

  test('when nothing is left for the name of the workload', () => {
    const problem = `the name of azurerm_key_vault would be too long: at most 24 characters, of which the environment "loadtestswed" leaves 1 for the workload's name; shorten the name of the environment or give the name yourself`;
    const workload = inEnvironment('loadtestswed');

    expect(() => nameOf('azurerm_key_vault', workload)).toThrow(new Error(`stack/Billing: ${problem}`));
    expect(nameProblem('azurerm_key_vault', workload, 'vaultName')).toBe(problem);
    expect(nameOf('azurerm_key_vault', inEnvironment('loadtests1'))).toMatch(/^kv-bil-loadtests1-[a-z0-9]{6}$/);
  });

  test('for a type without a row', () => {
    expect(() => nameOf('azurerm_unheard_of', workloadIn(Environment.DEV))).toThrow(
      new Error('no naming rule for azurerm_unheard_of; add one to core/naming-rules.ts'),
    );
  });

  test('outside of a workload', () => {
    const stack: TerraformStack = stackNamed();

    expect(() => nameOf('azurerm_subnet', new Construct(stack, 'Api'))).toThrow(
      new Error("stack/Api: define this construct inside a Workload, e.g. with 'new Workload(stack, …)' as its scope"),
    );
  });
});
