import { allOf, at, when } from '../checks';
import { azure, operations, OwnRule, security } from '../family';
import { is, isSet, isUnset, matches, only, orUnset, whereSet } from '../predicates';
import { RuleSeverity } from '../rule';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const GATEWAY = azure('api_management');
const PRODUCT = azure('api_management_product');

const OLD_PROTOCOLS = ['backend', 'frontend'].flatMap((side) =>
  ['ssl30', 'tls10', 'tls11'].map((protocol) => `security.${side}_${protocol}_enabled`),
);

/** API Management. */
// prettier-ignore
export const API_RULES: OwnRule[] = [
  security('APM-001', GATEWAY, IMPORTANT, 'the gateway is in a network',
    at('virtual_network_configuration.subnet_id', isSet()), 'CKV_AZURE_107'),
  security('APM-002', GATEWAY, CRITICAL, 'SSL 3, TLS 1.0, TLS 1.1 and Triple DES are off',
    allOf(...[...OLD_PROTOCOLS, 'security.triple_des_ciphers_enabled'].map((path) => at(path, orUnset(is(false))))),
    'CKV_AZURE_173; PSRule APIM.Protocols; PSRule APIM.Ciphers'),
  security('APM-003', GATEWAY, IMPORTANT, 'old versions of the management API are refused',
    at('min_api_version', matches(/^(2021-(0[89]|1[0-2])|202[2-9]|20[3-9])/, '2021-08-01 or later')),
    'PSRule APIM.MinAPIVersion'),
  security('APM-004', GATEWAY, IMPORTANT, 'the gateway has a managed identity',
    at('identity.type', isSet()), 'PSRule APIM.ManagedIdentity'),
  security('APM-010', azure('api_management_backend'), CRITICAL, 'the backend is reached by HTTPS',
    at('url', whereSet(matches(/^https:\/\//, 'https://…'))), 'CKV_AZURE_215; PSRule APIM.HTTPBackend'),
  security('APM-011', azure('api_management_named_value'), CRITICAL, 'secret values are kept in the vault',
    when(at('secret', is(true)), allOf(at('value_from_key_vault.secret_id', isSet()), at('value', isUnset()))),
    'PSRule APIM.EncryptValues'),
  security('APM-012', azure('api_management_api'), CRITICAL, 'the API speaks HTTPS only',
    at('protocols', only('https', 'wss')), 'PSRule APIM.HTTPEndpoint'),
  security('APM-013', PRODUCT, IMPORTANT, 'the product asks for a subscription',
    at('subscription_required', orUnset(is(true))), 'PSRule APIM.ProductSubscription'),
  operations('APM-014', PRODUCT, AWARENESS, 'subscriptions are approved, and limited',
    allOf(at('approval_required', is(true)), at('subscriptions_limit', isSet())), 'PSRule APIM.ProductApproval'),
  security('APM-015', azure('api_management_subscription'), IMPORTANT, 'callers cannot trace, which shows secrets',
    at('allow_tracing', is(false)), 'WAF API Management'),
];
