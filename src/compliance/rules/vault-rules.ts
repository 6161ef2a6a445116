import { allOf, anyOf, at, custom } from '../checks';
import { azure, hardening, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import { atMost, is, isSet, isUnset, oneOf, orUnset, whereSet } from '../predicates';
import { RuleSeverity, Verdict } from '../rule';
import { isComputed, isEmpty, valuesAt } from '../values';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const VAULT = azure('key_vault');
const KEY = azure('key_vault_key');
const SECRET = azure('key_vault_secret');

const TRIGGERS = ['time_before_expiry', 'time_after_creation'].map((name) => `rotation_policy.automatic.${name}`);

const ROTATES_BY_ONE_TRIGGER = custom(`exactly one of ${TRIGGERS.join(', ')}`, TRIGGERS, ({ attributes }) => {
  if (valuesAt(attributes, 'rotation_policy.automatic').some(isComputed)) {
    return Verdict.CANNOT_BE_CHECKED;
  }
  const set = TRIGGERS.filter((path) => valuesAt(attributes, path).some((value) => !isEmpty(value)));
  return set.length === 1 ? Verdict.COMPLIANT : Verdict.VIOLATED;
});

/** Key vaults, keys, secrets and certificates. */
// prettier-ignore
export const VAULT_RULES: OwnRule[] = [
  security('VLT-001', VAULT, CRITICAL, 'public network access is off, or limited to named addresses',
    anyOf(
      at('public_network_access_enabled', is(false)),
      at('network_acls.ip_rules', isSet()),
      at('network_acls.virtual_network_subnet_ids', isSet()),
    ), 'CKV_AZURE_189; CIS 6.0 8.3.7'),
  security('VLT-002', VAULT, CRITICAL, 'the firewall denies by default',
    at('network_acls.default_action', is('Deny')), 'CKV_AZURE_109'),
  reliability('VLT-003', VAULT, IMPORTANT, 'a deleted vault cannot be purged',
    at('purge_protection_enabled', is(true)), 'CKV_AZURE_110; CKV_AZURE_42; CIS 6.0 8.3.5'),
  reliability('VLT-004', VAULT, AWARENESS, 'a deleted vault can be restored for 90 days',
    at('soft_delete_retention_days', orUnset(is(90))), 'CKV_AZURE_111; MCSB DP-8'),
  security('VLT-005', VAULT, IMPORTANT, 'the vault is reached through a private endpoint of its stack',
    referredToBy(azure('private_endpoint')), 'CKV2_AZURE_32; CIS 6.0 8.3.8'),
  security('VLT-006', VAULT, CRITICAL, 'access is given by roles',
    anyOf(at('rbac_authorization_enabled', is(true)), at('enable_rbac_authorization', is(true))),
    'CIS 6.0 8.3.6; PSRule KeyVault.RBAC'),
  security('VLT-007', VAULT, IMPORTANT, 'there are no access policies',
    at('access_policy', isUnset()), 'CIS 6.0 8.3.6'),
  security('VLT-008', VAULT, IMPORTANT, 'virtual machines, disks and templates have no access of their own',
    allOf(
      at('enabled_for_deployment', orUnset(is(false))),
      at('enabled_for_disk_encryption', orUnset(is(false))),
      at('enabled_for_template_deployment', orUnset(is(false))),
    ), 'MCSB PA-7'),
  security('VLT-009', azure('key_vault_access_policy'), IMPORTANT, 'access is given by roles, not by access policies',
    at('key_vault_id', isUnset()), 'CIS 6.0 8.3.6'),
  security('VLT-010', KEY, IMPORTANT, 'the key expires',
    at('expiration_date', isSet()), 'CKV_AZURE_40; CIS 6.0 8.3.1 to 8.3.4'),
  hardening('VLT-011', KEY, AWARENESS, 'the key is kept in hardware',
    at('key_type', oneOf('RSA-HSM', 'EC-HSM')), 'CKV_AZURE_112'),
  security('VLT-012', KEY, IMPORTANT, 'the key rotates by itself, by one trigger',
    ROTATES_BY_ONE_TRIGGER, 'CIS 6.0 8.3.9; PSRule KeyVault.AutoRotationPolicy'),
  security('VLT-020', SECRET, IMPORTANT, 'the secret expires',
    at('expiration_date', isSet()), 'CKV_AZURE_41; CIS 6.0 8.3.1 to 8.3.4'),
  security('VLT-021', SECRET, AWARENESS, 'the secret says what it contains',
    at('content_type', isSet()), 'CKV_AZURE_114'),
  security('VLT-022', SECRET, CRITICAL, 'the secret stays out of the state, by value_wo',
    at('value', isUnset()), 'MCSB IM-8'),
  security('VLT-030', azure('key_vault_certificate'), IMPORTANT, 'the certificate is valid for 12 months at most',
    at('certificate_policy.x509_certificate_properties.validity_in_months', whereSet(atMost(12))), 'CIS 6.0 8.3.11'),
];
