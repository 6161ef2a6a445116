import { IConstruct } from 'constructs';
import { acknowledgementsOn, hasExpired, isDay } from './acknowledgement';
import { audit, isOpen, Judgement, stacksOf } from './audit';
import { AcknowledgedRule, ComplianceFinding, ComplianceReport } from './report';
import { IComplianceRule } from './rule';

/**
 * Asks rules about everything below a scope.
 */
export function reportOn(scope: IConstruct, rules: IComplianceRule[], today?: string): ComplianceReport {
  if (today !== undefined && !isDay(today)) {
    throw new Error(`${scope.node.path}: 'today' must be a day such as 2026-12-31, got ${JSON.stringify(today)}`);
  }
  const judged = stacksOf(scope).map((stack) => ({ stack, judgements: audit(stack, [{ scope, rules }], today) }));
  const findings = judged.flatMap(({ stack, judgements }) =>
    judgements.map((judgement) => findingOf(judgement, stack.node.id, today)),
  );
  return ComplianceReport._of(
    findings,
    recordsOf(
      scope,
      judged.flatMap(({ judgements }) => judgements),
      today,
    ),
    rules,
  );
}

function findingOf(judgement: Judgement, stack: string, today?: string): ComplianceFinding {
  const { resource, rule, verdict, acknowledgement } = judgement;
  const counts = isOpen(judgement) && acknowledgement && !hasExpired(acknowledgement.until, today);
  return {
    path: resource.path,
    stack,
    address: resource.address,
    rule,
    verdict,
    ...(counts && { reason: acknowledgement.reason }),
  };
}

/** Those below the scope, and those above it that it needs. */
function recordsOf(scope: IConstruct, judgements: Judgement[], today?: string): AcknowledgedRule[] {
  const needed = new Map<string, Set<IConstruct>>();
  for (const { rule, acknowledgement } of judgements.filter(isOpen)) {
    if (acknowledgement) {
      needed.set(rule.id, (needed.get(rule.id) ?? new Set()).add(acknowledgement.scope));
    }
  }
  const above = scope.node.scopes.slice(0, -1);
  return [...above, ...scope.node.findAll()]
    .flatMap(acknowledgementsOn)
    .map(({ scope: on, ruleId, reason, until }) => ({
      ruleId,
      path: on.node.path,
      reason,
      ...(until !== undefined && { until }),
      expired: hasExpired(until, today),
      matched: needed.get(ruleId)?.has(on) ?? false,
    }))
    .filter(({ path, matched }) => matched || !above.some(({ node }) => node.path === path))
    .sort((a, b) => (`${a.path}\n${a.ruleId}` < `${b.path}\n${b.ruleId}` ? -1 : 1));
}
