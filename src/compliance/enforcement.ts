import { Annotations, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { acknowledgementsOn } from './acknowledgement';
import { Assignment, audit, isOpen, Judgement } from './audit';
import { ComplianceMode } from './compliance-mode';
import { OwnRule } from './family';
import { Verdict } from './rule';
import { ALL_RULES } from './rules';

/** Rules for a part of the tree, and what happens when one is broken. */
export interface Enforcement extends Assignment {
  readonly mode: ComplianceMode;
}

/** Packs that environments without promises leave out. */
const LEFT_OUT = ['reliability', 'operations'] as const;

const ENFORCED = Symbol.for('azure-platform-constructs.EnforcedRules');

/** Adds rules to a stack; it is judged once per synthesis, whatever their number. */
export function assign(stack: TerraformStack, enforcement: Enforcement): void {
  const stackWithRules = stack as TerraformStack & { [ENFORCED]?: Enforcement[] };
  const enforced = stackWithRules[ENFORCED];
  if (enforced) {
    enforced.push(enforcement);
    return;
  }
  const list = [enforcement];
  Object.defineProperty(stack, ENFORCED, { value: list });
  stack.node.addValidation({ validate: () => violationsOf(stack, list) });
}

/** Every broken rule as a line; warnings go to the resources. */
export function violationsOf(stack: TerraformStack, enforcements: Enforcement[]): string[] {
  const strict = enforcements.filter(({ mode }) => mode === ComplianceMode.ERROR);
  const judgements = audit(stack, enforcements);
  const open = judgements.filter((one) => isOpen(one) && !one.acknowledgement);
  const violated = open.filter(({ verdict }) => verdict === Verdict.VIOLATED);
  const [errors, warnings] = partition(violated, (one) => strict.some((part) => covers(part, one)));
  warnings.forEach((one) => warn(one.resource.construct, clauseOf(one)));
  warnOfUnchecked(open.filter(({ verdict }) => verdict === Verdict.CANNOT_BE_CHECKED));
  warnOfUnmatched(stack, enforcements, judgements);
  return errors.length === 0
    ? []
    : [...errors.map((one) => `${one.resource.path}: ${clauseOf(one)}`), wayOutOf(stack, errors)];
}

/** What to do about what is meant to be as it is: an exception, or the packs that the environment can keep. */
function wayOutOf(stack: TerraformStack, errors: Judgement[]): string {
  const broken = new Set(errors.map(({ rule }) => (rule as OwnRule).concern));
  const unpromised = LEFT_OUT.filter((concern) => broken.has(concern));
  const packs = ['SECURITY', ...LEFT_OUT.filter((one) => !broken.has(one)).map((one) => one.toUpperCase())];
  return [
    `${stack.node.path}: to accept one: Compliance.of(construct).acknowledge('${errors[0].rule.id}', reason, until)`,
    ...(unpromised.length > 0
      ? [
          `where nobody is promised ${unpromised.join(' and ')}: enforce({ packs: [${packs.map((one) => `RulePack.${one}`).join(', ')}] })`,
        ]
      : []),
  ].join('; ');
}

function clauseOf({ rule }: Judgement): string {
  return `${rule.requirement} (${rule.id}); ${rule.remedy}`;
}

function covers({ scope, rules }: Assignment, { resource, rule }: Judgement): boolean {
  return rules.includes(rule) && resource.construct.node.scopes.includes(scope);
}

/** One warning per resource, whatever the number of rules. */
function warnOfUnchecked(judgements: Judgement[]): void {
  const byConstruct = new Map<IConstruct, string[]>();
  judgements.forEach(({ resource, rule }) => {
    byConstruct.set(resource.construct, [...(byConstruct.get(resource.construct) ?? []), rule.id]);
  });
  byConstruct.forEach((ids, construct) => warn(construct, `cannot be checked before apply: ${ids.join(', ')}`));
}

function warnOfUnmatched(stack: TerraformStack, enforcements: Enforcement[], judgements: Judgement[]): void {
  const used = new Set(judgements.filter(isOpen).map(({ acknowledgement }) => keyOf(acknowledgement)));
  const known = new Set([...ALL_RULES, ...enforcements.flatMap(({ rules }) => rules)].map(({ id }) => id));
  for (const construct of stack.node.findAll()) {
    for (const one of acknowledgementsOn(construct)) {
      const isJudged = enforcements.some(
        ({ scope, rules }) => construct.node.scopes.includes(scope) && rules.some(({ id }) => id === one.ruleId),
      );
      if (!known.has(one.ruleId)) {
        warn(construct, `'${one.ruleId}' is acknowledged, but no rule has that id`);
      } else if (isJudged && !used.has(keyOf(one))) {
        warn(construct, `'${one.ruleId}' is acknowledged, but nothing here breaks it`);
      }
    }
  }
}

function keyOf(acknowledgement?: { scope: IConstruct; ruleId: string }): string {
  return acknowledgement ? `${acknowledgement.scope.node.path} ${acknowledgement.ruleId}` : '';
}

/** Synthesis may run more than once. */
function warn(construct: IConstruct, message: string): void {
  if (!construct.node.metadata.some(({ data }) => data === message)) {
    Annotations.of(construct).addWarning(message);
  }
}

function partition<T>(list: T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))];
}
