import { TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { Acknowledgement, Acknowledgements } from './acknowledgement';
import { OwnRule } from './family';
import { RenderedResource, RenderedStack } from './rendered-stack';
import { IComplianceRule, Verdict } from './rule';

const VERDICTS: ReadonlySet<unknown> = new Set(Object.values(Verdict));

/** What one rule says about one resource. */
export interface Judgement {
  readonly resource: RenderedResource;
  readonly rule: IComplianceRule;
  readonly verdict: Verdict;
  /** The exception that counts for it, if there is one. */
  readonly acknowledgement?: Acknowledgement;
}

/** Rules for a part of the tree. */
export interface Assignment {
  readonly scope: IConstruct;
  readonly rules: IComplianceRule[];
}

/**
 * What some rules say about a stack; each resource is rendered once, and each rule asked once per resource.
 */
export function audit(stack: TerraformStack, assignments: Assignment[], today?: string): Judgement[] {
  const wanted = new Set(assignments.flatMap(({ rules }) => rules.flatMap(typesOf)));
  const ofOthers = assignments.some(({ rules }) => rules.some((rule) => (rule as OwnRule).neighbours === undefined));
  const rendered = new RenderedStack(stack, (type) => ofOthers || wanted.has(type));
  const acknowledgements = new Acknowledgements();
  const judgements: Judgement[] = [];
  const asked = new Map<IComplianceRule, Set<string>>();
  for (const { scope, rules } of assignments) {
    const isInside = membershipOf(scope, stack);
    for (const rule of rules) {
      const judged = asked.get(rule) ?? new Set();
      asked.set(rule, judged);
      for (const resource of rule.resourceTypes.flatMap((type) => rendered.ofType(type))) {
        if (!isInside(resource.construct) || judged.has(resource.address)) {
          continue;
        }
        judged.add(resource.address);
        const acknowledgement = acknowledgements.find(resource.construct, rule.id, today);
        judgements.push({ resource, rule, verdict: verdictOf(rule, resource), acknowledgement });
      }
    }
  }
  return judgements.sort(byPathAndRule);
}

/** What a rule says, which may be one that somebody else wrote: no answer is not a yes. */
function verdictOf(rule: IComplianceRule, resource: RenderedResource): Verdict {
  const where = `${resource.path}: the rule ${rule.id}`;
  let verdict: Verdict;
  try {
    verdict = rule.judge(resource);
  } catch (error) {
    throw new Error(`${where} failed: ${error instanceof Error ? error.message : inWords(error)}`, { cause: error });
  }
  if (!VERDICTS.has(verdict)) {
    throw new Error(`${where} must answer with a Verdict, got ${inWords(verdict)}`);
  }
  return verdict;
}

function inWords(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

/** Whether a verdict leaves something to be said: broken, or open. */
export function isOpen({ verdict }: Judgement): boolean {
  return verdict === Verdict.VIOLATED || verdict === Verdict.CANNOT_BE_CHECKED;
}

/** The stacks that a scope contains, or the one that contains it. */
export function stacksOf(scope: IConstruct): TerraformStack[] {
  const around = scope.node.scopes.find((one) => TerraformStack.isStack(one));
  return around ? [around as TerraformStack] : scope.node.findAll().filter((one) => TerraformStack.isStack(one));
}

function typesOf(rule: IComplianceRule): string[] {
  return [...rule.resourceTypes, ...((rule as OwnRule).neighbours ?? [])];
}

function membershipOf(scope: IConstruct, stack: TerraformStack): (construct: IConstruct) => boolean {
  if (stack.node.scopes.includes(scope)) {
    return () => true;
  }
  const inside = new Set(scope.node.findAll());
  return (construct) => inside.has(construct);
}

function byPathAndRule(one: Judgement, other: Judgement): number {
  const [a, b] = [one, other].map(({ resource, rule }) => `${resource.path}\n${resource.address}\n${rule.id}`);
  return a < b ? -1 : a > b ? 1 : 0;
}
