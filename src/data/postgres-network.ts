import { PostgresqlFlexibleServerFirewallRule } from '@cdktf/provider-azurerm/lib/postgresql-flexible-server-firewall-rule';
import { Construct } from 'constructs';
import { IPv4 } from 'ipaddr.js';
import { IPrivateNetwork } from '../contracts/network';
import { hasForm, isComputed, isText, rejectIf, shown } from '../core/validation';
import { Workload } from '../core/workload';
import { linksBefore } from '../network/private-dns';
import { publicAddressProblems } from '../network/public-addresses';
import { PostgresCreateOnly, PostgresPublicAccess } from './postgres-options';

/** What every server's name ends in, and the names of the zones that injected ones are found in. */
export const DOMAIN = 'postgres.database.azure.com';

const ZONE_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateDnsZones\/([^/]+)$/i;

/** Widest network of administrators: 256 addresses. */
const WIDEST_PREFIX = 24;

/** Where a server is put. */
export interface Placement {
  /** Arguments of the server. */
  readonly config: { delegatedSubnetId?: string; privateDnsZoneId?: string; publicNetworkAccessEnabled: boolean };
  /** Addresses of what must be there before: without a link, the server cannot be found, and its creation fails. */
  readonly dependsOn: string[];
}

/** Firewall rules by the addresses they let in. */
export interface FirewallRules {
  readonly [address: string]: PostgresqlFlexibleServerFirewallRule;
}

/**
 * Where a server is put: reached through an endpoint, or in the data subnet of a network. Finds or makes the DNS zone of the
 * latter, whose name ends as Azure demands and is none that a server could have.
 */
export function placementOf(
  server: Construct,
  network: IPrivateNetwork,
  { injected = false, privateDnsZoneId }: PostgresCreateOnly,
  open: boolean,
): Placement {
  if (!injected) {
    return { config: { publicNetworkAccessEnabled: open }, dependsOn: [] };
  }
  const { name, environment } = Workload.of(server);
  const zoneName = `${name}-${environment.name}.private.${DOMAIN}`;
  const dns = privateDnsZoneId === undefined ? network.bindPrivateDns([zoneName]) : { zoneIds: [], linkAddresses: [] };
  const zoneId = privateDnsZoneId ?? dns.zoneIds[0];
  rejectIf(
    server,
    zoneId === undefined &&
      `'createOnly.privateDnsZoneId' must name the private DNS zone of an injected server where nobody here keeps zones; it must end in .${DOMAIN} and be linked to the network`,
  );
  return {
    config: {
      delegatedSubnetId: network.dataSubnetId,
      privateDnsZoneId: zoneId,
      publicNetworkAccessEnabled: false,
    },
    dependsOn: linksBefore(server, network, dns),
  };
}

/**
 * Lets named addresses in; the key of a rule is the address, so that their order does not matter.
 */
export function defineFirewallRules(scope: Construct, serverId: string, access?: PostgresPublicAccess): FirewallRules {
  const rules = [...new Set(access?.addresses ?? [])]
    .sort()
    .map((address): [string, PostgresqlFlexibleServerFirewallRule] => {
      const { start, end } = rangeOf(address);
      const rule = new PostgresqlFlexibleServerFirewallRule(scope, `Firewall-${address.replace('/', '-')}`, {
        name: `administrators-${address.replace(/[./]/g, '-')}`,
        serverId,
        startIpAddress: start,
        endIpAddress: end,
      });
      return [address, rule];
    });
  return Object.fromEntries(rules);
}

/**
 * What is wrong with who may come over the internet, as clauses for `rejectIf()`.
 */
export function publicAccessProblems(access?: PostgresPublicAccess): Array<string | false> {
  if (access === undefined) {
    return [];
  }
  const { addresses, reason } = access;
  return [
    addresses.length === 0 &&
      "'publicAccess.addresses' must name at least one address; leave 'publicAccess' out to stay private",
    ...publicAddressProblems('publicAccess.addresses', addresses),
    ...addresses
      .filter((address) => !isComputed(address) && Number(address.split('/')[1] ?? 32) < WIDEST_PREFIX)
      .map((address) => `'publicAccess.addresses' must not be wider than /${WIDEST_PREFIX}, got ${shown(address)}`),
    (isComputed(reason) || !isText(reason, /^(?=.*\S.*).{10,256}$/)) &&
      `'publicAccess.reason' must say in 10 to 256 characters, a literal, why the private network does not do; got ${shown(reason)}`,
  ];
}

/**
 * What is wrong with the place of an injected server, as clauses for `rejectIf()`.
 */
export function injectionProblems(
  { injected = false, privateDnsZoneId }: PostgresCreateOnly,
  network: IPrivateNetwork,
  location: string,
  serverName: string,
  open: boolean,
): Array<string | false> {
  return [
    injected &&
      open &&
      "'publicAccess' must be left out for an injected server, which never has a public address; reach it through the network",
    injected &&
      !isComputed(network.location) &&
      network.location !== location &&
      `'network' must lie in ${location} as the injected server does, got ${network.location}`,
    !injected && privateDnsZoneId !== undefined && "'createOnly.privateDnsZoneId' must come with 'createOnly.injected'",
    privateDnsZoneId !== undefined && zoneProblem(privateDnsZoneId, serverName),
  ];
}

function zoneProblem(zoneId: string, serverName: string): string | false {
  if (!hasForm(zoneId, ZONE_ID)) {
    return `'createOnly.privateDnsZoneId' must be the Azure resource id of a private DNS zone, got ${shown(zoneId)}`;
  }
  const name = ZONE_ID.exec(zoneId)?.[1].toLowerCase();
  if (name === undefined) {
    return false;
  }
  return (
    (!name.endsWith(`.${DOMAIN}`) || name === `${serverName}.${DOMAIN}`) &&
    `'createOnly.privateDnsZoneId' must name a zone that ends in .${DOMAIN} and is not the name of the server, got ${shown(name)}`
  );
}

function rangeOf(address: string): { start: string; end: string } {
  return address.includes('/')
    ? {
        start: IPv4.networkAddressFromCIDR(address).toString(),
        end: IPv4.broadcastAddressFromCIDR(address).toString(),
      }
    : { start: address, end: address };
}
