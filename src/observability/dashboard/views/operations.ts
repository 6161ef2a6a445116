import { from } from '../../kql';
import { FAILED, REAL } from '../../requests';
import { chart, row, section, stat, table, text, timeRange } from '../builder';
import { Dashboard, Parameter } from '../model';
import { GRAIN, OF_SERVICES, ViewContext } from './view';

/** Services to choose from, by the names under which they send telemetry. */
const SERVICES: Parameter = {
  kind: 'query',
  name: 'Service',
  label: 'Service',
  many: true,
  query: from('AppRequests', '| distinct AppRoleName', '| order by AppRoleName asc'),
};

const requests = (...lines: string[]) => from('AppRequests', ...REAL, OF_SERVICES, ...lines);

/**
 * Operations: does it work, how fast, for whom, and what is short.
 */
export function operations({ owner, privacy, metricRows }: ViewContext): Dashboard {
  return {
    key: 'operations',
    title: `Operations: ${owner}`,
    summary: 'Whoever is on call looks here first: does it work, how fast is it, and what is short.',
    parameters: [timeRange(4), SERVICES],
    rows: [
      row(
        stat('Requests', requests('| summarize Requests = sum(ItemCount)'), 'Requests'),
        stat(
          'Errors',
          requests(
            `| extend Failed = ${FAILED}`,
            '| summarize Total = sum(ItemCount), Errors = sumif(ItemCount, Failed)',
            '| where Total > 0',
            '| project ErrorRate = round(100.0 * Errors / Total, 2)',
          ),
          'ErrorRate',
          '%',
        ),
        stat(
          '95 of 100 answered within',
          requests('| summarize P95 = round(percentilew(DurationMs, ItemCount, 95), 0)'),
          'P95',
          'ms',
        ),
        stat('Active users', activeUsers('| summarize Users = dcount(User)'), 'Users'),
      ),
      section(
        'Requests',
        chart(
          'Requests per service',
          'line',
          requests(`| summarize Requests = sum(ItemCount) by Service = AppRoleName, ${GRAIN}`),
        ),
        chart(
          'Error rate per service (%)',
          'line',
          requests(
            `| extend Failed = ${FAILED}`,
            `| summarize Total = sum(ItemCount), Errors = sumif(ItemCount, Failed) by Service = AppRoleName, ${GRAIN}`,
            '| project TimeGenerated, Service, ErrorRate = 100.0 * Errors / Total',
          ),
        ),
      ),
      row(
        chart(
          'Response time (ms)',
          'line',
          requests(
            '| summarize p50 = percentilew(DurationMs, ItemCount, 50), p95 = percentilew(DurationMs, ItemCount, 95),',
            `    p99 = percentilew(DurationMs, ItemCount, 99) by ${GRAIN}`,
          ),
        ),
        chart('Active users', 'line', activeUsers(`| summarize Users = dcount(User) by ${GRAIN}`)),
      ),
      section(
        'Where it hurts',
        table(
          'Operations with most failures',
          requests(
            `| extend Failed = ${FAILED}`,
            '| summarize Requests = sum(ItemCount), Failures = sumif(ItemCount, Failed),',
            '    P95 = round(percentilew(DurationMs, ItemCount, 95), 0) by Service = AppRoleName, Operation = Name',
            '| order by Failures desc, P95 desc',
            '| take 20',
          ),
        ),
        table(
          'Exceptions',
          from(
            'AppExceptions',
            OF_SERVICES,
            '| summarize Times = sum(ItemCount), Last = max(TimeGenerated) by Service = AppRoleName, ExceptionType, ProblemId',
            '| top 20 by Times desc',
          ),
        ),
      ),
      row(
        chart(
          'Databases and other dependencies: response time, p95 (ms)',
          'line',
          from(
            'AppDependencies',
            OF_SERVICES,
            `| summarize P95 = percentilew(DurationMs, ItemCount, 95) by Dependency = Target, ${GRAIN}`,
          ),
        ),
        table(
          'Dependencies with most failures',
          from(
            'AppDependencies',
            OF_SERVICES,
            '| summarize Calls = sum(ItemCount), Failures = sumif(ItemCount, Success == false) by Target, DependencyType',
            '| top 20 by Failures desc',
          ),
        ),
      ),
      ...metricRows(),
      row(text(privacy)),
    ],
  };
}

/** People, as far as they are told apart: by the anonymous id of a user, or else by the session. */
function activeUsers(...lines: string[]): string {
  return from(
    ['AppRequests', 'AppPageViews'],
    ...REAL,
    OF_SERVICES,
    '| extend User = iff(isempty(UserId), SessionId, UserId)',
    '| where isnotempty(User)',
    ...lines,
  );
}
