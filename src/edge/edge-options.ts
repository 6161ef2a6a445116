import { IDnsZone } from '../contracts/dns';
import { MonitoredProps } from '../contracts/monitoring';
import { EdgeTier } from './edge-tier';
import { FirewallOptions } from './waf-options';

/**
 * Properties for `EdgeGateway`.
 */
export interface EdgeGatewayProps extends MonitoredProps {
  /**
   * Tier of Front Door and its firewall, chosen once.
   *
   * @default EdgeTier.PREMIUM - everywhere: a firewall that is another one before production finds nothing out
   */
  readonly tier?: EdgeTier;

  /**
   * Zones of the domains; the one that a domain lies in is asked for the records that prove ownership and lead to the edge.
   *
   * @default - the records are written elsewhere, see `EdgeDomain`
   */
  readonly dnsZones?: IDnsZone[];

  /**
   * How good requests are told from bad ones.
   *
   * @default - prevention, with limits of 1000 requests and 20 sign-ins a minute
   */
  readonly firewall?: FirewallOptions;

  /**
   * Headers that every answer has, by name, at most five, in addition to and in place of those that are written anyway, of at
   * most 640 characters each; an empty text leaves a header as the origin has it, which may be longer. Take care with
   * `includeSubDomains` in `Strict-Transport-Security`: it also holds for names that are not served here.
   *
   * @default - Permissions-Policy without camera, microphone and place, Referrer-Policy strict-origin-when-cross-origin,
   * Strict-Transport-Security of a year, X-Content-Type-Options nosniff, X-Frame-Options DENY
   */
  readonly responseHeaders?: { [name: string]: string };

  /**
   * Seconds after which an origin that does not answer is given up, 16 to 240.
   *
   * @default 60
   */
  readonly responseTimeoutSeconds?: number;

  /**
   * Leaves addresses of clients out of the logs. Arguments of queries, and what people typed or sent along as a token, are left
   * out anyway.
   *
   * @default false
   */
  readonly anonymousLogs?: boolean;
}

/**
 * How the edge asks an origin for its health.
 */
export enum EdgeProbeMethod {
  /** For origins that do not answer HEAD under their health path, as with some frameworks for Python. */
  GET = 'GET',
  /** Costs less. */
  HEAD = 'HEAD',
}

/**
 * Options for an origin: one of those that answer for a backend.
 */
export interface EdgeOriginOptions {
  /**
   * Origins with a higher number are only asked while none with a lower one is healthy, 1 to 5.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * Share of the requests among origins of the same priority, 1 to 1000.
   *
   * @default 500
   */
  readonly weight?: number;

  /**
   * Comes in by private link, which somebody has to approve on the side of the origin, see `EdgeGateway.approvalCommands`.
   * Otherwise the origin stays reachable from the internet, and lets in only what has the header of this edge. A change
   * replaces the origin, and so interrupts a backend that has no other.
   *
   * @default - true with the tier PREMIUM, where a private link leads to the origin
   */
  readonly privateLink?: boolean;

  /**
   * Region of Front Door that the private link starts from.
   *
   * @default - the region of the origin
   */
  readonly privateLinkLocation?: string;
}

/**
 * Options for `EdgeGateway.addBackend()` and `EdgeGateway.addFrontend()`.
 */
export interface EdgeBackendOptions extends EdgeOriginOptions {
  /**
   * Domains that this serves, literal host names; each is added unless it was before.
   *
   * @default - the domains that no other backend names, or the address that Azure gives, where there are none
   */
  readonly domains?: string[];

  /**
   * Paths that this serves, exact or with `*` at the end; the longest that fits counts.
   *
   * @default - all
   */
  readonly paths?: string[];

  /**
   * Paths whose content never changes under one address, so that the edge keeps and compresses it.
   *
   * @default - what the origin says; for a frontend that says nothing, what builds write under /assets/ and /static/
   */
  readonly immutablePaths?: string[];

  /**
   * Path that answers 200 while an origin is healthy.
   *
   * @default - what the origin says
   */
  readonly healthPath?: string;

  /**
   * How origins are asked for their health.
   *
   * @default EdgeProbeMethod.HEAD
   */
  readonly probeMethod?: EdgeProbeMethod;

  /**
   * Seconds between two probes of one place of Front Door, of which there are more than a hundred, 5 to 255. An origin is out
   * when two of the last four failed.
   *
   * @default 60
   */
  readonly probeIntervalSeconds?: number;
}

/**
 * Options for `EdgeGateway.addDomain()`.
 */
export interface EdgeDomainOptions {
  /**
   * Zone of the domain, where it is none of the `dnsZones` of the edge.
   *
   * @default - the one of `dnsZones` that the domain lies in
   */
  readonly dnsZone?: IDnsZone;
}
