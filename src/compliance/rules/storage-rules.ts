import { allOf, anyOf, at, Check, forAny, forEach, unless, when } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import { atLeast, atMost, hasAny, is, isSet, matches, oneOf, only, orUnset, whereSet } from '../predicates';
import { RuleSeverity } from '../rule';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const ACCOUNT = azure('storage_account');
const FIREWALL = azure('storage_account_network_rules');
const CONTAINER = azure('storage_container');

/** A requirement on blobs: premium file shares have none. */
const blobs = (check: Check) => unless(at('account_kind', is('FileStorage')), check);

/** A requirement that only accounts without a hierarchical namespace can fulfil. */
const flatBlobs = (check: Check) => blobs(unless(at('is_hns_enabled', is(true)), check));

const ONE_DAY = /^(0+\.\d\d:\d\d:\d\d|0*1\.00:00:00)$/;

/** Storage accounts and what lies in them. */
// prettier-ignore
export const STORAGE_RULES: OwnRule[] = [
  security('STO-001', ACCOUNT, CRITICAL, 'anonymous access to blobs is off',
    at('allow_nested_items_to_be_public', is(false)), 'CKV_AZURE_190; CKV2_AZURE_47'),
  security('STO-002', ACCOUNT, CRITICAL, 'shared keys are off',
    at('shared_access_key_enabled', is(false)), 'CKV2_AZURE_40'),
  security('STO-003', ACCOUNT, CRITICAL, 'clients need TLS 1.2 or later',
    at('min_tls_version', oneOf('TLS1_2', 'TLS1_3')), 'CKV_AZURE_44'),
  security('STO-004', ACCOUNT, IMPORTANT, 'deleted blobs can be restored for 7 to 365 days',
    blobs(allOf(
      at('blob_properties.delete_retention_policy.days', atLeast(7)),
      at('blob_properties.delete_retention_policy.days', atMost(365)),
    )), 'CKV2_AZURE_38; CIS 6.0 9.2.1'),
  security('STO-005', ACCOUNT, IMPORTANT, 'signatures made with the account keys expire',
    anyOf(
      at('shared_access_key_enabled', is(false)),
      allOf(at('shared_access_key_enabled', is(true)), at('sas_policy.expiration_period', isSet())),
    ), 'CKV2_AZURE_41'),
  security('STO-006', ACCOUNT, AWARENESS, 'signatures that live longer than a day are refused',
    forEach('sas_policy', allOf(
      at('expiration_action', is('Block')),
      at('expiration_period', matches(ONE_DAY, 'at most 01.00:00:00')),
    )), 'WAF Blob Storage; CIS 3.0 4.5'),
  security('STO-007', ACCOUNT, CRITICAL, 'the firewall denies by default',
    at('network_rules.default_action', whereSet(is('Deny'))), 'CKV_AZURE_35'),
  security('STO-008', FIREWALL, CRITICAL, 'the firewall denies by default',
    at('default_action', whereSet(is('Deny'))), 'CKV_AZURE_35'),
  operations('STO-009', ACCOUNT, AWARENESS, 'trusted services of Azure pass the firewall',
    unless(at('network_rules.default_action', is('Allow')),
      at('network_rules.bypass', whereSet(hasAny('AzureServices')))), 'CKV_AZURE_36'),
  operations('STO-010', FIREWALL, AWARENESS, 'trusted services of Azure pass the firewall',
    unless(at('default_action', is('Allow')), at('bypass', whereSet(hasAny('AzureServices')))), 'CKV_AZURE_36'),
  operations('STO-011', ACCOUNT, IMPORTANT, 'the name is one that Azure accepts',
    at('name', matches(/^[a-z0-9]{3,24}$/, '3 to 24 lower-case letters or digits')), 'CKV_AZURE_43'),
  security('STO-012', ACCOUNT, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'CKV_AZURE_59'),
  security('STO-013', CONTAINER, CRITICAL, 'the container is private',
    at('container_access_type', orUnset(is('private'))), 'CKV_AZURE_34; CKV2_AZURE_8'),
  reliability('STO-014', ACCOUNT, IMPORTANT, 'data has a copy in another region',
    at('account_replication_type', oneOf('GRS', 'RAGRS', 'GZRS', 'RAGZRS')), 'CKV_AZURE_206'),
  security('STO-015', ACCOUNT, IMPORTANT, 'local users are off',
    at('local_user_enabled', is(false)), 'CKV_AZURE_244'),
  hardening('STO-016', ACCOUNT, AWARENESS, 'data is encrypted with a key of your own',
    anyOf(
      at('customer_managed_key.key_vault_key_id', isSet()),
      referredToBy(azure('storage_account_customer_managed_key')),
    ), 'CKV2_AZURE_1'),
  security('STO-017', ACCOUNT, IMPORTANT, 'the account is reached through a private endpoint of its stack',
    referredToBy(azure('private_endpoint')), 'CKV2_AZURE_33'),
  security('STO-018', ACCOUNT, CRITICAL, 'plain HTTP is refused',
    at('https_traffic_only_enabled', orUnset(is(true))), 'CKV_AZURE_3'),
  security('STO-019', ACCOUNT, AWARENESS, 'the portal reads data as the user, not with a key',
    at('default_to_oauth_authentication', is(true)), 'CIS 6.0 9.3.3.1'),
  security('STO-020', ACCOUNT, IMPORTANT, 'data is not replicated to other tenants',
    at('cross_tenant_replication_enabled', orUnset(is(false))), 'CIS 6.0 9.3.7'),
  hardening('STO-021', ACCOUNT, AWARENESS, 'data is encrypted twice',
    at('infrastructure_encryption_enabled', is(true)), 'CIS 3.0 4.2'),
  security('STO-022', ACCOUNT, IMPORTANT, 'copies from elsewhere come from the own directory or a private link',
    at('allowed_copy_scope', oneOf('AAD', 'PrivateLink')), 'MCSB DP-2'),
  reliability('STO-023', ACCOUNT, IMPORTANT, 'blobs keep their versions',
    flatBlobs(at('blob_properties.versioning_enabled', is(true))), 'CIS 6.0 9.2.3'),
  security('STO-024', ACCOUNT, IMPORTANT, 'deleted containers can be restored for at least 7 days',
    blobs(at('blob_properties.container_delete_retention_policy.days', atLeast(7))), 'CIS 6.0 9.2.2'),
  reliability('STO-025', ACCOUNT, AWARENESS, 'changes of blobs are recorded, as restoring to a point in time needs',
    flatBlobs(at('blob_properties.change_feed_enabled', is(true))), 'WAF Blob Storage'),
  security('STO-026', ACCOUNT, IMPORTANT, 'deleted file shares can be restored for at least 7 days',
    forEach('share_properties', at('retention_policy.days', atLeast(7))), 'CIS 6.0 9.1.1'),
  security('STO-027', ACCOUNT, IMPORTANT, 'file shares speak SMB 3.1.1 only',
    forEach('share_properties', at('smb.versions', only('SMB3.1.1'))), 'CIS 6.0 9.1.2'),
  security('STO-028', ACCOUNT, IMPORTANT, 'file shares encrypt with AES-256-GCM only',
    forEach('share_properties', at('smb.channel_encryption_type', only('AES-256-GCM'))), 'CIS 6.0 9.1.3'),
  security('STO-029', ACCOUNT, AWARENESS, 'SFTP is off',
    at('sftp_enabled', orUnset(is(false))), 'WAF Blob Storage'),
  operations('STO-030', azure('storage_container', 'storage_queue', 'storage_share'), IMPORTANT,
    'it is made through Resource Manager, which works with the firewall closed and keys off',
    at('storage_account_id', isSet()), 'azurerm 5 removes storage_account_name'),
  operations('STO-031', azure('storage_container_immutability_policy'), IMPORTANT,
    'the retention is not locked by an apply: nobody could ever shorten it, or delete the account',
    at('locked', orUnset(is(false))), 'WAF Blob Storage'),
  operations('STO-032', azure('storage_management_policy'), AWARENESS, 'earlier versions are deleted some day',
    when(at('rule', isSet()), forAny('rule', at('actions.version.delete_after_days_since_creation', isSet()))),
    'WAF cost'),
];
