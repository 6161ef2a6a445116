import { IConstruct } from 'constructs';
import { IPrincipal } from './principal';

/**
 * What a program needs to know to send its traces, metrics and logs.
 */
export interface TelemetryConfig {
  /** Settings by their full names, which agents and SDKs prescribe. */
  readonly settings: { [name: string]: string };
}

/**
 * Something that takes traces, metrics and logs.
 */
export interface ITelemetrySink extends IConstruct {
  /**
   * Lets a sender in, and tells it where to send.
   *
   * @param sender The identity that will send; there is no key.
   * @param clientId Client id of that identity, by which the sender asks for tokens.
   */
  bindSender(sender: IPrincipal, clientId: string): TelemetryConfig;
}
