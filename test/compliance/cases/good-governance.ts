import { Attributes } from '../../../src/compliance/values';
import { Good } from '../raw';

const CIS = ['policyAssignments', 'networkSecurityGroups', 'securitySolutions', 'firewallRules', 'publicIPAddresses'];
const PROVIDERS = ['Authorization', 'Network', 'Security', 'Sql/servers', 'Network'];
const OPERATIONS = CIS.flatMap((name, i) =>
  ['write', 'delete'].map((verb) => `Microsoft.${PROVIDERS[i]}/${name}/${verb}`),
);

/** Others of the same type, which are judged together with the subject. */
const peers = (type: string, path: string, values: string[]): Good['referrers'] =>
  values.map((value): [string, string, Attributes] => {
    const [block, key] = path.split('.');
    return [type, 'description', key ? { [block]: { [key]: value } } : { [block]: value }];
  });

/** One resource of each type that keeps every rule for it. */
export const GOOD_GOVERNANCE: { [type: string]: Good } = {
  role_assignment: { attributes: { role_definition_name: 'Reader', principal_type: 'ServicePrincipal' } },
  role_definition: { attributes: { permissions: [{ actions: ['Microsoft.Web/sites/read'] }] } },
  federated_identity_credential: { attributes: { subject: 'repo:acme/billing:environment:prod' } },
  security_center_contact: {
    attributes: { email: 'a@example.com', phone: '+4900000000', alert_notifications: true, alerts_to_admins: true },
  },
  security_center_subscription_pricing: {
    attributes: { tier: 'Standard', resource_type: 'Containers' },
    referrers: peers('azurerm_security_center_subscription_pricing', 'resource_type', [
      'OpenSourceRelationalDatabases',
      'Api',
      'CloudPosture',
      'StorageAccounts',
      'KeyVaults',
      'AppServices',
      'Arm',
    ]),
  },
  security_center_storage_defender: {
    attributes: { malware_scanning_on_upload_enabled: true, malware_scanning_on_upload_cap_gb_per_month: 500 },
  },
  log_analytics_workspace: {
    attributes: { retention_in_days: 90, local_authentication_enabled: false, daily_quota_gb: 5 },
    referrers: [['azurerm_monitor_scheduled_query_rules_alert_v2', 'scopes']],
  },
  application_insights: {
    attributes: { workspace_id: '${x.y.id}', local_authentication_disabled: true, disable_ip_masking: false },
  },
  monitor_metric_alert: { attributes: { auto_mitigate: true } },
  monitor_action_group: { attributes: { email_receiver: [{ use_common_alert_schema: true }] } },
  monitor_activity_log_alert: {
    attributes: { enabled: true, criteria: { category: 'ServiceHealth' } },
    referrers: [
      ...peers('azurerm_monitor_activity_log_alert', 'criteria.operation_name', OPERATIONS)!,
      ...peers('azurerm_monitor_activity_log_alert', 'criteria.category', ['ResourceHealth'])!,
    ],
  },
  application_insights_standard_web_test: {
    attributes: {
      geo_locations: ['a', 'b', 'c', 'd', 'e'],
      validation_rules: { ssl_check_enabled: true, ssl_cert_remaining_lifetime: 14 },
    },
  },
  monitor_diagnostic_setting: { attributes: { enabled_log: [{ category_group: 'allLogs' }] } },
  consumption_budget_resource_group: {
    attributes: { notification: [{ threshold_type: 'Forecasted' }, { threshold_type: 'Actual' }] },
  },
  consumption_budget_subscription: {
    attributes: { notification: [{ threshold_type: 'Forecasted' }, { operator: 'GreaterThan' }] },
  },
};
