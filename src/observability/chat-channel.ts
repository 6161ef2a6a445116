import { ISecret } from '../contracts/secret';

const ESSENTIALS = "triggerBody()?['data']?['essentials']";
const RULE = `${ESSENTIALS}?['alertRule']`;
const STATE = `${ESSENTIALS}?['monitorCondition']`;
const DESCRIPTION = `${ESSENTIALS}?['description']`;
const LINK = `${ESSENTIALS}?['investigationLink']`;
const TITLE = `@{${STATE}}: @{${RULE}}`;

/** What a workflow of Teams posts, in expressions of Logic Apps: a card with the alert and a link to it; the description ends with the runbook. */
const TEAMS = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          { type: 'TextBlock', weight: 'Bolder', size: 'Medium', wrap: true, text: TITLE },
          { type: 'TextBlock', wrap: true, text: `@{${DESCRIPTION}}` },
        ],
        actions: [{ type: 'Action.OpenUrl', title: 'Open in Azure', url: `@{${LINK}}` }],
      },
    },
  ],
};

/** What an incoming webhook of Slack posts. */
const SLACK = { text: `*${TITLE}*\n@{${DESCRIPTION}}\n@{${LINK}}` };

/** The common alert schema as it came: services that know Azure Monitor take it as it is. */
const AS_IT_CAME = '@triggerBody()';

/**
 * A channel whose address is a secret: it stays in the vault, and is read there each time that an alert is sent.
 *
 * A Logic App does that under an identity of its own, with the right to read this one secret. The vault must let it in: a
 * vault that only answers in its network does not. Azure calls the Logic App at an address that carries a signature, which
 * Terraform keeps in its state; whoever has it can post an alert to the channel, and nothing else.
 */
export class ChatChannel {
  /**
   * A channel of Microsoft Teams, by the address of its workflow "Post to a channel when a webhook request is received", which
   * somebody with access to the channel creates in Teams.
   *
   * @param address Secret that holds the address.
   */
  public static teams(address: ISecret): ChatChannel {
    return new ChatChannel('Teams', address, TEAMS);
  }

  /**
   * A channel of Slack, by the address of an incoming webhook, which an administrator of the workspace creates in Slack.
   *
   * @param address Secret that holds the address.
   */
  public static slack(address: ISecret): ChatChannel {
    return new ChatChannel('Slack', address, SLACK);
  }

  /**
   * A service of PagerDuty, by the address of its integration with Microsoft Azure, which is created in PagerDuty; incidents
   * are resolved when alerts are.
   *
   * @param address Secret that holds the address.
   */
  public static pagerDuty(address: ISecret): ChatChannel {
    return new ChatChannel('PagerDuty', address, AS_IT_CAME);
  }

  /**
   * Any service that takes the common alert schema of Azure Monitor.
   *
   * @param address Secret that holds the address.
   */
  public static webhook(address: ISecret): ChatChannel {
    return new ChatChannel('Webhook', address, AS_IT_CAME);
  }

  private constructor(
    /** Which service it is: `Teams`, `Slack`, `PagerDuty` or `Webhook`. */
    public readonly kind: string,
    /** Secret that holds the address. */
    public readonly address: ISecret,
    /** @internal */
    public readonly _message: unknown,
  ) {}
}
