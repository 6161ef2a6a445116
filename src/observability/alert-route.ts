import { Severity } from '../contracts/monitoring';
import { ChatChannel } from './chat-channel';

/**
 * A phone that takes text messages.
 */
export interface AlertPhone {
  /** Code of the country, without `+` or zeros before it, e.g. `49`. */
  readonly countryCode: string;
  /** Number within the country, digits only, without a zero before it. */
  readonly phoneNumber: string;
}

/**
 * People and programs that are told of alerts.
 */
export interface AlertRoute {
  /**
   * Which alerts they are told of.
   *
   * @default - all, P0 to P3; for an escalation P0 and P1
   */
  readonly severities?: Severity[];

  /**
   * E-mail addresses.
   *
   * @default - none
   */
  readonly emails?: string[];

  /**
   * Phones that get a text message. Azure sends one number at most one message in five minutes.
   *
   * @default - none
   */
  readonly phones?: AlertPhone[];

  /**
   * Addresses that take the common alert schema of Azure Monitor by `POST`; `https` only, and nothing secret in them. An address
   * that is a secret, as those of Teams, Slack and PagerDuty are, goes into `channels`.
   *
   * @default - none
   */
  readonly webhooks?: string[];

  /**
   * Channels whose address is a secret in a vault: Teams, Slack, PagerDuty and the like; one of each kind.
   *
   * @default - none
   */
  readonly channels?: ChatChannel[];

  /**
   * Existing action groups, by Azure resource id.
   *
   * @default - none
   */
  readonly actionGroupIds?: string[];
}
