import { createHash } from 'crypto';
import { IConstruct } from 'constructs';
import { NAMING_RULES, NamingRule } from './naming-rules';
import { isComputed, isText, shown } from './validation';
import { Workload } from './workload';

/** Characters of the hash: 31 bits, in an alphabet that every type allows. */
const HASH_LENGTH = 6;

/** Letters of the workload's name that a shortened name keeps at least. */
const FEWEST_LETTERS = 3;

/**
 * The Azure name of a resource, stable for as long as the construct keeps its path.
 *
 * `<abbreviation>-<workload>-<environment>-<where in the workload>-<hash>`; what is too long is cut, the place first, then
 * the workload. The hash covers the construct path, the whole name of the workload and, where a name must be unique in all
 * of Azure, the organization.
 *
 * @param type Terraform type; must have a row in `NAMING_RULES`.
 * @param construct The construct that owns the resource.
 * @param part Tells several resources of a type in one construct apart, e.g. `app` and `data` for subnets; never changes.
 */
export function nameOf(type: string, construct: IConstruct, part: string = ''): string {
  const problem = generationProblem(type, construct);
  if (problem) {
    throw new Error(`${construct.node.path}: ${problem}`);
  }
  return generate(ruleFor(type), construct, part);
}

/**
 * What is wrong with a name, as a clause for `rejectIf()`; for a name that is left out, why none can be generated.
 *
 * @param type Terraform type of the resource that is named.
 * @param construct The construct that owns it.
 * @param prop Prop that the name comes from, for the message.
 * @param name The name that was given, if one was.
 */
export function nameProblem(type: string, construct: IConstruct, prop: string, name?: string): string | false {
  if (name === undefined) {
    return generationProblem(type, construct);
  }
  if (isComputed(name)) {
    return `'${prop}' must be a literal, because the name of ${type} is part of host names and of other names; got ${shown(name)}`;
  }
  const { length, alphabet } = ruleFor(type);
  const [min, max] = length;
  const fits = isText(name, alphabet.form) && name.length >= min && name.length <= max;
  return !fits && `'${prop}' must be ${min} to ${max} ${alphabet.words}; got ${shown(name)}`;
}

/**
 * A short text that stays the same for as long as its parts do, of lower-case letters and digits.
 */
export function stableHash(...parts: string[]): string {
  const digest = createHash('sha256').update(parts.join('\u0000')).digest();
  const number = digest.readBigUInt64BE() % 36n ** BigInt(HASH_LENGTH);
  return number.toString(36).padStart(HASH_LENGTH, '0');
}

function generationProblem(type: string, construct: IConstruct): string | false {
  const rule = ruleFor(type);
  const { name, environment, organization, node } = Workload.of(construct);
  const room = rule.length[1] - fixedLength(rule, environment.name);
  return (
    [
      rule.global &&
        organization === undefined &&
        `names of ${type} are unique in all of Azure: give the workload ${shown(node.path)} an 'organization', a literal that no other organization uses, e.g. your domain or subscription id`,
      room < Math.min(FEWEST_LETTERS, name.length) &&
        `the name of ${type} would be too long: at most ${rule.length[1]} characters, of which the environment ${shown(environment.name)} leaves ${Math.max(room, 0)} for the workload's name; shorten the name of the environment or give the name yourself`,
    ]
      .filter((problem) => problem)
      .join('; ') || false
  );
}

function generate(rule: NamingRule, construct: IConstruct, part: string): string {
  const { name, environment, organization, node } = Workload.of(construct);
  const { prefix, separator, length } = rule;
  const hash = stableHash(construct.node.path, part, name, rule.global ? (organization ?? '') : '');
  const room = length[1] - fixedLength(rule, environment.name);
  const stem = [prefix, name.slice(0, room), environment.name].join(separator);

  const place = [...construct.node.path.slice(node.path.length + 1).split('/'), part];
  const words = place.flatMap(wordsOf);
  const spare = length[1] - stem.length - hash.length - 2 * separator.length;
  const where = words.join(separator).slice(0, Math.max(spare, 0)).replace(/-+$/, '');
  return [stem, where, hash].filter((piece) => piece).join(separator);
}

function fixedLength({ prefix, separator }: NamingRule, environment: string): number {
  return prefix.length + environment.length + HASH_LENGTH + 3 * separator.length;
}

/** `OrdersApi` is `orders` and `api`: names keep to the narrowest alphabet, hyphens come from the rule. */
function wordsOf(id: string): string[] {
  return (
    id
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

function ruleFor(type: string): NamingRule {
  const rule = NAMING_RULES[type];
  if (!rule) {
    throw new Error(`no naming rule for ${type}; add one to core/naming-rules.ts`);
  }
  return rule;
}
