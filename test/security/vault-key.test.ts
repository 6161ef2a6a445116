import {
  CertificateIssuer,
  CertificateOptions,
  Environment,
  EvidenceStore,
  IPrincipal,
  KeyCurve,
  KeyKind,
  KeyOptions,
  KeyUse,
  ManagedIdentity,
  ManagedPostgres,
  ManagedRedis,
  SecretVault,
  SecretVaultProps,
  TenantStorageAccount,
  VaultKey,
  VaultSku,
  Workload,
} from '../../src';
import { groupIn, networkIn, Rendered, workloadIn } from '../support';

const KEY = 'azurerm_key_vault_key';
const CERTIFICATE = 'azurerm_key_vault_certificate';

function vaultIn(environment: Environment, props: SecretVaultProps = {}) {
  const workload = workloadIn(environment);
  return { workload, vault: new SecretVault(workload, 'Vault', { vaultName: 'kv-billing', ...props }) };
}

describe('defaults', () => {
  test('a key rotates every 90 days, and its versions expire', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addKey('cmk');

    const rendered = new Rendered(workload);
    expect(rendered.only(KEY)).toMatchObject({
      name: 'cmk',
      key_type: 'RSA',
      key_size: 3072,
      key_opts: ['decrypt', 'encrypt', 'unwrapKey', 'wrapKey'],
      expiration_date: expect.stringMatching(/^\$\{time_offset\.[^}]+\.rfc3339\}$/),
      rotation_policy: {
        automatic: { time_after_creation: 'P90D' },
        expire_after: 'P180D',
        notify_before_expiry: 'P30D',
      },
      lifecycle: { ignore_changes: ['expiration_date'] },
    });
    expect(rendered.only('time_offset')).toMatchObject({ offset_days: 180 });
  });

  test('an elliptic-curve key signs, and has a curve for a size', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addKey('signing', { kind: KeyKind.EC, curve: KeyCurve.P_384, rotationDays: 30, expiryDays: 60 });

    const key = new Rendered(workload).only(KEY);
    expect(key).toMatchObject({
      key_type: 'EC',
      curve: 'P-384',
      key_opts: ['sign', 'verify'],
      rotation_policy: { automatic: { time_after_creation: 'P30D' }, expire_after: 'P60D' },
    });
    expect(key).not.toHaveProperty('key_size');
  });

  test('a certificate is renewed by Azure, with a new key each time', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addCertificate('tls', { dnsNames: ['api.example.com', '*.example.com'] });

    expect(new Rendered(workload).only(CERTIFICATE).certificate_policy).toEqual({
      issuer_parameters: { name: 'Self' },
      key_properties: { key_type: 'RSA', key_size: 2048, exportable: true, reuse_key: false },
      lifetime_action: [{ action: { action_type: 'AutoRenew' }, trigger: { days_before_expiry: 45 } }],
      secret_properties: { content_type: 'application/x-pkcs12' },
      x509_certificate_properties: {
        subject: 'CN=api.example.com',
        subject_alternative_names: { dns_names: ['api.example.com', '*.example.com'] },
        validity_in_months: 12,
        extended_key_usage: ['1.3.6.1.5.5.7.3.1'],
        key_usage: ['digitalSignature', 'keyEncipherment'],
      },
    });
  });

  test('a certificate of an authority, short-lived', () => {
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addCertificate('tls', {
      dnsNames: ['api.example.com'],
      issuer: CertificateIssuer.named('digicert-prod'),
      subject: 'CN=api.example.com,O=Example',
      validityMonths: 1,
      privateKeyStaysInVault: true,
    });

    expect(new Rendered(workload).only(CERTIFICATE).certificate_policy).toMatchObject({
      issuer_parameters: { name: 'digicert-prod' },
      key_properties: { exportable: false },
      lifetime_action: [{ trigger: { days_before_expiry: 12 } }],
      x509_certificate_properties: { subject: 'CN=api.example.com,O=Example' },
    });
  });

  test.each`
    issuer                                      | validityMonths | months | days
    ${CertificateIssuer.SELF}                   | ${undefined}   | ${12}  | ${45}
    ${CertificateIssuer.named('digicert-prod')} | ${undefined}   | ${6}   | ${45}
    ${CertificateIssuer.named('digicert-prod')} | ${3}           | ${3}   | ${36}
    ${CertificateIssuer.named('digicert-prod')} | ${2}           | ${2}   | ${24}
  `('$issuer.name, $validityMonths: valid $months months, renewed $days days before', (row) => {
    const { issuer, validityMonths, months, days } = row;
    const { workload, vault } = vaultIn(Environment.DEV);

    vault.addCertificate('tls', { dnsNames: ['api.example.com'], issuer, validityMonths });

    expect(new Rendered(workload).only(CERTIFICATE).certificate_policy).toMatchObject({
      lifetime_action: [{ trigger: { days_before_expiry: days } }],
      x509_certificate_properties: { validity_in_months: months },
    });
  });
});

describe('environments', () => {
  test.each`
    environment            | kind         | guarded
    ${Environment.DEV}     | ${'RSA'}     | ${false}
    ${Environment.TEST}    | ${'RSA'}     | ${false}
    ${Environment.STAGING} | ${'RSA'}     | ${false}
    ${Environment.PREPROD} | ${'RSA-HSM'} | ${false}
    ${Environment.PROD}    | ${'RSA-HSM'} | ${true}
  `('$environment.name: $kind keys, guarded $guarded', ({ environment, kind, guarded }) => {
    const { workload, vault } = vaultIn(environment);

    vault.addKey('cmk');

    const key = new Rendered(workload).only(KEY);
    expect(key.key_type).toBe(kind);
    expect(key.lifecycle.prevent_destroy ?? false).toBe(guarded);
  });
});

describe('fails', () => {
  const vault = vaultIn(Environment.DEV).vault;
  const keyWith = (options: KeyOptions) => () => vault.addKey('cmk', options);
  const certificateWith = (options: CertificateOptions) => () => vault.addCertificate('tls', options);
  const error = (...problems: string[]) => new Error(`stack/Billing/Vault: ${problems.join('; ')}`);

  test('a hardware key in a standard vault', () => {
    const options = { kind: KeyKind.RSA_HSM };
    expect(keyWith(options)).toThrow(
      error(
        "'kind' must not be RSA-HSM in a standard vault, which has no hardware for keys; make the vault premium with 'sku'",
      ),
    );
    expect(() => vaultIn(Environment.DEV, { sku: VaultSku.PREMIUM }).vault.addKey('cmk', options)).not.toThrow();
  });

  test('an elliptic-curve key with a size, for encryption', () => {
    expect(keyWith({ kind: KeyKind.EC, sizeBits: 2048, use: KeyUse.ENCRYPTION })).toThrow(
      error(
        "'sizeBits' must be left out for EC, whose size is that of its 'curve'",
        "'use' must be signing for EC: elliptic curves do not encrypt",
      ),
    );
  });

  test('a key with a curve for RSA, an odd size and impossible dates', () => {
    expect(keyWith({ curve: KeyCurve.P_256, sizeBits: 1024, rotationDays: 1, expiryDays: 28 })).toThrow(
      error(
        "'curve' must be left out for RSA, which has 'sizeBits' instead",
        "'sizeBits' must be 2048, 3072 or 4096, got 1024",
        "'rotationDays' must be a whole number from 7 to 3650, got 1",
        "'expiryDays' must be a whole number from 37 to 36500 and at least 7 more than 'rotationDays', got 28",
      ),
    );
    expect(keyWith({ rotationDays: 90, expiryDays: 90 })).toThrow(
      error("'expiryDays' must be a whole number from 37 to 36500 and at least 7 more than 'rotationDays', got 90"),
    );
  });

  test('a certificate without names, or with impossible dates', () => {
    expect(certificateWith({ dnsNames: [], validityMonths: 13 })).toThrow(
      error("'dnsNames' must have at least one name", "'validityMonths' must be a whole number from 1 to 12, got 13"),
    );
    expect(
      certificateWith({ dnsNames: ['https://api.example.com'], subject: 'api', validityMonths: 1, renewalDays: 30 }),
    ).toThrow(
      error(
        `'dnsNames' must be lower-case host names such as "api.example.com" or "*.example.com", got "https://api.example.com"`,
        `'subject' must be a distinguished name such as "CN=api.example.com", got "api"`,
        "'renewalDays' must be a whole number from 1 to 27, 27 for each month of validity, got 30",
      ),
    );
  });
});

describe('what services encrypt their data with', () => {
  /** Each service takes the props that it knows. */
  const encrypted = (
    Service: typeof TenantStorageAccount | typeof EvidenceStore | typeof ManagedRedis | typeof ManagedPostgres,
    vault: SecretVault,
    principal: IPrincipal,
  ) => {
    const workload = Workload.of(vault);
    const encryptionKey = vault.addKey('data');
    const administrator = { principal, principalName: 'admins' };
    const createOnly = Service === ManagedPostgres ? { encryption: { key: encryptionKey } } : undefined;
    new Service(workload, 'Data', { network: networkIn(workload), encryptionKey, administrator, createOnly } as never);
  };
  const purgeable = (encrypts: (vault: SecretVault, service: IPrincipal) => void, props: SecretVaultProps = {}) => {
    const { workload, vault } = vaultIn(Environment.DEV, { allowedIpRules: ['203.0.113.7'], ...props });
    encrypts(vault, groupIn(workload));
    return !new Rendered(workload).only('azurerm_key_vault').purge_protection_enabled;
  };

  test.each<[string, (vault: SecretVault, service: IPrincipal) => void, boolean]>([
    ['a key that a service encrypts with', (vault, service) => vault.addKey('data').bindEncrypter(service), false],
    ['any key', (vault, service) => vault.grantEncryptWithKeys(service), false],
    ['that of files', (vault, service) => encrypted(TenantStorageAccount, vault, service), false],
    ['that of evidence', (vault, service) => encrypted(EvidenceStore, vault, service), false],
    ['that of a cache', (vault, service) => encrypted(ManagedRedis, vault, service), false],
    ['that of a database', (vault, service) => encrypted(ManagedPostgres, vault, service), false],
    ['a key that only programs compute with', (vault, service) => vault.addKey('data').grantUse(service), true],
  ])('cannot be lost for good, also in dev: %s', (_, encrypts, expected) => {
    expect(purgeable(encrypts)).toBe(expected);
  });

  test('is refused where somebody said that it could', () => {
    expect(() =>
      purgeable((vault, service) => vault.addKey('data').bindEncrypter(service), { purgeProtection: false }),
    ).toThrow(
      "stack/Billing/Vault: 'purgeProtection' must not be false for a vault with a key that services encrypt their data with: Azure takes none that could be lost for good; leave it out, or keep that key in another vault",
    );
  });
});

test('a service that encrypts with a key is let use this one, and told both of its addresses', () => {
  const { workload, vault } = vaultIn(Environment.PROD, { allowedIpRules: ['203.0.113.7'] });
  const key = vault.addKey('data');

  const { keyUri, keyVersionUri } = key.bindEncrypter(groupIn(workload));

  expect(keyUri).toBe(key.keyUri);
  const rendered = new Rendered(workload);
  // the resource keeps the first version, whatever Azure rotates to
  expect(Object.values<object>(rendered.json.data.azurerm_key_vault_key)).toEqual([
    {
      name: expect.stringMatching(/azurerm_key_vault_key\..*\.name\}$/),
      key_vault_id: expect.stringMatching(/azurerm_key_vault_key\..*\.key_vault_id\}$/),
    },
  ]);
  expect(keyVersionUri).toContain('TfToken');
  expect(rendered.only('azurerm_role_assignment')).toMatchObject({
    role_definition_name: 'Key Vault Crypto Service Encryption User',
    scope: expect.stringContaining('resource_versionless_id'),
  });
});

test('a key that services encrypt with is guarded everywhere, since a deleted one comes back as it was', () => {
  const lifecycleOf = (define: (key: VaultKey, principal: ManagedIdentity) => void) => {
    const { workload, vault } = vaultIn(Environment.DEV, { allowedIpRules: ['203.0.113.7'] });
    define(vault.addKey('data'), new ManagedIdentity(workload, 'Service'));
    return new Rendered(workload).only('azurerm_key_vault_key').lifecycle;
  };

  expect(lifecycleOf((key, service) => key.grantUse(service))).toEqual({ ignore_changes: ['expiration_date'] });
  expect(lifecycleOf((key, service) => key.grantEncrypt(service))).toEqual({
    prevent_destroy: true,
    ignore_changes: ['expiration_date'],
  });
});

test('nothing is looked up for services that take an address without a version', () => {
  const { workload, vault } = vaultIn(Environment.DEV, { allowedIpRules: ['203.0.113.7'] });

  expect(vault.addKey('data').bindEncrypter(groupIn(workload)).keyUri).toContain('TfToken');

  expect(new Rendered(workload).json.data?.azurerm_key_vault_key).toBeUndefined();
});
