/**
 * Which way traffic goes, seen from a subnet.
 */
export enum TrafficDirection {
  /** To the subnet. */
  INBOUND = 'Inbound',
  /** From the subnet. */
  OUTBOUND = 'Outbound',
}

/**
 * What happens to traffic.
 */
export enum TrafficAccess {
  /** It passes, and so do the answers. */
  ALLOW = 'Allow',
  /** It is dropped. */
  DENY = 'Deny',
}

/**
 * Protocols that rules tell apart.
 */
export enum TrafficProtocol {
  /** Every protocol. */
  ANY = '*',
  /** Ping and the like; its rules take the port `*`. */
  ICMP = 'Icmp',
  /** TCP. */
  TCP = 'Tcp',
  /** UDP. */
  UDP = 'Udp',
}

/**
 * Options for one rule of a subnet's security group.
 */
export interface SecurityRuleOptions {
  /** Order in which rules are tried, 100 to 4000; the lowest one that matches decides. Our own rules come after these. */
  readonly priority: number;
  /** Which way the traffic goes. */
  readonly direction: TrafficDirection;
  /** Who is at the other end: addresses and blocks of addresses, or one service tag alone, e.g. `AzureMonitor`. */
  readonly remotes: string[];
  /** Ports that are connected to, e.g. `443` or `8000-8010`; `*` is every port. */
  readonly ports: string[];

  /**
   * What happens to the traffic.
   *
   * @default TrafficAccess.ALLOW
   */
  readonly access?: TrafficAccess;

  /**
   * Protocol of the traffic.
   *
   * @default TrafficProtocol.TCP
   */
  readonly protocol?: TrafficProtocol;

  /**
   * Why there is this rule, up to 140 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Lets anybody on the internet in, where `remotes` says so.
   *
   * @default false
   */
  readonly openToInternet?: boolean;
}
