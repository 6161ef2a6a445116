import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { NAMING_RULES } from '../../src/core/naming-rules';

const SRC = join(__dirname, '../../src');

/** Types that have a name, but none that `nameOf()` could make; and why. */
const FIXED: { [type: string]: string } = {
  azurerm_federated_identity_credential: 'lives on its identity, named after whose tokens it takes',
  azurerm_application_insights_workbook: 'a UUID, which its path makes; people see its display name',
  azurerm_cdn_frontdoor_custom_domain: 'named after its domain: it lives and dies with it',
  azurerm_cdn_frontdoor_origin: 'a key of the user: it lives in a group of its edge',
  azurerm_cdn_frontdoor_origin_group: 'a key of the user: it lives in its edge',
  azurerm_cdn_frontdoor_route: 'a key of the user: it lives in its edge',
  azurerm_cdn_frontdoor_rule: 'lives in the only rule set of its edge, and says what it does',
  azurerm_cdn_frontdoor_rule_set: 'the only one of its edge',
  azurerm_cdn_frontdoor_security_policy: 'the only one of its edge',
  azurerm_dns_a_record: 'a name in the zone',
  azurerm_dns_aaaa_record: 'a name in the zone',
  azurerm_dns_caa_record: 'a name in the zone',
  azurerm_dns_cname_record: 'a name in the zone',
  azurerm_dns_mx_record: 'a name in the zone',
  azurerm_dns_ns_record: 'a name in the zone',
  azurerm_dns_txt_record: 'a name in the zone',
  azurerm_dns_zone: 'a domain, which the user has',
  azurerm_email_communication_service_domain: 'the domain itself, or the one word that Azure wants for its own',
  azurerm_email_communication_service_domain_sender_username: 'what stands before the @, which the user names',
  azurerm_linux_web_app_slot: 'one per app, always called staging: pipelines know it by that name',
  azurerm_log_analytics_workspace_table: 'a table, which Azure names',
  azurerm_logic_app_action_custom: 'a step, by which others of its workflow refer to it',
  azurerm_logic_app_trigger_http_request: 'the only trigger of its workflow',
  azurerm_monitor_diagnostic_setting: 'lives on its resource, where it is the only one of its kind',
  azurerm_postgresql_flexible_server_configuration: 'a parameter of the server, which PostgreSQL names',
  azurerm_postgresql_flexible_server_database: 'the user names it: programs connect to it by that name',
  azurerm_postgresql_flexible_server_firewall_rule: 'named after the address that it lets in',
  azurerm_private_dns_zone: 'a domain, which Azure prescribes for private endpoints',
  azurerm_redis_cache_access_policy_assignment: 'named after the client that it lets in',
  azurerm_role_assignment: 'a UUID, which Grant makes',
};

/** Types of azurerm whose classes some file of ours imports. */
function typesInUse(): Array<{ type: string; named: boolean }> {
  const modules = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(SRC, file), 'utf8').matchAll(/from '@cdktf\/provider-azurerm\/lib\/([a-z0-9-]+)'/g),
    ])
    .map(([, name]) => name)
    .filter((name) => name !== 'provider' && !name.startsWith('data-'));
  return [...new Set(modules)].sort().map((name) => {
    const declaration = require.resolve(`@cdktf/provider-azurerm/lib/${name}`).replace(/\.js$/, '.d.ts');
    const text = readFileSync(declaration, 'utf8');
    const [, type] = /static readonly tfResourceType = "(\w+)"/.exec(text)!;
    const [config] = /^export interface \w+Config extends cdktf\.TerraformMetaArguments \{[\s\S]*?^\}/m.exec(text)!;
    return { type, named: /^ {4}readonly name\??: string;/m.test(config) };
  });
}

const named = typesInUse()
  .filter((used) => used.named)
  .map(({ type }) => type);

test('every named type that we emit has a naming rule, or a reason to have none', () => {
  expect(named.filter((type) => !(type in NAMING_RULES) && !(type in FIXED))).toEqual([]);
});

test('every reason is still needed', () => {
  expect(Object.keys(FIXED).filter((type) => !named.includes(type) || type in NAMING_RULES)).toEqual([]);
});
