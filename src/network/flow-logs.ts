import { NetworkWatcherFlowLog } from '@cdktf/provider-azurerm/lib/network-watcher-flow-log';
import { StorageAccount } from '@cdktf/provider-azurerm/lib/storage-account';
import { Construct } from 'constructs';
import { canonicalLocation } from '../core/locations';
import { nameOf } from '../core/naming';
import { replicationFor } from '../core/replication';
import { residencyProblem } from '../core/residency';
import { guidProblem, hasForm, isComputed, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { TrafficAnalyticsTarget } from './traffic-analytics';

/** Fewest days that benchmarks ask for, and most days that Azure takes. */
const RETENTION_DAYS = { min: 90, max: 365 };

/** Days during which deleted logs can be brought back. */
const RECOVERY_DAYS = 7;

/** Metadata by which a construct answers for an exception from a rule of compliance that it cannot do without. */
const ACKNOWLEDGED = 'azure-platform-constructs:acknowledged-rule';

/** What flow logs need, and what they do without. */
const EXCEPTIONS = {
  'STO-002': 'Network Watcher writes flow logs with a key, since azurerm 4.55 cannot give them an identity',
  'STO-006': 'signatures are logged, not refused: what Network Watcher writes with is not ours to limit',
  'STO-012': 'Network Watcher comes as a trusted service through the firewall, which needs public access',
  'STO-017': 'flow logs have no private path',
  'STO-023': 'a log is overwritten every minute',
  'STO-025': 'a log is overwritten every minute',
  'IAM-010': 'flow logs live for 90 days',
};

/** Properties for `FlowLogs`. */
export interface FlowLogsProps {
  /** Azure resource id of the network. */
  readonly virtualNetworkId: string;
  /** Workspace that evaluates the logs, if any. */
  readonly trafficAnalytics?: TrafficAnalyticsTarget;
  /** Name of the Network Watcher of the region. */
  readonly networkWatcherName?: string;
  /** Name of the resource group it lies in. */
  readonly networkWatcherResourceGroupName?: string;
}

/** The Terraform resources behind `FlowLogs`. */
export interface FlowLogsResources {
  /** The flow log. */
  readonly flowLog: NetworkWatcherFlowLog;
  /** The account that keeps it. */
  readonly flowLogAccount: StorageAccount;
}

/**
 * Who talked to whom in a network, kept on a storage account of its own.
 */
export class FlowLogs extends Construct {
  /** Escape hatch: the Terraform resources behind this construct. */
  public readonly resources: FlowLogsResources;

  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { location, environment } = Workload.of(this);
    const flowLogAccount = this.defineAccount();
    const flowLog = new NetworkWatcherFlowLog(this, 'Resource', {
      name: nameOf(NetworkWatcherFlowLog.tfResourceType, this),
      networkWatcherName: props.networkWatcherName ?? `NetworkWatcher_${location}`,
      resourceGroupName: props.networkWatcherResourceGroupName ?? 'NetworkWatcherRG',
      location,
      targetResourceId: props.virtualNetworkId,
      storageAccountId: flowLogAccount.id,
      enabled: true,
      version: 2,
      retentionPolicy: {
        enabled: true,
        days: Math.min(RETENTION_DAYS.max, Math.max(RETENTION_DAYS.min, environment.profile.logDays)),
      },
      trafficAnalytics: props.trafficAnalytics && {
        enabled: true,
        workspaceResourceId: props.trafficAnalytics.workspaceResourceId,
        workspaceId: props.trafficAnalytics.workspaceGuid,
        workspaceRegion: spelled(props.trafficAnalytics.workspaceLocation ?? location),
        intervalInMinutes: 60,
      },
    });
    this.resources = { flowLog, flowLogAccount };
  }

  /**
   * Closed to everybody but Azure's trusted services, of which Network Watcher is one.
   *
   * Shared keys stay on: a flow log writes with a key unless it has an identity, which azurerm 4.55 cannot give it
   * (hashicorp/terraform-provider-azurerm#30219). Public network access stays on, behind a firewall that denies: there is no
   * private path for flow logs, and this is the one documented. No versioning: a log is overwritten every minute. The flow
   * log writes the lifecycle rules of the account itself, so there are none here.
   *
   * @see https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
   */
  private defineAccount(): StorageAccount {
    const { location, resourceGroupName } = Workload.of(this);
    const account = new StorageAccount(this, 'Account', {
      name: nameOf(StorageAccount.tfResourceType, this),
      resourceGroupName,
      location,
      accountKind: 'StorageV2',
      accountTier: 'Standard',
      accountReplicationType: replicationFor(this),
      minTlsVersion: 'TLS1_2',
      httpsTrafficOnlyEnabled: true,
      allowNestedItemsToBePublic: false,
      sharedAccessKeyEnabled: true,
      sasPolicy: { expirationPeriod: '01.00:00:00', expirationAction: 'Log' },
      defaultToOauthAuthentication: true,
      localUserEnabled: false,
      crossTenantReplicationEnabled: false,
      allowedCopyScope: 'AAD',
      infrastructureEncryptionEnabled: true,
      publicNetworkAccessEnabled: true,
      networkRules: { defaultAction: 'Deny', bypass: ['AzureServices'] },
      blobProperties: {
        deleteRetentionPolicy: { days: RECOVERY_DAYS },
        containerDeleteRetentionPolicy: { days: RECOVERY_DAYS },
      },
    });
    Object.entries(EXCEPTIONS).forEach(([ruleId, reason]) =>
      account.node.addMetadata(ACKNOWLEDGED, { ruleId, reason }),
    );
    return account;
  }
}

/**
 * What is wrong with the workspace for traffic analytics, as clauses for `rejectIf()`.
 */
export function trafficAnalyticsProblems(construct: Construct, target: TrafficAnalyticsTarget): Array<string | false> {
  const { workspaceResourceId, workspaceGuid, workspaceLocation } = target;
  return [
    !hasForm(workspaceResourceId, /^\/subscriptions\/.+\/workspaces\/[^/]+$/i) &&
      `'workspaceResourceId' must be the Azure resource id of a Log Analytics workspace, got ${shown(workspaceResourceId)}`,
    guidProblem('workspaceGuid', workspaceGuid, "the 'workspace_id' of the workspace"),
    workspaceLocation !== undefined && residencyProblem(construct, "'workspaceLocation'", workspaceLocation),
  ];
}

function spelled(location: string): string {
  return isComputed(location) ? location : canonicalLocation(location);
}
