import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  DnsRecordType,
  DnsZone,
  EdgeBinding,
  EdgeGateway,
  EdgeOrigin,
  EdgeProbeMethod,
  EdgeTier,
  IEdgeOrigin,
  Workload,
} from '../../src';
import { flag, formed, list, literal, literalFormed, oneOf, record, whole } from './kit/choices';
import { DIGITS, ignoreChanges, LOWER, word } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Blocks, only, Subject, unwatched } from './kit/subject';

const SITE = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites';

/** Stands for an app. */
class Origin extends Construct implements IEdgeOrigin {
  public bindEdge({ privateLink }: EdgeBinding): EdgeOrigin {
    return {
      hostName: 'app.example.net',
      healthPath: '/health',
      resourceId: `${SITE}/app`,
      privateLinkTarget: privateLink ? 'sites' : undefined,
      location: 'westeurope',
    };
  }
}

const HOST = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
const host = (...names: string[]) => literalFormed(HOST, fc.constantFrom(...names), 'Example.com', 'host', '*.a.com');

const zone: Subject<Workload> = {
  name: 'DnsZone',
  required: ['zoneName'],
  props: {
    zoneName: host('example.com', 'eu.example.com', 'xn--bcher-kva.example'),
    contactEmail: literalFormed(
      /^[a-z0-9._-]+@([a-z0-9-]+\.)+[a-z0-9-]+$/i,
      fc.constantFrom('hostmaster@example.com', 'Host.Master@eu.example.com'),
      'hostmaster',
      'a+b@example.com',
    ),
    certificateAuthorities: list(
      literalFormed(/^([a-z0-9-]+\.)+[a-z]{2,}$/, fc.constantFrom('digicert.com', 'letsencrypt.org'), 'DigiCert'),
      { min: 1 },
    ),
    mailElsewhere: flag(),
    deletionProtection: flag(),
    unmonitored: flag(),
    ignoreChanges: ignoreChanges(),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => new DnsZone(workload, 'Subject', props),
  path: (id) => `${id}/Subject`,
  emits: {
    zoneName: (blocks) => only(blocks, 'azurerm_dns_zone').name,
    mailElsewhere: (blocks) => blocks.azurerm_dns_mx_record === undefined,
    deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
    unmonitored: unwatched,
  },
  absent: {
    mailElsewhere: () => false,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

const NAME = /^(@|(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*)$/;

const texts: Subject<DnsZone> = {
  name: 'DnsZone.addRecord',
  required: ['name', 'values'],
  props: {
    name: literalFormed(NAME, fc.constantFrom('@', '*', 'www', '_dmarc', 'a.b'), 'a..b', 'www.example.com'),
    values: {
      good: list(formed(/^.{1,4096}$/s, word(LOWER, LOWER + DIGITS, 1, 20)), { min: 1 }).good.filter(
        ({ shown }) => !shown.startsWith('list('),
      ),
      bad: fc.constantFrom([], [''], ['x'.repeat(4097)]).map(literal),
    },
    timeToLiveSeconds: whole(1, 2147483647),
    provesOwnership: flag(),
  },
  ground: (place) => new DnsZone(place.workload(), 'Subject', { zoneName: 'example.com', mailElsewhere: true }),
  define: (subject, { name, values, ...options }) => subject.addRecord(DnsRecordType.TXT, name, values, options),
  path: (id) => `${id}/Subject`,
  emits: {
    name: (blocks) => only(blocks, 'azurerm_dns_txt_record').name,
  },
};

const rate = whole(10, 1_000_000);
const address = formed(
  /^$(?!)/,
  fc.constantFrom('203.0.113.7', '198.51.100.0/24', '2001:db8::/32'),
  '203.0.113.256',
  '203.0.113.0/33',
);
const country = formed(/^[A-Z]{2}$/, fc.constantFrom('DE', 'AT', 'ZZ'), 'de', 'DEU');
const some = { min: 1 };

const edge: Subject<Workload> = {
  name: 'EdgeGateway',
  props: {
    tier: oneOf(EdgeTier.STANDARD, EdgeTier.PREMIUM),
    responseHeaders: record(
      fc.constantFrom('Server', 'X-Frame-Options', 'Content-Security-Policy', 'X-A'),
      formed(/^[\x20-\x7e]{0,640}$/, fc.constantFrom('DENY', "default-src 'self'", 'x'.repeat(640)), 'x'.repeat(641)),
      ['a b', 'Ä', ''],
    ),
    responseTimeoutSeconds: whole(16, 240),
    anonymousLogs: flag(),
    unmonitored: flag(),
    detectOnly: flag(),
    requestsPerMinute: rate,
    signInRequestsPerMinute: rate,
    signInPaths: list(formed(/^\/[a-z0-9/._~-]{1,255}$/, fc.constantFrom('/login', '/a/b'), 'login', '/Login')),
    unlimitedAddresses: list(address, some),
    allowedAddresses: list(address, some),
    blockedAddresses: list(address, some),
    allowedCountries: list(country, some),
    blockedCountries: list(country, some),
  },
  ground: (place) => place.workload(),
  define: (workload, { tier, responseHeaders, responseTimeoutSeconds, anonymousLogs, unmonitored, ...firewall }) =>
    new EdgeGateway(workload, 'Subject', {
      ...Object.fromEntries(
        Object.entries({ tier, responseHeaders, responseTimeoutSeconds, anonymousLogs, unmonitored }).filter(
          ([, value]) => value !== undefined,
        ),
      ),
      firewall,
    }),
  path: (id) => `${id}/Subject`,
  tame: () => ['blockedCountries'],
  combined: ({ allowedCountries, blockedCountries }) =>
    allowedCountries !== undefined && blockedCountries !== undefined ? ['allowedCountries', 'blockedCountries'] : [],
  emits: {
    tier: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_profile').sku_name,
    responseTimeoutSeconds: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_profile').response_timeout_seconds,
    detectOnly: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_firewall_policy').mode === 'Detection',
    requestsPerMinute: (blocks) => ruleOf(blocks, 'Requests').rate_limit_threshold,
    unmonitored: unwatched,
  },
  absent: {
    tier: () => EdgeTier.PREMIUM,
    responseTimeoutSeconds: () => 60,
    detectOnly: () => false,
    requestsPerMinute: () => 1000,
    unmonitored: () => false,
  },
};

const ruleOf = (blocks: Blocks, name: string) =>
  only(blocks, 'azurerm_cdn_frontdoor_firewall_policy').custom_rule.find(
    (rule: { name: string }) => rule.name === name,
  );

const PATH = /^\/([^*?#\s]*\/)?([^*?#\s/]+|\*)?$/;
const path = (...good: string[]) => literalFormed(PATH, fc.constantFrom(...good), '/*.js', '/a?b', 'a');

const backend: Subject<{ gateway: EdgeGateway; origin: Origin }> = {
  name: 'EdgeGateway.addBackend',
  required: ['key'],
  props: {
    key: literalFormed(
      /^[a-z0-9](-?[a-z0-9]){1,49}$/i,
      fc.constantFrom('api', 'Shop-2', 'ab'),
      'a--b',
      'a',
      'a'.repeat(51),
    ),
    domains: list(host('a.example.com', 'b.example.com', 'example.org'), some),
    paths: list(path('/*', '/api/*', '/exact'), some),
    immutablePaths: list(path('/assets/*', '/static/*')),
    healthPath: literalFormed(/^\/[^\s?#*]*$/, fc.constantFrom('/', '/health'), 'health', '/a?b'),
    probeMethod: oneOf(EdgeProbeMethod.GET, EdgeProbeMethod.HEAD),
    probeIntervalSeconds: whole(5, 255),
    priority: whole(1, 5),
    weight: whole(1, 1000),
    privateLink: flag(),
    privateLinkLocation: formed(/^$(?!)/, fc.constantFrom('westeurope', 'North Europe'), 'atlantis', 'polandcentral'),
  },
  ground: (place) => {
    const workload = place.workload();
    return { gateway: new EdgeGateway(workload, 'Subject'), origin: new Origin(workload, 'Origin') };
  },
  define: ({ gateway, origin }, { key, ...options }) => gateway.addBackend(key, origin, options),
  path: (id) => `${id}/Subject`,
  tame: ({ privateLink }) => (privateLink?.value === false ? ['privateLinkLocation'] : []),
  combined: ({ privateLink, privateLinkLocation }) =>
    privateLink === false && privateLinkLocation !== undefined ? ['privateLinkLocation'] : [],
  emits: {
    probeMethod: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_origin_group').health_probe.request_type,
    probeIntervalSeconds: (blocks) =>
      only(blocks, 'azurerm_cdn_frontdoor_origin_group').health_probe.interval_in_seconds,
    healthPath: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_origin_group').health_probe.path,
    priority: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_origin').priority,
    weight: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_origin').weight,
    privateLink: (blocks) => only(blocks, 'azurerm_cdn_frontdoor_origin').private_link !== undefined,
  },
  absent: {
    probeMethod: () => 'HEAD',
    probeIntervalSeconds: () => 60,
    healthPath: () => '/health',
    priority: () => 1,
    weight: () => 500,
    privateLink: () => true,
  },
};

describeProperties(zone, texts, edge, backend);
