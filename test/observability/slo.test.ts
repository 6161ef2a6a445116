import { Token } from 'cdktf';
import { Comparison, MissingData, Severity, SignalInterval } from '../../src/contracts/monitoring';
import { alertProblems } from '../../src/observability/alert-problems';
import { ServiceLevelObjective } from '../../src/observability/slo';
import { burnRateAlerts, sloProblems } from '../../src/observability/slo-alerts';
import {
  budgetHistoryQuery,
  budgetQuery,
  BURN_RATES,
  burnFactor,
  objectivesOf,
} from '../../src/observability/slo-queries';

const problems = (slos: { [name: string]: ServiceLevelObjective }) => sloProblems(slos).filter(Boolean);

const ALERTS = burnRateAlerts({ web: { latencyP95Milliseconds: 200 }, api: { availability: 99.9 } });

describe('alerts', () => {
  test('are two for each promise, by keys that the order of promises does not change', () => {
    expect(ALERTS.map(({ key }) => key)).toEqual([
      'Slo-api-Availability-FastBurn',
      'Slo-api-Availability-SlowBurn',
      'Slo-web-LatencyP95-FastBurn',
      'Slo-web-LatencyP95-SlowBurn',
    ]);
  });

  test('call somebody when the budget burns fast, and leave a note when it burns steadily', () => {
    const [fast, slow] = ALERTS;
    expect(fast).toMatchObject({
      summary: 'api burns its error budget fast: 99.9 % of requests succeed',
      comparison: Comparison.GREATER_THAN,
      threshold: 14.4,
      window: SignalInterval.ONE_HOUR,
      frequency: SignalInterval.FIVE_MINUTES,
      severity: Severity.P1,
      missingData: MissingData.IS_GOOD,
      runbook: 'slo-fast-burn',
    });
    expect(slow).toMatchObject({
      threshold: 6,
      window: SignalInterval.SIX_HOURS,
      frequency: SignalInterval.FIFTEEN_MINUTES,
      severity: Severity.P2,
      runbook: 'slo-slow-burn',
    });
  });

  test('are ones that Azure takes', () => {
    expect(ALERTS.flatMap((alert) => alertProblems(alert))).toEqual([]);
  });

  test('compare two windows, of which the lower one counts', () => {
    expect(ALERTS[0].query).toEqual({
      measureColumn: 'BurnRate',
      query: [
        'union isfuzzy=true AppRequests, (datatable(TimeGenerated: datetime, ItemCount: int, SyntheticSource: string, Name: string, ResultCode: string, Success: bool) [])',
        '| where TimeGenerated > ago(1h)',
        '| where isempty(SyntheticSource)',
        '| where not(Name matches regex "/health(/(ready|live))?/?$")',
        '| extend Bad = Success == false and not(ResultCode matches regex "^4[0-9][0-9]$")',
        '| summarize Total = sum(ItemCount), Failed = sumif(ItemCount, Bad),',
        '    RecentTotal = sumif(ItemCount, TimeGenerated > ago(5m)), RecentFailed = sumif(ItemCount, Bad and TimeGenerated > ago(5m))',
        '| where RecentTotal > 0 and Failed >= 10',
        '| extend Long = 1.0 * Failed / Total / 0.001, Short = 1.0 * RecentFailed / RecentTotal / 0.001',
        '| project BurnRate = round(min_of(Long, Short), 2), Failed, Total',
      ].join('\n'),
    });
    expect(ALERTS[1].query?.query).toContain('RecentTotal = sumif(ItemCount, TimeGenerated > ago(30m))');
  });

  test('take a request for slow only where it did not fail', () => {
    expect(ALERTS[2].query?.query).toContain(
      [
        '| where not(Success == false and not(ResultCode matches regex "^4[0-9][0-9]$"))',
        '| extend Bad = DurationMs > 200',
      ].join('\n'),
    );
    expect(ALERTS[2].query?.query).toContain('/ Total / 0.05');
  });

  test('look at some services, and wait for as many failures as is wished', () => {
    const [{ query }] = burnRateAlerts({
      api: { availability: 99.9, services: ['api', 'api-v2'], fewestFailures: 50 },
    });
    expect(query?.query).toContain('| where AppRoleName in ("api", "api-v2")');
    expect(query?.query).toContain('Failed >= 50');
  });
});

describe('burn rates', () => {
  test.each`
    days  | fast     | slow
    ${30} | ${14.4}  | ${6}
    ${28} | ${13.44} | ${5.6}
    ${7}  | ${3.36}  | ${1.4}
  `('of a budget for $days days are $fast and $slow', ({ days, fast, slow }) => {
    expect(BURN_RATES.map((rate) => burnFactor(rate, days))).toEqual([fast, slow]);
    expect(burnRateAlerts({ api: { availability: 99, windowDays: days } }).map(({ threshold }) => threshold)).toEqual([
      fast,
      slow,
    ]);
  });

  test.each([
    // a tenth of the requests failed for an hour: of 99.9 %, a hundred times what is allowed
    ['an outage', 0.1, 0.1, [true, true]],
    ['an outage that is over', 0.1, 0, [false, false]],
    ['ten times what is sustainable', 0.01, 0.9, [false, true]],
    ['what is sustainable', 0.001, 0.001, [false, false]],
    ['twice what is sustainable', 0.002, 0.002, [false, false]],
  ])('tell %s from others', (_, long, recent, told) => {
    const budget = objectivesOf({ availability: 99.9 })[0].budget;
    const rate = Math.min(long / budget, recent / budget);
    expect(BURN_RATES.map((burn) => rate > burnFactor(burn, 30))).toEqual(told);
  });

  test('leave a share of the budget when somebody is told', () => {
    // an hour at 14.4 times is 2 % of 30 days, six hours at 6 times are 5 %
    expect(BURN_RATES.map((rate) => (burnFactor(rate, 30) * rate.longHours) / 720)).toEqual([0.02, 0.05]);
  });
});

describe('budgets', () => {
  const [{ budget }, objective] = objectivesOf({ availability: 99.95, latencyP99Milliseconds: 1500 });

  test('are what is left of all requests', () => {
    expect(budget).toBe(0.0005);
    expect(objective).toMatchObject({ key: 'LatencyP99', budget: 0.01, words: '99 % of requests within 1500 ms' });
  });

  test('are reckoned over their window', () => {
    expect(budgetQuery(objective, 28)).toContain('| where TimeGenerated > ago(28d)');
    expect(budgetHistoryQuery(objective, 28)).toContain('AllFailed = row_cumsum(Failed)');
  });
});

describe('fails', () => {
  test('on what promises nothing, or what could never be missed fast', () => {
    expect(problems({ api: {}, web: { availability: 93, windowDays: 30 }, all: { availability: 100 } })).toEqual([
      "'slos.all.availability' must be above 93.1 percent, or a fast burn could never be reached, and at most 99.999; got 100",
      "'slos.api' must promise something: 'availability', 'latencyP95Milliseconds' or 'latencyP99Milliseconds'",
      "'slos.web.availability' must be above 93.1 percent, or a fast burn could never be reached, and at most 99.999; got 93",
    ]);
    expect(problems({ api: { availability: 93, windowDays: 7 } })).toEqual([]);
  });

  test('on numbers out of range', () => {
    const slo = {
      latencyP95Milliseconds: 500,
      latencyP99Milliseconds: 400,
      windowDays: 90,
      fewestFailures: 0,
      services: [],
    };
    expect(problems({ api: slo, 'my api': { latencyP95Milliseconds: 0, services: ['a"b'] } })).toEqual([
      "'slos.api.latencyP99Milliseconds' must not be below 'latencyP95Milliseconds', got 400 and 500",
      "'slos.api.windowDays' must be a whole number from 7 to 30, got 90",
      "'slos.api.services' must name at least one service; leave it out for all of them",
      "'slos.api.fewestFailures' must be a whole number from 1 to 100000, got 0",
      "'slos.my api' must be a key of 1 to 30 letters and digits, a letter first, because it becomes part of addresses",
      "'slos.my api.latencyP95Milliseconds' must be 1 to 600000 milliseconds, got 0",
      "'slos.my api.services' must be literals of 1 to 128 letters, digits, spaces, '_', '.', ':', '/' or '-', got \"a\\\"b\"",
    ]);
  });

  test('on values that Terraform has yet to compute', () => {
    expect(problems({ api: { availability: Token.asNumber({ resolve: () => 99 }) } })).toEqual([
      "'slos.api.availability' must be a literal, because budgets and thresholds are reckoned with it; got a value that Terraform has yet to compute",
    ]);
  });
});
