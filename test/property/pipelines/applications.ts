import * as fc from 'fast-check';
import {
  Aggregation,
  ApplicationArtifact,
  ApplicationTarget,
  Comparison,
  DatabaseMigrations,
  MissingData,
  PipelineApplication,
  PipelineLanguage,
  Severity,
  Signal,
  SignalInterval,
} from '../../../src';
import { Choice, list, literal, literalFormed, literalText, oneOf, Prop, tokensFor } from '../kit/choices';
import { Values } from '../kit/subject';

/** Texts that an engine would replace before bash reads them. */
const PASTED = ['echo ${{ github.head_ref }}', 'echo $[ 1 ]', 'echo "##vso[task.setvariable variable=x]y"'];

/** Commands: anything for bash, but nothing that an engine or Terraform would replace. */
export const commands = (min = 0): Prop =>
  list(
    {
      good: fc
        .constantFrom('npm ci', 'make "all"', "echo 'a: b' # c", 'test -n "$(id -u)"', '- x', '&a', 'echo ${HOME:-x}')
        .map(literal),
      bad: fc.oneof(fc.constantFrom(...PASTED).map(literal), tokensFor(fc.constant('make'))),
      literals: true,
    },
    { min },
  );

export const folder = (): Prop =>
  literalFormed(
    /^(?!-|.*(^|\/)\.\.(\/|$))[\w.@-]+(\/[\w.@-]+)*$/,
    fc.constantFrom('.', 'api', 'services/api', '@acme/api', 'a.b/c-d_e', '1'),
    '-x',
    '../api',
    'a/../b',
    '/api',
    'a//b',
    'a/',
    '$(id)',
    '*',
  );

export const version = (): Prop =>
  literalFormed(/^\d+(\.\d+)*$/, fc.constantFrom('22', '3.12', '9.0', '1.25.1'), '${{ 1 }}', 'latest', '>=1', 'v1');

/** Names of applications, of which one is there already; and one whose variables would be called the same. */
const name: Prop = literalText(
  fc.constantFrom('ab', 'api', 'my-api', 'a1', 'x-y-z', 'a'.repeat(20)),
  ...['a', 'A1', '1a', 'a-', 'a_b', 'a'.repeat(21), '', ' ', 'ä', 'a b', '${{ 1 }}', 'taken', 'in-use', 'in--use'],
);

const signal: Signal = {
  key: 'Errors',
  summary: 'answers of the kind 5xx',
  metric: { metricName: 'Http5xx', aggregation: Aggregation.TOTAL },
  comparison: Comparison.GREATER_THAN,
  threshold: 5,
  window: SignalInterval.FIVE_MINUTES,
  frequency: SignalInterval.ONE_MINUTE,
  severity: Severity.P1,
  missingData: MissingData.IS_GOOD,
  runbook: 'rollback',
};

const gate = fc
  .record({
    key: fc.constantFrom('Errors', 'Slow', 'Odd'),
    threshold: fc.constantFrom(0, 0.5, -3, 1e6),
    window: fc.constantFrom(...Object.values(SignalInterval)),
    comparison: fc.constantFrom(...Object.values(Comparison)),
    missingData: fc.constantFrom(...Object.values(MissingData)),
  })
  .map((given): Signal => ({ ...signal, ...given }));

const gates: Prop = {
  good: fc.uniqueArray(gate, { maxLength: 3, selector: ({ key }) => key }).map(literal),
  bad: fc.oneof(
    fc.constantFrom(NaN, Infinity).map((threshold): Choice => literal([{ ...signal, threshold }])),
    fc.constant({
      shown: '[{ threshold: token }]',
      value: undefined,
      make: (tokens) => [{ ...signal, threshold: tokens.number('variable', 5) }],
    } satisfies Choice),
    tokensFor(fc.constant('Http5xx')).map(({ shown, make }): Choice => ({
      shown: `[{ metricName: ${shown} }]`,
      value: undefined,
      make: (tokens) => [{ ...signal, metric: { ...signal.metric, metricName: make(tokens) } }],
    })),
  ),
};

const minutes = fc.constantFrom(undefined, 1, 120);
const kinds: Array<(options: object) => DatabaseMigrations> = [
  (options) => DatabaseMigrations.alembic(options),
  (options) => DatabaseMigrations.prisma(options),
  (options) => DatabaseMigrations.flyway(options),
  (options) => DatabaseMigrations.entityFramework(options),
  (options) => DatabaseMigrations.command(PipelineLanguage.GO, ['./migrate'], options),
];

const migrations: Prop = {
  good: fc
    .tuple(fc.constantFrom(...kinds), minutes, fc.boolean())
    .map(([make, timeoutMinutes, withoutBackup]) => literal(make({ timeoutMinutes, withoutBackup }))),
  bad: fc.oneof(
    fc
      .tuple(fc.constantFrom(...kinds), fc.constantFrom(0, 121, 1.5, NaN))
      .map(([make, timeoutMinutes]) => literal(make({ timeoutMinutes }))),
    fc.constantFrom(...PASTED).map((line) => literal(DatabaseMigrations.command(PipelineLanguage.NODE, [line]))),
  ),
};

const step = (percent: number, each: number) => ({ percent, minutes: each });

const rollout: Prop = {
  good: fc
    .tuple(fc.subarray([1, 10, 25, 50, 99]), fc.constantFrom(0, 1, 30))
    .map(([percents, each]) => literal([...percents.map((percent) => step(percent, each)), step(100, 0)])),
  bad: fc
    .constantFrom(
      [],
      [step(10, 1)],
      [step(50, 1), step(10, 1), step(100, 0)],
      [step(0, 1), step(100, 0)],
      [step(10.5, 1), step(100, 0)],
      [step(NaN, 1), step(100, 0)],
      [step(100, 0), step(101, 0)],
      [step(100, 121)],
      [step(100, -1)],
      [step(100, NaN)],
      [step(100, 0.5)],
      [step(10, 120), step(50, 120), step(100, 1)],
    )
    .map(literal),
};

/** Props of an application, and its name. */
export const applicationProps: Record<string, Prop> = {
  name,
  language: oneOf(...Object.values(PipelineLanguage)),
  directory: folder(),
  languageVersion: version(),
  target: oneOf(...Object.values(ApplicationTarget)),
  artifact: oneOf(...Object.values(ApplicationArtifact)),
  registry: literalFormed(
    /^$(?!)/,
    fc.constantFrom('example.azurecr.io', 'localhost:5000', 'ghcr.io'),
    'https://x.azurecr.io',
    'X.azurecr.io',
    'a/b',
    '',
    'a b',
    '$(id)',
  ),
  alsoWhen: list(
    literalFormed(
      /^(?!-|.*(^|\/)\.\.(\/|$))[\w.@*-]+(\/[\w.@*-]+)*$/,
      fc.constantFrom('libs/**', 'a/*.ts', 'shared'),
      ...['../x', '/x', '$(id)', '!x', 'a,b'],
    ),
  ),
  installCommands: commands(),
  lintCommands: commands(),
  typeCommands: commands(),
  testCommands: commands(),
  auditCommands: commands(),
  buildCommands: commands(),
  output: folder(),
  slot: literalFormed(
    /^$(?!)/,
    fc.constantFrom('staging', 'blue-1', 'x1'),
    'a',
    '-a',
    'a_b',
    'x'.repeat(41),
    // the slot of that name is the app itself
    'production',
    'Production',
  ),
  healthPath: literalFormed(
    /^\/[\w./-]*$/,
    fc.constantFrom('/', '/health/ready', '/a_b.c-d'),
    'health',
    '/a?b=c',
    '/ä',
  ),
  rollout,
  gates,
  migrations,
};

const REQUIRED = ['name', 'language', 'directory'];

/** What of an application is wrong only together. */
export function applicationConflicts(values: Values): string[] {
  const { language, artifact, registry, target, buildCommands } = values;
  const container = artifact === ApplicationArtifact.CONTAINER || (artifact === undefined && registry !== undefined);
  const own = language === PipelineLanguage.DOTNET || language === PipelineLanguage.NONE;
  return [
    ...(container && registry === undefined ? ['registry'] : []),
    ...(container && target === ApplicationTarget.STATIC_SITE ? ['artifact'] : []),
    ...(own && !container && buildCommands === undefined ? ['buildCommands'] : []),
  ];
}

/** The same, mended. */
export function mended(values: Values): PipelineApplication & { readonly name: string } {
  const { artifact, registry, target, ...rest } = values;
  const settled = {
    ...rest,
    ...(target === undefined ? {} : { target }),
    ...(target === ApplicationTarget.STATIC_SITE || registry === undefined
      ? { artifact: ApplicationArtifact.PACKAGE }
      : { artifact, registry }),
  } as Values;
  const { language, buildCommands = ['make'] } = settled;
  const own = language === PipelineLanguage.DOTNET || language === PipelineLanguage.NONE;
  return { ...settled, ...(own ? { buildCommands } : {}) } as PipelineApplication & { readonly name: string };
}

/** Applications of a pipeline that are right. */
export const applications: Prop = {
  good: fc
    .uniqueArray(
      fc
        .record(Object.fromEntries(Object.entries(applicationProps).map(([prop, { good }]) => [prop, good])), {
          requiredKeys: REQUIRED,
        })
        .map((chosen) =>
          mended(Object.fromEntries(Object.entries(chosen).map(([prop, choice]) => [prop, (choice as Choice).value]))),
        ),
      { maxLength: 3, selector: (application) => application.name },
    )
    .map(literal),
};
