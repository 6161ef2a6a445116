/** Which characters a name may have, and where. */
export interface NameForm {
  /** What a name of any length looks like. */
  readonly form: RegExp;
  /** The same in words, for errors. */
  readonly words: string;
}

/** How Azure names one type of resource. */
export interface NamingRule {
  /** Abbreviation of the Cloud Adoption Framework. */
  readonly prefix: string;
  /** What goes between the parts; nothing where hyphens are not allowed. */
  readonly separator: '-' | '';
  /** Fewest and most characters. */
  readonly length: readonly [number, number];
  /** Characters that a name may have. */
  readonly alphabet: NameForm;
  /** Whether no two resources of Azure, whoever owns them, may have the same name. */
  readonly global?: true;
}

const LOWER: NameForm = { form: /^[a-z0-9]+$/, words: 'lower-case letters or digits' };
const KEBAB: NameForm = {
  form: /^[a-z0-9]+(-[a-z0-9]+)*$/,
  words: 'lower-case letters, digits, or single hyphens between them',
};
const ANY_CASE_KEBAB: NameForm = {
  form: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  words: 'letters, digits, or hyphens between them',
};
const VAULT: NameForm = {
  form: /^[a-zA-Z](-?[a-zA-Z0-9])*$/,
  words: 'letters, digits, or single hyphens between them, a letter first',
};
const IDENTITY: NameForm = {
  form: /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/,
  words: 'letters, digits, hyphens or underscores, a letter or digit first',
};
const NETWORK: NameForm = {
  form: /^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$/,
  words: 'letters, digits, full stops, hyphens or underscores, a letter or digit first, no full stop or hyphen last',
};
const LOOSE: NameForm = {
  form: /^[a-zA-Z0-9_.()-]*[a-zA-Z0-9_()-]$/,
  words: 'letters, digits, full stops, hyphens, underscores or parentheses, no full stop last',
};

/**
 * Every type that this library names, one row each.
 *
 * Sources: learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules and, for the abbreviations,
 * learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-abbreviations. Web apps stay at
 * 40 characters: Azure cuts longer ones in the host names of slots.
 */
// prettier-ignore
export const NAMING_RULES: { readonly [terraformType: string]: NamingRule } = {
  azurerm_application_insights:       { prefix: 'appi',  separator: '-', length: [1, 255], alphabet: LOOSE },
  azurerm_application_insights_standard_web_test:{ prefix: 'webtest', separator: '-', length: [1, 64], alphabet: LOOSE },
  azurerm_cdn_frontdoor_endpoint:    { prefix: 'fde',   separator: '-', length: [2, 46],  alphabet: ANY_CASE_KEBAB },
  azurerm_cdn_frontdoor_firewall_policy: { prefix: 'fdfp', separator: '', length: [1, 128], alphabet: LOWER },
  azurerm_cdn_frontdoor_profile:     { prefix: 'afd',   separator: '-', length: [2, 90],  alphabet: ANY_CASE_KEBAB },
  azurerm_communication_service:    { prefix: 'acs',   separator: '-', length: [1, 63],  alphabet: VAULT, global: true },
  azurerm_consumption_budget_resource_group: { prefix: 'budget', separator: '-', length: [1, 63], alphabet: IDENTITY },
  azurerm_consumption_budget_subscription: { prefix: 'subbudget', separator: '-', length: [1, 63], alphabet: IDENTITY },
  azurerm_cost_anomaly_alert:       { prefix: 'anomaly', separator: '-', length: [1, 63], alphabet: KEBAB },
  azurerm_cost_management_scheduled_action: { prefix: 'report', separator: '-', length: [1, 63], alphabet: KEBAB },
  azurerm_data_protection_backup_instance_blob_storage: { prefix: 'bkiblob', separator: '-', length: [1, 100], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_instance_disk: { prefix: 'bkidisk', separator: '-', length: [1, 100], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_instance_postgresql_flexible_server: { prefix: 'bkipsql', separator: '-', length: [1, 100], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_policy_blob_storage: { prefix: 'bkpolblob', separator: '-', length: [3, 100], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_policy_disk: { prefix: 'bkpoldisk', separator: '-', length: [3, 100], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_policy_postgresql_flexible_server: { prefix: 'bkpolpsql', separator: '-', length: [3, 60], alphabet: ANY_CASE_KEBAB },
  azurerm_data_protection_backup_vault: { prefix: 'bvault', separator: '-', length: [2, 50], alphabet: ANY_CASE_KEBAB },
  azurerm_email_communication_service: { prefix: 'ecs', separator: '-', length: [1, 63], alphabet: VAULT, global: true },
  azurerm_eventgrid_system_topic:    { prefix: 'evgt',  separator: '-', length: [3, 50],  alphabet: ANY_CASE_KEBAB },
  azurerm_key_vault:                 { prefix: 'kv',    separator: '-', length: [3, 24],  alphabet: VAULT, global: true },
  azurerm_key_vault_certificate:     { prefix: 'cert',  separator: '-', length: [1, 127], alphabet: ANY_CASE_KEBAB },
  azurerm_key_vault_key:             { prefix: 'key',   separator: '-', length: [1, 127], alphabet: ANY_CASE_KEBAB },
  azurerm_key_vault_secret:          { prefix: 'secret', separator: '-', length: [1, 127], alphabet: ANY_CASE_KEBAB },
  azurerm_linux_web_app:             { prefix: 'app',   separator: '-', length: [2, 40],  alphabet: ANY_CASE_KEBAB, global: true },
  azurerm_log_analytics_workspace:    { prefix: 'log',   separator: '-', length: [4, 63],  alphabet: ANY_CASE_KEBAB },
  azurerm_logic_app_workflow:         { prefix: 'logic', separator: '-', length: [1, 43],  alphabet: LOOSE },
  azurerm_managed_redis:             { prefix: 'amr',   separator: '-', length: [3, 60],  alphabet: KEBAB, global: true },
  azurerm_management_lock:           { prefix: 'lock',  separator: '-', length: [1, 259], alphabet: LOOSE },
  azurerm_monitor_action_group:       { prefix: 'ag',    separator: '-', length: [1, 260], alphabet: LOOSE },
  azurerm_monitor_activity_log_alert: { prefix: 'ala', separator: '-', length: [1, 260], alphabet: LOOSE },
  azurerm_monitor_alert_processing_rule_suppression:{ prefix: 'apr', separator: '-', length: [1, 160], alphabet: LOOSE },
  azurerm_monitor_autoscale_setting: { prefix: 'as',    separator: '-', length: [1, 80],  alphabet: LOOSE },
  azurerm_monitor_data_collection_rule: { prefix: 'dcr', separator: '-', length: [1, 64], alphabet: ANY_CASE_KEBAB },
  azurerm_monitor_metric_alert:       { prefix: 'ma',    separator: '-', length: [1, 260], alphabet: LOOSE },
  azurerm_monitor_scheduled_query_rules_alert_v2:{ prefix: 'sqr', separator: '-', length: [1, 260], alphabet: LOOSE },
  azurerm_nat_gateway:               { prefix: 'ng',    separator: '-', length: [1, 80],  alphabet: NETWORK },
  azurerm_network_security_group:    { prefix: 'nsg',   separator: '-', length: [1, 80],  alphabet: NETWORK },
  azurerm_network_watcher_flow_log:  { prefix: 'fl',    separator: '-', length: [1, 80],  alphabet: NETWORK },
  azurerm_postgresql_flexible_server: { prefix: 'psql', separator: '-', length: [3, 63],  alphabet: KEBAB, global: true },
  azurerm_postgresql_flexible_server_virtual_endpoint: { prefix: 'psqlve', separator: '-', length: [3, 63], alphabet: KEBAB, global: true },
  azurerm_private_dns_zone_virtual_network_link: { prefix: 'pdnsl', separator: '-', length: [1, 80], alphabet: NETWORK },
  azurerm_private_endpoint:          { prefix: 'pep',   separator: '-', length: [2, 64],  alphabet: NETWORK },
  azurerm_public_ip:                 { prefix: 'pip',   separator: '-', length: [1, 80],  alphabet: NETWORK },
  azurerm_resource_group:            { prefix: 'rg',    separator: '-', length: [1, 90],  alphabet: LOOSE },
  azurerm_resource_group_cost_management_view: { prefix: 'view', separator: '-', length: [1, 63], alphabet: KEBAB },
  azurerm_resource_group_template_deployment: { prefix: 'deploy', separator: '-', length: [1, 64], alphabet: LOOSE },
  azurerm_role_definition:           { prefix: 'role',  separator: '-', length: [1, 128], alphabet: LOOSE, global: true },
  azurerm_service_plan:              { prefix: 'asp',   separator: '-', length: [1, 60],  alphabet: ANY_CASE_KEBAB },
  azurerm_static_web_app:           { prefix: 'stapp', separator: '-', length: [1, 60],  alphabet: ANY_CASE_KEBAB },
  azurerm_storage_account:           { prefix: 'st',    separator: '',  length: [3, 24],  alphabet: LOWER, global: true },
  azurerm_storage_container:         { prefix: 'blob',  separator: '-', length: [3, 63],  alphabet: KEBAB },
  azurerm_subnet:                    { prefix: 'snet',  separator: '-', length: [1, 80],  alphabet: NETWORK },
  azurerm_subscription_cost_management_view: { prefix: 'subview', separator: '-', length: [1, 63], alphabet: KEBAB },
  azurerm_user_assigned_identity:    { prefix: 'id',    separator: '-', length: [3, 128], alphabet: IDENTITY },
  azurerm_virtual_network:           { prefix: 'vnet',  separator: '-', length: [2, 64],  alphabet: NETWORK },
  azurerm_virtual_network_peering:   { prefix: 'peer',  separator: '-', length: [1, 80],  alphabet: NETWORK },
};
