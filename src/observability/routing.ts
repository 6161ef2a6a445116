import { MonitorActionGroup, MonitorActionGroupConfig } from '@cdktf/provider-azurerm/lib/monitor-action-group';
import { Construct } from 'constructs';
import { Severity } from '../contracts/monitoring';
import { nameOf, stableHash } from '../core/naming';
import { resolvedIn } from '../core/validation';
import { Workload } from '../core/workload';
import { AlertRoute } from './alert-route';
import { severitiesOf } from './alert-route-problems';
import { ChatAdapter, defineChatAdapter } from './chat-adapter';

/** Characters of the name that text messages begin with. */
const SHORT_NAME = 12;

/** All severities, the worst first. */
export const SEVERITIES: readonly Severity[] = Object.values(Severity);

type Receivers = Required<
  Pick<MonitorActionGroupConfig, 'emailReceiver' | 'smsReceiver' | 'webhookReceiver' | 'logicAppReceiver'>
>;

/**
 * Who is told of what: action groups, and the workflows that pass alerts on to channels.
 */
export class Routing {
  /** Workflows by the key of their route and the service, e.g. `on-call/Teams`. */
  public readonly adapters: { [key: string]: ChatAdapter } = {};

  private readonly groups: Construct;

  constructor(
    owner: Construct,
    private readonly routes: { readonly [key: string]: AlertRoute },
  ) {
    const scope = new Construct(owner, 'Routes');
    this.groups = new Construct(owner, 'ActionGroups');
    for (const key of Object.keys(routes).sort()) {
      const ofRoute = new Construct(scope, key);
      for (const channel of routes[key].channels ?? []) {
        const own = new Construct(ofRoute, channel.kind);
        this.adapters[`${key}/${channel.kind}`] = defineChatAdapter(own, channel);
      }
    }
  }

  /**
   * Defines an action group for some severities, unless our own receivers are for others.
   *
   * @param id Address of the group.
   * @param severities What it is for.
   * @param all What routes are for that do not say it.
   * @param short What text messages begin with, after the name of the workload.
   */
  public defineGroup(
    id: string,
    severities: readonly Severity[],
    all: readonly Severity[] = SEVERITIES,
    short: string = id,
  ): MonitorActionGroup | undefined {
    const keys = this.keysFor(severities, all);
    const receivers = merged(keys.map((key) => this.receiversOf(key)));
    if (Object.values(receivers).every((list) => (list as unknown[]).length === 0)) {
      return undefined;
    }
    const { name, resourceGroupName } = Workload.of(this.groups);
    const own = new Construct(this.groups, id);
    return new MonitorActionGroup(own, 'Resource', {
      name: nameOf(MonitorActionGroup.tfResourceType, own),
      resourceGroupName,
      shortName: `${name.slice(0, SHORT_NAME - short.length - 1)}-${short}`,
      ...receivers,
    });
  }

  /** Existing action groups for some severities. */
  public existingGroups(severities: readonly Severity[], all: readonly Severity[] = SEVERITIES): string[] {
    const ids = this.keysFor(severities, all).flatMap((key) => this.routes[key].actionGroupIds ?? []);
    return [...new Set(ids)];
  }

  private keysFor(severities: readonly Severity[], all: readonly Severity[]): string[] {
    return Object.keys(this.routes)
      .filter((key) => severitiesOf(this.routes[key], all).some((severity) => severities.includes(severity)))
      .sort();
  }

  private receiversOf(key: string): Receivers {
    const { emails = [], phones = [], webhooks = [], channels = [] } = this.routes[key];
    const useCommonAlertSchema = true;
    return {
      emailReceiver: emails.map((emailAddress) => ({ name: emailAddress, emailAddress, useCommonAlertSchema })),
      smsReceiver: phones.map(({ countryCode, phoneNumber }) => ({
        name: `sms-${countryCode}-${phoneNumber}`,
        countryCode,
        phoneNumber,
      })),
      webhookReceiver: webhooks.map((serviceUri) => ({
        name: `webhook-${stableHash(String(resolvedIn(this.groups, serviceUri)))}`,
        serviceUri,
        useCommonAlertSchema,
      })),
      logicAppReceiver: channels.map(({ kind }) => {
        const { workflow, trigger } = this.adapters[`${key}/${kind}`];
        return {
          name: `${key}-${kind}`,
          resourceId: workflow.id,
          callbackUrl: trigger.callbackUrl,
          useCommonAlertSchema,
        };
      }),
    };
  }
}

/** Receivers of several routes: who is in two of them is told once, since Azure refuses a second receiver of a name. */
function merged(parts: Receivers[]): Receivers {
  const once = (kind: keyof Receivers) => {
    const all = parts.flatMap((part) => part[kind] as Array<{ name: string }>);
    const byName = new Map(all.reverse().map((receiver) => [receiver.name.toLowerCase(), receiver]));
    return [...byName.keys()].sort().map((name) => byName.get(name)!) as any;
  };
  return {
    emailReceiver: once('emailReceiver'),
    smsReceiver: once('smsReceiver'),
    webhookReceiver: once('webhookReceiver'),
    logicAppReceiver: once('logicAppReceiver'),
  };
}
