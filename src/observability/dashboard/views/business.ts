import { DeploymentEventName } from '../../../contracts/deployment-event';
import { from, quoted } from '../../kql';
import { chart, row, rows, section, stat, table, timeRange } from '../builder';
import { Dashboard, Parameter, Row } from '../model';
import { GRAIN, TENANT, ViewContext } from './view';

/** What pipelines tell is no business. */
const OURS = `| where Name != "${DeploymentEventName.EVENT}"`;

const EVENTS: Parameter = {
  kind: 'query',
  name: 'Event',
  label: 'Event',
  many: true,
  query: from('AppEvents', OURS, '| distinct Name', '| order by Name asc'),
};

const chosen = (...lines: string[]) =>
  from('AppEvents', OURS, "| where '*' in ({Event}) or Name in ({Event})", ...lines);

/**
 * Business: what customers did, by the custom events that the application sends.
 */
export function business({ owner, businessEvents }: ViewContext): Dashboard {
  return {
    key: 'business',
    title: `Business: ${owner}`,
    summary: 'What customers did, by the custom events that the application sends.',
    parameters: [timeRange(168), EVENTS],
    rows: [
      ...counters(businessEvents),
      row(
        chart('Events by name', 'line', chosen(`| summarize Events = sum(ItemCount) by Name, ${GRAIN}`)),
        table('Events in the later half of the time, compared with the earlier (%)', halves()),
      ),
      section(
        'Customers',
        table(
          'Events by tenant',
          chosen(
            `| summarize Events = sum(ItemCount), Kinds = dcount(Name), Last = max(TimeGenerated) by Tenant = ${TENANT}`,
            '| order by Events desc',
          ),
        ),
        chart(
          'Tenants that did something, per day',
          'line',
          chosen(`| extend Tenant = ${TENANT}`, '| summarize Tenants = dcount(Tenant) by bin(TimeGenerated, 1d)'),
        ),
      ),
    ],
  };
}

/** The later half of the time range beside the earlier one. */
function halves(): string {
  return [
    `let Chosen = ${chosen(`| project TimeGenerated, Name, ItemCount, Tenant = ${TENANT}`)};`,
    'let Middle = toscalar(Chosen | summarize min(TimeGenerated) + (max(TimeGenerated) - min(TimeGenerated)) / 2);',
    'Chosen',
    '| summarize Earlier = sumif(ItemCount, TimeGenerated < Middle), Later = sumif(ItemCount, TimeGenerated >= Middle),',
    '    Tenants = dcount(Tenant), Last = max(TimeGenerated) by Name',
    '| extend Change = iff(Earlier == 0, real(null), round(100.0 * (Later - Earlier) / Earlier, 1))',
    '| order by Later desc',
  ].join('\n');
}

function counters(names: readonly string[]): Row[] {
  const sorted = [...new Set(names)].sort();
  const count = (name: string) =>
    from('AppEvents', `| where Name == ${quoted(name)}`, '| summarize Events = sum(ItemCount)');
  return rows(
    sorted.map((name) => stat(name, count(name), 'Events')),
    6,
  );
}
