import { Attributes } from '../../../src/compliance/values';
import { Good } from '../raw';

const ENDPOINT: [string, string] = [
  'azurerm_private_endpoint',
  'private_service_connection.private_connection_resource_id',
];
const LOCK: [string, string, Attributes] = ['azurerm_management_lock', 'scope', { lock_level: 'CanNotDelete' }];
const LOGS: [string, string, Attributes] = [
  'azurerm_monitor_diagnostic_setting',
  'target_resource_id',
  { enabled_log: [{ category_group: 'audit' }] },
];

const SITE = {
  https_only: true,
  public_network_access_enabled: false,
  client_affinity_enabled: false,
  client_certificate_enabled: true,
  ftp_publish_basic_authentication_enabled: false,
  webdeploy_publish_basic_authentication_enabled: false,
  virtual_network_subnet_id: '${azurerm_subnet.app.id}',
  vnet_image_pull_enabled: true,
  identity: { type: 'UserAssigned', identity_ids: ['${azurerm_user_assigned_identity.app.id}'] },
  key_vault_reference_identity_id: '${azurerm_user_assigned_identity.app.id}',
  site_config: {
    always_on: true,
    ftps_state: 'Disabled',
    http2_enabled: true,
    minimum_tls_version: '1.2',
    scm_minimum_tls_version: '1.3',
    remote_debugging_enabled: false,
    vnet_route_all_enabled: true,
    use_32_bit_worker: false,
    health_check_path: '/health',
    ip_restriction_default_action: 'Deny',
    scm_ip_restriction_default_action: 'Deny',
    ip_restriction: [{ service_tag: 'AzureFrontDoor.Backend', headers: [{ x_azure_fdid: ['${x.y.guid}'] }] }],
    container_registry_use_managed_identity: true,
    cors: { allowed_origins: ['https://example.com'] },
    application_stack: { docker_image_name: 'app@sha256:0', node_version: '22-lts', dotnet_version: 'v8.0' },
  },
  logs: {
    detailed_error_messages: true,
    failed_request_tracing: true,
    http_logs: { file_system: { retention_in_days: 7, retention_in_mb: 35 } },
  },
  auth_settings_v2: { auth_enabled: true },
  app_settings: { PASSWORD: '@Microsoft.KeyVault(SecretUri=https://kv.example.com/secrets/x)', NODE_ENV: 'production' },
  connection_string: [{ name: 'db', type: 'Custom', value: '@Microsoft.KeyVault(SecretUri=https://kv.example.com/x)' }],
};

const app: Good = { attributes: SITE, referrers: [LOGS] };

/** One resource of each type that keeps every rule for it. */
export const GOOD_AZURE: { [type: string]: Good } = {
  linux_web_app: app,
  windows_web_app: app,
  linux_web_app_slot: app,
  windows_web_app_slot: app,
  linux_function_app: app,
  windows_function_app: app,
  linux_function_app_slot: app,
  windows_function_app_slot: app,
  service_plan: { attributes: { sku_name: 'P1v3', worker_count: 3, zone_balancing_enabled: true } },
  monitor_autoscale_setting: { attributes: { profile: [{ capacity: { minimum: 2 } }, { capacity: { minimum: 3 } }] } },
  static_web_app: {
    attributes: { sku_tier: 'Standard', preview_environments_enabled: false, public_network_access_enabled: false },
  },
  storage_account: {
    attributes: {
      name: 'stbilling',
      account_kind: 'StorageV2',
      account_replication_type: 'GZRS',
      allow_nested_items_to_be_public: false,
      allowed_copy_scope: 'AAD',
      cross_tenant_replication_enabled: false,
      default_to_oauth_authentication: true,
      https_traffic_only_enabled: true,
      infrastructure_encryption_enabled: true,
      local_user_enabled: false,
      min_tls_version: 'TLS1_2',
      public_network_access_enabled: false,
      sftp_enabled: false,
      shared_access_key_enabled: false,
      sas_policy: { expiration_period: '00.01:00:00', expiration_action: 'Block' },
      network_rules: { default_action: 'Deny', bypass: ['AzureServices'] },
      customer_managed_key: { key_vault_key_id: '${azurerm_key_vault_key.storage.versionless_id}' },
      blob_properties: {
        versioning_enabled: true,
        change_feed_enabled: true,
        delete_retention_policy: { days: 35 },
        container_delete_retention_policy: { days: 35 },
      },
      share_properties: {
        retention_policy: { days: 14 },
        smb: { versions: ['SMB3.1.1'], channel_encryption_type: ['AES-256-GCM'] },
      },
    },
    referrers: [ENDPOINT, LOCK],
  },
  storage_account_network_rules: { attributes: { default_action: 'Deny', bypass: ['AzureServices'] } },
  storage_container: { attributes: { storage_account_id: '${x.y.id}', container_access_type: 'private' } },
  storage_container_immutability_policy: { attributes: { locked: false } },
  storage_management_policy: {
    attributes: { rule: [{ actions: { version: { delete_after_days_since_creation: 90 } } }] },
  },
  storage_queue: { attributes: { storage_account_id: '${x.y.id}' } },
  storage_share: { attributes: { storage_account_id: '${x.y.id}' } },
  key_vault: {
    attributes: {
      rbac_authorization_enabled: true,
      purge_protection_enabled: true,
      soft_delete_retention_days: 90,
      public_network_access_enabled: false,
      enabled_for_deployment: false,
      network_acls: { default_action: 'Deny', bypass: 'AzureServices' },
    },
    referrers: [ENDPOINT, LOCK, LOGS],
  },
  key_vault_key: {
    attributes: {
      key_type: 'RSA-HSM',
      expiration_date: '2030-01-01T00:00:00Z',
      rotation_policy: { automatic: { time_after_creation: 'P90D' } },
    },
  },
  key_vault_secret: {
    attributes: { content_type: 'text/plain', expiration_date: '2030-01-01T00:00:00Z', value_wo_version: 1 },
  },
  key_vault_certificate: {
    attributes: { certificate_policy: { x509_certificate_properties: { validity_in_months: 12 } } },
  },
  postgresql_flexible_server: {
    attributes: {
      public_network_access_enabled: false,
      authentication: { active_directory_auth_enabled: true, password_auth_enabled: false },
      high_availability: { mode: 'ZoneRedundant' },
      backup_retention_days: 35,
      auto_grow_enabled: true,
      geo_redundant_backup_enabled: true,
      maintenance_window: { day_of_week: 0 },
    },
    referrers: [ENDPOINT, LOCK, LOGS],
  },
  postgresql_flexible_server_firewall_rule: {
    attributes: { start_ip_address: '203.0.113.0', end_ip_address: '203.0.113.255' },
  },
  managed_redis: {
    attributes: {
      public_network_access: 'Disabled',
      high_availability_enabled: true,
      default_database: { client_protocol: 'Encrypted', access_keys_authentication_enabled: false },
    },
    referrers: [ENDPOINT, LOCK, LOGS],
  },
  redis_cache: {
    attributes: {
      sku_name: 'Premium',
      minimum_tls_version: '1.2',
      non_ssl_port_enabled: false,
      public_network_access_enabled: false,
      access_keys_authentication_enabled: false,
      redis_configuration: { active_directory_authentication_enabled: true },
    },
  },
  network_security_rule: {
    attributes: {
      access: 'Allow',
      direction: 'Inbound',
      protocol: 'Tcp',
      source_address_prefix: 'VirtualNetwork',
      destination_port_range: '443',
    },
  },
  network_security_group: {
    attributes: {
      security_rule: [
        {
          access: 'Allow',
          direction: 'Inbound',
          protocol: 'Tcp',
          source_address_prefix: '10.0.0.0/16',
          destination_port_ranges: ['22', '3389'],
        },
        {
          access: 'Deny',
          direction: 'Inbound',
          protocol: '*',
          source_address_prefix: '*',
          destination_port_range: '*',
        },
      ],
    },
  },
  subnet: {
    attributes: {
      name: 'endpoints',
      default_outbound_access_enabled: false,
      private_endpoint_network_policies: 'Enabled',
    },
    referrers: [
      ['azurerm_subnet_network_security_group_association', 'subnet_id'],
      ['azurerm_private_endpoint', 'subnet_id'],
    ],
  },
  network_interface: { attributes: { ip_forwarding_enabled: false, ip_configuration: [{ name: 'private' }] } },
  network_watcher_flow_log: {
    attributes: {
      enabled: true,
      target_resource_id: '${azurerm_virtual_network.main.id}',
      retention_policy: { enabled: true, days: 90 },
      traffic_analytics: { enabled: true },
    },
  },
  virtual_network: {
    attributes: {
      address_space: ['10.20.0.0/22'],
      dns_servers: ['10.20.0.4', '10.20.0.5'],
      ddos_protection_plan: { enable: true },
      encryption: { enforcement: 'AllowUnencrypted' },
    },
  },
  virtual_network_dns_servers: { attributes: { dns_servers: ['10.20.0.4', '10.20.0.5'] } },
  public_ip: { attributes: { sku: 'Standard', zones: ['1', '2', '3'] } },
  private_dns_zone_virtual_network_link: { attributes: { resolution_policy: 'NxDomainRedirect' } },
};
