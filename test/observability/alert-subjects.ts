import { readdirSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import * as library from '../../src';
import {
  Environment,
  IMonitored,
  ManagedIdentity,
  ManagedPostgres,
  PostgresHighAvailability,
  PostgresSku,
  PrivateNetwork,
  SecureWebApp,
  Signal,
  StaticSite,
  WebAppRuntime,
  Workload,
} from '../../src';
import { alertTable } from '../../src/observability/alert-table';
import { ShippedQuery } from '../../src/observability/shipped-query';
import * as everything from '../judged/everything';
import { workloadIn } from '../support';

type Program = (workload: Workload) => void;

/** An app, a site and their domains that answer probes from the internet, which the others do not. */
function publicly(workload: Workload): void {
  const api = new SecureWebApp(workload, 'Api', { publiclyReachable: true, runtime: WebAppRuntime.node('22-lts') });
  api.addDomain('api.example.com');
  new StaticSite(workload, 'Web', { publiclyReachable: true }).addDomain('www.example.com');
}

/** A database that lives on CPU credits, which none in production does. */
function frugally(workload: Workload): void {
  new ManagedPostgres(workload, 'Database', {
    network: new PrivateNetwork(workload, 'Network', { addressSpace: '10.0.0.0/24' }),
    administrator: { principal: new ManagedIdentity(workload, 'Administrator'), principalName: 'administrator' },
    sku: PostgresSku.B1MS,
    highAvailability: PostgresHighAvailability.NONE,
  });
}

/** The programs that are judged, family by family. */
function programs(): Program[] {
  const folder = join(__dirname, '../judged/subjects');
  const families: Array<{ [name: string]: Program }> = readdirSync(folder)
    .sort()
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    .map((file) => require(join(folder, file)));
  return [everything, ...families]
    .flatMap(({ plain, loaded }) => [plain, loaded])
    .filter((program) => program !== undefined)
    .concat(publicly, frugally);
}

/** What one kind of construct says is worth watching. */
interface Kind {
  readonly signals: Map<string, Signal>;
  readonly health: Set<string>;
}

/** Every kind of construct that the judged programs have, by name, and what it says is worth watching. */
function kindsOfAll(): Map<string, Kind> {
  const kinds = new Map<string, Kind>();
  for (const program of programs()) {
    const workload = workloadIn(Environment.PROD);
    program(workload);
    for (const monitored of workload.node.findAll().filter(isMonitored)) {
      const { signals, healthUrls = {} } = monitored.toMonitoringTarget();
      const name = monitored.constructor.name;
      const kind = kinds.get(name) ?? { signals: new Map(), health: new Set() };
      kinds.set(name, kind);
      signals.filter(({ key }) => !kind.signals.has(key)).forEach((signal) => kind.signals.set(signal.key, signal));
      Object.keys(healthUrls).forEach((key) => kind.health.add(key));
    }
  }
  return kinds;
}

/** What constructs ask of the logs, each query once. */
export function queriesOfAll(): ShippedQuery[] {
  return [...kindsOfAll()].flatMap(([construct, { signals }]) =>
    [...signals.values()].flatMap(({ key, query }) =>
      query === undefined ? [] : [{ key: `signals/${construct}/${key}`, ...query }],
    ),
  );
}

/** Every alert of every kind of construct that the judged programs have. */
export function alertTableOfAll(): string {
  const kinds = kindsOfAll();
  return alertTable(
    [...kinds].map(([construct, { signals, health }]) => ({
      construct,
      signals: [...signals.values()],
      healthKeys: [...health].sort(),
    })),
    unwatched([...kinds.keys()]),
  );
}

/** Whether something says what is worth watching on it; what is defined elsewhere says what its owned kind does. */
function isMonitored(x: object): x is IMonitored {
  return 'toMonitoringTarget' in x && x.constructor.name !== 'Import';
}

/** Constructs that have nothing to be watched; one that has, but that no judged program holds, is missing there. */
function unwatched(watched: string[]): string[] {
  const constructs = Object.entries<any>(library).filter(([, x]) => x?.prototype instanceof Construct);
  const missing = constructs.filter(([name, x]) => 'toMonitoringTarget' in x.prototype && !watched.includes(name));
  if (missing.length > 0) {
    throw new Error(`no judged program has ${missing.map(([name]) => name).join(', ')}`);
  }
  return constructs.map(([name]) => name).filter((name) => !watched.includes(name));
}
