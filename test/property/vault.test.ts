import * as fc from 'fast-check';
import {
  CertificateIssuer,
  EphemeralVariable,
  KeyCurve,
  KeyKind,
  KeyUse,
  Owner,
  SecretVault,
  SecretVaultProps,
  ServiceTier,
  StateAccount,
  VaultSku,
  Workload,
} from '../../src';
import { anyText, flag, formed, list, literalFormed, oneOf, whole } from './kit/choices';
import { DIGITS, guid, ignoreChanges, kebab, lower, LOWER, publicAddress, resourceId, word } from './kit/forms';
import { DEPLOYER, deployerIn, grounded, NETWORK, some } from './kit/ground';
import { describeProperties } from './kit/lane';
import { Blocks, Home, only, Subject, unwatched, Values } from './kit/subject';

const nameless = ({ organization }: Home, named: boolean) =>
  organization === undefined && !named ? ['organization'] : [];

const isLocked = (blocks: Blocks) => blocks.azurerm_management_lock !== undefined;

const stateAccount: Subject<Workload> = {
  name: 'StateAccount',
  props: {
    network: some(NETWORK),
    allowedIpRules: list(publicAddress(), { min: 1 }),
    storageAccountName: literalFormed(/^[a-z0-9]{3,24}$/, lower(3, 24), 'ab', 'Upper', 'a'.repeat(25), 'with-hyphen'),
    containerName: literalFormed(
      /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
      kebab(3, 63),
      'a--b',
      '-ab',
      'ab-',
      'a'.repeat(64),
    ),
    recoveryDays: whole(7, 365),
    versionDays: whole(7, 3650),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => new StateAccount(workload, 'Subject', grounded(workload, props)),
  path: (id) => `${id}/Subject`,
  combined: ({ network, allowedIpRules, storageAccountName }, home) => [
    ...(network === undefined && allowedIpRules === undefined ? ['network', 'allowedIpRules'] : []),
    ...nameless(home, storageAccountName !== undefined),
  ],
  emits: {
    storageAccountName: (blocks) => only(blocks, 'azurerm_storage_account').name,
    containerName: (blocks) => only(blocks, 'azurerm_storage_container').name,
    recoveryDays: (blocks) => only(blocks, 'azurerm_storage_account').blob_properties.delete_retention_policy.days,
    versionDays: (blocks) =>
      only(blocks, 'azurerm_storage_management_policy').rule[0].actions.version.delete_after_days_since_creation,
    deletionProtection: isLocked,
    unmonitored: unwatched,
  },
  absent: {
    containerName: () => 'tfstate',
    versionDays: () => 365,
    deletionProtection: () => true,
    unmonitored: () => false,
  },
};

const secretVault: Subject<Workload> = {
  name: 'SecretVault',
  props: {
    network: some(NETWORK),
    runnerInNetwork: flag(),
    allowedIpRules: list(publicAddress()),
    deployer: some(DEPLOYER),
    vaultName: literalFormed(
      /^[a-zA-Z](-?[a-zA-Z0-9]){2,23}$/,
      word(LOWER, LOWER + DIGITS, 3, 24),
      'ab',
      '1ab',
      'a--b',
      'a'.repeat(25),
      'abc-',
    ),
    sku: oneOf(VaultSku.STANDARD, VaultSku.PREMIUM),
    purgeProtection: flag(),
    auditWorkspaceId: resourceId('Microsoft.OperationalInsights/workspaces'),
    nearExpiryEvents: flag(),
    tenantId: guid(),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => new SecretVault(workload, 'Subject', grounded(workload, props)),
  path: (id) => `${id}/Subject`,
  combined: ({ network, runnerInNetwork, vaultName }, home) => [
    ...(runnerInNetwork && network === undefined ? ['runnerInNetwork', 'network'] : []),
    ...nameless(home, vaultName !== undefined),
  ],
  emits: {
    vaultName: (blocks) => only(blocks, 'azurerm_key_vault').name,
    sku: (blocks) => only(blocks, 'azurerm_key_vault').sku_name,
    purgeProtection: (blocks) => only(blocks, 'azurerm_key_vault').purge_protection_enabled,
    auditWorkspaceId: (blocks) => only(blocks, 'azurerm_monitor_diagnostic_setting').log_analytics_workspace_id,
    nearExpiryEvents: (blocks) => blocks.azurerm_eventgrid_system_topic !== undefined,
    tenantId: (blocks) => only(blocks, 'azurerm_key_vault').tenant_id,
    deletionProtection: isLocked,
    unmonitored: unwatched,
  },
  absent: {
    purgeProtection: ({ environment }) => environment.profile.purgeProtected,
    nearExpiryEvents: () => true,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

/** A vault whose name is given, so that it stands without an organization too. */
function vaultIn(workload: Workload, more: SecretVaultProps = {}): SecretVault {
  return new SecretVault(workload, 'Subject', {
    vaultName: `kv-${workload.node.id}`,
    tenantId: TENANT,
    nearExpiryEvents: false,
    ...more,
  });
}

const TENANT = '00000000-0000-0000-0000-000000000002';

const itemName = () =>
  literalFormed(
    /^[a-zA-Z0-9-]{1,127}$/,
    fc.oneof(kebab(1, 30), fc.constantFrom('A', '0', '-', 'Token-1')),
    'a_b',
    'a.b',
    'x'.repeat(128),
  );

const lifetime = {
  rotationDays: whole(7, 365),
  expiresOn: formed(
    /^\d{4}-\d\d-\d\dT00:00:00Z$/,
    fc.constantFrom('2027-01-31T00:00:00Z', '2028-02-29T23:59:59Z'),
    '2027-01-31',
    '2027-1-31T00:00:00Z',
    '2027-01-31T00:00:00+01:00',
  ),
  version: { good: whole(1, 9_000_000).good, bad: oneOf(0, -1, 1.5, NaN).good },
  valueManagedBy: oneOf(Owner.TERRAFORM, Owner.PIPELINE),
};

function lifetimeProblems({ expiresOn, version, rotationDays }: Values): string[] {
  return [
    ...((expiresOn === undefined) !== (version === undefined) ? ['expiresOn', 'version'] : []),
    ...(expiresOn !== undefined && rotationDays !== undefined ? ['rotationDays', 'expiresOn'] : []),
  ];
}

const oneLifetime = (given: object) =>
  'expiresOn' in given && 'version' in given ? ['rotationDays'] : ['expiresOn', 'version'];

const secretEmits: Subject['emits'] = {
  name: (blocks) => only(blocks, 'azurerm_key_vault_secret').name,
  contentType: (blocks) => only(blocks, 'azurerm_key_vault_secret').content_type,
  expiresOn: (blocks) => only(blocks, 'azurerm_key_vault_secret').expiration_date,
  version: (blocks) => only(blocks, 'azurerm_key_vault_secret').value_wo_version,
};

const generatedSecret: Subject<SecretVault> = {
  name: 'SecretVault.addGeneratedSecret',
  required: ['name'],
  props: {
    name: itemName(),
    length: whole(16, 128),
    symbols: flag(),
    contentType: anyText(),
    ...lifetime,
  },
  ground: (place) => {
    const workload = place.workload();
    return vaultIn(workload, { deployer: place.home.organization ? deployerIn(workload) : undefined });
  },
  define: (vault, { name, ...options }) => vault.addGeneratedSecret(name, options),
  path: (id) => `${id}/Subject`,
  tame: oneLifetime,
  combined: lifetimeProblems,
  emits: secretEmits,
  absent: { contentType: () => 'text/plain' },
};

const providedSecret: Subject<{ vault: SecretVault; variable: EphemeralVariable }> = {
  name: 'SecretVault.addSecret',
  required: ['name'],
  props: { name: itemName(), contentType: anyText(), ...lifetime },
  ground: (place) => {
    const workload = place.workload();
    return { vault: vaultIn(workload), variable: new EphemeralVariable(workload, 'Value') };
  },
  define: ({ vault, variable }, { name, ...options }) => vault.addSecret(name, { value: variable.value, ...options }),
  path: (id) => `${id}/Subject`,
  tame: oneLifetime,
  combined: lifetimeProblems,
  emits: secretEmits,
};

const key: Subject<SecretVault> = {
  name: 'SecretVault.addKey',
  required: ['name'],
  props: {
    name: itemName(),
    kind: oneOf(KeyKind.RSA, KeyKind.EC, KeyKind.RSA, KeyKind.EC, KeyKind.RSA_HSM, KeyKind.EC_HSM),
    sizeBits: {
      good: oneOf(2048, 3072, 4096).good,
      bad: oneOf(0, 1024, 2049, NaN).good,
    },
    curve: oneOf(...Object.values(KeyCurve)),
    use: oneOf(...Object.values(KeyUse)),
    rotationDays: whole(7, 3650),
    expiryDays: { good: whole(3660, 36500).good, bad: oneOf(0, 36, 36501, 3660.5, NaN).good },
  },
  ground: (place) => vaultIn(place.workload()),
  define: (vault, { name, ...options }) => vault.addKey(name, options),
  path: (id) => `${id}/Subject`,
  tame: ({ kind }) => (String(kind?.value).startsWith('EC') ? ['sizeBits', 'use'] : ['curve']),
  combined: ({ kind, sizeBits, curve, use }, { environment }) => {
    const elliptic = kind === KeyKind.EC || kind === KeyKind.EC_HSM;
    return [
      ...(kind?.endsWith('-HSM') && environment.profile.tier !== ServiceTier.CRITICAL ? ['kind'] : []),
      ...(elliptic && sizeBits !== undefined ? ['sizeBits'] : []),
      ...(!elliptic && curve !== undefined ? ['curve'] : []),
      ...(elliptic && use === KeyUse.ENCRYPTION ? ['use'] : []),
    ];
  },
  emits: {
    name: (blocks) => only(blocks, 'azurerm_key_vault_key').name,
    kind: (blocks) => only(blocks, 'azurerm_key_vault_key').key_type,
    sizeBits: (blocks) => only(blocks, 'azurerm_key_vault_key').key_size,
    curve: (blocks) => only(blocks, 'azurerm_key_vault_key').curve,
    expiryDays: (blocks) => only(blocks, 'time_offset').offset_days,
  },
};

const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const certificate: Subject<SecretVault> = {
  name: 'SecretVault.addCertificate',
  required: ['name', 'dnsNames'],
  props: {
    name: itemName(),
    dnsNames: list(
      formed(
        HOST,
        fc.constantFrom('api.example.com', '*.example.com', 'a.b.example.com'),
        'Example.com',
        'host',
        '*.*.com',
      ),
      { min: 1 },
    ),
    issuer: oneOf(CertificateIssuer.SELF, CertificateIssuer.named('digicert')),
    subject: formed(/^[A-Z]+=.+$/i, fc.constantFrom('CN=api.example.com', 'O=Example')),
    validityMonths: { good: whole(1, 12).good, bad: oneOf(13, 24, 1.5).good },
    renewalDays: { good: whole(1, 27).good, bad: oneOf(0, 700, 1.5, NaN).good },
    privateKeyStaysInVault: flag(),
  },
  ground: (place) => vaultIn(place.workload()),
  define: (vault, { name, ...options }) => vault.addCertificate(name, options),
  path: (id) => `${id}/Subject`,
  emits: {
    name: (blocks) => only(blocks, 'azurerm_key_vault_certificate').name,
    subject: (blocks) => policyIn(blocks).x509_certificate_properties.subject,
    dnsNames: (blocks) => policyIn(blocks).x509_certificate_properties.subject_alternative_names.dns_names,
    validityMonths: (blocks) => policyIn(blocks).x509_certificate_properties.validity_in_months,
    renewalDays: (blocks) => policyIn(blocks).lifetime_action[0].trigger.days_before_expiry,
    privateKeyStaysInVault: (blocks) => !policyIn(blocks).key_properties.exportable,
  },
  absent: { privateKeyStaysInVault: () => false },
};

const policyIn = (blocks: Blocks) => only(blocks, 'azurerm_key_vault_certificate').certificate_policy;

describeProperties(stateAccount, secretVault, generatedSecret, providedSecret, key, certificate);
