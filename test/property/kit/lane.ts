import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { describeJudged } from '../../testing/terraform/with-terraform';
import { Accepted, checkAll, checkOrder, judgeAll, Lane } from './batch';
import { Subject } from './subject';

/** Programs per construct where nobody asks for more. */
const RUNS = 25;

/** In the unit lane the same programs every time: it fails only for what was changed. */
const SEED = 4711;

const long = process.env.PROPERTY_RUNS !== undefined;
const runs = Number(process.env.PROPERTY_RUNS ?? RUNS);
const seed = Number(process.env.PROPERTY_SEED ?? (long ? Math.trunc(Math.random() * 2 ** 31) : SEED));

/** Every property, for each of some constructs. */
export function describeProperties(...subjects: Array<Subject<any>>): void {
  const outdir = mkdtempSync(join(tmpdir(), 'property-'));
  const laneOf = ({ heavy = false }: Subject): Lane => ({
    runs: heavy && !long ? Math.ceil(runs / 3) : runs,
    seed,
    outdir,
  });
  const stacks = new Map<Subject, string[]>();
  if (long) {
    process.stderr.write(`${runs} programs per construct; again with PROPERTY_SEED=${seed}\n`);
  }
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_name, subject) => {
    let accepted: Accepted = new Map();

    test('is accepted, or refused by one error that names what is wrong', () => {
      accepted = checkAll(subject, laneOf(subject));
      expect(accepted.size).toBeGreaterThan(0);
    }, 900_000);

    test('renders the same bytes whatever stands beside it', () => {
      stacks.set(subject, checkOrder(subject, accepted, outdir));
    }, 900_000);
  });

  describeJudged('terraform accepts what was accepted', () => {
    test.each(subjects.filter(({ alone }) => !alone).map((subject) => [subject.name, subject] as const))(
      '%s',
      async (_name, subject) => {
        expect(stacks.get(subject)).toBeDefined();
        await judgeAll(subject, stacks.get(subject) ?? [], laneOf(subject));
      },
      900_000,
    );
  });
}
