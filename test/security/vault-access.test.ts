import { Testing } from 'cdktf';
import { Environment, Principal, SecretVault, SecretVaultProps, Workload } from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';

const SECRET = 'azurerm_key_vault_secret';
const KEY = 'azurerm_key_vault_key';
const CERTIFICATE = 'azurerm_key_vault_certificate';

function vaultIn(environment: Environment, props: SecretVaultProps = {}) {
  const workload = workloadIn(environment);
  return { workload, vault: new SecretVault(workload, 'Vault', { vaultName: 'kv-billing', ...props }) };
}

function deployerIn(workload: Workload) {
  return Principal.servicePrincipal(workload, 'Deployer', '00000000-0000-0000-0000-000000000009');
}

describe('the way in', () => {
  const warnings = (vault: SecretVault) => vault.node.metadata.map(({ data }) => data);

  test('is asked for once, when nothing says that Terraform gets through', () => {
    const { vault } = vaultIn(Environment.DEV);
    expect(warnings(vault)).toEqual([]);

    vault.addGeneratedSecret('token');
    vault.addKey('cmk');

    expect(warnings(vault)).toEqual([
      "Terraform writes secrets, keys and certificates over the network, and nothing says that it gets through: set 'runnerInNetwork' where it runs inside of 'network', or name its public addresses in 'allowedIpRules'; the apply ends with 403 otherwise",
    ]);
  });

  test.each([
    ['from the network', (workload: Workload) => ({ network: networkIn(workload), runnerInNetwork: true })],
    ['from named addresses', () => ({ allowedIpRules: ['203.0.113.7'] })],
  ])('%s needs no warning', (_, props) => {
    const workload = workloadIn(Environment.DEV);
    const vault = new SecretVault(workload, 'Vault', props(workload));

    vault.addGeneratedSecret('token');

    expect(warnings(vault)).toEqual([]);
  });

  test('is an endpoint, then a role, then a wait, one for each kind of item', () => {
    const workload = workloadIn(Environment.DEV);
    const network = networkIn(workload);
    const vault = new SecretVault(workload, 'Vault', { network, deployer: deployerIn(workload) });

    vault.addGeneratedSecret('a');
    vault.addGeneratedSecret('b');
    vault.addKey('cmk');
    vault.addCertificate('tls', { dnsNames: ['api.example.com'] });

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_role_assignment').map(({ role_definition_name }) => role_definition_name)).toEqual([
      'Key Vault Certificates Officer',
      'Key Vault Crypto Officer',
      'Key Vault Secrets Officer',
    ]);
    expect(rendered.all('time_sleep')).toHaveLength(3);
    expect(rendered.at('time_sleep', 'RoleWait-Secret')).toMatchObject({
      create_duration: '60s',
      triggers: { assignment: expect.stringMatching(/^\$\{azurerm_role_assignment\.\S+SecretsOfficer\S+\.id\}$/) },
    });
    const wait = (item: string) => [
      expect.stringMatching(/^azurerm_private_endpoint\./),
      expect.stringMatching(new RegExp(`^time_sleep\\.\\S+RoleWait-${item}`)),
    ];
    rendered.all(SECRET).forEach((secret) => expect(secret.depends_on).toEqual(wait('Secret')));
    expect(rendered.only(KEY).depends_on).toEqual(wait('Key'));
    expect(rendered.only(CERTIFICATE).depends_on).toEqual(wait('Certificate'));
  });

  test('is not made for a vault that Terraform writes nothing into', () => {
    const workload = workloadIn(Environment.DEV);

    new SecretVault(workload, 'Vault', { deployer: deployerIn(workload) }).secretNamed('token');

    const rendered = new Rendered(workload);
    expect(rendered.all('azurerm_role_assignment')).toEqual([]);
    expect(rendered.all('time_sleep')).toEqual([]);
  });
});

describe('grants', () => {
  test('apply to one item each, and come after it', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    const grantee = groupIn(workload);
    const secret = vault.addGeneratedSecret('token');
    const key = vault.addKey('cmk');
    const certificate = vault.addCertificate('tls', { dnsNames: ['api.example.com'] });

    [1, 2].forEach(() => {
      secret.grantRead(grantee);
      secret.grantManage(grantee);
      key.grantUse(grantee);
      key.grantEncrypt(grantee);
      certificate.grantRead(grantee);
      expect(certificate.bindReader(grantee)).toEqual({
        secretUri: 'https://kv-billing.vault.azure.net/secrets/tls',
        networks: [],
      });
    });

    const given = new Rendered(workload)
      .all('azurerm_role_assignment')
      .map(({ role_definition_name, scope }) => [role_definition_name, scope.replace(/\{(\w+)\.[^.]+\./, '{$1.')]);
    expect(given.sort()).toEqual([
      ['Key Vault Certificate User', '${azurerm_key_vault_certificate.resource_manager_versionless_id}'],
      ['Key Vault Crypto Service Encryption User', '${azurerm_key_vault_key.resource_versionless_id}'],
      ['Key Vault Crypto User', '${azurerm_key_vault_key.resource_versionless_id}'],
      ['Key Vault Secrets Officer', '${azurerm_key_vault_secret.resource_versionless_id}'],
      ['Key Vault Secrets User', '${azurerm_key_vault.id}/secrets/tls'],
      ['Key Vault Secrets User', '${azurerm_key_vault_secret.resource_versionless_id}'],
    ]);
    expect(
      new Rendered(workload).all('azurerm_role_assignment').find(({ scope }) => scope.endsWith('/secrets/tls'))
        .depends_on,
    ).toEqual([expect.stringMatching(/^azurerm_key_vault_certificate\./)]);
  });
});

describe('recovery', () => {
  test('everything is recovered by its real name, and renewed by hand', () => {
    const { workload, vault } = vaultIn(Environment.DEV);
    vault.addGeneratedSecret('token');
    vault.addGeneratedSecret('fixed', { expiresOn: '2027-01-31T00:00:00Z', version: 1 });
    vault.addKey('cmk');
    vault.addCertificate('tls', { dnsNames: ['api.example.com'] });

    const steps = vault.toRecoverySteps();
    const [rotation] = Object.keys(new Rendered(workload).json.resource.time_rotating);
    expect(steps.slice(1).map(({ key, commands }) => [key, ...commands])).toEqual([
      ['RecoverSecret-token', 'az keyvault secret recover --vault-name kv-billing --name token'],
      ['RenewSecret-token', `terraform apply -replace='time_rotating.${rotation}'`],
      ['RecoverSecret-fixed', 'az keyvault secret recover --vault-name kv-billing --name fixed'],
      ['RecoverKey-cmk', 'az keyvault key recover --vault-name kv-billing --name cmk'],
      ['RenewKey-cmk', 'az keyvault key rotate --vault-name kv-billing --name cmk'],
      ['RecoverCertificate-tls', 'az keyvault certificate recover --vault-name kv-billing --name tls'],
    ]);
  });
});

describe('escape hatch', () => {
  test('every item has its resources, typed', () => {
    const { workload, vault } = vaultIn(Environment.DEV, {});
    const secret = vault.addGeneratedSecret('token');
    const key = vault.addKey('cmk');
    const certificate = vault.addCertificate('tls', { dnsNames: ['api.example.com'] });

    secret.resources.secret.notBeforeDate = '2026-01-01T00:00:00Z';
    secret.resources.rotation!.rotationDays = 60;
    key.resources.key.keyOpts = ['wrapKey'];
    certificate.resources.certificate.tags = { kept: 'yes' };

    [secret, key, certificate].forEach((item) => expect(item.node.defaultChild).toBe(item.node.findChild('Resource')));
    const rendered = new Rendered(workload);
    expect(rendered.only(SECRET).not_before_date).toBe('2026-01-01T00:00:00Z');
    expect(rendered.only('time_rotating').rotation_days).toBe(60);
    expect(rendered.only(KEY).key_opts).toEqual(['wrapKey']);
    expect(rendered.only(CERTIFICATE).tags).toMatchObject({ kept: 'yes' });
  });
});

test('synthesis twice gives the same bytes', () => {
  const [one, other] = [1, 2].map(() => {
    const { workload, vault } = vaultIn(Environment.PROD);
    vault.addGeneratedSecret('token');
    vault.addKey('cmk');
    return Testing.synth(workload.node.scope as never, true);
  });
  expect(one).toBe(other);
});
