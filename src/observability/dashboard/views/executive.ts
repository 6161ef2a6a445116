import { changeFailureRate, deploymentCount, deployments, leadTime } from '../../delivery-queries';
import { from, quoted } from '../../kql';
import { REAL } from '../../requests';
import { budgetQuery, objectivesOf, WINDOW_DAYS } from '../../slo-queries';
import { bill, chart, graph, healthStat, row, rows, section, stat, table, timeRange } from '../builder';
import { Dashboard, Row } from '../model';
import { BILL_NOTE, SCOPE } from './cost';
import { ViewContext } from './view';

/**
 * Executive: is it up, what went wrong, what does it cost, how fast does it get better.
 */
export function executive(context: ViewContext): Dashboard {
  return {
    key: 'executive',
    title: `Overview: ${context.owner}`,
    summary: 'Whether the service is there, what went wrong, what it costs, and how fast it gets better.',
    parameters: [timeRange(720), SCOPE(context)],
    rows: [
      row(
        stat(
          'Availability, as tested from outside',
          from(
            'AppAvailabilityResults',
            '| summarize Total = count(), Passed = countif(Success)',
            '| where Total > 0',
            '| project Availability = round(100.0 * Passed / Total, 3)',
          ),
          'Availability',
          '%',
        ),
        stat('Requests', from('AppRequests', ...REAL, '| summarize Requests = sum(ItemCount)'), 'Requests'),
        stat('Deployments in use', deploymentCount(), 'Deployments'),
        stat('Lead time, median', leadTime(), 'LeadTime', 'hours'),
        stat('Deployments that failed', changeFailureRate(), 'FailureRate', '%'),
      ),
      ...promises(context),
      section(
        'Availability and incidents',
        chart(
          'Availability per day, as tested from outside (%)',
          'line',
          from(
            'AppAvailabilityResults',
            '| summarize Availability = 100.0 * countif(Success) / count() by Test = Name, bin(TimeGenerated, 1d)',
          ),
        ),
        table('Incidents of the last 30 days, by severity', graph(incidents(context.resourceGroupName))),
      ),
      section(
        'Cost and delivery',
        { ...table('Cost this month, by service of Azure', bill('Service', { dimension: 'ServiceName' })), weight: 1 },
        {
          ...chart(
            'Deployments per week',
            'line',
            deployments('| summarize Deployments = sum(ItemCount) by Outcome, bin(TimeGenerated, 7d)'),
          ),
          weight: 1,
        },
      ),
      row(BILL_NOTE),
    ],
  };
}

function promises({ slos }: ViewContext): Row[] {
  const tiles = Object.keys(slos)
    .sort()
    .flatMap((name) =>
      objectivesOf(slos[name]).map((objective) =>
        healthStat(
          `${name}, budget left: ${objective.words}`,
          budgetQuery(objective, slos[name].windowDays ?? WINDOW_DAYS),
          'BudgetLeft',
        ),
      ),
    );
  return rows(tiles, 4, 'What we promise');
}

/** Alerts that fired about the workload; Azure keeps them for 30 days. Its severities 0 to 3 are our P0 to P3. */
function incidents(resourceGroupName: string): string {
  return [
    'alertsmanagementresources',
    '| where type =~ "microsoft.alertsmanagement/alerts"',
    `| where tostring(properties.essentials.targetResourceGroup) =~ ${quoted(resourceGroupName)}`,
    '| extend Severity = strcat("P", substring(tostring(properties.essentials.severity), 3)),',
    '    Open = tostring(properties.essentials.monitorCondition) == "Fired",',
    '    Started = todatetime(properties.essentials.startDateTime)',
    '| summarize Incidents = count(), StillOpen = countif(Open), Last = max(Started) by Severity',
    '| order by Severity asc',
  ].join('\n');
}
