import { allOf, anyOf, at, forEach, unless, when } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import { atLeast, hasAny, is, isNot, isSet, matches, oneOf, orUnset } from '../predicates';
import { RuleSeverity } from '../rule';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const CLUSTER = azure('kubernetes_cluster');
const POOL = azure('kubernetes_cluster_node_pool');
const REGISTRY = azure('container_registry');

const OFF = orUnset(is(false));

/** Kubernetes clusters and their pools of nodes. */
// prettier-ignore
export const CLUSTER_RULES: OwnRule[] = [
  security('AKS-001', CLUSTER, CRITICAL, 'the API server is private',
    at('private_cluster_enabled', is(true)), 'CKV_AZURE_115'),
  security('AKS-002', CLUSTER, CRITICAL, 'the API server is private, or open to named addresses',
    anyOf(at('private_cluster_enabled', is(true)), at('api_server_access_profile.authorized_ip_ranges', isSet())),
    'CKV_AZURE_6'),
  security('AKS-003', CLUSTER, IMPORTANT, 'Azure Policy watches the cluster',
    at('azure_policy_enabled', is(true)), 'CKV_AZURE_116'),
  hardening('AKS-004', CLUSTER, AWARENESS, 'disks are encrypted with a key of your own',
    at('disk_encryption_set_id', isSet()), 'CKV_AZURE_117'),
  security('AKS-005', CLUSTER, CRITICAL, 'there are no local accounts',
    at('local_account_disabled', is(true)), 'CKV_AZURE_141'),
  security('AKS-006', CLUSTER, IMPORTANT, 'nodes have no public addresses',
    at('default_node_pool.node_public_ip_enabled', OFF), 'CKV_AZURE_143'),
  operations('AKS-007', CLUSTER, AWARENESS, 'a node takes 50 pods',
    at('default_node_pool.max_pods', atLeast(50)), 'CKV_AZURE_168'),
  reliability('AKS-008', CLUSTER, IMPORTANT, 'nodes are scale sets',
    at('default_node_pool.type', isNot('AvailabilitySet')), 'CKV_AZURE_169'),
  reliability('AKS-009', CLUSTER, IMPORTANT, 'the API server has a service level',
    at('sku_tier', is('Standard')), 'CKV_AZURE_170; CIS 6.0 6.1.5'),
  security('AKS-010', CLUSTER, IMPORTANT, 'Kubernetes is upgraded by itself',
    at('automatic_upgrade_channel', matches(/^(?!none$)./, 'patch, stable, rapid or node-image')), 'CKV_AZURE_171'),
  security('AKS-011', CLUSTER, IMPORTANT, 'secrets of the vault are fetched again when they rotate',
    at('key_vault_secrets_provider.secret_rotation_enabled', is(true)), 'CKV_AZURE_172'),
  operations('AKS-012', CLUSTER, AWARENESS, 'disks of the system are ephemeral',
    at('default_node_pool.os_disk_type', is('Ephemeral')), 'CKV_AZURE_226'),
  security('AKS-013', CLUSTER, IMPORTANT, 'disks are encrypted on the host',
    at('default_node_pool.host_encryption_enabled', is(true)), 'CKV_AZURE_227'),
  reliability('AKS-014', CLUSTER, IMPORTANT, 'the first pool is for the system alone',
    at('default_node_pool.only_critical_addons_enabled', is(true)), 'CKV_AZURE_232'),
  security('AKS-015', CLUSTER, IMPORTANT, 'the add-on for HTTP routing is off',
    at('http_application_routing_enabled', OFF), 'CKV_AZURE_246'),
  security('AKS-016', CLUSTER, IMPORTANT, 'logs of containers go to a workspace',
    at('oms_agent.log_analytics_workspace_id', isSet()), 'CKV_AZURE_4'),
  security('AKS-017', CLUSTER, CRITICAL, 'Kubernetes asks for roles',
    at('role_based_access_control_enabled', orUnset(is(true))), 'CKV_AZURE_5'),
  security('AKS-018', CLUSTER, CRITICAL, 'network policies are enforced',
    at('network_profile.network_policy', isSet()), 'CKV_AZURE_7'),
  security('AKS-019', CLUSTER, IMPORTANT, 'pods are in the network of Azure',
    at('network_profile.network_plugin', matches(/^azure$/i, 'azure')), 'CKV2_AZURE_29'),
  security('AKS-020', CLUSTER, IMPORTANT, 'workloads have identities of their own',
    allOf(at('oidc_issuer_enabled', is(true)), at('workload_identity_enabled', is(true))), 'WAF AKS'),
  security('AKS-021', CLUSTER, IMPORTANT, 'roles of Azure hold inside the cluster',
    at('azure_active_directory_role_based_access_control.azure_rbac_enabled', is(true)), 'PSRule AKS.AzureRBAC'),
  security('AKS-022', CLUSTER, IMPORTANT, 'Defender watches the cluster',
    at('microsoft_defender.log_analytics_workspace_id', isSet()), 'CIS 6.0 8.1.4.1; PSRule AKS.DefenderProfile'),
  security('AKS-023', CLUSTER, IMPORTANT, 'nodes get security patches by themselves',
    at('node_os_upgrade_channel', oneOf('SecurityPatch', 'NodeImage')), 'PSRule AKS.NodeAutoUpgrade'),
  operations('AKS-024', CLUSTER, AWARENESS, 'upgrades have a window',
    allOf(
      at('maintenance_window_auto_upgrade.frequency', isSet()),
      at('maintenance_window_node_os.frequency', isSet()),
    ), 'PSRule AKS.MaintenanceWindow'),
  security('AKS-025', CLUSTER, CRITICAL, 'nobody runs commands past the private API server',
    at('run_command_enabled', is(false)), 'CIS AKS'),
  security('AKS-026', CLUSTER, IMPORTANT, 'a private API server has no public name',
    when(at('private_cluster_enabled', is(true)), at('private_cluster_public_fqdn_enabled', OFF)), 'CIS AKS'),
  operations('AKS-027', CLUSTER, AWARENESS, 'stale images are removed from nodes',
    at('image_cleaner_enabled', is(true)), 'PSRule'),
  security('AKS-028', CLUSTER, IMPORTANT, 'the way out is one that somebody defined',
    at('network_profile.outbound_type', oneOf('userAssignedNATGateway', 'userDefinedRouting', 'none', 'block')), 'WAF AKS'),
  reliability('AKS-029', CLUSTER, IMPORTANT, 'nodes are spread over three zones, two or more at least',
    allOf(
      at('default_node_pool.zones', hasAny('1')),
      at('default_node_pool.zones', hasAny('2')),
      at('default_node_pool.zones', hasAny('3')),
      anyOf(at('default_node_pool.min_count', atLeast(2)), at('default_node_pool.node_count', atLeast(2))),
    ), 'APRL'),
  operations('AKS-030', CLUSTER, AWARENESS, 'costs are shown by namespace',
    unless(at('sku_tier', is('Free')), at('cost_analysis_enabled', is(true))), 'WAF cost'),
  operations('AKS-040', POOL, AWARENESS, 'a node takes 50 pods',
    at('max_pods', atLeast(50)), 'CKV_AZURE_168'),
  security('AKS-041', POOL, IMPORTANT, 'disks are encrypted on the host',
    at('host_encryption_enabled', is(true)), 'CKV_AZURE_227'),
  security('AKS-042', POOL, IMPORTANT, 'nodes have no public addresses',
    at('node_public_ip_enabled', OFF), 'CIS AKS'),
];

/** Registries of images. */
// prettier-ignore
export const REGISTRY_RULES: OwnRule[] = [
  security('ACR-001', REGISTRY, CRITICAL, 'the admin account is off',
    at('admin_enabled', OFF), 'CKV_AZURE_137'),
  security('ACR-002', REGISTRY, CRITICAL, 'nobody pulls without signing in',
    unless(at('sku', is('Basic')), at('anonymous_pull_enabled', OFF)), 'CKV_AZURE_138'),
  security('ACR-003', REGISTRY, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'CKV_AZURE_139'),
  security('ACR-004', REGISTRY, IMPORTANT, 'images can be scanned',
    at('sku', oneOf('Standard', 'Premium')), 'CKV_AZURE_163'),
  reliability('ACR-005', REGISTRY, IMPORTANT, 'images have a copy in another region',
    allOf(at('sku', is('Premium')), at('georeplications', isSet())), 'CKV_AZURE_165'),
  operations('ACR-006', REGISTRY, AWARENESS, 'images without a tag are removed',
    at('retention_policy_in_days', isSet()), 'CKV_AZURE_167'),
  reliability('ACR-007', REGISTRY, IMPORTANT, 'the registry and its copies are spread over zones',
    allOf(
      at('zone_redundancy_enabled', is(true)),
      forEach('georeplications', at('zone_redundancy_enabled', is(true))),
    ), 'CKV_AZURE_233'),
  security('ACR-008', REGISTRY, AWARENESS, 'layers come from an address of the registry alone',
    at('data_endpoint_enabled', is(true)), 'CKV_AZURE_237'),
  security('ACR-009', REGISTRY, IMPORTANT, 'a private registry does not export',
    unless(at('public_network_access_enabled', orUnset(is(true))), at('export_policy_enabled', is(false))),
    'PSRule ACR.ExportPolicy'),
  security('ACR-010', REGISTRY, IMPORTANT, 'the registry is reached through a private endpoint of its stack',
    referredToBy(azure('private_endpoint')), 'MCSB NS-2'),
  security('ACR-020', azure('container_registry_webhook'), IMPORTANT, 'events are sent by HTTPS',
    at('service_uri', matches(/^https:\/\//, 'https://…')), 'CKV2_AZURE_30'),
];
