import { Aggregation, Comparison, MissingData, Severity, Signal, SignalInterval } from '../../contracts/monitoring';
import { MINUTES } from '../../core/signal-minutes';
import { ApplicationArtifact, ApplicationTarget, PipelineApplication } from '../pipeline-application';
import { ApplicationModel, MetricGateModel, MigrationsModel } from './application-model';
import { LANGUAGES } from './languages';

const ROLLOUT = [
  { percent: 10, minutes: 5 },
  { percent: 25, minutes: 10 },
  { percent: 50, minutes: 15 },
  { percent: 100, minutes: 0 },
];

const COMMON = {
  comparison: Comparison.GREATER_THAN,
  window: SignalInterval.FIVE_MINUTES,
  frequency: SignalInterval.ONE_MINUTE,
  severity: Severity.P1,
  missingData: MissingData.IS_GOOD,
  runbook: 'rollback',
};

/** What decides on a rollout where nobody says what else does. */
const GATES: readonly Signal[] = [
  {
    key: 'ServerErrors',
    summary: 'answers of the kind 5xx',
    metric: { metricName: 'Http5xx', aggregation: Aggregation.TOTAL },
    threshold: 5,
    ...COMMON,
  },
  {
    key: 'SlowAnswers',
    summary: 'seconds to answer',
    metric: { metricName: 'HttpResponseTime', aggregation: Aggregation.AVERAGE },
    threshold: 3,
    ...COMMON,
  },
];

/** An application, with everything decided that was left open. */
export function applicationModel(name: string, props: PipelineApplication): ApplicationModel {
  const ready = LANGUAGES[props.language];
  const { target = ApplicationTarget.WEB_APP, registry, directory } = props;
  return {
    name,
    language: props.language,
    version: props.languageVersion ?? ready.version,
    artifact: props.artifact ?? (registry === undefined ? ApplicationArtifact.PACKAGE : ApplicationArtifact.CONTAINER),
    target,
    directory,
    paths: [directory === '.' ? '**' : `${directory}/**`, ...(props.alsoWhen ?? [])],
    install: props.installCommands ?? ready.install,
    lint: props.lintCommands ?? ready.lint,
    types: props.typeCommands ?? ready.types,
    test: props.testCommands ?? ready.test,
    audit: props.auditCommands ?? ready.audit,
    build: props.buildCommands ?? ready.build,
    output: props.output ?? ready.output,
    registry,
    slot: props.slot ?? 'staging',
    healthPath: props.healthPath ?? (target === ApplicationTarget.STATIC_SITE ? '/' : '/health/ready'),
    steps: props.rollout ?? ROLLOUT,
    metricGates: gatesOf(props),
    migrations: migrationsModel(props),
  };
}

function gatesOf({ monitored, gates }: PipelineApplication): MetricGateModel[] {
  const signals = [...(monitored?.toMonitoringTarget().signals ?? []), ...(gates ?? [])];
  const all = monitored === undefined && gates === undefined ? GATES : signals;
  return all.flatMap(({ key, metric, comparison, threshold, window, missingData }) =>
    metric === undefined
      ? []
      : [
          {
            name: key,
            metric: metric.metricName,
            aggregation: metric.aggregation,
            comparison,
            threshold,
            windowMinutes: MINUTES[window],
            missingData,
            dimensions: metric.dimensions,
          },
        ],
  );
}

function migrationsModel({ migrations }: PipelineApplication): MigrationsModel | undefined {
  return (
    migrations && {
      commands: migrations.commands,
      connection: migrations._connection,
      language: migrations.language,
      version: LANGUAGES[migrations.language].version,
      timeoutMinutes: migrations.options.timeoutMinutes ?? 20,
      backup: !(migrations.options.withoutBackup ?? false),
    }
  );
}
