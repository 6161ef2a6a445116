import { allOf, at, custom, unless } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy, together } from '../graph-checks';
import { hasNone, is, isNot, isSet, noneOf, Predicate } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { isComputed } from '../values';
import { withoutSecrets } from './secrets-in-plain';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const CONTACT = azure('security_center_contact');
const PLAN = azure('security_center_subscription_pricing');
const ASSIGNMENT = azure('role_assignment');

/** Owner, Contributor, User Access Administrator, Role Based Access Control Administrator. */
const BROAD_ROLES = ['Owner', 'Contributor', 'User Access Administrator', 'Role Based Access Control Administrator'];
const BROAD_IDS =
  /(8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9|f58310d9-a9f6-439a-9e8d-f62e7b41a168)$/i;

/** The end counts, and is known even where the subscription in front of it is not. */
const NARROW_ID: Predicate = {
  wanted: 'of none of them',
  ifUnset: Verdict.COMPLIANT,
  judge: (id) => {
    const end = String(id).split('}').pop() ?? '';
    const isKnown = !isComputed(id) || /[\da-f-]{36}$/i.test(end);
    return BROAD_IDS.test(end) ? Verdict.VIOLATED : isKnown ? Verdict.COMPLIANT : Verdict.CANNOT_BE_CHECKED;
  },
};

/** Types that hold data which nothing else does. */
const STATEFUL = azure(
  'storage_account',
  'key_vault',
  'postgresql_flexible_server',
  'managed_redis',
  'data_protection_backup_vault',
  'recovery_services_vault',
  'app_configuration',
);

/** Claims that somebody else's workflow can have as well. */
const NOT_A_REPOSITORY = /^(workflow|environment|ref|context|head_ref|base_ref|repository)?:/;

const REPOSITORY = /^repo:[\w.-]+\/[\w.-]+:(pull_request$|(environment|ref|job_workflow_ref):.+)/;

const SUBJECT = custom(
  'subject of one repository and one environment, branch or tag, without wildcards',
  ['subject'],
  ({ attributes: { subject } }) => {
    const text = String(subject ?? '');
    if (/[*?]/.test(text.replace(/\$\{[^}]*\}/g, '')) || NOT_A_REPOSITORY.test(text)) {
      return Verdict.VIOLATED;
    }
    const isFine = text.startsWith('repo:') ? REPOSITORY.test(text) : /^[^:]+:[^:]/.test(text);
    return isFine && !text.startsWith('${')
      ? Verdict.COMPLIANT
      : isComputed(text)
        ? Verdict.CANNOT_BE_CHECKED
        : Verdict.VIOLATED;
  },
);

const PLANS = [
  'Containers',
  'OpenSourceRelationalDatabases',
  'Api',
  'CloudPosture',
  'StorageAccounts',
  'KeyVaults',
  'AppServices',
  'Arm',
];

/** Who may do what, and who hears of it. */
// prettier-ignore
export const GOVERNANCE_RULES: OwnRule[] = [
  security('IAM-001', ASSIGNMENT, CRITICAL, 'the role is a narrow one',
    allOf(
      at('role_definition_name', noneOf(...BROAD_ROLES)),
      at('role_definition_id', NARROW_ID),
    ), 'CIS 6.0 5.3.3; CIS 6.0 5.7'),
  security('IAM-002', ASSIGNMENT, AWARENESS, 'the assignment says what it is given to',
    at('principal_type', isSet()), 'WAF least privilege'),
  security('IAM-003', azure('role_definition'), CRITICAL, 'roles of your own name what they allow',
    at('permissions.actions', hasNone('*')), 'CKV_AZURE_39; CIS 6.0 5.4'),
  security('IAM-004', ['azurerm_federated_identity_credential', 'azuread_application_federated_identity_credential'],
    CRITICAL, 'the pipeline that may sign in is named exactly',
    SUBJECT, 'CKV_AZURE_249'),
  reliability('IAM-010', STATEFUL, AWARENESS, 'the resource is locked against deletion',
    referredToBy(azure('management_lock'), at('lock_level', is('CanNotDelete'))), 'CIS 6.0 6.2; CIS 6.0 9.3.9'),
  operations('DEF-001', CONTACT, IMPORTANT, 'Defender knows whom to mail',
    at('email', isSet()), 'CKV_AZURE_131; CIS 6.0 8.1.12 to 8.1.15'),
  operations('DEF-002', CONTACT, AWARENESS, 'Defender knows whom to call',
    at('phone', isSet()), 'CKV_AZURE_20'),
  operations('DEF-003', CONTACT, IMPORTANT, 'Defender mails its alerts',
    at('alert_notifications', is(true)), 'CKV_AZURE_21; CIS 6.0 8.1.12 to 8.1.15'),
  operations('DEF-004', CONTACT, AWARENESS, 'Defender mails its alerts to owners',
    at('alerts_to_admins', is(true)), 'CKV_AZURE_22; CIS 6.0 8.1.12 to 8.1.15'),
  security('DEF-010', PLAN, IMPORTANT, 'the plan of Defender is a paid one, which watches',
    at('tier', is('Standard')),
    'CKV_AZURE_19; CKV_AZURE_55; CKV_AZURE_61; CKV_AZURE_69; CKV_AZURE_79; CKV_AZURE_84; CKV_AZURE_85; CKV_AZURE_86; CKV_AZURE_87; CKV_AZURE_234'),
  security('DEF-011', PLAN, AWARENESS, 'the plans of Defender cover what is built here',
    together('resource_type', PLANS), 'CIS 6.0 8.1'),
  security('DEF-012', azure('security_center_storage_defender'), CRITICAL, 'uploads are scanned for malware, up to a limit',
    allOf(
      at('malware_scanning_on_upload_enabled', is(true)),
      at('malware_scanning_on_upload_cap_gb_per_month', isNot(-1)),
    ), 'PSRule Defender.Storage.MalwareScan'),
];

const STORE = azure('app_configuration');

/** A key and its value, read as a setting of that name. */
const SECRET_FREE = custom('type = vault for whatever is secret', ['type', 'key', 'value'], (resource) => {
  const { key, value } = resource.attributes;
  return withoutSecrets('settings').judge({ ...resource, attributes: { settings: { [String(key)]: value } } });
});

/** App Configuration. */
// prettier-ignore
export const CONFIGURATION_RULES: OwnRule[] = [
  security('CFG-001', STORE, CRITICAL, 'access keys are off',
    at('local_auth_enabled', is(false)), 'CKV_AZURE_184'),
  security('CFG-002', STORE, CRITICAL, 'public network access is off: unsaid, it is on until there is a private endpoint',
    at('public_network_access', is('Disabled')), 'CKV_AZURE_185'),
  hardening('CFG-003', STORE, AWARENESS, 'data is encrypted with a key of your own',
    at('encryption.key_vault_key_identifier', isSet()), 'CKV_AZURE_186'),
  reliability('CFG-004', STORE, IMPORTANT, 'a deleted store cannot be purged',
    at('purge_protection_enabled', is(true)), 'CKV_AZURE_187'),
  operations('CFG-005', STORE, IMPORTANT, 'the plan is Standard, which has private endpoints',
    at('sku', is('standard')), 'CKV_AZURE_188'),
  security('CFG-006', STORE, AWARENESS, 'Resource Manager reads data as the caller',
    at('data_plane_proxy_authentication_mode', is('Pass-through')), 'WAF App Configuration'),
  security('CFG-008', azure('app_configuration_key'), CRITICAL, 'what is secret is a reference to the vault',
    unless(at('type', is('vault')), SECRET_FREE), 'PSRule AppConfig.SecretLeak'),
  reliability('CFG-007', STORE, AWARENESS, 'another region can answer',
    at('replica.location', isSet()), 'PSRule AppConfig.GeoReplica'),
];
