import { from } from '../../kql';
import { FAILED, REAL } from '../../requests';
import { Table } from '../../tables';
import { chart, row, section, stat, table, timeRange } from '../builder';
import { Dashboard, Parameter } from '../model';
import { GRAIN, TENANT, ViewContext } from './view';

/** Tenants to choose from, the busiest first. */
const TENANTS: Parameter = {
  kind: 'query',
  name: 'Tenant',
  label: 'Tenant',
  many: false,
  query: from(
    'AppRequests',
    `| summarize Requests = sum(ItemCount) by Tenant = ${TENANT}`,
    '| where isnotempty(Tenant)',
    '| order by Requests desc',
    '| project Tenant',
  ),
};

const ofTenant = (name: Table, ...lines: string[]) => from(name, `| where ${TENANT} == '{Tenant}'`, ...lines);

/**
 * Tenant: how one tenant fares, as against all of them.
 */
export function tenant({ owner }: ViewContext): Dashboard {
  return {
    key: 'tenant',
    title: `Tenants: ${owner}`,
    summary:
      'How one tenant fares, and how it compares with the others. Telemetry carries `tenant_id`, as the logging contract says.',
    parameters: [timeRange(24), TENANTS],
    rows: [
      row(
        stat('Requests', ofTenant('AppRequests', ...REAL, '| summarize Requests = sum(ItemCount)'), 'Requests'),
        stat(
          'Errors',
          ofTenant(
            'AppRequests',
            ...REAL,
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
          ofTenant('AppRequests', ...REAL, '| summarize P95 = round(percentilew(DurationMs, ItemCount, 95), 0)'),
          'P95',
          'ms',
        ),
        stat(
          'Active users',
          ofTenant('AppRequests', ...REAL, '| where isnotempty(UserId)', '| summarize Users = dcount(UserId)'),
          'Users',
        ),
      ),
      row(
        chart(
          'Requests',
          'line',
          ofTenant('AppRequests', ...REAL, `| summarize Requests = sum(ItemCount) by ${GRAIN}`),
        ),
        chart(
          'Response time: this tenant, and all (ms, p95)',
          'line',
          from(
            'AppRequests',
            ...REAL,
            `| extend Mine = ${TENANT} == '{Tenant}'`,
            '| summarize All = percentilew(DurationMs, ItemCount, 95),',
            `    Tenant = percentilew(DurationMs, iff(Mine, ItemCount, int(0)), 95) by ${GRAIN}`,
          ),
        ),
      ),
      section(
        'What failed',
        table(
          'Operations',
          ofTenant(
            'AppRequests',
            `| extend Failed = ${FAILED}`,
            '| summarize Requests = sum(ItemCount), Failures = sumif(ItemCount, Failed) by Operation = Name',
            '| top 20 by Failures desc',
          ),
        ),
        table(
          'Exceptions',
          ofTenant(
            'AppExceptions',
            '| summarize Times = sum(ItemCount), Last = max(TimeGenerated), Example = take_any(OperationId) by ExceptionType, ProblemId',
            '| top 20 by Times desc',
          ),
        ),
      ),
      section(
        'What was done',
        table(
          'Jobs',
          ofTenant(
            'AppRequests',
            '| extend Job = tostring(Properties.job_id)',
            '| where isnotempty(Job)',
            '| summarize Started = min(TimeGenerated), Steps = sum(ItemCount), Failures = sumif(ItemCount, Success == false),',
            '    Seconds = round(sum(DurationMs) / 1000.0, 1), Trace = take_any(OperationId) by Job',
            '| top 50 by Started desc',
          ),
        ),
        table(
          'Events',
          ofTenant(
            'AppEvents',
            '| summarize Events = sum(ItemCount), Last = max(TimeGenerated) by Name',
            '| order by Events desc',
          ),
        ),
      ),
      section(
        'All tenants',
        table(
          'Tenants',
          from(
            'AppRequests',
            ...REAL,
            `| extend Failed = ${FAILED}, Tenant = ${TENANT}`,
            '| where isnotempty(Tenant)',
            '| summarize Requests = sum(ItemCount), Failures = sumif(ItemCount, Failed),',
            '    P95 = round(percentilew(DurationMs, ItemCount, 95), 0), Last = max(TimeGenerated) by Tenant',
            '| order by Requests desc',
          ),
        ),
      ),
    ],
  };
}
