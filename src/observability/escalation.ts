import { MonitorActionGroup } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { MonitorScheduledQueryRulesAlertV2 } from '@cdktf/provider-azurerm/lib/monitor-scheduled-query-rules-alert-v2';
import { Construct } from 'constructs';
import { Grant } from '../access/grant';
import { ManagedIdentity } from '../access/managed-identity';
import { Comparison, MissingData, Severity, SignalInterval } from '../contracts/monitoring';
import { nameOf } from '../core/naming';
import { AlertDefinition } from './alert';
import { AlertBook } from './alert-book';
import { neglectedQuery } from './alert-queries';
import { AlertRoute } from './alert-route';
import { severitiesOf } from './alert-route-problems';
import { AlertPlace, logRule, SEVERITY } from './alert-rule';
import { inWords } from './in-words';
import { Routing } from './routing';

/** What cannot wait: it must reach somebody, and is escalated where nobody says otherwise. */
export const ESCALATED: readonly Severity[] = [Severity.P0, Severity.P1];

/** Reads alerts, and queries the workspace that the rule stands on. */
const ROLE = 'Monitoring Reader';

/** What an escalation stands on. */
export interface EscalationPlace extends AlertPlace {
  readonly book: AlertBook;
  /** Azure resource id of the group whose alerts are escalated. */
  readonly groupId: string;
  /** Whether the workspace lies elsewhere, so that the right to it does not come with the one to the group. */
  readonly isWorkspaceElsewhere: boolean;
}

/** The Terraform resources of an escalation. */
export interface Escalation {
  readonly routing: Routing;
  readonly group?: MonitorActionGroup;
  readonly rule?: MonitorScheduledQueryRulesAlertV2;
}

/**
 * Tells others of alerts that nobody took care of.
 *
 * A rule asks the resource graph every five minutes, under an identity of its own, for alerts that are still new: there is no
 * clock to keep and no program to run. It resolves by itself as soon as somebody acknowledges the alert, or it is over.
 */
export function defineEscalation(
  own: Construct,
  route: AlertRoute,
  minutes: number,
  place: EscalationPlace,
): Escalation {
  const severities = [...severitiesOf(route, ESCALATED)];
  const routing = new Routing(own, { Escalation: route });
  const group = routing.defineGroup('Escalation', severities, ESCALATED, 'ESC');
  const groups = [...(group ? [group.id] : []), ...routing.existingGroups(severities, ESCALATED)];

  const name = nameOf(MonitorScheduledQueryRulesAlertV2.tfResourceType, own);
  const alert: AlertDefinition = {
    key: 'Escalation',
    summary: `an alert was neither acknowledged nor resolved for ${inWords(minutes)} minutes`,
    query: {
      query: neglectedQuery(severities.map((severity) => SEVERITY[severity]).sort(), inWords(minutes), name),
      splitBy: ['Alert', 'AlertId'],
    },
    comparison: Comparison.GREATER_THAN,
    threshold: 0,
    window: SignalInterval.FIVE_MINUTES,
    frequency: SignalInterval.FIVE_MINUTES,
    severity: Severity.P0,
    missingData: MissingData.IS_GOOD,
    runbook: 'escalation',
  };
  const tuned = place.book.tune(alert.key, alert);
  if (tuned === undefined) {
    return { routing, group };
  }
  const identity = new ManagedIdentity(own, 'Identity');
  const grants = [Grant.once(own, { grantee: identity, role: ROLE, resourceId: place.groupId, part: 'Group' })];
  if (place.isWorkspaceElsewhere) {
    grants.push(Grant.once(own, { grantee: identity, role: ROLE, resourceId: place.workspaceId, part: 'Workspace' }));
  }
  const rule = logRule(
    own,
    tuned,
    alert.key,
    { ...place, actionGroupIds: () => groups },
    {
      identity: { type: 'UserAssigned', identityIds: [identity.identityId] },
      // a rule whose identity may not read yet is refused
      dependsOn: grants.map(({ resources }) => resources.roleAssignment),
    },
  );
  return { routing, group, rule };
}
