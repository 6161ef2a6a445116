import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { ResourceGroup } from '@cdktf/provider-azurerm/lib/resource-group';
import { App, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  Environment,
  EphemeralPassword,
  EphemeralPasswordProps,
  EphemeralResource,
  EphemeralVariable,
} from '../../src';
import { Rendered, stackNamed, workloadIn } from '../support';
import { scratch } from '../support/scratch';

const RULE = `which would end up in the state; an ephemeral value fits only into write-only arguments, whose names end in '_wo' (value_wo, administrator_password_wo)`;
const PASSWORD = 'ephemeral.random_password.Billing_Token_4348D68E';

function withPassword(props?: EphemeralPasswordProps) {
  const workload = workloadIn(Environment.DEV);
  return { workload, password: new EphemeralPassword(workload, 'Token', props) };
}

describe('defaults', () => {
  test('a password is an ephemeral block, and goes into a write-only argument', () => {
    const { workload, password } = withPassword();
    new KeyVaultSecret(workload, 'Secret', {
      name: 'token',
      keyVaultId: 'vault',
      valueWo: password.value.reference,
      valueWoVersion: 1,
    });

    const rendered = new Rendered(workload);
    expect(rendered.json.ephemeral).toEqual({
      random_password: {
        Billing_Token_4348D68E: {
          length: 32,
          min_lower: 2,
          min_upper: 2,
          min_numeric: 2,
          min_special: 2,
          special: true,
        },
      },
    });
    expect(rendered.only('azurerm_key_vault_secret').value_wo).toBe(`\${${PASSWORD}.result}`);
    expect(rendered.json.terraform.required_version).toBe('>= 1.11');
    expect(rendered.json.provider.random).toEqual([{}]);
    expect(rendered.json.resource).not.toHaveProperty('random_password');
  });

  test('without symbols, none are demanded', () => {
    const { workload } = withPassword({ symbols: false, length: 64 });

    expect(Object.values(new Rendered(workload).json.ephemeral.random_password)).toEqual([
      { length: 64, min_lower: 2, min_upper: 2, min_numeric: 2, special: false },
    ]);
  });

  test('a variable is handed over in each run, and kept nowhere', () => {
    const workload = workloadIn(Environment.DEV);
    const { variableName } = new EphemeralVariable(workload, 'Handed', { description: 'issued by a partner' });

    expect(new Rendered(workload).json).toMatchObject({
      terraform: { required_version: '>= 1.11' },
      variable: {
        [variableName]: {
          type: 'string',
          description: 'issued by a partner',
          ephemeral: true,
          sensitive: true,
          nullable: false,
        },
      },
    });
  });

  test('any ephemeral resource can be declared, and read back', () => {
    const stack = stackNamed();
    const secret = new EphemeralResource(stack, 'Admin', {
      type: 'azurerm_key_vault_secret',
      attributes: { name: 'admin', key_vault_id: 'vault' },
    });
    new KeyVaultSecret(stack, 'Copy', { name: 'copy', keyVaultId: 'v', valueWo: secret.valueOf('value').reference });

    expect(new Rendered(stack).json).toMatchObject({
      ephemeral: { azurerm_key_vault_secret: { Admin: { name: 'admin', key_vault_id: 'vault' } } },
      resource: {
        azurerm_key_vault_secret: { Copy: { value_wo: '${ephemeral.azurerm_key_vault_secret.Admin.value}' } },
      },
    });
  });

  test('provider blocks and maps that are write-only as a whole may hold one', () => {
    const { workload, password } = withPassword();
    const provider = new AzurermProvider(workload, 'other', { features: [{}], alias: 'other' });
    provider.addOverride('client_secret', password.value.reference);
    const group = new ResourceGroup(workload, 'Raw', { name: 'raw', location: 'westeurope' });
    group.addOverride('data_wo', { token: `x-${password.value.reference}` });

    expect(() => new Rendered(workload)).not.toThrow();
  });

  test('a stack that asks for a newer Terraform still does', () => {
    const stack = stackNamed();
    stack.addOverride('terraform.required_version', '>= 1.12');
    new EphemeralPassword(stack, 'One');
    new EphemeralPassword(stack, 'Two');

    expect(new Rendered(stack).json.terraform.required_version).toBe('>= 1.12, >= 1.11');
  });
});

describe('fails', () => {
  test.each<[string, string, (scope: Construct, secret: string) => void]>([
    [
      'an ordinary argument',
      `stack/Billing/Leak: 'value' must not take ${PASSWORD}, ${RULE}`,
      (scope, value) => new KeyVaultSecret(scope, 'Leak', { name: 'token', keyVaultId: 'vault', value }),
    ],
    [
      'an output',
      `stack/Billing/Leak: 'value' must not take ${PASSWORD}, ${RULE}`,
      (scope, value) => new TerraformOutput(scope, 'Leak', { value, sensitive: true }),
    ],
    [
      'a local, behind whose name nobody would know it',
      `stack/Billing/Leak: 'Billing_Leak_EDB4E879' must not take ${PASSWORD}, ${RULE}`,
      (scope, value) => new TerraformLocal(scope, 'Leak', value),
    ],
    [
      'a tag, inside of a longer text',
      `stack/Billing/Leak: 'token' must not take ${PASSWORD}, ${RULE}`,
      (scope, value) =>
        new ResourceGroup(scope, 'Leak', { name: 'raw', location: 'westeurope', tags: { token: `x-${value}` } }),
    ],
    [
      'a list',
      `stack/Billing/Leak: 'address_space' must not take ${PASSWORD}, ${RULE}`,
      (scope, value) =>
        new ResourceGroup(scope, 'Leak', { name: 'raw', location: 'westeurope' }).addOverride('address_space', [value]),
    ],
    [
      'an override written by hand',
      `stack/Billing/Leak: 'value' must not take ephemeral.random_password.other, ${RULE}`,
      (scope) =>
        new KeyVaultSecret(scope, 'Leak', { name: 'token', keyVaultId: 'vault' }).addOverride(
          'value',
          '${upper(ephemeral.random_password.other.result)}',
        ),
    ],
  ])('in %s', (_, message, leak) => {
    const { workload, password } = withPassword();
    leak(workload, password.value.reference);

    expect(() => new Rendered(workload)).toThrow(
      `Validation failed with the following errors:\n  [stack] ${message}\n`,
    );
  });

  test('where the value comes from an ephemeral variable', () => {
    const workload = workloadIn(Environment.DEV);
    const handed = new EphemeralVariable(workload, 'Handed', { description: 'issued by a partner' });
    const plain = new TerraformVariable(workload, 'Plain', { type: 'string' });
    const secret = { name: 'token', keyVaultId: 'vault' };
    new KeyVaultSecret(workload, 'Fine', {
      ...secret,
      valueWo: handed.value.reference,
      contentType: plain.stringValue,
    });
    expect(() => new Rendered(workload)).not.toThrow();

    new KeyVaultSecret(workload, 'Leak', { ...secret, value: handed.value.reference });

    expect(() => new Rendered(workload)).toThrow(
      `stack/Billing/Leak: 'value' must not take var.${handed.variableName}, ${RULE}`,
    );
  });

  test('but not for a text that only talks about one', () => {
    const { workload } = withPassword();
    new ResourceGroup(workload, 'Raw', {
      name: 'raw',
      location: 'westeurope',
      tags: { note: 'see ephemeral.random_password.token' },
    });

    expect(() => new Rendered(workload)).not.toThrow();
  });

  test('across stacks: outputs keep what they hold', () => {
    const app = new App({ outdir: scratch('ephemeral') });
    const password = new EphemeralPassword(new TerraformStack(app, 'one'), 'Token');
    new TerraformLocal(new TerraformStack(app, 'two'), 'Copy', { value_wo: password.value.reference });

    expect(() => app.synth()).toThrow(
      /'value' must not take ephemeral\.random_password\.Token_\w+, which would end up/,
    );
  });

  test.each([[15], [129], [20.5], [NaN], [0]])('with a password of %p characters', (length) => {
    expect(() => withPassword({ length })).toThrow(
      new Error(`stack/Billing/Token: 'length' must be a whole number from 16 to 128, got ${length}`),
    );
  });

  test.each([16, 128])('but not with one of %p', (length) => {
    expect(() => withPassword({ length })).not.toThrow();
  });

  test('nor with a length that Terraform has yet to compute', () => {
    const { numberValue } = new TerraformVariable(stackNamed(), 'Length', { type: 'number' });
    expect(() => withPassword({ length: numberValue })).not.toThrow();
  });
});

describe('escape hatch', () => {
  test('the default child is the block, and its arguments can be overridden', () => {
    const { workload, password } = withPassword();

    password.resources.password.addOverride('override_special', '!#');

    expect(password.node.defaultChild).toBe(password.resources.password);
    expect(new Rendered(workload).json.ephemeral.random_password.Billing_Token_4348D68E).toMatchObject({
      length: 32,
      override_special: '!#',
    });
  });
});
