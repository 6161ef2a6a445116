import { AcknowledgedRule, ComplianceFinding, ComplianceReport } from './report';
import { byPath, countsOf, outcomeOf } from './summary';

/**
 * A report as Markdown: counts, then one table per construct, then the exceptions.
 */
export function markdownOf({ findings, acknowledgements }: ComplianceReport): string {
  return (
    [
      '# Compliance',
      table(
        ['outcome', 'findings'],
        countsOf(findings).map(([outcome, count]) => [outcome, String(count)]),
      ),
      ...byPath(findings).flatMap(([path, group]) => [
        `## ${escaped(path)}`,
        table(['verdict', 'rule', 'severity', 'requirement', 'reason or remedy'], group.map(rowOf)),
      ]),
      ...(acknowledgements.length === 0
        ? []
        : ['## Acknowledged', table(ACKNOWLEDGED, acknowledgements.map(recordOf))]),
    ].join('\n\n') + '\n'
  );
}

const ACKNOWLEDGED = ['rule', 'construct', 'until', 'state', 'reason'];

function rowOf(finding: ComplianceFinding): string[] {
  const { rule, reason } = finding;
  const outcome = outcomeOf(finding);
  const last = outcome === 'compliant' ? '' : (reason ?? rule.remedy);
  return [outcome, rule.id, rule.severity, rule.requirement, last];
}

function recordOf(one: AcknowledgedRule): string[] {
  return [one.ruleId, one.path, one.until ?? '', stateOf(one), one.reason];
}

/** Whether an exception counts, in words. */
export function stateOf({ expired, matched }: AcknowledgedRule): string {
  return expired ? 'expired' : matched ? 'in use' : 'matches nothing';
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** Text that Markdown leaves alone, on one line. */
export function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]<>#|]/g, '\\$&')
    .replace(/&/g, '&amp;');
}
