import * as fc from 'fast-check';
import { ServiceTier, StaticSite, StaticSiteHost, StaticWebAppSku, Workload } from '../../src';
import { flag, formed, list, literal, literalFormed, literalText } from './kit/choices';
import { DIGITS, ignoreChanges, LOWER, word } from './kit/forms';
import { grounded, NETWORK, some } from './kit/ground';
import { describeProperties } from './kit/lane';
import { Blocks, Home, Subject } from './kit/subject';

const HOSTS: { [name: string]: StaticSiteHost } = {
  standard: StaticSiteHost.staticWebApp(),
  free: StaticSiteHost.staticWebApp({ sku: StaticWebAppSku.FREE }),
  machines: StaticSiteHost.appService(),
};

const inWestEurope = ({ location }: Home) => location.replace(/ /g, '').toLowerCase() === 'westeurope';
const siteIn = (blocks: Blocks) => blocks.azurerm_static_web_app ?? blocks.azurerm_linux_web_app;
const nameIn = (blocks: Blocks) => (Object.values(siteIn(blocks)) as any[])[0].name;

/** On machines it is the web app that asks. */
const unwatched = ({ terraform_data: marks = {} }: Blocks) =>
  !Object.keys(marks).some((id) => id.includes('Watched-Subject'));

const site: Subject<Workload> = {
  name: 'StaticSite',
  props: {
    host: { good: fc.constantFrom(...Object.keys(HOSTS)).map(literal) },
    publiclyReachable: flag(),
    network: some(NETWORK),
    immutablePaths: list(
      literalText(fc.constantFrom('/assets/*', '/a.js', '/img/*.{png,jpg}', '/x*'), 'a', '/*/b', '/a b'),
    ),
    healthCheckPath: formed(/^\/[\w\-.~%/]*$/, fc.constantFrom('/', '/health.txt'), 'health', '/health?x=1', '/a b'),
    siteName: literalFormed(
      /^(?=.{2,40}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])$/,
      word(LOWER, LOWER + DIGITS, 2, 40),
      'a_b',
      '-a',
      'x'.repeat(61),
    ),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, { host, ...props }) =>
    new StaticSite(workload, 'Subject', { ...grounded(workload, props), host: host && HOSTS[host] }),
  path: (id) => `${id}/Subject`,
  tame: ({ host, network, publiclyReachable }) => [
    ...(host?.value === 'free' && (network || !publiclyReachable?.value) ? ['host'] : []),
  ],
  combined: ({ host, network, publiclyReachable, siteName }, home) => {
    const free = host === 'free';
    const machines = host === 'machines';
    return [
      ...(!machines && !inWestEurope(home) ? ['location'] : []),
      ...(free && home.environment.profile.tier !== ServiceTier.ECONOMY ? ['sku'] : []),
      ...(free && network !== undefined ? ['network'] : []),
      ...(free && !publiclyReachable ? ['publiclyReachable'] : []),
      ...(machines && siteName === undefined && home.organization === undefined ? ['organization'] : []),
    ];
  },
  overlooked: ({ network, publiclyReachable }) =>
    network === undefined && !publiclyReachable ? ['network', 'publiclyReachable'] : [],
  emits: {
    siteName: nameIn,
    publiclyReachable: (blocks) => (Object.values(siteIn(blocks)) as any[])[0].public_network_access_enabled,
    // on machines also for the slot
    network: (blocks) => (blocks.azurerm_private_endpoint ? NETWORK : undefined),
    unmonitored: unwatched,
  },
  absent: { publiclyReachable: () => false, unmonitored: () => false },
};

describeProperties(site);
