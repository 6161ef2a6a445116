import { changeFailureRate, deploymentCount, deployments, leadTime, timeToRestore } from '../../delivery-queries';
import { chart, row, stat, table, text, timeRange } from '../builder';
import { Dashboard } from '../model';
import { ViewContext } from './view';

/** What the four numbers come from. */
const SOURCE =
  'Counted from the event `deployment`, which pipelines send to Application Insights when a deployment is over (`DeploymentEvent`).';

/**
 * Delivery: the four numbers of DORA, and the deployments behind them.
 *
 * @see https://dora.dev/guides/dora-metrics/
 */
export function delivery({ owner }: ViewContext): Dashboard {
  return {
    key: 'delivery',
    title: `Delivery: ${owner}`,
    summary: 'How often changes reach users, how long they wait, how many fail, and how fast that is mended.',
    parameters: [timeRange(720)],
    rows: [
      row(
        stat('Deployments in use', deploymentCount(), 'Deployments'),
        stat('Lead time from commit to use, median', leadTime(), 'LeadTime', 'hours'),
        stat('Deployments that failed', changeFailureRate(), 'FailureRate', '%'),
        stat('Time to restore, median', timeToRestore(), 'Hours', 'hours'),
      ),
      row(
        chart(
          'Deployments per day',
          'line',
          deployments('| summarize Deployments = sum(ItemCount) by Outcome, bin(TimeGenerated, 1d)'),
        ),
        chart(
          'Lead time per day, median (hours)',
          'line',
          deployments(
            '| where Outcome == "succeeded" and isnotnull(CommittedAt)',
            '| summarize LeadTime = percentile((TimeGenerated - CommittedAt) / 1h, 50) by bin(TimeGenerated, 1d)',
          ),
        ),
      ),
      row(
        table(
          'Deployments',
          deployments(
            '| extend Minutes = round((TimeGenerated - StartedAt) / 1m, 1)',
            '| project TimeGenerated, Service, Environment, Outcome, Revision, Minutes, Run',
            '| order by TimeGenerated desc',
          ),
        ),
      ),
      row(text(SOURCE)),
    ],
  };
}
