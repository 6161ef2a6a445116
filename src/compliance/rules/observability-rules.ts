import { allOf, anyOf, at, forAny, forEach, unless, when } from '../checks';
import { azure, operations, OwnRule, reliability, security } from '../family';
import { referredToBy, together } from '../graph-checks';
import { atLeast, hasAny, is, isNot, isSet, lengthIsNot, orUnset } from '../predicates';
import { RuleSeverity } from '../rule';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const WORKSPACE = azure('log_analytics_workspace');
const INSIGHTS = azure('application_insights');
const WEB_TEST = azure('application_insights_standard_web_test');
const BUDGET = azure('consumption_budget_resource_group', 'consumption_budget_subscription');

/** Types whose logs somebody may need, by the word for them. */
const LOGGED = azure(
  'linux_web_app',
  'windows_web_app',
  'postgresql_flexible_server',
  'managed_redis',
  'cdn_frontdoor_profile',
  'container_registry',
  'kubernetes_cluster',
  'api_management',
  'app_configuration',
  'data_protection_backup_vault',
  'recovery_services_vault',
);

/** What CIS wants to hear of. */
const OPERATIONS = [
  'Microsoft.Authorization/policyAssignments/write',
  'Microsoft.Authorization/policyAssignments/delete',
  'Microsoft.Network/networkSecurityGroups/write',
  'Microsoft.Network/networkSecurityGroups/delete',
  'Microsoft.Security/securitySolutions/write',
  'Microsoft.Security/securitySolutions/delete',
  'Microsoft.Sql/servers/firewallRules/write',
  'Microsoft.Sql/servers/firewallRules/delete',
  'Microsoft.Network/publicIPAddresses/write',
  'Microsoft.Network/publicIPAddresses/delete',
];

const DIAGNOSED = azure('monitor_diagnostic_setting');

/** Workspaces, alerts and tests. */
// prettier-ignore
export const OBSERVABILITY_RULES: OwnRule[] = [
  operations('OBS-001', WORKSPACE, AWARENESS, 'logs are kept for 90 days',
    at('retention_in_days', atLeast(90)), 'MCSB LT-6'),
  security('OBS-002', WORKSPACE, IMPORTANT, 'the workspace takes no keys',
    anyOf(at('local_authentication_enabled', is(false)), at('local_authentication_disabled', is(true))), 'MCSB IM-1'),
  operations('OBS-003', WORKSPACE, AWARENESS, 'a daily limit is announced before it is reached',
    when(at('daily_quota_gb', isSet()), unless(at('daily_quota_gb', is(-1)),
      referredToBy(azure('monitor_metric_alert', 'monitor_scheduled_query_rules_alert_v2', 'monitor_activity_log_alert')))),
    'WAF cost'),
  operations('OBS-010', INSIGHTS, IMPORTANT, 'telemetry goes to a workspace',
    at('workspace_id', isSet()), 'APRL'),
  security('OBS-011', INSIGHTS, CRITICAL, 'telemetry is taken from identities alone',
    anyOf(at('local_authentication_disabled', is(true)), at('local_authentication_enabled', is(false))),
    'PSRule AppInsights.LocalAuth'),
  security('OBS-012', INSIGHTS, IMPORTANT, 'addresses of users are masked',
    at('disable_ip_masking', orUnset(is(false))), 'WAF privacy'),
  operations('OBS-020', azure('monitor_metric_alert'), AWARENESS, 'the alert ends when its reason does',
    at('auto_mitigate', orUnset(is(true))), 'PSRule Alert.MetricAutoMitigate'),
  operations('OBS-021', azure('monitor_action_group'), AWARENESS, 'messages follow the common schema',
    forEach('email_receiver', at('use_common_alert_schema', is(true))), 'AMBA'),
  operations('OBS-022', azure('monitor_activity_log_alert'), IMPORTANT, 'alerts cover the operations of the benchmark',
    together('criteria.operation_name', OPERATIONS), 'CIS 6.0 6.1.2.1 to 6.1.2.11'),
  operations('OBS-023', azure('monitor_activity_log_alert'), IMPORTANT, 'alerts cover the health of services',
    together('criteria.category', ['ServiceHealth', 'ResourceHealth']), 'CIS 6.0 6.1.2.1 to 6.1.2.11; APRL'),
  operations('OBS-024', azure('monitor_activity_log_alert'), IMPORTANT, 'the alert is on',
    at('enabled', orUnset(is(true))), 'CIS 6.0 6.1.2.1 to 6.1.2.11'),
  operations('OBS-030', WEB_TEST, IMPORTANT, 'the certificate is watched, 14 days ahead',
    allOf(
      at('validation_rules.ssl_check_enabled', is(true)),
      at('validation_rules.ssl_cert_remaining_lifetime', atLeast(14)),
    ), 'WAF availability tests'),
  operations('OBS-031', WEB_TEST, AWARENESS, 'the test runs from five places',
    allOf(at('geo_locations', isSet()), ...[1, 2, 3, 4].map((count) => at('geo_locations', lengthIsNot(count)))),
    'WAF availability tests'),
  security('OBS-040', azure('monitor_diagnostic_setting'), IMPORTANT, 'the setting sends logs',
    anyOf(at('enabled_log', isSet()), at('enabled_metric', isSet())), 'CIS 6.0 6.1.4'),
  operations('OBS-041', azure('key_vault'), IMPORTANT, 'who reads the vault is logged',
    referredToBy(DIAGNOSED, forAny('enabled_log', anyOf(
      at('category_group', hasAny('audit', 'allLogs')),
      at('category', is('AuditEvent')),
    ))), 'CIS 6.0 6.1.1.4'),
  operations('OBS-042', LOGGED, IMPORTANT, 'the resource has its logs sent somewhere',
    referredToBy(DIAGNOSED), 'CIS 6.0 6.1.4'),
  operations('BUD-001', BUDGET, AWARENESS, 'the budget warns of what is forecast',
    forAny('notification', at('threshold_type', is('Forecasted'))), 'WAF cost'),
  operations('BUD-002', BUDGET, AWARENESS, 'the budget warns of what is spent',
    forAny('notification', at('threshold_type', orUnset(is('Actual')))), 'WAF cost'),
];

const VAULT = azure('data_protection_backup_vault');
const RECOVERY = azure('recovery_services_vault');
const IMMUTABLE = at('immutability', hasAny('Unlocked', 'Locked'));

/** Vaults for backups. */
// prettier-ignore
export const BACKUP_RULES: OwnRule[] = [
  security('BKP-001', VAULT, CRITICAL, 'deleted backups can be restored',
    at('soft_delete', orUnset(isNot('Off'))), 'MCSB BR-2'),
  security('BKP-002', VAULT, IMPORTANT, 'backups cannot be changed',
    IMMUTABLE, 'PSRule BV.Immutable'),
  reliability('BKP-003', VAULT, IMPORTANT, 'backups have a copy in another region or zone',
    anyOf(
      at('redundancy', is('ZoneRedundant')),
      allOf(at('redundancy', is('GeoRedundant')), at('cross_region_restore_enabled', is(true))),
    ), 'MCSB BR-2'),
  security('BKP-004', [...VAULT, ...RECOVERY], IMPORTANT, 'the vault has a managed identity',
    at('identity.type', isSet()), 'CKV2_AZURE_35'),
  security('BKP-010', RECOVERY, IMPORTANT, 'backups cannot be changed',
    IMMUTABLE, 'PSRule RSV.Immutable'),
  security('BKP-011', RECOVERY, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'MCSB NS-2'),
  operations('BKP-012', RECOVERY, AWARENESS, 'failed jobs raise an alert',
    at('monitoring.alerts_for_all_job_failures_enabled', orUnset(is(true))), 'APRL; AMBA'),
];
