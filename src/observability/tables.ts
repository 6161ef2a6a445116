/** Types of columns, as KQL writes them. */
export type ColumnType = 'bool' | 'datetime' | 'dynamic' | 'int' | 'long' | 'real' | 'string';

/** Columns that all telemetry of an application has. */
const TELEMETRY = {
  TimeGenerated: 'datetime',
  AppRoleInstance: 'string',
  AppRoleName: 'string',
  ItemCount: 'int',
  OperationId: 'string',
  OperationName: 'string',
  Properties: 'dynamic',
  SessionId: 'string',
  SyntheticSource: 'string',
  UserId: 'string',
} as const;

/**
 * Tables that shipped queries read, with the columns that they use.
 *
 * A trap: the column `TenantId` is the id of the workspace. The tenant of a request is `Properties.tenant_id`.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/tables-index
 */
export const TABLES = {
  AppAvailabilityResults: {
    ...TELEMETRY,
    DurationMs: 'real',
    Location: 'string',
    Message: 'string',
    Name: 'string',
    Success: 'bool',
  },
  AppDependencies: {
    ...TELEMETRY,
    DependencyType: 'string',
    DurationMs: 'real',
    Name: 'string',
    Success: 'bool',
    Target: 'string',
  },
  AppEvents: { ...TELEMETRY, Measurements: 'dynamic', Name: 'string' },
  AppExceptions: { ...TELEMETRY, ExceptionType: 'string', OuterMessage: 'string', ProblemId: 'string' },
  AppPageViews: { ...TELEMETRY, DurationMs: 'real', Name: 'string' },
  AppRequests: { ...TELEMETRY, DurationMs: 'real', Name: 'string', ResultCode: 'string', Success: 'bool' },
  AutoscaleScaleActionsLog: {
    TimeGenerated: 'datetime',
    CurrentInstanceCount: 'int',
    NewInstanceCount: 'int',
    ResultType: 'string',
    ScaleActionMessage: 'string',
    ScaleDirection: 'string',
    TargetResourceId: 'string',
  },
  AzureMetrics: { TimeGenerated: 'datetime', MetricName: 'string', _ResourceId: 'string' },
  Operation: { TimeGenerated: 'datetime', Detail: 'string' },
  Usage: { TimeGenerated: 'datetime', DataType: 'string', IsBillable: 'bool', Quantity: 'real' },
} as const satisfies { [table: string]: { [column: string]: ColumnType } };

/** A table that shipped queries read. */
export type Table = keyof typeof TABLES;
