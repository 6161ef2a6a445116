import { scratch } from '../../support/scratch';
import { describeJudged } from '../../testing/terraform/with-terraform';
import { checkAll, checkOrder, judgeAll, Lane } from './batch';
import { Subject } from './subject';

/** In the unit suite: programs per construct and per method, how many of them change places, and how many there are of whole platforms. */
const RUNS = 100;
const RUNS_OF_METHODS = 25;
const ORDERED = 3;
const WHOLE = 10;

/** The same programs every time then: it fails only for what was changed. */
const SEED = 4711;

const long = process.env.PROPERTY_RUNS !== undefined;
const runs = Number(process.env.PROPERTY_RUNS);
const runsOf = ({ name }: Subject) => (long ? runs : name.includes('.') ? RUNS_OF_METHODS : RUNS);
const seed = Number(process.env.PROPERTY_SEED ?? (long ? Math.trunc(Math.random() * 2 ** 31) : SEED));

/** For properties of programs that have many constructs. */
export const PLATFORMS = { seed, numRuns: long ? runs : WHOLE };

/** Every property, for each of some constructs. */
export function describeProperties(...subjects: Array<Subject<any>>): void {
  const outdir = scratch('property');
  const laneOf = (subject: Subject): Lane => ({ runs: runsOf(subject), seed, outdir });
  const accepted = new Map<Subject, ReturnType<typeof checkAll>>();
  const acceptedOf = (subject: Subject) => accepted.get(subject) ?? [];
  if (long) {
    process.stderr.write(`${runs} programs each; again with PROPERTY_SEED=${seed}\n`);
  }

  // what is told about a program is part of many, and jest looks up where each line comes from
  let warnings: jest.SpyInstance;
  beforeAll(() => {
    warnings = jest.spyOn(console, 'warn').mockImplementation();
  });
  afterAll(() => warnings.mockRestore());

  describe.each(subjects.map((subject) => [subject.name, subject] as const))('%s', (_name, subject) => {
    test('is accepted, or refused by one error that names what is wrong', () => {
      accepted.set(subject, checkAll(subject, laneOf(subject)));
      expect(acceptedOf(subject).length).toBeGreaterThan(0);
    }, 900_000);

    test('renders the same bytes whatever stands beside it', () => {
      checkOrder(subject, long ? acceptedOf(subject) : acceptedOf(subject).slice(0, ORDERED), outdir);
    }, 900_000);
  });

  // a look at what was just changed need not wait for terraform
  if (long) {
    describeJudged('terraform plans what was accepted', () => {
      test.each(subjects.filter(({ alone }) => !alone).map((subject) => [subject.name, subject] as const))(
        '%s',
        async (_name, subject) => {
          expect(acceptedOf(subject).length).toBeGreaterThan(0);
          await judgeAll(subject, acceptedOf(subject), laneOf(subject));
        },
        900_000,
      );
    });
  }
}
