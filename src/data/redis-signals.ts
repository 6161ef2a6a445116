import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';
import { HIGH } from '../core/high-signal';
import { RedisEvictionPolicy } from './redis-options';
import type { RedisPlan } from './redis-plan';

const { FIVE_MINUTES, FIFTEEN_MINUTES, THIRTY_MINUTES } = SignalInterval;
const { AVERAGE, MAXIMUM } = Aggregation;

/** Share of the connections in use from which somebody should look. */
const CONNECTIONS_IN_USE = 0.8;

/**
 * What is worth watching on a Managed Redis.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-cache-redisenterprise-metrics
 */
export function redisSignals(plan?: RedisPlan): Signal[] {
  // a full memory is what a cache is for, and where writes fail when nothing may go
  const memory = plan?.evictionPolicy === RedisEvictionPolicy.NO_EVICTION ? Severity.P1 : Severity.P2;
  return [
    {
      key: 'Silent',
      summary: 'cache does not report',
      // a running process uses some memory, whatever it holds
      metric: { metricName: 'usedmemory', aggregation: MAXIMUM },
      comparison: Comparison.LESS_THAN,
      threshold: 1,
      window: FIFTEEN_MINUTES,
      frequency: FIVE_MINUTES,
      severity: Severity.P1,
      missingData: MissingData.IS_BAD,
      runbook: 'redis-silent',
    },
    ...common(memory),
    ...(plan === undefined ? [] : [connections(plan)]),
    ...(plan?.geoReplicationGroup === undefined
      ? []
      : [
          {
            key: 'GeoReplication',
            summary: 'cache apart from its peers',
            metric: { metricName: 'geoReplicationHealthy', aggregation: MAXIMUM },
            comparison: Comparison.LESS_THAN,
            threshold: 1,
            // minutes of it are the network's own business: the peers catch up
            window: THIRTY_MINUTES,
            frequency: FIVE_MINUTES,
            severity: Severity.P1,
            missingData: MissingData.IS_GOOD,
            runbook: 'redis-geo-replication',
          },
        ]),
  ];
}

/**
 * What is worth watching on a classic Azure Cache for Redis.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-cache-redis-metrics
 */
export function classicSignals(): Signal[] {
  return common(Severity.P2);
}

/** Both services have these metrics, under the same names. */
function common(memory: Severity): Signal[] {
  return [
    high('Load', 'cache under load', 'serverLoad', 85, 'redis-load'),
    high('Cpu', 'cache short of CPU', 'percentProcessorTime', 80, 'redis-cpu'),
    { ...high('Memory', 'cache short of memory', 'usedmemorypercentage', 80, 'redis-memory'), severity: memory },
    {
      ...high('Errors', 'cache reports errors', 'errors', 0, 'redis-errors'),
      metric: { metricName: 'errors', aggregation: MAXIMUM },
    },
  ];
}

function connections({ sku }: RedisPlan): Signal {
  const threshold = Math.floor(sku.maxConnections * CONNECTIONS_IN_USE);
  return {
    ...high('Connections', 'cache short of connections', 'connectedclients', threshold, 'redis-connections'),
    metric: { metricName: 'connectedclients', aggregation: MAXIMUM },
    severity: Severity.P1,
  };
}

function high(key: string, summary: string, metricName: string, threshold: number, runbook: string): Signal {
  return { ...HIGH, key, summary, metric: { metricName, aggregation: AVERAGE }, threshold, runbook };
}
