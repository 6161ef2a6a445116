import { from } from '../../kql';
import { REAL } from '../../requests';
import { bill, chart, row, section, table, text, timeRange } from '../builder';
import { Dashboard, Parameter, TextTile } from '../model';
import { TENANT, ViewContext } from './view';

/** What the bill is read under. */
export const BILL_NOTE: TextTile = text(
  'Costs are read from Cost Management under the rights of whoever looks: the role `Cost Management Reader` shows them. They are a day late.',
);

/** Whose bill is looked at. */
export function SCOPE({ resourceGroupId, subscriptionId }: ViewContext): Parameter {
  return {
    kind: 'choice',
    name: 'Scope',
    label: 'Cost of',
    choices: [
      { label: 'This workload', value: resourceGroupId },
      { label: 'The whole subscription', value: subscriptionId },
    ],
  };
}

/**
 * Cost: who spends what on what, and which tenant causes the load.
 */
export function cost(context: ViewContext): Dashboard {
  return {
    key: 'cost',
    title: `Cost: ${context.owner}`,
    summary: 'Who spends what on what this month, and which tenant causes the load that is shared.',
    parameters: [timeRange(720), SCOPE(context)],
    rows: [
      section(
        'By tag',
        table('By team (tag owner)', bill('Team', { tag: 'owner' })),
        table('By environment (tag environment)', bill('Environment', { tag: 'environment' })),
      ),
      row(
        table('By feature (tag feature)', bill('Feature', { tag: 'feature' })),
        table('By tenant (tag tenant), as far as a tenant has resources of its own', bill('Tenant', { tag: 'tenant' })),
      ),
      section(
        'By resource',
        table(
          'By resource: what an instance, a database, an account costs',
          bill('Resource', { dimension: 'ResourceId' }),
        ),
        chart(
          'Instances, to divide the cost of a plan by',
          'line',
          from(
            'AppRequests',
            '| summarize Instances = dcount(AppRoleInstance) by Service = AppRoleName, bin(TimeGenerated, 1d)',
          ),
        ),
      ),
      section(
        'What is shared',
        table('Share of the load, by tenant (%)', shares()),
        chart(
          'Logs that are paid for, by table (GB per day)',
          'area',
          from(
            'Usage',
            '| where IsBillable',
            '| summarize Gigabytes = sum(Quantity) / 1000.0 by DataType, bin(TimeGenerated, 1d)',
          ),
        ),
      ),
      row(BILL_NOTE),
    ],
  };
}

/** Whoever keeps the service busy for half of the time causes half of what is shared. */
function shares(): string {
  const loads = from(
    'AppRequests',
    ...REAL,
    `| summarize Requests = sum(ItemCount), Busy = sum(DurationMs * ItemCount) by Tenant = ${TENANT}`,
  );
  return [
    `let Loads = ${loads};`,
    'Loads',
    '| extend Everything = toscalar(Loads | summarize sum(Busy))',
    '| project Tenant = iff(isempty(Tenant), "(none)", Tenant), Requests, Share = round(100.0 * Busy / Everything, 1)',
    '| order by Share desc',
  ].join('\n');
}
