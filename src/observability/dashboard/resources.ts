import { ApplicationInsightsWorkbook } from '@cdktf/provider-azurerm/lib/application-insights-workbook';

/**
 * The workbooks behind the dashboards of an `ObservabilityStack`, one each.
 */
export interface DashboardsResources {
  /** For whoever is on call: does it work, how fast, what is short. */
  readonly operations: ApplicationInsightsWorkbook;
  /** Promises, error budgets, saturation, scale events and a forecast. */
  readonly sre: ApplicationInsightsWorkbook;
  /** Availability, incidents, cost and delivery at a glance. */
  readonly executive: ApplicationInsightsWorkbook;
  /** What customers did, by custom events. */
  readonly business: ApplicationInsightsWorkbook;
  /** How one tenant fares. */
  readonly tenant: ApplicationInsightsWorkbook;
  /** Cost per team, environment, feature and tenant. */
  readonly cost: ApplicationInsightsWorkbook;
  /** The four numbers of DORA, and the deployments behind them. */
  readonly delivery: ApplicationInsightsWorkbook;
}
