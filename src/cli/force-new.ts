import {
  Condition,
  changesZones,
  isLess,
  isNotFirst,
  isOtherThanCommitment,
  isOtherThanUpgrade,
  isSpreadOnOneInstance,
  isSwitchedOff,
  isTakenAway,
  losesUserAssignedIdentity,
  wasLocked,
} from './force-new-conditions';
import { RESILIENCE } from './force-new-resilience';

/** Which changes of a resource have Terraform replace it; a change of any other argument is made in place. */
export interface ForceNew {
  /** Arguments of which every change replaces, also from or to nothing. */
  readonly always?: readonly string[];
  /** Likewise; left out, they stand for a value. */
  readonly unlessDefault?: { readonly [argument: string]: string | boolean };
  /** Likewise; left out, they stay as they are, whatever that is. */
  readonly kept?: readonly string[];
  /** Blocks whose coming or going replaces, while a change inside of them does not. */
  readonly blocks?: readonly string[];
  /** Arguments of which some changes replace. */
  readonly when?: { readonly [argument: string]: Condition };
}

/**
 * The types that our constructs emit, and those they are about to.
 *
 * Read from the schemas of azurerm 4.55.0 and time 0.13.1 (`ForceNew`, `CustomizeDiff`, `RequiresReplace`) and compared with
 * their documentation. Arguments inside of blocks are written `block.argument`.
 */
export const FORCE_NEW: { readonly [type: string]: ForceNew } = {
  azurerm_app_service_certificate_binding: { always: ['certificate_id', 'hostname_binding_id', 'ssl_state'] },
  azurerm_app_service_custom_hostname_binding: {
    always: ['app_service_name', 'hostname', 'resource_group_name'],
    kept: ['ssl_state', 'thumbprint'],
  },
  azurerm_app_service_managed_certificate: { always: ['custom_hostname_binding_id'] },
  azurerm_application_insights: { always: ['application_type', 'location', 'name', 'resource_group_name'] },
  azurerm_application_insights_standard_web_test: {
    always: ['application_insights_id', 'location', 'name', 'resource_group_name'],
  },
  azurerm_application_insights_workbook: {
    always: [
      ...['identity.identity_ids', 'identity.type', 'location', 'name', 'resource_group_name', 'storage_container_id'],
    ],
    blocks: ['identity'],
  },
  azurerm_cdn_frontdoor_custom_domain: { always: ['cdn_frontdoor_profile_id', 'host_name', 'name'] },
  azurerm_cdn_frontdoor_endpoint: { always: ['cdn_frontdoor_profile_id', 'name'] },
  azurerm_cdn_frontdoor_firewall_policy: { always: ['name', 'resource_group_name', 'sku_name'] },
  azurerm_cdn_frontdoor_origin: { always: ['cdn_frontdoor_origin_group_id', 'name', 'private_link.location'] },
  azurerm_cdn_frontdoor_origin_group: { always: ['cdn_frontdoor_profile_id', 'name'] },
  azurerm_cdn_frontdoor_profile: { always: ['name', 'resource_group_name', 'sku_name'] },
  azurerm_cdn_frontdoor_route: { always: ['cdn_frontdoor_endpoint_id', 'name'] },
  azurerm_cdn_frontdoor_rule: { always: ['cdn_frontdoor_rule_set_id', 'name'] },
  azurerm_cdn_frontdoor_rule_set: { always: ['cdn_frontdoor_profile_id', 'name'] },
  azurerm_cdn_frontdoor_security_policy: {
    always: [
      'cdn_frontdoor_profile_id',
      'name',
      'security_policies.firewall.association.patterns_to_match',
      'security_policies.firewall.cdn_frontdoor_firewall_policy_id',
    ],
  },
  azurerm_communication_service: {
    always: ['name', 'resource_group_name'],
    unlessDefault: { data_location: 'United States' },
  },
  azurerm_communication_service_email_domain_association: {
    always: ['communication_service_id', 'email_service_domain_id'],
  },
  azurerm_consumption_budget_resource_group: {
    always: ['name', 'resource_group_id', 'time_period.start_date'],
    unlessDefault: { time_grain: 'Monthly' },
  },
  azurerm_consumption_budget_subscription: {
    always: ['name', 'subscription_id', 'time_period.start_date'],
    unlessDefault: { time_grain: 'Monthly' },
  },
  azurerm_cost_anomaly_alert: { always: ['name'], kept: ['subscription_id'] },
  azurerm_cost_management_scheduled_action: { always: ['name', 'view_id'] },
  ...RESILIENCE,
  azurerm_dns_a_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_aaaa_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_caa_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_cname_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_mx_record: { always: ['resource_group_name', 'zone_name'], unlessDefault: { name: '@' } },
  azurerm_dns_ns_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_txt_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_dns_zone: { always: ['name', 'resource_group_name'] },
  azurerm_email_communication_service: { always: ['data_location', 'name', 'resource_group_name'] },
  azurerm_email_communication_service_domain: { always: ['domain_management', 'email_service_id', 'name'] },
  azurerm_email_communication_service_domain_sender_username: { always: ['email_service_domain_id', 'name'] },
  azurerm_eventgrid_system_topic: {
    always: ['location', 'name', 'resource_group_name', 'topic_type'],
    kept: ['source_arm_resource_id', 'source_resource_id'],
  },
  azurerm_federated_identity_credential: { always: ['name', 'parent_id', 'resource_group_name'] },
  azurerm_key_vault: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_key_vault_certificate: { always: ['key_vault_id', 'name'] },
  azurerm_key_vault_key: {
    always: ['key_size', 'key_type', 'key_vault_id', 'name'],
    kept: ['curve'],
    when: { expiration_date: isTakenAway },
  },
  azurerm_key_vault_secret: { always: ['key_vault_id', 'name'] },
  azurerm_linux_web_app: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_linux_web_app_slot: { always: ['name'] },
  azurerm_log_analytics_workspace: {
    always: ['location', 'name', 'resource_group_name'],
    when: { sku: isOtherThanCommitment },
  },
  azurerm_log_analytics_workspace_table: {},
  azurerm_logic_app_action_custom: { always: ['logic_app_id', 'name'] },
  azurerm_logic_app_trigger_http_request: { always: ['logic_app_id', 'name'] },
  azurerm_logic_app_workflow: {
    always: ['integration_service_environment_id', 'location', 'name', 'resource_group_name'],
    unlessDefault: {
      workflow_schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      workflow_version: '1.0.0.0',
    },
  },
  azurerm_managed_redis: {
    always: ['location', 'name', 'resource_group_name', 'sku_name'],
    unlessDefault: { high_availability_enabled: true },
  },
  azurerm_managed_redis_geo_replication: { always: ['managed_redis_id'] },
  azurerm_management_lock: { always: ['lock_level', 'name', 'notes', 'scope'] },
  azurerm_monitor_action_group: { always: ['name', 'resource_group_name'], unlessDefault: { location: 'global' } },
  azurerm_monitor_activity_log_alert: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_monitor_alert_processing_rule_suppression: { always: ['name', 'resource_group_name'] },
  azurerm_monitor_autoscale_setting: { always: ['location', 'name', 'resource_group_name', 'target_resource_id'] },
  azurerm_monitor_data_collection_rule: { always: ['kind', 'location', 'name', 'resource_group_name'] },
  azurerm_monitor_diagnostic_setting: { always: ['name', 'target_resource_id'] },
  azurerm_monitor_metric_alert: { always: ['name', 'resource_group_name'] },
  azurerm_monitor_scheduled_query_rules_alert_v2: { always: ['location', 'name', 'resource_group_name', 'scopes'] },
  azurerm_nat_gateway: { always: ['location', 'name', 'resource_group_name', 'zones'] },
  azurerm_nat_gateway_public_ip_association: { always: ['nat_gateway_id', 'public_ip_address_id'] },
  azurerm_network_security_group: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_network_watcher_flow_log: {
    always: ['name', 'network_watcher_name', 'resource_group_name'],
    kept: ['location'],
  },
  azurerm_postgresql_flexible_server: {
    always: [
      'delegated_subnet_id',
      'location',
      'name',
      'point_in_time_restore_time_in_utc',
      'resource_group_name',
      'source_server_id',
    ],
    unlessDefault: { geo_redundant_backup_enabled: false },
    kept: ['administrator_login'],
    blocks: ['customer_managed_key'],
    when: { 'identity.type': losesUserAssignedIdentity, storage_mb: isLess, version: isLess },
  },
  azurerm_postgresql_flexible_server_active_directory_administrator: {
    always: ['object_id', 'principal_name', 'principal_type', 'resource_group_name', 'server_name', 'tenant_id'],
  },
  azurerm_postgresql_flexible_server_configuration: { always: ['name', 'server_id'] },
  azurerm_postgresql_flexible_server_database: {
    always: ['name', 'server_id'],
    unlessDefault: { charset: 'UTF8', collation: 'en_US.utf8' },
  },
  azurerm_postgresql_flexible_server_firewall_rule: { always: ['name', 'server_id'] },
  azurerm_postgresql_flexible_server_virtual_endpoint: { always: ['name', 'source_server_id', 'type'] },
  azurerm_private_dns_a_record: { always: ['name', 'resource_group_name', 'zone_name'] },
  azurerm_private_dns_zone: { always: ['name', 'resource_group_name'] },
  azurerm_private_dns_zone_virtual_network_link: {
    always: ['name', 'private_dns_zone_name', 'resource_group_name', 'virtual_network_id'],
  },
  azurerm_private_endpoint: {
    always: [
      'custom_network_interface_name',
      'ip_configuration.name',
      'ip_configuration.private_ip_address',
      'ip_configuration.subresource_name',
      'location',
      'name',
      'private_service_connection.is_manual_connection',
      'private_service_connection.name',
      'private_service_connection.private_connection_resource_alias',
      'private_service_connection.private_connection_resource_id',
      'private_service_connection.subresource_names',
      'resource_group_name',
      'subnet_id',
    ],
    kept: ['ip_configuration.member_name'],
  },
  azurerm_public_ip: {
    always: ['edge_zone', 'ip_tags', 'location', 'name', 'public_ip_prefix_id', 'resource_group_name', 'zones'],
    unlessDefault: { ip_version: 'IPv4', sku: 'Standard', sku_tier: 'Regional' },
    when: { domain_name_label_scope: isNotFirst },
  },
  azurerm_redis_cache_access_policy_assignment: {
    always: ['access_policy_name', 'name', 'object_id', 'object_id_alias', 'redis_cache_id'],
  },
  azurerm_resource_group: { always: ['location', 'name'] },
  azurerm_resource_group_cost_management_view: {
    always: ['accumulated', 'dataset.aggregation.column_name', 'dataset.aggregation.name', 'name', 'resource_group_id'],
  },
  azurerm_resource_group_template_deployment: { always: ['name', 'resource_group_name'] },
  azurerm_role_assignment: {
    always: ['condition', 'delegated_managed_identity_resource_id', 'description', 'principal_id', 'scope'],
    kept: ['condition_version', 'name', 'principal_type', 'role_definition_id', 'role_definition_name'],
  },
  azurerm_role_definition: { always: ['scope'], kept: ['role_definition_id'] },
  azurerm_security_center_storage_defender: { always: ['storage_account_id'] },
  azurerm_service_plan: {
    always: ['location', 'name', 'os_type', 'resource_group_name'],
    when: { zone_balancing_enabled: isSpreadOnOneInstance },
  },
  azurerm_static_web_app: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_static_web_app_custom_domain: { always: ['domain_name', 'static_web_app_id', 'validation_type'] },
  azurerm_storage_account: {
    always: [
      'account_tier',
      'edge_zone',
      'location',
      'name',
      'provisioned_billing_model_version',
      'resource_group_name',
    ],
    unlessDefault: {
      dns_endpoint_type: 'Standard',
      infrastructure_encryption_enabled: false,
      is_hns_enabled: false,
      nfsv3_enabled: false,
      queue_encryption_key_type: 'Service',
      table_encryption_key_type: 'Service',
    },
    blocks: ['immutability_policy'],
    when: {
      account_kind: isOtherThanUpgrade,
      account_replication_type: changesZones,
      'immutability_policy.state': wasLocked,
      large_file_share_enabled: isSwitchedOff,
    },
  },
  azurerm_storage_account_customer_managed_key: { always: ['storage_account_id'] },
  azurerm_storage_account_queue_properties: { always: ['storage_account_id'] },
  azurerm_storage_blob_inventory_policy: { always: ['storage_account_id'] },
  azurerm_storage_container: {
    always: ['name', 'storage_account_id', 'storage_account_name'],
    unlessDefault: { encryption_scope_override_enabled: true },
    kept: ['default_encryption_scope'],
  },
  azurerm_storage_container_immutability_policy: { always: ['storage_container_resource_manager_id'] },
  azurerm_storage_encryption_scope: { always: ['infrastructure_encryption_required', 'name', 'storage_account_id'] },
  azurerm_storage_management_policy: { always: ['storage_account_id'] },
  azurerm_storage_object_replication: { always: ['destination_storage_account_id', 'source_storage_account_id'] },
  azurerm_storage_table: { always: ['name', 'storage_account_name'] },
  azurerm_subnet: { always: ['name', 'resource_group_name', 'virtual_network_name'] },
  azurerm_subnet_nat_gateway_association: { always: ['nat_gateway_id', 'subnet_id'] },
  azurerm_subnet_network_security_group_association: { always: ['network_security_group_id', 'subnet_id'] },
  azurerm_subscription_cost_management_view: {
    always: ['accumulated', 'dataset.aggregation.column_name', 'dataset.aggregation.name', 'name', 'subscription_id'],
  },
  azurerm_user_assigned_identity: { always: ['location', 'name', 'resource_group_name'] },
  azurerm_virtual_network: { always: ['edge_zone', 'location', 'name', 'resource_group_name'] },
  azurerm_virtual_network_peering: {
    always: [
      'name',
      'only_ipv6_peering_enabled',
      'remote_virtual_network_id',
      'resource_group_name',
      'virtual_network_name',
    ],
    unlessDefault: { peer_complete_virtual_networks_enabled: true },
  },
  time_offset: { always: ['triggers'] },
  time_rotating: { always: ['triggers'], kept: ['rfc3339'] },
  time_sleep: { always: ['triggers'] },
};
