import { TerraformStack, Testing } from 'cdktf';
import { checkIdsOf } from '../../../src/compliance/checkov-config';
import { reportOn } from '../../../src/compliance/report-builder';
import { Verdict } from '../../../src/compliance/rule';
import { ALL_RULES } from '../../../src/compliance/rules';
import { Answers, keyOf } from './checkov';

/** How a rule and a check of Checkov compare on one resource. */
export type Relation = 'equal' | 'open' | 'unseen' | 'stricter' | 'milder';

/** A rule, a check, and the resources by how they compare. */
export interface Comparison {
  readonly rule: string;
  readonly check: string;
  readonly resources: { [relation in Relation]: string[] };
}

/** The resources of each stack as Terraform reads them. */
export function resourcesOf(stacks: TerraformStack[]): { [stack: string]: { [type: string]: object } } {
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, JSON.parse(Testing.synth(stack)).resource] as const));
}

/**
 * Compares what our rules say about stacks with what Checkov says.
 *
 * A rule with several checks stands for all of them, so it agrees with Checkov when one of them fails and it objects.
 */
export function compare(stacks: TerraformStack[], answers: Answers): Comparison[] {
  const comparisons = new Map<string, Comparison>();
  const seen = new Set([...answers.keys()].map((key) => kindOf(...(key.split(' ') as [string, string, string]))));
  for (const stack of stacks) {
    for (const { rule, address, verdict } of reportOn(stack, ALL_RULES).findings) {
      const checks = checkIdsOf(rule);
      const asked = checks.map((check) => [check, answers.get(keyOf(stack.node.id, address, check))] as const);
      for (const [check, answer] of asked) {
        const others = asked.some(([, other]) => other === 'failed') ? 'failed' : answer;
        const isSeen = seen.has(kindOf(stack.node.id, address, check));
        const relation = isSeen ? relationOf(verdict, others) : 'unseen';
        const key = `${rule.id} ${check}`;
        const comparison = comparisons.get(key) ?? emptyFor(rule.id, check);
        comparison.resources[relation].push(`${stack.node.id} ${address}`);
        comparisons.set(key, comparison);
      }
    }
  }
  return [...comparisons.values()];
}

/** A check, and a type it looks at. */
function kindOf(_: string, address: string, check: string): string {
  return `${address.split('.')[0]} ${check}`;
}

function relationOf(verdict: Verdict, answer?: 'passed' | 'failed'): Relation {
  if (verdict === Verdict.CANNOT_BE_CHECKED) {
    return 'open';
  }
  if (verdict === Verdict.VIOLATED) {
    return answer === 'failed' ? 'equal' : 'stricter';
  }
  return answer === 'failed' ? 'milder' : 'equal';
}

function emptyFor(rule: string, check: string): Comparison {
  return { rule, check, resources: { equal: [], open: [], unseen: [], stricter: [], milder: [] } };
}
