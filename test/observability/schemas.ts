/**
 * Tables of a Log Analytics workspace, as Azure Monitor documents them; whole, so that a column that a query makes up shows.
 *
 * Source: https://learn.microsoft.com/azure/azure-monitor/reference/tables-index, one page per table. `AzureDiagnostics` is
 * documented by its fixed columns only; the others depend on who writes into it.
 */
const STANDARD =
  '_BilledSize: real, _IsBillable: string, _ResourceId: string, _SubscriptionId: string, SourceSystem: string, ' +
  'TenantId: string, TimeGenerated: datetime, Type: string';

const TELEMETRY =
  `${STANDARD}, AppRoleInstance: string, AppRoleName: string, AppVersion: string, ClientBrowser: string, ` +
  'ClientCity: string, ClientCountryOrRegion: string, ClientIP: string, ClientModel: string, ClientOS: string, ' +
  'ClientStateOrProvince: string, ClientType: string, IKey: string, ItemCount: int, Measurements: dynamic, ' +
  'OperationId: string, OperationName: string, ParentId: string, Properties: dynamic, ResourceGUID: string, ' +
  'SDKVersion: string, SessionId: string, SyntheticSource: string, UserAccountId: string, UserAuthenticatedId: string, ' +
  'UserId: string';

export const WORKSPACE: { readonly [table: string]: string } = {
  ACSEmailStatusUpdateOperational:
    `${STANDARD}, Category: string, CorrelationId: string, DeliveryStatus: string, EnhancedSmtpStatusCode: string, ` +
    'FailureMessage: string, FailureReason: string, InternetMessageId: string, IsHardBounce: string, Location: string, ' +
    'OperationName: string, OperationVersion: string, RecipientId: string, SenderDomain: string, ' +
    'SenderUsername: string, SmtpStatusCode: string',
  AddonAzureBackupJobs:
    `${STANDARD}, AdHocOrScheduledJob: string, ArchiveTierStorageReplicationType: string, AzureDataCenter: string, ` +
    'BackupItemFriendlyName: string, BackupItemId: string, BackupItemUniqueId: string, ' +
    'BackupManagementServerUniqueId: string, BackupManagementType: string, Category: string, ' +
    'DatasourceFriendlyName: string, DatasourceResourceId: string, DatasourceSetFriendlyName: string, ' +
    'DatasourceSetResourceId: string, DatasourceSetType: string, DatasourceType: string, DataTransferredInMB: real, ' +
    'ExtendedProperties: dynamic, JobDurationInSecs: real, JobFailureCode: string, JobOperation: string, ' +
    'JobOperationSubType: string, JobStartDateTime: datetime, JobStatus: string, JobUniqueId: string, ' +
    'OperationName: string, ProtectedContainerUniqueId: string, RecoveryJobDestination: string, ' +
    'RecoveryJobRPDateTime: datetime, RecoveryJobRPLocation: string, RecoveryLocationType: string, ' +
    'ResourceGroupName: string, ResourceId: string, SchemaVersion: string, State: string',
  AppAvailabilityResults: `${TELEMETRY}, DurationMs: real, Id: string, Location: string, Message: string, Name: string, Success: bool`,
  AppDependencies:
    `${TELEMETRY}, Data: string, DependencyType: string, DurationMs: real, Id: string, Name: string, ` +
    'ReferencedItemId: string, ReferencedType: string, ResultCode: string, Success: bool, Target: string',
  AppEvents: `${TELEMETRY}, Name: string`,
  AppExceptions:
    `${TELEMETRY}, Assembly: string, Details: dynamic, ExceptionType: string, HandledAt: string, ` +
    'InnermostAssembly: string, InnermostMessage: string, InnermostMethod: string, InnermostType: string, ' +
    'Message: string, Method: string, OuterAssembly: string, OuterMessage: string, OuterMethod: string, ' +
    'OuterType: string, ProblemId: string, SeverityLevel: int',
  AppPageViews:
    `${TELEMETRY}, DurationMs: real, Id: string, Name: string, ReferencedItemId: string, ` +
    'ReferencedType: string, Url: string',
  AppRequests:
    `${TELEMETRY}, DurationMs: real, Id: string, Name: string, ReferencedItemId: string, ReferencedType: string, ` +
    'ResultCode: string, Source: string, Success: bool, Url: string',
  AppTraces: `${TELEMETRY}, Message: string, ReferencedItemId: string, ReferencedType: string, SeverityLevel: int`,
  AutoscaleScaleActionsLog:
    '_BilledSize: real, _IsBillable: string, _ResourceId: string, _SubscriptionId: string, Category: string, ' +
    'CorrelationId: string, CreatedAsyncScaleActionJob: bool, CreatedAsyncScaleActionJobId: string, ' +
    'CurrentInstanceCount: int, NewInstanceCount: int, OperationName: string, ResourceId: string, ' +
    'ResultDescription: string, ResultType: string, ScaleActionMessage: string, ScaleActionOperationId: string, ' +
    'ScaleActionOperationStatus: string, ScaleDirection: string, SourceSystem: string, TargetResourceId: string, ' +
    'TimeGenerated: datetime, Type: string',
  AzureActivity:
    `${STANDARD}, ActivityStatus: string, ActivityStatusValue: string, ActivitySubstatus: string, ` +
    'ActivitySubstatusValue: string, Authorization: string, Authorization_d: dynamic, Caller: string, ' +
    'CallerIpAddress: string, Category: string, CategoryValue: string, Claims: string, Claims_d: dynamic, ' +
    'CorrelationId: string, EventDataId: string, EventSubmissionTimestamp: datetime, Hierarchy: string, ' +
    'HTTPRequest: string, Level: string, OperationId: string, OperationName: string, OperationNameValue: string, ' +
    'Properties: string, Properties_d: dynamic, Resource: string, ResourceGroup: string, ResourceId: string, ' +
    'ResourceProvider: string, ResourceProviderValue: string, SubscriptionId: string',
  AZKVAuditLogs:
    `${STANDARD}, AddressAuthorizationType: string, Algorithm: string, AppliedAssignmentId: string, ` +
    'CallerIpAddress: string, CertificateIssuerProperties: dynamic, CertificatePolicyProperties: dynamic, ' +
    'CertificateProperties: dynamic, CertificateRequestProperties: dynamic, ClientInfo: string, CorrelationId: string, ' +
    'DurationMs: int, EnabledForDeployment: bool, EnabledForDiskEncryption: bool, EnabledForTemplateDeployment: bool, ' +
    'EnablePurgeProtection: bool, EnableRbacAuthorization: bool, EnableSoftDelete: bool, HsmPoolResourceId: string, ' +
    'HttpStatusCode: int, Id: string, Identity: dynamic, IsAccessPolicyMatch: bool, IsAddressAuthorized: bool, ' +
    'IsRbacAuthorized: bool, KeyProperties: dynamic, NetworkAcls: dynamic, Nsp: dynamic, OperationName: string, ' +
    'OperationVersion: string, Properties: dynamic, RequestUri: string, ResultDescription: string, ' +
    'ResultSignature: string, ResultType: string, SecretProperties: dynamic, Sku: dynamic, ' +
    'SoftDeleteRetentionInDays: int, StorageAccountProperties: dynamic, StorageSasDefinitionProperties: dynamic, ' +
    'SubnetId: string, Tlsversion: string, TrustedService: string, VaultProperties: dynamic',
  AzureDiagnostics:
    `${STANDARD}, CallerIPAddress: string, Category: string, CorrelationId: string, DurationMs: long, Level: string, ` +
    'OperationName: string, Resource: string, ResourceGroup: string, ResourceId: string, ResourceProvider: string, ' +
    'ResourceType: string, ResultDescription: string, ResultSignature: string, ResultType: string, ' +
    'SubscriptionId: string',
  AzureMetrics:
    '_BilledSize: real, _IsBillable: string, _ResourceId: string, _SubscriptionId: string, Average: real, ' +
    'CallerIpAddress: string, Category: string, Confidence: string, CorrelationId: string, Count: real, ' +
    'Description: string, DurationMs: long, FirstReportedDateTime: string, IndicatorThreatType: string, ' +
    'IsActive: string, LastReportedDateTime: string, MaliciousIP: string, Maximum: real, MetricName: string, ' +
    'Minimum: real, OperationName: string, OperationVersion: string, RemoteIPCountry: string, ' +
    'RemoteIPLatitude: real, RemoteIPLongitude: real, Resource: string, ResourceGroup: string, ResourceId: string, ' +
    'ResourceProvider: string, ResultDescription: string, ResultSignature: string, ResultType: string, ' +
    'Severity: int, SourceSystem: string, SubscriptionId: string, TimeGenerated: datetime, TimeGrain: string, ' +
    'TLPLevel: string, Total: real, Type: string, UnitName: string',
  Operation:
    '_BilledSize: real, _IsBillable: string, _ResourceId: string, _SubscriptionId: string, Computer: string, ' +
    'CorrelationId: string, Detail: string, ErrorId: string, HelpLink: string, ManagementGroupName: string, ' +
    'OperationCategory: string, OperationKey: string, OperationStatus: string, Solution: string, ' +
    'SourceComputerId: string, SourceSystem: string, TimeGenerated: datetime, Type: string',
  Usage:
    '_BilledSize: real, _IsBillable: string, AvgLatencyInSeconds: real, BatchesCapped: long, BatchesOutsideSla: long, ' +
    'BatchesWithinSla: long, Computer: string, DataType: string, EndTime: datetime, IsBillable: bool, ' +
    'LinkedMeterId: string, LinkedResourceUri: string, MeterId: string, Quantity: real, QuantityUnit: string, ' +
    'ResourceUri: string, Solution: string, SourceSystem: string, StartTime: datetime, TimeGenerated: datetime, ' +
    'TotalBatches: long, Type: string',
};

/** Tables of the resource graph; source: https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources */
export const GRAPH: { readonly [table: string]: string } = {
  alertsmanagementresources:
    'id: string, name: string, type: string, tenantId: string, kind: string, location: string, resourceGroup: string, ' +
    'subscriptionId: string, managedBy: string, sku: dynamic, plan: dynamic, properties: dynamic, tags: dynamic, ' +
    'identity: dynamic, zones: dynamic, extendedLocation: dynamic',
};
