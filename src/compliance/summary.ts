import { ComplianceFinding } from './report';
import { Verdict } from './rule';

/** What a reader looks for first, and so the order of every report. */
export type Outcome = 'violated' | 'acknowledged' | 'cannot be checked' | 'compliant' | 'not applicable';

/** Every outcome, the worst first. */
const OUTCOMES: Outcome[] = ['violated', 'acknowledged', 'cannot be checked', 'compliant', 'not applicable'];

/** A verdict, where an exception makes a difference. */
export function outcomeOf({ verdict, reason }: ComplianceFinding): Outcome {
  return verdict !== Verdict.COMPLIANT && reason !== undefined ? 'acknowledged' : verdict;
}

/** How many findings have each outcome. */
export function countsOf(findings: ComplianceFinding[]): Array<[Outcome, number]> {
  const outcomes = findings.map(outcomeOf);
  return OUTCOMES.map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length]);
}

/** Findings by construct path, the worst first within each; rules that do not apply are left out. */
export function byPath(findings: ComplianceFinding[]): Array<[string, ComplianceFinding[]]> {
  const groups = new Map<string, ComplianceFinding[]>();
  for (const finding of findings.filter((one) => one.verdict !== Verdict.NOT_APPLICABLE)) {
    const group = groups.get(finding.path);
    if (group) {
      group.push(finding);
    } else {
      groups.set(finding.path, [finding]);
    }
  }
  return [...groups].map(([path, group]) => [path, group.sort((a, b) => rankOf(a) - rankOf(b))]);
}

function rankOf(finding: ComplianceFinding): number {
  return OUTCOMES.indexOf(outcomeOf(finding));
}
