import * as fc from 'fast-check';
import { Environment, PromotionStage } from '../../../src';
import { Choice, literal, Prop, tokensFor } from '../kit/choices';
import { Tokens } from '../kit/tokens';

/** Roles that somebody has; those of the table of environments first. */
const ROLES = ['lead', 'security', 'release', 'owner', 'qa2'];

const { DEV, TEST, STAGING, PREPROD, PROD } = Environment;
const ENVIRONMENTS = [
  DEV,
  TEST,
  STAGING,
  PREPROD,
  PROD,
  Environment.of('qa', STAGING.profile),
  Environment.of('x1', { ...PROD.profile, approvals: [], waitMinutes: 0 }),
];

type Settings = Omit<PromotionStage, 'environment'>;

const window = {
  days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  opens: fc.constantFrom('00:00', '08:30'),
  closes: fc.constantFrom('16:00', '23:59'),
  timeZone: fc.constantFrom('Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'),
  frozen: fc.subarray(['2030-12-24', '2030-12-31']),
};

const settings: fc.Arbitrary<Settings> = fc.record(
  {
    approvals: fc.shuffledSubarray(ROLES),
    waitMinutes: fc.constantFrom(0, 1, 60, 43200),
    changeWindow: fc.record(window, { requiredKeys: ['days', 'opens', 'closes', 'timeZone'] }),
    slots: fc.boolean(),
    hotfix: fc.boolean(),
    hotfixApproval: fc.constantFrom(...ROLES),
    runner: fc.constantFrom('inside', 'ubuntu-22.04', 'self-hosted'),
  },
  { requiredKeys: [] },
);

const OPEN = { days: [1], opens: '08:00', closes: '16:00', timeZone: 'UTC' };

/** Each of them spoils a stage by itself. */
const WRONG: Settings[] = [
  ...[['No'], ['a'], ['x'.repeat(25)], [''], ['lead', 'lead'], ['nobody'], ['constructor']].map((approvals) => ({
    approvals,
  })),
  // their environments would be those of rollbacks and hotfixes
  ...[
    ['rollback', 'lead'],
    ['lead', 'hotfix'],
  ].map((approvals) => ({ approvals })),
  ...['nobody', 'toString', ''].map((hotfixApproval) => ({ hotfixApproval })),
  ...[-1, 43201, 1.5, NaN, Infinity].map((waitMinutes) => ({ waitMinutes })),
  ...['$x', '', 'a b', 'a\nb', '${{ github.event.issue.title }}'].map((runner) => ({ runner })),
  ...[
    { days: [] },
    { days: [0] },
    { days: [8] },
    { days: [1.5] },
    { opens: '8:00' },
    { opens: '17:00' },
    { opens: '16:00' },
    { closes: '24:00' },
    { timeZone: '' },
    { timeZone: 'Mars/Phobos' },
    { timeZone: 'W. Europe Standard Time' },
    { frozen: ['24.12.2030'] },
    { frozen: ['2030-13-01'] },
    { frozen: ['2030-02-30'] },
  ].map((wrong) => ({ changeWindow: { ...OPEN, ...wrong } })),
];

const stage = (environment: Environment, rest: Settings): PromotionStage => ({ environment, ...rest });

/** Environments are shown by their names. */
function listed(stages: PromotionStage[], make: (tokens: Tokens) => PromotionStage[] = () => stages): Choice {
  const shown = stages.map(({ environment, ...rest }) => `${environment.name} ${JSON.stringify(rest)}`);
  return { shown: `[${shown.join(', ')}]`, value: stages, make };
}

const some = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom(...ENVIRONMENTS), { minLength: 1, maxLength: 5 }),
    fc.array(settings, { minLength: 5, maxLength: 5 }),
  )
  .map(([environments, all]) => environments.map((environment, i) => stage(environment, all[i])));

const spoiled = fc
  .tuple(some, fc.constantFrom(...WRONG))
  .map(([[first, ...rest], wrong]) => listed([...rest, { ...first, ...wrong }]));

const uncertain = fc
  .tuple(some, tokensFor(fc.constant('lead')), fc.constantFrom('approvals', 'runner', 'hotfixApproval'))
  .map(([[first, ...rest], { make }, prop]) =>
    listed([first, ...rest], (tokens) => {
      const value = make(tokens) as string;
      return [{ ...first, [prop]: prop === 'approvals' ? [value] : value }, ...rest];
    }),
  );

const impossible = fc.constantFrom(
  listed([]),
  listed([stage(DEV, {}), stage(PROD, {}), stage(DEV, {})]),
  listed([stage(Environment.of('build', DEV.profile), {})]),
);

export const stages: Prop = {
  good: some.map((all) => listed(all)),
  bad: fc.oneof({ weight: 4, arbitrary: spoiled }, uncertain, impossible),
};

/** What an error may call that is wrong with a stage. */
export const STAGE_WORDS = '(?:stages|approvals|approvers|waitMinutes|changeWindow|runner)';

const who = fc.constantFrom('team:platform', 'team:a.b', 'user:lead', 'user:jane-doe', 'user:jane@example.com');
const everybody = fc
  .array(fc.uniqueArray(who, { minLength: 1, maxLength: 5 }), { minLength: ROLES.length, maxLength: ROLES.length })
  .map((all) => Object.fromEntries(ROLES.map((role, i) => [role, all[i]])));

export const approvers: Prop = {
  good: everybody.map(literal),
  bad: fc
    .tuple(
      everybody,
      fc.constantFrom(
        [],
        ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => `user:${name}`),
        ['release'],
        ['team:'],
        ['team:a b'],
        ['group:a'],
        [''],
      ),
    )
    .map(([all, wrong]) => literal({ ...all, release: wrong })),
};
