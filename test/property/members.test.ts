import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  DnsRecordType,
  DnsZone,
  EdgeBackend,
  EdgeBinding,
  EdgeGateway,
  EdgeOrigin,
  EvidenceStore,
  GdprClassification,
  IEdgeOrigin,
  ManagedPostgres,
  PostgresSku,
  SecureWebApp,
  StaticSite,
  TenantState,
  TenantStorageAccount,
  WebAppRuntime,
  Workload,
} from '../../src';
import { flag, formed, literal, literalFormed, literalText, oneOf, Prop, record, text, whole } from './kit/choices';
import { uuid } from './kit/forms';
import { deployerIn, networkIn } from './kit/ground';
import { describeProperties } from './kit/lane';
import { only, Place, Subject } from './kit/subject';

/** A workload where roles can be given, wherever the program is: what is refused there is refused elsewhere. */
const workloadFor = ({ stack, id, home }: Place): Workload =>
  new Workload(stack, id, {
    name: 'billing',
    owner: 'team-billing',
    costCenter: '4711',
    environment: home.environment,
    location: 'westeurope',
    organization: 'example.com',
  });

/** Names, of which one is there already. */
const names = (good: string[], ...bad: string[]): Prop =>
  literalText(fc.constantFrom(...good), '', ' ', 'Ä', 'a b', ...bad);

const serverIn = (place: Place): ManagedPostgres => {
  const workload = workloadFor(place);
  const server = new ManagedPostgres(workload, 'Subject', {
    network: networkIn(workload),
    administrator: { principal: deployerIn(workload), principalName: 'dba' },
    sku: PostgresSku.D2DS_V5,
  });
  server.addDatabase('taken');
  return server;
};

const database: Subject<ManagedPostgres> = {
  name: 'ManagedPostgres.addDatabase',
  required: ['name'],
  props: {
    name: names(['a', 'orders', 'a_b-1', 'x'.repeat(56)], 'A', '1a', 'x'.repeat(57), 'postgres', 'azure_sys', 'taken'),
    collation: text(fc.constantFrom('en_US.utf8', 'C'), ''),
  },
  ground: serverIn,
  define: (server, { name, ...options }) => void server.addDatabase(name, options),
  path: (id) => `${id}/Subject`,
};

const replica: Subject<ManagedPostgres> = {
  name: 'ManagedPostgres.addReplica',
  required: ['key'],
  props: {
    key: names(['reports', 'a', 'x-1', 'x'.repeat(32)], 'A', '1a', 'x'.repeat(33), 'a_b'),
    location: literalText(fc.constantFrom('westeurope', 'North Europe'), 'mars', 'westeurop'),
    serverName: literalFormed(
      /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
      uuid().map((id) => `psql-${id}`),
      'ab',
      'a--b',
    ),
    virtualEndpoint: flag(),
    maxLagSeconds: whole(30, 86_400),
    deletionProtection: flag(),
    unmonitored: flag(),
  },
  ground: serverIn,
  define: (server, { key, ...options }) => void server.addReplica(key, options),
  path: (id) => `${id}/Subject`,
};

const tenant: Subject<TenantStorageAccount> = {
  name: 'TenantStorageAccount.addTenant',
  required: ['key'],
  props: {
    key: names(['acme', 'a-1', 'x'.repeat(40)], 'A', 'a--b', '-a', 'taken', 'x'.repeat(64)),
    state: oneOf(...Object.values(TenantState)),
    gdprClassification: oneOf(...Object.values(GdprClassification)),
    metadata: record(fc.constantFrom('plan', 'a_1'), { good: text(fc.constantFrom('gold', 'a b'), '').good }, [
      ...['A', '1a', 'a-b', 'tenant_id', 'environment'],
    ]),
    versionDays: whole(1, 99_999, { literals: true }),
    coolAfterDays: whole(0, 99_999, { literals: true }),
  },
  called: { key: '(?:key|tenant)', versionDays: 'retention.versionDays', coolAfterDays: 'retention.coolAfterDays' },
  ground: (place) => {
    const account = new TenantStorageAccount(workloadFor(place), 'Subject', { restoreDays: 0 });
    account.addTenant('taken');
    return account;
  },
  define: (account, { key, versionDays, coolAfterDays, ...options }) => {
    const given = versionDays !== undefined || coolAfterDays !== undefined;
    account.addTenant(key, { ...options, retention: given ? { versionDays, coolAfterDays } : undefined });
  },
  path: (id) => `${id}/Subject`,
};

const container: Subject<EvidenceStore> = {
  name: 'EvidenceStore.addContainer',
  required: ['name'],
  props: {
    name: names(['abc', 'audit-1', 'x'.repeat(63)], 'ab', 'A', 'a--b', 'x'.repeat(64), 'taken'),
    retentionDays: whole(1, 146_000),
    appendable: flag(),
    locked: flag(),
  },
  called: { name: '(?:name|container)' },
  ground: (place) => {
    const store = new EvidenceStore(workloadFor(place), 'Subject', {});
    store.addContainer('taken');
    return store;
  },
  define: (store, { name, ...options }) => void store.addContainer(name, options),
  path: (id) => `${id}/Subject`,
  emits: {
    retentionDays: (blocks) =>
      Object.entries(blocks.azurerm_storage_container_immutability_policy ?? {}).find(
        ([id]) => !id.includes('taken'),
      )?.[1].immutability_period_in_days,
  },
};

const appIn = (place: Place): SecureWebApp => {
  const made = new SecureWebApp(workloadFor(place), 'Subject', {
    runtime: WebAppRuntime.node('22-lts'),
    publiclyReachable: true,
  });
  made.addSetting('TAKEN', 'x');
  return made;
};

const SECRETS = ['AccountKey=abc', 'x;Password=y', '-----BEGIN RSA PRIVATE KEY-----', 'https://x/?sv=1&sig=abc'];

const setting: Subject<SecureWebApp> = {
  name: 'SecureWebApp.addSetting',
  required: ['name', 'value'],
  props: {
    name: names(['A', 'Logging.Level', 'a_1'], 'A-B', 'A:B', 'TAKEN', 'WEBSITES_PORT="x"'),
    value: {
      good: text(fc.constantFrom('', 'x', 'a b', '"', 'Ä', 'a\nb'), '').good,
      bad: fc.constantFrom(...SECRETS).map(literal),
    },
  },
  called: { name: '(?:name|setting)', value: '(?:value|name)' },
  ground: appIn,
  define: (made, { name, value }) => made.addSetting(name, value),
  path: (id) => `${id}/Subject`,
};

const HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const hosts = literalFormed(
  HOST,
  fc.constantFrom('api.example.com', 'a-b.c.example.org'),
  'host',
  '*.a.com',
  'A.example.com',
  'a..b',
  'https://a.b',
);

/** Without tokens, which would be part of the path that the error begins with. */
const written: Prop = { good: hosts.good, bad: hosts.bad!.filter(({ shown }) => !/\(|\\n/.test(shown)) };

const appDomain: Subject<SecureWebApp> = {
  name: 'SecureWebApp.addDomain',
  required: ['hostName'],
  props: { hostName: written },
  called: { hostName: 'domain' },
  ground: appIn,
  define: (made, { hostName }) => void made.addDomain(hostName),
  path: (id) => `${id}/Subject`,
  emits: { hostName: (blocks) => only(blocks, 'azurerm_app_service_custom_hostname_binding').hostname },
};

const siteDomain: Subject<StaticSite> = {
  name: 'StaticSite.addDomain',
  required: ['hostName'],
  props: { hostName: written, provenByToken: flag() },
  called: { hostName: '(?:domain|hostName)' },
  ground: (place) => new StaticSite(workloadFor(place), 'Subject', { publiclyReachable: true }),
  define: (made, { hostName, ...options }) => void made.addDomain(hostName, options),
  path: (id) => `${id}/Subject`,
  emits: { hostName: (blocks) => only(blocks, 'azurerm_static_web_app_custom_domain').domain_name },
};

/** Stands for an app. */
class Origin extends Construct implements IEdgeOrigin {
  public bindEdge({ privateLink }: EdgeBinding): EdgeOrigin {
    return {
      hostName: `${this.node.id.toLowerCase()}.example.net`,
      healthPath: '/health',
      resourceId: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Web/sites/${this.node.id}`,
      privateLinkTarget: privateLink ? 'sites' : undefined,
      location: 'westeurope',
    };
  }
}

const edgeDomain: Subject<EdgeGateway> = {
  name: 'EdgeGateway.addDomain',
  required: ['hostName'],
  props: { hostName: { good: hosts.good, bad: fc.oneof(hosts.bad!, fc.constant(literal('taken.example.com'))) } },
  called: { hostName: '(?:domain|hostName)' },
  ground: (place) => {
    const workload = workloadFor(place);
    const edge = new EdgeGateway(workload, 'Subject');
    edge.addDomain('taken.example.com');
    edge.addBackend('api', new Origin(workload, 'Origin'));
    return edge;
  },
  define: (edge, { hostName }) => void edge.addDomain(hostName),
  path: (id) => `${id}/Subject`,
};

const origin: Subject<{ backend: EdgeBackend; other: Origin }> = {
  name: 'EdgeBackend.addOrigin',
  required: ['key'],
  props: {
    // keys of another form are refused before anything else is looked at
    key: {
      good: fc.constantFrom('third', 'West-2', 'ab').map(literal),
      bad: fc.constantFrom('second', 'SECOND').map(literal),
    },
    priority: whole(1, 5),
    weight: whole(1, 1000),
  },
  called: { key: '(?:key|origin)' },
  ground: (place) => {
    const workload = workloadFor(place);
    const edge = new EdgeGateway(workload, 'Subject');
    const backend = edge.addBackend('api', new Origin(workload, 'Origin'));
    backend.addOrigin('second', new Origin(workload, 'Second'));
    return { backend, other: new Origin(workload, 'Other') };
  },
  define: ({ backend, other }, { key, ...options }) => backend.addOrigin(key, other, options),
  path: (id) => `${id}/Subject`,
};

const TARGET =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/ip';

const alias: Subject<DnsZone> = {
  name: 'DnsZone.addAlias',
  required: ['type', 'name', 'resourceId'],
  props: {
    type: {
      good: fc.constantFrom(DnsRecordType.A, DnsRecordType.AAAA, DnsRecordType.CNAME).map(literal),
      bad: fc.constantFrom(DnsRecordType.TXT, DnsRecordType.MX).map(literal),
    },
    name: literalText(fc.constantFrom('www', 'a.b', 'x-1'), ' ', 'a b', 'a..b', '-', 'Ä'),
    resourceId: formed(
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/.+$/,
      fc.constant(TARGET),
      'name-only',
    ),
  },
  ground: (place) => new DnsZone(workloadFor(place), 'Subject', { zoneName: 'example.com' }),
  define: (zone, { type, name, resourceId: target }) => void zone.addAlias(type, name, target),
  path: (id) => `${id}/Subject`,
  called: { name: '(?:name|label|record)' },
};

describeProperties(database, replica, tenant, container, setting, appDomain, siteDomain, edgeDomain, origin, alias);
