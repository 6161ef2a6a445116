import * as fc from 'fast-check';
import { HookPoint, PipelineLanguage, PipelineStep, PipelineStepOptions } from '../../../src';
import {
  Choice,
  flag,
  list,
  literal,
  literalFormed,
  literalText,
  oneOf,
  Prop,
  record,
  tokensFor,
  whole,
} from '../kit/choices';
import { Values } from '../kit/subject';
import { commands, folder, version } from './applications';

const variable: Prop = {
  good: fc.constantFrom('x', '', 'a: b', "it's", '- 1', 'a\nb').map(literal),
  bad: fc.oneof(
    fc.constantFrom('${{ github.event.issue.title }}', '$(System.AccessToken)', '$[ 1 ]').map(literal),
    tokensFor(fc.constant('x')),
  ),
};

/** What a step of one's own is given; each ready-made one is such a step. */
export const stepProps: Record<string, Prop> = {
  point: oneOf(...Object.values(HookPoint)),
  language: oneOf(...Object.values(PipelineLanguage)),
  name: literalText(
    fc.constantFrom('Smoke test', 'a', '1', 'yes', 'null', 'End-to-end (all): a/b, c.', 'x'.repeat(60)),
    ...['x'.repeat(61), '- a', '#1', '${{ x }}', '', ' ', 'Ä', '"', 'a\nb', '%', 'Taken'],
  ),
  commands: { good: commands(1).good, bad: fc.oneof(commands(1).bad!, fc.constant(literal([]))) },
  directory: folder(),
  languageVersion: version(),
  stages: list(literalFormed(/^$(?!)/, fc.constantFrom('dev', 'prod'), 'qa', '', 'constructor'), { max: 2 }),
  applications: { good: fc.subarray(['taken', 'in-use']).map(literal) },
  variables: record(fc.constantFrom('A', 'SOME_1', 'X__Y'), variable, ['a', '1A', 'A-B', '', 'A B']),
  timeoutMinutes: whole(1, 120, { literals: true }),
  azure: flag(),
  advisory: flag(),
};

export const STEP_REQUIRED = ['point', 'language', 'name', 'commands'];

export function stepOf({ language, name, commands: lines, point: _, ...options }: Values): PipelineStep {
  return PipelineStep.command(name, language, lines, options as PipelineStepOptions);
}

const READY: PipelineStep[] = [
  PipelineStep.playwright(),
  PipelineStep.cypress({ directory: 'e2e' }),
  PipelineStep.postman("tests/it's odd.json", { advisory: true }),
  PipelineStep.k6('load.js', { timeoutMinutes: 30 }),
  PipelineStep.loadTest({ paths: ['/', '/a?b=c'], users: 5 }),
];

export interface PlacedStep {
  readonly point: HookPoint;
  readonly step: PipelineStep;
}

const own: fc.Arbitrary<PlacedStep> = fc
  .record(
    Object.fromEntries(
      Object.entries(stepProps)
        .filter(([prop]) => !['stages', 'applications', 'azure', 'timeoutMinutes'].includes(prop))
        .map(([prop, { good }]) => [prop, good]),
    ),
    { requiredKeys: STEP_REQUIRED },
  )
  .map((chosen) => Object.fromEntries(Object.entries(chosen).map(([prop, choice]) => [prop, (choice as Choice).value])))
  .map((values) => ({ point: values.point as HookPoint, step: stepOf({ ...values, timeoutMinutes: 10 }) }));

const ready: fc.Arbitrary<PlacedStep> = fc.record({
  point: fc.constantFrom(...Object.values(HookPoint)),
  step: fc.constantFrom(...READY),
});

/** Steps of a pipeline that are right. */
export const steps: Prop = {
  good: fc
    .uniqueArray(fc.oneof(own, ready), { maxLength: 4, selector: ({ point, step: { name } }) => `${point} ${name}` })
    .map(literal),
};
