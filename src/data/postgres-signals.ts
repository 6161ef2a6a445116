import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../contracts/monitoring';
import { HIGH } from '../core/high-signal';
import { PostgresSku } from './postgres-sku';

const { FIVE_MINUTES, ONE_MINUTE } = SignalInterval;
const { AVERAGE, MAXIMUM, TOTAL } = Aggregation;

/** Share of the connections in use from which somebody should look. */
const CONNECTIONS_IN_USE = 0.8;

/** Connections of a server whose size is not known: those of two vCores. */
const USUAL_CONNECTIONS = PostgresSku.D2DS_V5.maxConnections;

/** CPU credits from which somebody should look: ten minutes of one core, and after them a fifth of it is left. */
const FEW_CREDITS = 10;

/** What a server can bear, as far as its size is known. */
export interface PostgresLimits {
  readonly maxConnections?: number;
  /** Whether it lives on CPU credits. */
  readonly burstable?: boolean;
}

/**
 * What is worth watching on a server, replicas included.
 *
 * @see https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-dbforpostgresql-flexibleservers-metrics
 */
export function postgresSignals({
  maxConnections = USUAL_CONNECTIONS,
  burstable = false,
}: PostgresLimits = {}): Signal[] {
  return [
    {
      key: 'Down',
      summary: 'database down',
      // the best minute of five: a restart for maintenance is no alarm
      metric: { metricName: 'is_db_alive', aggregation: MAXIMUM },
      comparison: Comparison.LESS_THAN,
      threshold: 1,
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P0,
      missingData: MissingData.IS_BAD,
      runbook: 'postgres-down',
    },
    percentage('Cpu', 'database short of CPU', 'cpu_percent', 80, 'postgres-cpu'),
    ...(burstable ? [credits()] : []),
    percentage('Memory', 'database short of memory', 'memory_percent', 80, 'postgres-memory'),
    // at 95 % Azure makes the server read-only, in case it could not grow
    {
      ...percentage('Storage', 'database short of storage', 'storage_percent', 85, 'postgres-storage'),
      severity: Severity.P1,
    },
    // of what the disk can do, which grows with its size: the number of operations alone says nothing
    percentage('Iops', 'database at the limit of its disk', 'disk_iops_consumed_percentage', 90, 'postgres-iops'),
    {
      ...HIGH,
      key: 'Connections',
      summary: 'database short of connections',
      metric: { metricName: 'active_connections', aggregation: AVERAGE },
      threshold: Math.floor(maxConnections * CONNECTIONS_IN_USE),
      window: FIVE_MINUTES,
      frequency: ONE_MINUTE,
      severity: Severity.P1,
      runbook: 'postgres-connections',
    },
    {
      ...HIGH,
      key: 'FailedConnections',
      summary: 'connections to database fail',
      metric: { metricName: 'connections_failed', aggregation: TOTAL },
      threshold: 20,
      runbook: 'postgres-failed-connections',
    },
    {
      ...HIGH,
      key: 'Deadlocks',
      summary: 'deadlocks in database',
      metric: { metricName: 'deadlocks', aggregation: TOTAL },
      threshold: 5,
      runbook: 'postgres-deadlocks',
    },
  ];
}

/**
 * What is worth watching on a replica beside that: how far it is behind.
 *
 * @param lagSeconds Seconds from which it is too far.
 */
export function replicaSignals(lagSeconds: number): Signal[] {
  return [
    {
      ...HIGH,
      key: 'Lag',
      summary: 'replica behind its primary',
      metric: { metricName: 'physical_replication_delay_in_seconds', aggregation: MAXIMUM },
      threshold: lagSeconds,
      severity: Severity.P1,
      // a replica that replays nothing any more reports nothing
      missingData: MissingData.IS_BAD,
      runbook: 'postgres-replica-lag',
    },
  ];
}

/** Without credits the CPU is throttled, and looks busy at a fraction of what it can do. */
function credits(): Signal {
  return {
    ...HIGH,
    key: 'CpuCredits',
    summary: 'database nearly out of CPU credits',
    metric: { metricName: 'cpu_credits_remaining', aggregation: AVERAGE },
    comparison: Comparison.LESS_THAN,
    threshold: FEW_CREDITS,
    runbook: 'postgres-cpu',
  };
}

function percentage(key: string, summary: string, metricName: string, threshold: number, runbook: string): Signal {
  return { ...HIGH, key, summary, metric: { metricName, aggregation: AVERAGE }, threshold, runbook };
}
