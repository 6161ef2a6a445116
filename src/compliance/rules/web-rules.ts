import { allOf, anyOf, at, Check, forEach, unless, when } from '../checks';
import { azure, hardening, operations, OwnRule, reliability, security } from '../family';
import { referredToBy } from '../graph-checks';
import {
  atLeast,
  everyEntry,
  hasNone,
  is,
  isSet,
  isUnset,
  matches,
  noneOf,
  oneOf,
  orUnset,
  whereSet,
} from '../predicates';
import { RuleSeverity } from '../rule';
import { withoutSecrets } from './secrets-in-plain';

const { CRITICAL, IMPORTANT, AWARENESS } = RuleSeverity;

const APPS = azure('linux_web_app', 'windows_web_app');
const SITES = azure('linux_web_app', 'windows_web_app', 'linux_web_app_slot', 'windows_web_app_slot');
const FUNCTIONS = azure(
  'linux_function_app',
  'windows_function_app',
  'linux_function_app_slot',
  'windows_function_app_slot',
);
const PLAN = azure('service_plan');

const TLS = orUnset(oneOf('1.2', '1.3'));
const IN_A_NETWORK = at('virtual_network_subnet_id', isSet());
const whereContainers = (check: Check) => when(at('site_config.application_stack.docker_image_name', isSet()), check);

/** Web apps, their slots and plans. */
// prettier-ignore
export const WEB_RULES: OwnRule[] = [
  security('WEB-001', SITES, CRITICAL, 'plain HTTP is redirected to HTTPS',
    at('https_only', is(true)), 'CKV_AZURE_14; CKV_AZURE_153'),
  security('WEB-002', SITES, CRITICAL, 'clients need TLS 1.2 or later',
    at('site_config.minimum_tls_version', TLS), 'CKV_AZURE_15'),
  security('WEB-003', SITES, IMPORTANT, 'the deployment endpoint needs TLS 1.2 or later',
    at('site_config.scm_minimum_tls_version', TLS), 'MCSB DP-3'),
  security('WEB-004', SITES, CRITICAL, 'public network access is off',
    at('public_network_access_enabled', is(false)), 'CKV_AZURE_222'),
  security('WEB-005', [...SITES, ...FUNCTIONS], CRITICAL, 'remote debugging is off',
    at('site_config.remote_debugging_enabled', orUnset(is(false))), 'CKV_AZURE_72; CIS 3.0 9.12'),
  security('WEB-006', SITES, IMPORTANT, 'FTP is off',
    at('site_config.ftps_state', is('Disabled')), 'CKV_AZURE_78'),
  security('WEB-007', SITES, IMPORTANT, 'FTP takes no passwords',
    at('ftp_publish_basic_authentication_enabled', is(false)), 'CIS 3.0 9.6'),
  security('WEB-008', SITES, IMPORTANT, 'deployments take no passwords',
    at('webdeploy_publish_basic_authentication_enabled', is(false)), 'CIS 3.0 9.6'),
  security('WEB-009', APPS, IMPORTANT, 'the app has a managed identity',
    at('identity.type', isSet()), 'CKV_AZURE_16; CKV_AZURE_71'),
  security('WEB-010', APPS, AWARENESS, 'client certificates are accepted',
    at('client_certificate_enabled', is(true)), 'CKV_AZURE_17'),
  operations('WEB-011', APPS, AWARENESS, 'HTTP/2 is on',
    at('site_config.http2_enabled', is(true)), 'CKV_AZURE_18; CIS 3.0 9.10'),
  security('WEB-012', APPS, IMPORTANT, 'scripts of arbitrary sites may not call',
    at('site_config.cors.allowed_origins', hasNone('*')), 'CKV_AZURE_57'),
  operations('WEB-013', APPS, AWARENESS, 'requests are logged',
    at('logs.http_logs', isSet()), 'CKV_AZURE_63'),
  operations('WEB-014', APPS, AWARENESS, 'error pages are logged in detail',
    at('logs.detailed_error_messages', is(true)), 'CKV_AZURE_65'),
  operations('WEB-015', APPS, AWARENESS, 'failed requests are traced',
    at('logs.failed_request_tracing', is(true)), 'CKV_AZURE_66'),
  hardening('WEB-016', APPS, AWARENESS, 'App Service signs users in',
    anyOf(at('auth_settings_v2.auth_enabled', is(true)), at('auth_settings.enabled', is(true))),
    'CKV_AZURE_13; CIS 3.0 9.2'),
  reliability('WEB-017', APPS, IMPORTANT, 'instances that fail their health check are left out',
    at('site_config.health_check_path', isSet()), 'CKV_AZURE_213'),
  reliability('WEB-018', APPS, AWARENESS, 'the app is kept in memory',
    at('site_config.always_on', orUnset(is(true))), 'CKV_AZURE_214'),
  security('WEB-019', azure('windows_web_app'), IMPORTANT, 'the version of .NET is supported',
    at('site_config.application_stack.dotnet_version', whereSet(oneOf('v8.0', 'v9.0', 'v10.0'))), 'CKV_AZURE_80'),
  security('WEB-020', SITES, IMPORTANT, 'the deployment endpoint denies by default',
    anyOf(
      at('site_config.scm_ip_restriction_default_action', is('Deny')),
      at('site_config.scm_use_main_ip_restriction', is(true)),
    ), 'WAF App Service'),
  security('WEB-021', SITES, CRITICAL, 'an app that is open to the internet denies by default',
    unless(at('public_network_access_enabled', is(false)),
      at('site_config.ip_restriction_default_action', is('Deny'))), 'WAF Front Door'),
  security('WEB-022', SITES, CRITICAL, 'Front Door is let in by its id, since others share its addresses',
    forEach('site_config.ip_restriction',
      when(allOf(at('service_tag', is('AzureFrontDoor.Backend')), at('action', orUnset(is('Allow')))),
        at('headers.x_azure_fdid', isSet()))), 'WAF Front Door'),
  security('WEB-023', SITES, IMPORTANT, 'all outbound traffic takes the network',
    when(IN_A_NETWORK, at('site_config.vnet_route_all_enabled', is(true))), 'MCSB NS-2'),
  security('WEB-024', SITES, AWARENESS, 'images are pulled through the network',
    whereContainers(when(IN_A_NETWORK, at('vnet_image_pull_enabled', is(true)))), 'WAF App Service'),
  security('WEB-025', SITES, IMPORTANT, 'images are pulled by identity, without a password',
    whereContainers(allOf(
      at('site_config.container_registry_use_managed_identity', is(true)),
      at('site_config.application_stack.docker_registry_password', isUnset()),
    )), 'WAF App Service'),
  operations('WEB-026', SITES, IMPORTANT, 'references to the vault name the identity that reads them',
    when(at('identity.type', matches(/UserAssigned/, 'with UserAssigned')),
      at('key_vault_reference_identity_id', isSet())), 'WAF App Service'),
  security('WEB-027', SITES, CRITICAL, 'settings hold no secrets',
    withoutSecrets('app_settings'), 'CIS 3.0 9.11; MCSB IM-8'),
  reliability('WEB-028', APPS, AWARENESS, 'requests are not tied to one instance',
    at('client_affinity_enabled', orUnset(is(false))), 'PSRule AppService.ARRAffinity'),
  operations('WEB-029', SITES, AWARENESS, 'workers are 64 bit',
    at('site_config.use_32_bit_worker', is(false)), 'WAF App Service'),
  security('WEB-030', SITES, IMPORTANT, 'the version of Node.js is supported',
    at('site_config.application_stack.node_version', whereSet(oneOf('20-lts', '22-lts', '24-lts', '~20', '~22', '~24'))),
    'PSRule AppService.NodeJsVersion'),
  security('WEB-031', SITES, CRITICAL, 'connection strings are references to the vault',
    forEach('connection_string', at('value', everyEntry('@Microsoft.KeyVault(…)',
      (value) => String(value).startsWith('@Microsoft.KeyVault(')))), 'CIS 3.0 9.11; MCSB IM-8'),
  reliability('WEB-040', PLAN, IMPORTANT, 'the plan is made for production',
    at('sku_name', noneOf('B1', 'B2', 'B3', 'F1', 'D1')), 'CKV_AZURE_211; CIS 6.0 6.1.5'),
  reliability('WEB-041', PLAN, IMPORTANT, 'there are two instances or more',
    at('worker_count', atLeast(2)), 'CKV_AZURE_212; PSRule AppService.PlanInstanceCount'),
  reliability('WEB-042', PLAN, IMPORTANT, 'instances are spread over zones',
    at('zone_balancing_enabled', is(true)), 'CKV_AZURE_225'),
  reliability('WEB-043', azure('monitor_autoscale_setting'), IMPORTANT, 'scaling leaves two instances or more',
    at('profile.capacity.minimum', atLeast(2)), 'APRL; PSRule AppService.PlanInstanceCount'),
];

const STATIC_SITE = azure('static_web_app');

/** Static web apps. */
// prettier-ignore
export const STATIC_SITE_RULES: OwnRule[] = [
  operations('STW-001', STATIC_SITE, IMPORTANT, 'the plan is Standard, which has private endpoints and identities',
    at('sku_tier', is('Standard')), 'CIS 6.0 6.1.5'),
  security('STW-002', STATIC_SITE, IMPORTANT, 'pull requests are not published',
    at('preview_environments_enabled', is(false)), 'MCSB DS-6'),
  security('STW-003', STATIC_SITE, IMPORTANT, 'public network access is off, or is the way from Front Door',
    anyOf(at('public_network_access_enabled', is(false)), referredToBy(azure('cdn_frontdoor_origin'))), 'MCSB NS-2'),
  security('STW-004', STATIC_SITE, CRITICAL, 'no token for the repository is in the state',
    at('repository_token', isUnset()), 'MCSB IM-8'),
];
