import { stateOf } from './markdown';
import { ComplianceFinding, ComplianceReport } from './report';
import { byPath, countsOf, Outcome, outcomeOf } from './summary';

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1.5rem; }
th, td { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
h2 { font-size: 1rem; overflow-wrap: anywhere; }
td:first-child { white-space: nowrap; }
.violated { color: #a80000; font-weight: bold; }
.acknowledged, .cannot { color: #7a5000; }
.compliant { color: #0b6a0b; }`;

/**
 * A report as one page of HTML, without scripts and without anything to load.
 */
export function htmlOf({ findings, acknowledgements }: ComplianceReport): string {
  const counts = countsOf(findings).map(([outcome, count]) => [colored(outcome), cell(String(count))]);
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><title>Compliance</title><style>${STYLE}\n</style></head>`,
    '<body>',
    '<h1>Compliance</h1>',
    table(['Outcome', 'Findings'], counts),
    ...byPath(findings).flatMap(([path, group]) => [
      `<h2>${escapedHtml(path)}</h2>`,
      table(['Verdict', 'Rule', 'Severity', 'Requirement', 'Reason or remedy'], group.map(rowOf)),
    ]),
    ...(acknowledgements.length === 0 ? [] : ['<h2>Acknowledged</h2>']),
    ...(acknowledgements.length === 0
      ? []
      : [
          table(
            ['Rule', 'Construct', 'Until', 'State', 'Reason'],
            acknowledgements.map((one) => [one.ruleId, one.path, one.until ?? '', stateOf(one), one.reason].map(cell)),
          ),
        ]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function rowOf(finding: ComplianceFinding): string[] {
  const { rule, reason } = finding;
  const outcome = outcomeOf(finding);
  const last = outcome === 'compliant' ? '' : (reason ?? rule.remedy);
  return [colored(outcome), ...[rule.id, rule.severity, rule.requirement, last].map(cell)];
}

function colored(outcome: Outcome): string {
  return `<td class="${outcome.split(' ')[0]}">${outcome}</td>`;
}

function cell(text: string): string {
  return `<td>${escapedHtml(text)}</td>`;
}

function table(head: string[], rows: string[][]): string {
  const names = head.map((name) => `<th scope="col">${name}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.join('')}</tr>`);
  return ['<table>', `<thead><tr>${names}</tr></thead>`, '<tbody>', ...lines, '</tbody>', '</table>'].join('\n');
}

/** Text that HTML leaves alone. */
function escapedHtml(text: string): string {
  const entities: { [character: string]: string } = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]);
}
