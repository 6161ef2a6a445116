import { MetricCondition, MonitoringTarget } from '../../contracts/monitoring';
import { rows } from './builder';
import { MetricTile, Row } from './model';

/** What people call the services that emit metrics. */
const SERVICES: { readonly [namespace: string]: string } = {
  'microsoft.cache/redis': 'Redis',
  'microsoft.cache/redisenterprise': 'Redis',
  'microsoft.cdn/profiles': 'Front Door',
  'microsoft.communication/communicationservices': 'E-mail',
  'microsoft.containerservice/managedclusters': 'Kubernetes',
  'microsoft.dataprotection/backupvaults': 'Backup',
  'microsoft.dbforpostgresql/flexibleservers': 'PostgreSQL',
  'microsoft.keyvault/vaults': 'Key Vault',
  'microsoft.logic/workflows': 'Logic Apps',
  'microsoft.network/dnszones': 'DNS',
  'microsoft.network/natgateways': 'NAT gateway',
  'microsoft.storage/storageaccounts': 'Storage',
  'microsoft.web/serverfarms': 'App Service plans',
  'microsoft.web/sites': 'Web apps',
  'microsoft.web/staticsites': 'Static sites',
};

/** Tiles in a row, at most. */
const ABREAST = 3;

/** How full something is. */
export const SATURATION = /cpu|memory|percent|iops|active_connections|connectedclients|capacity|queue|load|used/i;

/** How far a copy is behind. */
export const LAG = /delay|lag/i;

/**
 * A chart for each metric that some target raises alerts on, service by service; whatever constructs there will be, they say
 * themselves what is worth a chart.
 *
 * @param targets What is watched, in any order.
 * @param resolve Spells references out, so that the order depends on them and not on when they were made.
 * @param wanted Which metrics, by their names.
 */
export function metricRows(
  targets: readonly MonitoringTarget[],
  resolve: (id: string) => string,
  wanted: RegExp = /./,
): Row[] {
  const charts = new Map<string, MetricTile & { readonly resourceIds: string[] }>();
  for (const { metricNamespace, resourceId, signals } of targets) {
    for (const metric of signals.flatMap((signal) => (signal.metric === undefined ? [] : [signal.metric]))) {
      const chart = tileOf(metric, metricNamespace);
      const key = [metricNamespace.toLowerCase(), chart.metricName, chart.aggregation, chart.splitBy].join(' ');
      const { resourceIds } = charts.get(key) ?? chart;
      if (wanted.test(metric.metricName) && !resourceIds.includes(resourceId)) {
        resourceIds.push(resourceId);
        charts.set(key, { ...chart, resourceIds });
      }
    }
  }
  charts.forEach(({ resourceIds }) => inOrder(resourceIds, resolve));
  const namespaces = new Map<string, MetricTile[]>();
  for (const key of [...charts.keys()].sort()) {
    const chart = charts.get(key)!;
    const namespace = chart.metricNamespace.toLowerCase();
    namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), chart]);
  }
  return [...namespaces].flatMap(([namespace, tiles]) =>
    rows(tiles, ABREAST, SERVICES[namespace] ?? tiles[0].metricNamespace),
  );
}

/** Where an alert looks at some values of a dimension, the chart shows all of them side by side. */
function tileOf({ metricName, aggregation, dimensions = {} }: MetricCondition, metricNamespace: string) {
  const splitBy = Object.keys(dimensions).sort()[0];
  const by = splitBy === undefined ? '' : ` by ${wordsOf(splitBy)}`;
  const title = `${sentence(wordsOf(metricName))}, ${aggregation.toLowerCase()}${by}`;
  const resourceIds: string[] = [];
  return { kind: 'metric' as const, weight: 1, title, metricNamespace, metricName, aggregation, splitBy, resourceIds };
}

/** The words of a name such as `cpu_percent` or `SNATConnectionCount`. */
function wordsOf(name: string): string {
  return name
    .replace(/_/g, ' ')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/\b[A-Z][a-z]/g, (letters) => letters.toLowerCase());
}

function sentence(words: string): string {
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/\b(api|cpu|db|http|iops)\b/gi, (word) =>
    word.toUpperCase(),
  );
}

function inOrder(ids: string[], resolve: (id: string) => string): void {
  const spelt = new Map(ids.map((id) => [id, resolve(id)]));
  ids.sort((a, b) => (spelt.get(a)! < spelt.get(b)! ? -1 : 1));
}
