import { Workload } from '../../../src/core/workload';
import { DnsZone } from '../../../src/edge/dns-zone';
import { PrivateDns } from '../../../src/network/private-dns';
import { PrivateNetwork } from '../../../src/network/private-network';
import { StaticSite } from '../../../src/web/static-site';
import { StaticSiteHost } from '../../../src/web/static-site-host';

const GUID = '00000000-0000-0000-0000-000000000001';
const VNET = `/subscriptions/${GUID}/resourceGroups/rg-shared/providers/Microsoft.Network/virtualNetworks/vnet`;

/** A front end that is open to everybody. */
export function plain(workload: Workload): void {
  new StaticSite(workload, 'Site', { publiclyReachable: true });
}

/** Front ends in a network, behind an edge, with domains, and on machines. */
export function loaded(workload: Workload): void {
  const network = PrivateNetwork.fromAttributes(workload, 'SiteNetwork', {
    virtualNetworkId: VNET,
    appSubnetId: `${VNET}/subnets/app`,
    endpointSubnetId: `${VNET}/subnets/endpoints`,
    privateDns: PrivateDns.managedByPolicy(),
  });
  const site = new StaticSite(workload, 'Site', {
    siteName: 'stapp-billing-site',
    network,
    host: StaticSiteHost.staticWebApp({ location: 'westeurope', previews: true, partition: 5 }),
    ignoreChanges: ['tags["patched-by"]'],
  });
  const dnsZone = new DnsZone(workload, 'SiteZone', { zoneName: 'example.net' });
  site.addDomain('example.net', { dnsZone });
  site.addDomain('www.example.net', { dnsZone });
  site.addDomain('shop.example.net', { dnsZone, provenByToken: true });
  site.bindEdge({ frontDoorGuid: GUID, privateLink: true });
  new StaticSite(workload, 'SiteOnMachines', { publiclyReachable: true, host: StaticSiteHost.appService() });
}

/** A front end of somebody else's. */
export function borrowed(workload: Workload): void {
  StaticSite.fromAttributes(workload, 'Site', {
    siteId: `/subscriptions/${GUID}/resourceGroups/rg-shared/providers/Microsoft.Web/staticSites/site`,
    defaultHostName: 'calm-sea-0a1b2c3d4.5.azurestaticapps.net',
  });
}
