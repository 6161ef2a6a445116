import { TerraformStack, Testing } from 'cdktf';
import { checkIdsOf } from '../../../src/compliance/checkov-config';
import { Attributes, valuesAt } from '../../../src/compliance/values';
import { CASES, GOOD, goodFor, patched, referrersFor, ruleOf, typesOf } from '../cases';
import { Case } from '../cases/case';
import { NETWORK_TRAFFIC } from '../cases/network-traffic';
import { Good, Raw, set } from '../raw';

/** Values planted where a case breaks its rule, by what belongs there: they find what one side takes and the other not. */
const MUTANTS = {
  boolean: [true, false, '${var.later}'],
  number: [0, 1, 50, 90, 100, '${var.later}'],
  string: ['Other', '${var.later}'],
  list: [[], ['*'], ['${var.later}']],
  block: [],
};

/** Resources that a case does not reach. */
const OTHERS: Array<[type: string, attributes: Attributes]> = [
  ['azurerm_storage_account', {}],
  [
    'azurerm_storage_account',
    { ...GOOD.azurerm_storage_account.attributes, account_kind: 'FileStorage', blob_properties: undefined },
  ],
  ['azurerm_storage_account', { ...GOOD.azurerm_storage_account.attributes, account_kind: 'BlobStorage' }],
  [
    'azurerm_storage_account',
    { ...GOOD.azurerm_storage_account.attributes, is_hns_enabled: true, local_user_enabled: undefined },
  ],
  ...['LRS', 'ZRS', 'GRS', 'RAGRS', 'GZRS', 'RAGZRS'].map((account_replication_type): [string, Attributes] => [
    'azurerm_storage_account',
    { account_replication_type },
  ]),
  ...['Basic', 'Standard', 'Premium'].flatMap((sku): Array<[string, Attributes]> => [
    [
      'azurerm_container_registry',
      { sku, anonymous_pull_enabled: true, georeplications: [{ location: 'northeurope' }] },
    ],
    ['azurerm_redis_cache', { sku_name: sku }],
    ['azurerm_kubernetes_cluster', { sku_tier: sku }],
  ]),
  ['azurerm_container_registry', { sku: 'Premium', zone_redundancy_enabled: true }],
  ...['GatewaySubnet', 'AzureFirewallSubnet', 'AzureBastionSubnet', 'apps'].map((name): [string, Attributes] => [
    'azurerm_subnet',
    { name },
  ]),
  ['azurerm_subnet', { name: 'files', delegation: [{ service_delegation: { name: 'Microsoft.Netapp/volumes' } }] }],
  ['azurerm_postgresql_flexible_server', { create_mode: 'Replica' }],
  ['azurerm_postgresql_flexible_server', { delegated_subnet_id: '${azurerm_subnet.data.id}' }],
  ...['B1', 'B3', 'F1', 'D1', 'S1', 'P0v3', 'P1v3', 'I1v2', 'EP1', 'Y1'].map((sku_name): [string, Attributes] => [
    'azurerm_service_plan',
    { sku_name, worker_count: 1 },
  ]),
  ...[
    'VirtualMachines',
    'AppServices',
    'SqlServers',
    'SqlServerVirtualMachines',
    'StorageAccounts',
    'KubernetesService',
  ]
    .concat('ContainerRegistry', 'KeyVaults', 'Arm', 'Containers')
    .flatMap((resource_type) =>
      ['Standard', 'Free'].map((tier): [string, Attributes] => [
        'azurerm_security_center_subscription_pricing',
        { resource_type, tier },
      ]),
    ),
  ...[
    '*',
    'repo:*',
    'repo:acme/billing:ref:refs/heads/main',
    'repo:acme:x',
    'environment:prod',
    'nothing',
    'ref:x',
    ':x',
  ]
    .concat('repo:acme/billing:*', 'repo:${var.org}/billing:environment:prod', 'system:serviceaccount:a:b')
    .map((subject): [string, Attributes] => ['azuread_application_federated_identity_credential', { subject }]),
  ['azurerm_network_interface', { ip_configuration: [{ public_ip_address_id: '${azurerm_public_ip.x.id}' }] }],
  ['azurerm_key_vault', { public_network_access_enabled: true, network_acls: { ip_rules: ['203.0.113.7'] } }],
  ['azurerm_key_vault', { network_acls: { virtual_network_subnet_ids: ['${azurerm_subnet.x.id}'] } }],
  ['azurerm_linux_web_app', { auth_settings: { enabled: true } }],
  ['azurerm_network_watcher_flow_log', { enabled: true, retention_policy: { enabled: true, days: 0 } }],
];

/** Every type with nothing but its name, and every type that keeps all rules. */
const EXTREMES = Object.entries(GOOD).flatMap(([type, good]): Array<[string, Good]> => [
  [type, good],
  // Kubernetes has no resource without its blocks
  ...(type.startsWith('kubernetes_') ? [] : [[type, { attributes: { name: 'bare' } }] as [string, Good]]),
]);

/**
 * Stacks of resources that keep and break every rule, one stack per so many resources.
 */
export function corpus(size: number = 1000): TerraformStack[] {
  const variants = [
    ...EXTREMES,
    ...OTHERS.map(([type, attributes]): [string, Good] => [type, { attributes }]),
    ...CASES.filter(hasTwin).flatMap((one) =>
      typesOf(one)
        .filter(isSeen)
        .flatMap((type) => variantsOf(one, type)),
    ),
    ...NETWORK_TRAFFIC.flatMap(({ rules }): Array<[string, Good]> => [
      ['azurerm_network_security_group', { attributes: { security_rule: rules } }],
      ...rules.map((rule): [string, Good] => ['azurerm_network_security_rule', { attributes: rule }]),
    ]),
  ];
  const app = Testing.app();
  const count = Math.ceil(variants.length / size);
  return [...Array(count).keys()].map((index) => {
    const stack = new TerraformStack(app, `corpus-${index}`);
    variants.slice(index * size, (index + 1) * size).forEach(([type, good], at) => define(stack, `v${at}`, type, good));
    return stack;
  });
}

/** Cases of other rules say nothing about Checkov. */
const hasTwin = ({ rule }: Case) => checkIdsOf(ruleOf(rule)).length > 0;

/** Of workloads, Checkov looks at pods and deployments; both spellings are alike. */
const isSeen = (type: string) =>
  !type.startsWith('kubernetes_') || /_(pod|deployment|role|role_binding|service|service_account)_v1$/.test(type);

function variantsOf(one: Case, type: string): Array<[string, Good]> {
  const good = goodFor(type, one.given);
  const referrers = referrersFor(one, good);
  const variant = (value: (bad: unknown) => unknown): [string, Good] => [
    type,
    { attributes: patched(type, good.attributes, one, value), referrers },
  ];
  return [
    [type, good],
    variant((bad) => bad ?? undefined),
    variant(() => undefined),
    ...mutantsFor(one, good).map((mutant) => variant(() => mutant)),
  ];
}

function mutantsFor({ broken }: Case, good: Good): unknown[] {
  const [[path, bad]] = Object.entries(broken);
  const value = bad ?? valuesAt(good.attributes, path)[0] ?? {};
  const kind = Array.isArray(value) ? (typeof value[0] === 'object' ? 'block' : 'list') : typeof value;
  return MUTANTS[kind === 'object' ? 'block' : (kind as keyof typeof MUTANTS)] ?? MUTANTS.string;
}

function define(stack: TerraformStack, id: string, type: string, { attributes, referrers = [] }: Good): void {
  const subject = new Raw(stack, id, type, attributes);
  referrers.forEach(([other, by, others], index) => {
    new Raw(stack, `${id}-r${index}`, other, set(others ?? {}, by, `\${${subject.fqn}.id}`));
  });
}
