import { DeploymentEventName as Name, DeploymentOutcome } from '../contracts/deployment-event';
import { from } from './kql';

/**
 * The deployments that pipelines told of, one row each, with `Service`, `Environment`, `Outcome`, `CommittedAt` and others.
 *
 * @param lines What to do with them, in KQL.
 */
export function deployments(...lines: string[]): string {
  const property = (name: Name) => `Properties.${name}`;
  return from(
    'AppEvents',
    `| where Name == "${Name.EVENT}"`,
    `| extend Service = tostring(${property(Name.SERVICE)}), Environment = tostring(${property(Name.ENVIRONMENT)}),`,
    `    Outcome = tostring(${property(Name.OUTCOME)}), Revision = tostring(${property(Name.REVISION)}),`,
    `    CommittedAt = todatetime(${property(Name.COMMITTED_AT)}), StartedAt = todatetime(${property(Name.STARTED_AT)}),`,
    `    Run = tostring(${property(Name.RUN_URL)})`,
    ...lines,
  );
}

/**
 * Deployments that failed or were taken back, one row each.
 */
export function failedDeployments(): string {
  return deployments(
    `| where Outcome in ("${DeploymentOutcome.FAILED}", "${DeploymentOutcome.ROLLED_BACK}")`,
    '| project TimeGenerated, Service, Environment, Outcome, Revision, Run',
  );
}

/** How many hours a change waits until it is in use, half of the changes less. */
export function leadTime(): string {
  return deployments(
    `| where Outcome == "${DeploymentOutcome.SUCCEEDED}" and isnotnull(CommittedAt)`,
    '| extend Waited = (TimeGenerated - CommittedAt) / 1h',
    '| summarize LeadTime = round(percentile(Waited, 50), 1)',
  );
}

/**
 * Share of deployments that failed or were taken back, in percent.
 *
 * What the button takes back was told of as a deployment before: such an event has no change of its own, and adds none.
 */
export function changeFailureRate(): string {
  return deployments(
    `| extend IsNew = Outcome != "${DeploymentOutcome.ROLLED_BACK}" or isnotnull(CommittedAt)`,
    `| summarize Total = sumif(ItemCount, IsNew), Failed = sumif(ItemCount, Outcome != "${DeploymentOutcome.SUCCEEDED}")`,
    '| where Total > 0',
    '| project FailureRate = round(100.0 * Failed / Total, 1)',
  );
}

/** How many hours pass from a failure to the next deployment of the same service that succeeds, half of the times less. */
export function timeToRestore(): string {
  const successes = deployments(
    `| where Outcome == "${DeploymentOutcome.SUCCEEDED}"`,
    '| project RestoredAt = TimeGenerated, Service, Environment',
  );
  return deployments(
    `| where Outcome != "${DeploymentOutcome.SUCCEEDED}"`,
    '| project FailedAt = TimeGenerated, Service, Environment',
    `| join kind=inner (${successes}) on Service, Environment`,
    '| where RestoredAt > FailedAt',
    '| summarize RestoredAt = min(RestoredAt) by FailedAt, Service, Environment',
    '| summarize Hours = round(percentile((RestoredAt - FailedAt) / 1h, 50), 1)',
  );
}

/** How many deployments came into use. */
export function deploymentCount(): string {
  return deployments(`| where Outcome == "${DeploymentOutcome.SUCCEEDED}"`, '| summarize Deployments = sum(ItemCount)');
}
