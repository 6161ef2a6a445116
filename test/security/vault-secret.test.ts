import { KeyVaultSecret } from '@cdktf/provider-azurerm/lib/key-vault-secret';
import { TerraformVariable } from 'cdktf';
import {
  EphemeralVariable,
  Environment,
  GeneratedSecretOptions,
  Owner,
  RecoveryOccasion,
  SecretVault,
  SecretVaultProps,
} from '../../src';
import { groupIn, Rendered, workloadIn } from '../support';

const SECRET = 'azurerm_key_vault_secret';

function vaultIn(environment: Environment, props: SecretVaultProps = {}) {
  const workload = workloadIn(environment);
  return { workload, vault: new SecretVault(workload, 'Vault', { vaultName: 'kv-billing', ...props }) };
}

describe('defaults', () => {
  test('a generated secret is written once per rotation, and expires 45 days after the next one', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addGeneratedSecret('db-password');

    const rendered = new Rendered(workload);
    const secret = rendered.only(SECRET);
    expect(secret).toMatchObject({
      name: 'db-password',
      content_type: 'text/plain',
      value_wo: expect.stringMatching(/^\$\{ephemeral\.random_password\.[^}]+\.result\}$/),
      value_wo_version: expect.stringMatching(/^\$\{time_rotating\.[^}]+\.unix\}$/),
      expiration_date: expect.stringMatching(/^\$\{timeadd\(time_rotating\.[^,]+\.rotation_rfc3339, "1080h"\)\}$/),
    });
    expect(secret).not.toHaveProperty('value');
    expect(secret).not.toHaveProperty('lifecycle');
    expect(rendered.only('time_rotating')).toMatchObject({ rotation_days: 90 });
    expect(Object.values(rendered.json.ephemeral.random_password)).toMatchObject([{ length: 32, special: true }]);
    expect(rendered.json.terraform.required_version).toBe('>= 1.11');
  });

  test('a date and a version of your own take the place of the rotation', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addGeneratedSecret('token', { expiresOn: '2028-02-29T00:00:00Z', version: 2, length: 64, symbols: false });

    const rendered = new Rendered(workload);
    expect(rendered.only(SECRET)).toMatchObject({ expiration_date: '2028-02-29T00:00:00Z', value_wo_version: 2 });
    expect(rendered.all('time_rotating')).toEqual([]);
    expect(Object.values(rendered.json.ephemeral.random_password)).toMatchObject([{ length: 64, special: false }]);
  });

  test('a secret that is rotated outside is set once, and left alone', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addGeneratedSecret('token', { valueManagedBy: Owner.PIPELINE, contentType: 'password', rotationDays: 30 });

    const rendered = new Rendered(workload);
    expect(rendered.only(SECRET)).toMatchObject({
      content_type: 'password',
      value_wo_version: 1,
      expiration_date: expect.stringMatching(/^\$\{time_offset\.[^}]+\.rfc3339\}$/),
      lifecycle: { ignore_changes: ['expiration_date', 'tags', 'value_wo_version'] },
    });
    expect(rendered.only('time_offset')).toMatchObject({ offset_days: 75 });
  });

  test('a value that Terraform is handed when it runs', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const variable = new EphemeralVariable(workload, 'ApiKey', { description: 'Key of the payment service' });

    vault.addSecret('api-key', { value: variable.value });

    const rendered = new Rendered(workload);
    expect(rendered.only(SECRET).value_wo).toBe(`\${var.${variable.variableName}}`);
    expect(rendered.json.variable).toEqual({
      [variable.variableName]: {
        type: 'string',
        ephemeral: true,
        sensitive: true,
        nullable: false,
        description: 'Key of the payment service',
      },
    });
    expect(rendered.json.ephemeral).toBeUndefined();
  });

  test('a value that was handed in is written again after the variable was set', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addGeneratedSecret('made');
    vault.addSecret('handed-in', { value: new EphemeralVariable(workload, 'ApiKey').value });

    const renewals = vault.toRecoverySteps().filter(({ occasion }) => occasion === RecoveryOccasion.RENEWAL);
    expect(renewals.map(({ key, summary }) => [key, summary])).toEqual([
      ['RenewSecret-made', 'Writes a new value of the secret made now.'],
      [
        'RenewSecret-handed-in',
        'Writes the value that Terraform is handed for the secret handed-in now; set the variable to the new value first.',
      ],
    ]);
  });

  test('a value is read back from the vault, for others that must agree with it', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const secret = vault.addGeneratedSecret('db-password');

    [1, 2].forEach((n) => {
      new KeyVaultSecret(workload, `Copy${n}`, {
        name: `copy-${n}`,
        keyVaultId: vault.vaultId,
        valueWo: secret.readBack().reference,
        valueWoVersion: secret.valueVersion,
      });
    });

    const rendered = new Rendered(workload);
    expect(Object.values(rendered.json.ephemeral[SECRET])).toMatchObject([
      { name: expect.stringMatching(/\.name\}$/), version: expect.stringMatching(/\.version\}$/) },
    ]);
    expect(rendered.at(SECRET, 'Copy1')).toMatchObject({
      value_wo: expect.stringMatching(/^\$\{ephemeral\.azurerm_key_vault_secret\.[^}]+\.value\}$/),
      value_wo_version: expect.stringMatching(/^\$\{azurerm_key_vault_secret\.[^}]+\.value_wo_version\}$/),
    });
  });
});

describe('grants', () => {
  test('by name and by item are one, whichever was asked for first', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const grantee = groupIn(workload);

    const reference = vault.secretNamed('token');
    reference.bindReader(grantee);
    const secret = vault.addGeneratedSecret('token');
    secret.grantRead(grantee);

    expect(vault.secretNamed('token')).toBe(secret);
    expect(secret.secretUri).toBe(reference.secretUri);
    expect(new Rendered(workload).only('azurerm_role_assignment').scope).toMatch(
      /^\$\{azurerm_key_vault_secret\.[^.]+\.resource_versionless_id\}$/,
    );
  });
});

describe('fails', () => {
  const vault = vaultIn(Environment.DEV).vault;
  const secretWith = (options: GeneratedSecretOptions) => () => vault.addGeneratedSecret('token', options);
  const error = (...problems: string[]) => new Error(`stack/Billing/Vault: ${problems.join('; ')}`);

  test('a lifetime that is none, all problems at once', () => {
    expect(secretWith({ rotationDays: 3, expiresOn: '2027-02-30T00:00:00Z' })).toThrow(
      error(
        "'rotationDays' must be a whole number from 7 to 365, got 3",
        `'expiresOn' must be a time in UTC such as "2027-01-31T00:00:00Z", got "2027-02-30T00:00:00Z"`,
        "'expiresOn' and 'version' must be given together: a new value needs a new expiry; leave both out to let Terraform rotate",
        "'rotationDays' must not be given with 'expiresOn': a value with a date of its own is rotated by you",
      ),
    );
    expect(secretWith({ expiresOn: '2027-01-31T00:00:00+01:00', version: 0 })).toThrow(
      error(
        `'expiresOn' must be a time in UTC such as "2027-01-31T00:00:00Z", got "2027-01-31T00:00:00+01:00"`,
        "'version' must be a whole number from 1, got 0",
      ),
    );
  });

  test('a name that is none, or computed, or taken', () => {
    const full = vaultIn(Environment.DEV).vault;
    full.addGeneratedSecret('token');
    full.addKey('cmk');
    const name = new TerraformVariable(full, 'Name', { type: 'string' }).stringValue;

    expect(() => vault.addGeneratedSecret('a_b')).toThrow(
      error(`'name' must have 1 to 127 letters, digits or hyphens, got "a_b"`),
    );
    expect(() => full.addKey(name)).toThrow(
      error(
        "'name' must be a literal, because addresses are made from it at synthesis; got a value that Terraform has yet to compute",
      ),
    );
    expect(() => full.addGeneratedSecret('Token')).toThrow(
      error(`'name' must be new in the vault: there is a secret "Token" already`),
    );
    expect(() => full.addCertificate('cmk', { dnsNames: ['api.example.com'] })).toThrow(
      error(`'name' must be new in the vault: there is a key "cmk" already`),
    );
  });
});
