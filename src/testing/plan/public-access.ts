import { PlannedChange } from './changes';

/** A door that a resource may leave open. */
interface Door {
  /** Types that have it; all whose plan has the attribute, where it is left out. */
  readonly types?: RegExp;
  /** Attribute that decides. */
  readonly attribute: string;
  /** Whether this value lets everybody in. */
  isOpen(value: any, after: any): boolean;
}

const EVERYWHERE = ['*', 'any', 'internet', '0.0.0.0/0', '::/0', '0.0.0.0'];

const DOORS: Door[] = [
  { attribute: 'public_network_access_enabled', isOpen: (value, after) => value === true && !isFenced(after) },
  { attribute: 'public_network_access', isOpen: (value, after) => /^enabled$/i.test(value) && !isFenced(after) },
  { attribute: 'allow_nested_items_to_be_public', isOpen: isTrue },
  { attribute: 'anonymous_pull_enabled', isOpen: isTrue },
  {
    types: /^azurerm_storage_container$/,
    attribute: 'container_access_type',
    isOpen: (value) => ![undefined, null, 'private'].includes(value),
  },
  { types: /^azurerm_network_security_rule$/, attribute: 'access', isOpen: (_value, after) => admitsAll(after) },
  { types: /^azurerm_network_security_group$/, attribute: 'security_rule', isOpen: (rules) => rules?.some(admitsAll) },
  { types: /_firewall_rule$/, attribute: 'start_ip_address', isOpen: (value) => value === '0.0.0.0' },
  { types: /_firewall_rule$/, attribute: 'start_ip', isOpen: (value) => value === '0.0.0.0' },
  {
    types: /^azurerm_network_interface$/,
    attribute: 'ip_configuration',
    isOpen: (all) => all?.some(({ public_ip_address_id: id }: any) => id),
  },
  { types: /^azurerm_container_group$/, attribute: 'ip_address_type', isOpen: (value) => /^public$/i.test(value) },
  {
    types: /^azurerm_kubernetes_cluster$/,
    attribute: 'private_cluster_enabled',
    isOpen: (value, { api_server_access_profile: [access] = [] }) => {
      const ranges = access?.authorized_ip_ranges ?? [];
      return value !== true && (ranges.length === 0 || ranges.some(isEverywhere));
    },
  },
];

/** How a resource can be reached by everybody, as attributes with their values; none where it cannot. */
export function openDoors({ type, change }: PlannedChange): string[] {
  const { after, after_unknown: unknown = {} } = change;
  if (after === null) {
    return [];
  }
  const here = DOORS.filter(({ types, attribute }) =>
    types ? types.test(type) : attribute in after || attribute in unknown,
  );
  return here.flatMap(({ attribute, isOpen }) => {
    if (unknown[attribute] === true) {
      return [`${attribute} is known only after apply`];
    }
    return isOpen(after[attribute], after) ? [`${attribute} = ${shown(after[attribute])}`] : [];
  });
}

// public in name, but only chosen networks get in
function isFenced(after: any): boolean {
  const [rules] = after.network_rules ?? after.network_acls ?? after.network_rule_set ?? [];
  const [site] = after.site_config ?? [];
  if (site) {
    const admitted = (site.ip_restriction ?? []).map(({ ip_address: address }: any) => address);
    return site.ip_restriction_default_action === 'Deny' && !admitted.some(isEverywhere);
  }
  const ranges = (rules?.ip_rules ?? rules?.ip_rule ?? []).map((rule: any) => rule?.ip_range ?? rule);
  return rules?.default_action === 'Deny' && !ranges.some(isEverywhere);
}

function admitsAll(rule: any): boolean {
  const sources = [rule.source_address_prefix, ...(rule.source_address_prefixes ?? [])];
  return /^inbound$/i.test(rule.direction) && /^allow$/i.test(rule.access) && sources.some(isEverywhere);
}

function isEverywhere(source: unknown): boolean {
  return typeof source === 'string' && EVERYWHERE.includes(source.toLowerCase());
}

function isTrue(value: unknown): boolean {
  return value === true;
}

function shown(value: unknown): string {
  return value === null || value === undefined
    ? 'not given'
    : typeof value === 'object'
      ? 'open to all'
      : JSON.stringify(value);
}
