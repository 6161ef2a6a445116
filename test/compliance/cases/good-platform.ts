import { Attributes } from '../../../src/compliance/values';
import { Good } from '../raw';

const ENDPOINT: [string, string] = [
  'azurerm_private_endpoint',
  'private_service_connection.private_connection_resource_id',
];
const LOCK: [string, string, Attributes] = ['azurerm_management_lock', 'scope', { lock_level: 'CanNotDelete' }];
const LOGS: [string, string] = ['azurerm_monitor_diagnostic_setting', 'target_resource_id'];
const POLICY: [string, string] = [
  'azurerm_cdn_frontdoor_security_policy',
  'security_policies.firewall.association.domain',
];

const POOL = {
  node_public_ip_enabled: false,
  max_pods: 110,
  type: 'VirtualMachineScaleSets',
  os_disk_type: 'Ephemeral',
  host_encryption_enabled: true,
  only_critical_addons_enabled: true,
  zones: ['1', '2', '3'],
  min_count: 3,
};

/** One resource of each type that keeps every rule for it. */
export const GOOD_PLATFORM: { [type: string]: Good } = {
  kubernetes_cluster: {
    attributes: {
      private_cluster_enabled: true,
      private_cluster_public_fqdn_enabled: false,
      azure_policy_enabled: true,
      disk_encryption_set_id: '${x.y.id}',
      local_account_disabled: true,
      sku_tier: 'Standard',
      automatic_upgrade_channel: 'patch',
      node_os_upgrade_channel: 'SecurityPatch',
      key_vault_secrets_provider: { secret_rotation_enabled: true },
      http_application_routing_enabled: false,
      oms_agent: { log_analytics_workspace_id: '${x.y.id}' },
      role_based_access_control_enabled: true,
      network_profile: { network_plugin: 'azure', network_policy: 'cilium', outbound_type: 'userAssignedNATGateway' },
      oidc_issuer_enabled: true,
      workload_identity_enabled: true,
      azure_active_directory_role_based_access_control: { azure_rbac_enabled: true },
      microsoft_defender: { log_analytics_workspace_id: '${x.y.id}' },
      maintenance_window_auto_upgrade: { frequency: 'Weekly' },
      maintenance_window_node_os: { frequency: 'Weekly' },
      run_command_enabled: false,
      image_cleaner_enabled: true,
      cost_analysis_enabled: true,
      default_node_pool: POOL,
    },
    referrers: [LOGS],
  },
  kubernetes_cluster_node_pool: { attributes: POOL },
  container_registry: {
    attributes: {
      sku: 'Premium',
      admin_enabled: false,
      anonymous_pull_enabled: false,
      public_network_access_enabled: false,
      export_policy_enabled: false,
      zone_redundancy_enabled: true,
      data_endpoint_enabled: true,
      retention_policy_in_days: 7,
      georeplications: [{ location: 'northeurope', zone_redundancy_enabled: true }],
    },
    referrers: [ENDPOINT, LOGS],
  },
  container_registry_webhook: { attributes: { service_uri: 'https://example.com/hook' } },
  cdn_frontdoor_profile: {
    attributes: {
      sku_name: 'Premium_AzureFrontDoor',
      log_scrubbing_rule: [{ match_variable: 'RequestIPAddress' }],
      identity: { type: 'UserAssigned' },
    },
    referrers: [LOGS, ['azurerm_cdn_frontdoor_secret', 'cdn_frontdoor_profile_id']],
  },
  cdn_frontdoor_firewall_policy: {
    attributes: {
      mode: 'Prevention',
      enabled: true,
      request_body_check_enabled: true,
      managed_rule: [
        {
          type: 'Microsoft_DefaultRuleSet',
          version: '2.1',
          override: [{ rule: [{ rule_id: '944240', enabled: true }] }],
        },
        { type: 'Microsoft_BotManagerRuleSet', version: '1.1' },
      ],
      custom_rule: [{ type: 'RateLimitRule', action: 'Block' }],
    },
  },
  cdn_frontdoor_endpoint: { attributes: {}, referrers: [POLICY] },
  cdn_frontdoor_custom_domain: { attributes: {}, referrers: [POLICY] },
  cdn_frontdoor_route: {
    attributes: {
      https_redirect_enabled: true,
      forwarding_protocol: 'HttpsOnly',
      cdn_frontdoor_custom_domain_ids: ['${x.y.id}'],
      link_to_default_domain: false,
    },
  },
  cdn_frontdoor_origin: {
    attributes: {
      enabled: true,
      certificate_name_check_enabled: true,
      host_name: '${azurerm_linux_web_app.api.default_hostname}',
      private_link: { private_link_target_id: '${azurerm_linux_web_app.api.id}' },
    },
  },
  cdn_frontdoor_origin_group: {
    attributes: { health_probe: { protocol: 'Https', request_type: 'HEAD' } },
    referrers: [
      ['azurerm_cdn_frontdoor_origin', 'cdn_frontdoor_origin_group_id'],
      ['azurerm_cdn_frontdoor_origin', 'cdn_frontdoor_origin_group_id'],
    ],
  },
  dns_zone: { attributes: {}, referrers: [['azurerm_dns_caa_record', 'zone_name', { record: [{ tag: 'issue' }] }]] },
  email_communication_service: { attributes: { data_location: 'Europe' } },
  communication_service: { attributes: { data_location: 'Europe' } },
  email_communication_service_domain: {
    attributes: { user_engagement_tracking_enabled: false, domain_management: 'CustomerManaged' },
  },
  app_configuration: {
    attributes: {
      sku: 'standard',
      local_auth_enabled: false,
      public_network_access: 'Disabled',
      purge_protection_enabled: true,
      data_plane_proxy_authentication_mode: 'Pass-through',
      encryption: { key_vault_key_identifier: '${x.y.id}' },
      replica: [{ location: 'northeurope' }],
    },
    referrers: [LOCK, LOGS],
  },
  app_configuration_key: { attributes: { key: 'LogLevel', value: 'info' } },
  api_management: {
    attributes: {
      virtual_network_configuration: { subnet_id: '${x.y.id}' },
      min_api_version: '2021-08-01',
      identity: { type: 'UserAssigned' },
      security: { backend_tls10_enabled: false },
    },
    referrers: [LOGS],
  },
  api_management_backend: { attributes: { url: 'https://example.com' } },
  api_management_named_value: { attributes: { secret: true, value_from_key_vault: { secret_id: '${x.y.id}' } } },
  api_management_api: { attributes: { protocols: ['https'] } },
  api_management_product: {
    attributes: { subscription_required: true, approval_required: true, subscriptions_limit: 1 },
  },
  api_management_subscription: { attributes: { allow_tracing: false } },
  data_protection_backup_vault: {
    attributes: {
      soft_delete: 'AlwaysOn',
      immutability: 'Unlocked',
      redundancy: 'GeoRedundant',
      cross_region_restore_enabled: true,
      identity: { type: 'SystemAssigned' },
    },
    referrers: [LOCK, LOGS],
  },
  recovery_services_vault: {
    attributes: {
      immutability: 'Unlocked',
      public_network_access_enabled: false,
      identity: { type: 'SystemAssigned' },
      monitoring: { alerts_for_all_job_failures_enabled: true },
    },
    referrers: [LOCK, LOGS],
  },
};
