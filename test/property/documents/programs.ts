import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import {
  DrillInterval,
  Environment,
  IRecoverable,
  IRehearsed,
  RecoveryDrill,
  RecoveryOccasion,
  RecoveryStep,
  Workload,
} from '../../../src';
import { insideOf, networkPart, Part } from '../../documents/parts';

/** Names that constructs may have, also those that mean something in XML, Markdown, HTML, Mermaid or a shell. */
export const ODD_NAMES = [
  'Api',
  'Database',
  'Zone A',
  'a&b<c>"d"',
  "it's",
  '<script>alert(1)</script>',
  '`code` and ``more``',
  '| a | b |',
  '*bold* _it_ [link](x) ![i](y)',
  'end',
  '# heading',
  '1. item',
  'a\nb\r\nc',
  'tab\there',
  '\u0000\u0008\u001b[31m',
  '\ud800',
  '\ufffe',
  'Ä 日本 🚀',
  '```',
  ']]>',
  '&amp;',
  '\\',
  '"; graph TD',
  'x'.repeat(200),
];

const TYPES = [
  'azurerm_linux_web_app',
  'azurerm_postgresql_flexible_server',
  'azurerm_key_vault',
  'azurerm_storage_account',
  'azurerm_managed_redis',
  'azurerm_user_assigned_identity',
  'azurerm_some_new_thing',
];

/** Comes back, and is rehearsed. */
class Recoverable extends Part implements IRecoverable, IRehearsed {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly steps: RecoveryStep[],
    private readonly drills: RecoveryDrill[],
  ) {
    super(scope, id, type);
  }

  public toRecoverySteps(): RecoveryStep[] {
    return this.steps;
  }

  public toRecoveryDrills(): RecoveryDrill[] {
    return this.drills;
  }
}

const words = fc.constantFrom(...ODD_NAMES);
const commands = fc.array(
  fc.constantFrom(
    'az account show',
    'echo "${HOME:-x}" `date`',
    "printf '%s' '<b>|'",
    '```',
    '${azurerm_x.y_0123ABCD.id}',
  ),
  { minLength: 1, maxLength: 3 },
);
const minutes = fc.constantFrom(0, 1, 60, 10_080);

const step: fc.Arbitrary<RecoveryStep> = fc.record(
  {
    key: words,
    occasion: fc.constantFrom(...Object.values(RecoveryOccasion)),
    summary: words,
    commands,
    minutes,
    dataLossMinutes: minutes,
    withinRegion: fc.boolean(),
  },
  { requiredKeys: ['key', 'occasion', 'summary', 'commands', 'minutes'] },
);

const drill: fc.Arbitrary<RecoveryDrill> = fc.record({
  key: words,
  interval: fc.constantFrom(...Object.values(DrillInterval)),
  summary: words,
  commands,
  rtoMinutes: minutes,
  rpoMinutes: minutes,
});

const part = fc.record({
  id: words,
  type: fc.constantFrom(...TYPES),
  network: fc.constantFrom(undefined, undefined, 0, 1),
  grouped: fc.boolean(),
  steps: fc.array(step, { maxLength: 2 }),
  drills: fc.array(drill, { maxLength: 1 }),
});

const link = fc.record({ from: fc.nat(30), to: fc.nat(30), name: words });

/** What is in some workloads, and the order in which it comes. */
export const program = fc.record({
  workloads: fc.array(
    fc.record({
      networks: fc.integer({ min: 0, max: 2 }),
      parts: fc.uniqueArray(part, { maxLength: 9, selector: ({ id }) => id }),
      environment: fc.constantFrom(Environment.DEV, Environment.PROD),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  links: fc.array(link, { maxLength: 10 }),
  order: fc.infiniteStream(fc.nat(99)).map((numbers) => [...numbers.take(40)]),
});

export type Program = typeof program extends fc.Arbitrary<infer T> ? T : never;

/** The workloads of a program, made in its own order, or in the one that it was written in. */
export function stackOf({ workloads, links, order }: Program, shuffled = false): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const inOrder = <T>(all: readonly T[]): Array<[number, T]> =>
    all.map((one, i): [number, T] => [i, one]).sort(([a], [b]) => (shuffled ? order[a] - order[b] || a - b : a - b));
  const made: Construct[][] = [];
  for (const [i, { networks, parts, environment }] of inOrder(workloads)) {
    const workload = new Workload(stack, `Workload${i}`, {
      name: `shop${i}`,
      environment,
      location: 'westeurope',
      owner: 'team-shop',
      costCenter: '1',
    });
    const there = [...Array(networks).keys()].map((n) => networkPart(workload, `Network${n}`, `10.${n}.0.0/22`));
    made[i] = [];
    for (const [j, { id, type, network = 2, grouped, steps, drills }] of inOrder(parts)) {
      if (there[network]) {
        made[i][j] = insideOf(there[network], id, type);
      } else {
        const scope = grouped ? new Construct(workload, `Group ${id}`) : workload;
        made[i][j] = new Recoverable(scope, id, type, steps, drills);
      }
    }
  }
  const all = made.flat();
  for (const [, { from, to, name }] of inOrder(links)) {
    if (all.length > 0) {
      const [client, target] = [all[from % all.length], all[to % all.length]];
      Workload.of(client).recordConnection({ name, client, target });
    }
  }
  return stack;
}
