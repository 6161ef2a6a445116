import { Check, custom, strictest } from '../checks';
import { Verdict } from '../rule';
import { Attributes, blocksAt, isComputed } from '../values';

const { COMPLIANT, VIOLATED, CANNOT_BE_CHECKED } = Verdict;

/** Words for everybody, and networks that are most of the internet: `/0` to `/7` of IPv4, `/0` to `/3` of IPv6. */
const ANYWHERE = /^(\*|any|internet|0\.0\.0\.0|(?:[\d.]+|<nw>)?\/[0-7]|[\da-f:]*:[\da-f:]*\/[0-3])$/i;

/** Traffic that a rule of a security group may let in. */
interface Traffic {
  /** How it reads in a remedy. */
  readonly words: string;
  /** Protocols in lower case; any, when left out. */
  readonly protocols?: string[];
  /** Port it comes to; any, when left out. */
  readonly port?: number;
}

/**
 * No rule of a security group lets some traffic in from the internet; for rules inline and on their own.
 */
export function closedToInternet(traffic: Traffic): Check {
  return custom(
    `no inbound Allow of ${traffic.words} from *, Internet, 0.0.0.0/0 or ::/0`,
    ['access', 'direction', 'protocol', 'source_address_prefix', 'source_address_prefixes', 'destination_port_range'],
    ({ type, attributes }) => {
      const rules = type === 'azurerm_network_security_group' ? blocksAt(attributes, 'security_rule') : [attributes];
      return rules.length === 0 ? COMPLIANT : strictest(rules.map((rule) => verdictOn(rule, traffic)));
    },
  );
}

/** Lets in only when every part says yes; one no settles it, and otherwise one unknown leaves it open. */
function verdictOn(rule: Attributes | string, { protocols, port }: Traffic): Verdict {
  if (isComputed(rule)) {
    return CANNOT_BE_CHECKED;
  }
  const { access, direction, protocol, ...ends } = rule as Attributes;
  const parts = [
    some([access], (value) => /^allow$/i.test(value)),
    some([direction], (value) => /^inbound$/i.test(value)),
    some([protocol], (value) => protocols === undefined || protocols.includes(value.toLowerCase())),
    some([ends.source_address_prefix, ends.source_address_prefixes], (value) => ANYWHERE.test(value)),
    some([ends.destination_port_range, ends.destination_port_ranges], (value) => covers(value, port)),
  ];
  if (parts.includes(COMPLIANT)) {
    return COMPLIANT;
  }
  return parts.includes(CANNOT_BE_CHECKED) ? CANNOT_BE_CHECKED : VIOLATED;
}

/** `VIOLATED` when some value is dangerous, `COMPLIANT` when none is. */
function some(values: unknown[], isDangerous: (value: string) => boolean): Verdict {
  const entries = values.flat().filter((value) => value !== undefined && value !== null);
  if (entries.some((value) => !isComputed(value) && isDangerous(String(value)))) {
    return VIOLATED;
  }
  return entries.some(isComputed) ? CANNOT_BE_CHECKED : COMPLIANT;
}

function covers(range: string, port?: number): boolean {
  if (range === '*' || port === undefined) {
    return true;
  }
  const [from, to = from] = range.split('-').map(Number);
  return from <= port && port <= to;
}
