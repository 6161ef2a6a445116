import * as fs from 'fs';
import * as path from 'path';
import { scratch } from '../support/scratch';
import { answerTo } from './fixture';

const folder = scratch('cli');
const file = path.join(folder, 'compliance.json');
const HINT = "write it with 'Compliance.of(app).report().toJson()'";

beforeAll(() => {
  const one = (ruleId: string, until?: string, matched = true) => ({
    ruleId,
    path: 'prod/Billing/Files',
    reason: 'partners read it',
    ...(until && { until }),
    matched,
  });
  const acknowledgements = [
    one('STO-001', '2026-10-31'),
    one('STO-002', '2026-11-30'),
    one('STO-003', '2027-06-30'),
    one('STO-004'),
    one('STO-005', undefined, false),
  ];
  fs.writeFileSync(file, JSON.stringify({ findings: [], acknowledgements }));
  fs.writeFileSync(path.join(folder, 'other.json'), '{}');
});

test('names what has ended, ends soon, or matches nothing', () => {
  expect(answerTo('acknowledgements', file, '--date', '2026-11-01')).toEqual({
    code: 1,
    err: '',
    out: [
      'ended 2026-10-31: STO-001 on prod/Billing/Files: partners read it',
      'ends 2026-11-30: STO-002 on prod/Billing/Files: partners read it',
      'matches nothing: STO-005 on prod/Billing/Files: partners read it',
      '5 acknowledgements on 2026-11-01: 1 ended',
      '',
    ].join('\n'),
  });
});

test('the last day still counts', () => {
  expect(answerTo('acknowledgements', file, '--date', '2026-10-31', '--within', '0')).toMatchObject({ code: 0 });
});

test('as JSON, with the state of each', () => {
  const { code, out } = answerTo('acknowledgements', file, '--date', '2026-11-01', '--json');
  const { ok, date, acknowledgements } = JSON.parse(out);

  expect([code, ok, date]).toEqual([1, false, '2026-11-01']);
  expect(acknowledgements.map(({ state }: { state: string }) => state)).toEqual([
    'ended',
    'ending',
    'current',
    'current',
    'unmatched',
  ]);
});

test('judges by today unless told', () => {
  jest.useFakeTimers({ now: new Date('2027-07-01T23:00:00Z') });
  try {
    expect(answerTo('acknowledgements', file).out).toContain('on 2027-07-01: 3 ended');
  } finally {
    jest.useRealTimers();
  }
});

test.each([
  [[file, '--date', 'tomorrow'], "'--date' must be a day such as 2026-12-31, got tomorrow"],
  [[file, '--date', '2026-02-30'], "'--date' must be a day such as 2026-12-31, got 2026-02-30"],
  [[file, '--within', '-1'], "Option '--within' argument is ambiguous"],
  [[file, '--within', 'ten'], "'--within' must be a whole number of days from 0 to 9999, got ten"],
  [[path.join(folder, 'none.json')], `${path.join(folder, 'none.json')}: cannot be read; ${HINT}`],
  [[path.join(folder, 'other.json')], `${path.join(folder, 'other.json')}: is no compliance report; ${HINT}`],
])('fails: %j', (args, problem) => {
  const { code, out, err } = answerTo('acknowledgements', ...args);

  expect([code, out]).toEqual([2, '']);
  expect(err.split('\n')[0]).toContain(`azure-platform-constructs: ${problem}`);
});
