import { from } from '../../kql';
import { REAL } from '../../requests';
import { budgetHistoryQuery, budgetQuery, objectivesOf, WINDOW_DAYS } from '../../slo-queries';
import { chart, healthStat, row, section, stat, table, text, timeRange } from '../builder';
import { LAG, SATURATION } from '../metric-tiles';
import { Dashboard, Row } from '../model';
import { GRAIN, ViewContext } from './view';

/** How far back a forecast looks, and how far ahead. */
const PAST_DAYS = 14;
const AHEAD_DAYS = 3;

/**
 * SRE: what is promised, what is left of the error budget, what is full, and what will be.
 */
export function sre(context: ViewContext): Dashboard {
  const saturation = context.metricRows(SATURATION);
  const lag = context.metricRows(LAG);
  return {
    key: 'sre',
    title: `SRE: ${context.owner}`,
    summary: 'What is promised, what is left of the error budget, what is full, and when it will be.',
    parameters: [timeRange(24)],
    rows: [
      ...objectiveRows(context),
      section(
        'Scaling',
        table(
          'Scale events',
          from(
            'AutoscaleScaleActionsLog',
            '| project TimeGenerated, Target = tostring(split(TargetResourceId, "/")[-1]), ScaleDirection,',
            '    From = CurrentInstanceCount, To = NewInstanceCount, ResultType, ScaleActionMessage',
            '| order by TimeGenerated desc',
          ),
        ),
        chart(
          'Instances that served requests',
          'line',
          from('AppRequests', `| summarize Instances = dcount(AppRoleInstance) by Service = AppRoleName, ${GRAIN}`),
        ),
      ),
      row(
        chart(
          'Requests per instance and minute',
          'line',
          from(
            'AppRequests',
            '| summarize Requests = sum(ItemCount), Instances = dcount(AppRoleInstance)',
            '    by Service = AppRoleName, bin(TimeGenerated, 5m)',
            '| project TimeGenerated, Service, PerInstance = 1.0 * Requests / 5 / Instances',
          ),
        ),
        chart(`Requests per hour: ${PAST_DAYS} days, and a forecast for ${AHEAD_DAYS}`, 'line', forecast()),
      ),
      ...(saturation.length === 0 ? [] : [section('Saturation', text('How full what is limited is.'))]),
      ...saturation,
      ...(lag.length === 0 ? [] : [section('Replicas', text('How far copies are behind.'))]),
      ...lag,
    ],
  };
}

function objectiveRows({ slos }: ViewContext): Row[] {
  const names = Object.keys(slos).sort();
  if (names.length === 0) {
    return [
      row(text('No service level objective is set. With `slos` this page shows what is left of each error budget.')),
    ];
  }
  return names.flatMap((name) => {
    const windowDays = slos[name].windowDays ?? WINDOW_DAYS;
    return objectivesOf(slos[name]).map((objective) =>
      section(
        `${name}: ${objective.words}, over ${windowDays} days`,
        stat('Kept', budgetQuery(objective, windowDays), 'Attained', '%'),
        healthStat('Error budget left', budgetQuery(objective, windowDays), 'BudgetLeft'),
        chart('Error budget left, day by day (%)', 'area', budgetHistoryQuery(objective, windowDays)),
      ),
    );
  });
}

/** Seasons of a day and a week show in two weeks; the future is no part of what is measured. */
function forecast(): string {
  return from(
    'AppRequests',
    ...REAL,
    `| where TimeGenerated > ago(${PAST_DAYS}d)`,
    '| make-series Requests = sum(ItemCount) default = 0 on TimeGenerated',
    `    from bin(ago(${PAST_DAYS}d), 1h) to bin(now(), 1h) + ${AHEAD_DAYS}d step 1h`,
    `| extend Forecast = series_decompose_forecast(Requests, ${AHEAD_DAYS * 24})`,
    '| mv-expand TimeGenerated to typeof(datetime), Requests to typeof(long), Forecast to typeof(real)',
    '| project TimeGenerated, Requests = iff(TimeGenerated < bin(now(), 1h), Requests, long(null)),',
    '    Forecast = max_of(Forecast, 0.0)',
  );
}
