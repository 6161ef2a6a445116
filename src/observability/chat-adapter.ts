import { LogicAppActionCustom } from '@cdktf/provider-azurerm/lib/logic-app-action-custom';
import { LogicAppTriggerHttpRequest } from '@cdktf/provider-azurerm/lib/logic-app-trigger-http-request';
import { LogicAppWorkflow } from '@cdktf/provider-azurerm/lib/logic-app-workflow';
import { Construct } from 'constructs';
import { ManagedIdentity } from '../access/managed-identity';
import {
  Aggregation,
  Comparison,
  MissingData,
  MonitoringTarget,
  Severity,
  Signal,
  SignalInterval,
} from '../contracts/monitoring';
import { nameOf } from '../core/naming';
import { Workload } from '../core/workload';
import { ChatChannel } from './chat-channel';

/** Version of the vault's interface that reads secrets. */
const VAULT_API = '7.4';

/** For whom the identity asks the directory for a token. */
const VAULT_AUDIENCE = 'https://vault.azure.net';

/** Names of the steps, which the definition of the workflow refers to. */
const READ = 'ReadAddress';
const POST = 'PostAlert';

/** Keeps what passes through a step out of the history of runs. */
function secret(...properties: string[]): object {
  return { secureData: { properties } };
}

/** A workflow that passes alerts on to a channel, and what action groups call it by. */
export interface ChatAdapter {
  readonly workflow: LogicAppWorkflow;
  readonly trigger: LogicAppTriggerHttpRequest;
}

/**
 * Defines a workflow that takes alerts, reads the address of a channel in its vault, and posts there.
 */
export function defineChatAdapter(scope: Construct, channel: ChatChannel): ChatAdapter {
  const { resourceGroupName, location } = Workload.of(scope);
  const identity = new ManagedIdentity(scope, 'Identity');
  const { secretUri } = channel.address.bindReader(identity);

  const workflow = new LogicAppWorkflow(scope, 'Resource', {
    name: nameOf(LogicAppWorkflow.tfResourceType, scope),
    resourceGroupName,
    location,
    identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
  });
  const trigger = new LogicAppTriggerHttpRequest(scope, 'Trigger', {
    name: 'alert',
    logicAppId: workflow.id,
    method: 'POST',
    schema: JSON.stringify({ type: 'object' }),
  });
  const read = new LogicAppActionCustom(scope, 'Read', {
    name: READ,
    logicAppId: workflow.id,
    body: JSON.stringify({
      type: 'Http',
      inputs: {
        method: 'GET',
        uri: `${secretUri}?api-version=${VAULT_API}`,
        authentication: { type: 'ManagedServiceIdentity', identity: identity.identityId, audience: VAULT_AUDIENCE },
      },
      runAfter: {},
      runtimeConfiguration: secret('outputs'),
    }),
    // the definition of a workflow is written as a whole each time: two writers at once lose a step
    dependsOn: [trigger],
  });
  new LogicAppActionCustom(scope, 'Post', {
    name: POST,
    logicAppId: workflow.id,
    body: JSON.stringify({
      type: 'Http',
      inputs: {
        method: 'POST',
        uri: `@{body('${READ}')?['value']}`,
        headers: { 'Content-Type': 'application/json' },
        body: channel._message,
        retryPolicy: { type: 'exponential', count: 4, interval: 'PT10S' },
      },
      runAfter: { [READ]: ['Succeeded'] },
      runtimeConfiguration: secret('inputs'),
    }),
    dependsOn: [read],
  });
  return { workflow, trigger };
}

/** What is worth watching on the workflow: that it delivers. */
export const ADAPTER_SIGNALS: Signal[] = [
  {
    key: 'Undelivered',
    summary: 'alerts do not reach a channel',
    metric: { metricName: 'RunsFailed', aggregation: Aggregation.TOTAL },
    comparison: Comparison.GREATER_THAN,
    threshold: 0,
    window: SignalInterval.FIVE_MINUTES,
    frequency: SignalInterval.FIVE_MINUTES,
    severity: Severity.P1,
    missingData: MissingData.IS_GOOD,
    runbook: 'alert-undelivered',
  },
];

/** What to watch on the workflow. */
export function adapterTarget({ workflow }: ChatAdapter): MonitoringTarget {
  return {
    resourceId: workflow.id,
    metricNamespace: 'Microsoft.Logic/workflows',
    logSources: { Workflow: workflow.id },
    signals: ADAPTER_SIGNALS,
  };
}
