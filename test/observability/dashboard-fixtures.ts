import Ajv from 'ajv';
import { Construct } from 'constructs';
import {
  Aggregation,
  Comparison,
  MissingData,
  MonitoringTarget,
  Severity,
  SignalInterval,
} from '../../src/contracts/monitoring';
import { Environment } from '../../src/core/environment';
import { Workload } from '../../src/core/workload';
import { DashboardPlace, defineDashboards } from '../../src/observability/dashboard/dashboards';
import { Rendered, workloadIn } from '../support';
import { WORKBOOK_SCHEMA } from './workbook.schema';

export const SUBSCRIPTION = '/subscriptions/00000000-0000-0000-0000-000000000001';
const WORKSPACE = `${SUBSCRIPTION}/resourceGroups/shared/providers/Microsoft.OperationalInsights/workspaces/log`;
export const INSIGHTS = `${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.Insights/components/Appi`;
export const KEYS = ['business', 'cost', 'delivery', 'executive', 'operations', 'sre', 'tenant'];

export const validate = new Ajv({ allErrors: true, strict: false }).compile(WORKBOOK_SCHEMA);

export function target(metricNamespace: string, name: string, ...metrics: string[]): MonitoringTarget {
  return {
    resourceId: `${SUBSCRIPTION}/resourceGroups/rg/providers/${metricNamespace}/${name}`,
    metricNamespace,
    logSources: {},
    signals: metrics.map((metricName) => ({
      key: metricName,
      summary: metricName,
      metric: { metricName, aggregation: Aggregation.AVERAGE },
      comparison: Comparison.GREATER_THAN,
      threshold: 80,
      window: SignalInterval.FIVE_MINUTES,
      frequency: SignalInterval.ONE_MINUTE,
      severity: Severity.P2,
      missingData: MissingData.IS_GOOD,
      runbook: 'x',
    })),
  };
}

export const PLAN = target('Microsoft.Web/serverfarms', 'plan', 'CpuPercentage', 'MemoryPercentage');
export const OTHER = target('Microsoft.Web/serverFarms', 'other', 'CpuPercentage');
const REPLICA = target('Microsoft.DBforPostgreSQL/flexibleServers', 'copy', 'physical_replication_delay_in_seconds');
export const TARGETS = [PLAN, OTHER, REPLICA];

export function defined(place: Partial<DashboardPlace> = {}): Workload {
  const workload = workloadIn(Environment.PROD);
  defineDashboards(new Construct(workload, 'Observability'), {
    resourceGroupName: workload.resourceGroupName,
    location: workload.location,
    workspaceId: WORKSPACE,
    applicationInsightsId: INSIGHTS,
    slos: { api: { availability: 99.9, latencyP95Milliseconds: 200 } },
    privacy: 'Nothing personal is stored.',
    targets: () => TARGETS,
    ...place,
  });
  return workload;
}

export const rendered = new Rendered(defined());
export const workbooks: Array<{ [attribute: string]: string }> = rendered.all('azurerm_application_insights_workbook');

/** A workbook as Azure gets it, with a stand-in for what Terraform has yet to compute. */
export const read = (workbook: { [attribute: string]: string }) =>
  JSON.parse(workbook.data_json.replace(/\$\{[^}]*\}/g, `${SUBSCRIPTION}/computed`));

export function workbookNamed(key: string, from: Rendered = rendered) {
  return read(from.at('azurerm_application_insights_workbook', `Observability/Dashboard-${key}/Resource`));
}

export const titles = (workbook: { items: any[] }) =>
  workbook.items.map(({ content }) => content.title ?? content.json?.split('\n')[0]).filter(Boolean);

export function anywhere() {
  return { workspaceId: WORKSPACE, subscriptionId: SUBSCRIPTION };
}

export function distinct<T>(value: T, index: number, all: T[]): boolean {
  return all.indexOf(value) === index;
}
