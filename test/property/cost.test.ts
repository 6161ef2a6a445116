import * as fc from 'fast-check';
import { BudgetScope, CostBudget, CostGrouping, Weekday, Workload } from '../../src';
import { built, Choice, formed, list, literalFormed, literalText, oneOf, Prop, whole } from './kit/choices';
import { uuid } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Blocks, only, Subject } from './kit/subject';

const GROUP = '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-x';

/** Scopes, of ids that may be tokens. */
const scope: Prop = (() => {
  const group = (choice: Choice): Choice =>
    built(`resourceGroup ${choice.shown}`, (tokens) => BudgetScope.resourceGroup(choice.make(tokens) as string));
  const subscription = (choice: Choice): Choice =>
    built(`subscription ${choice.shown}`, (tokens) => BudgetScope.subscription(choice.make(tokens) as string));
  const groups = formed(
    /^$(?!)/,
    uuid().map((id) => `/subscriptions/${id}/resourceGroups/rg`),
    'rg',
    `${GROUP}/x`,
    `${GROUP}/`,
  );
  const subscriptions = formed(
    /^$(?!)/,
    uuid().map((id) => `/subscriptions/${id}`),
    GROUP,
    '/subscriptions/x',
  );
  return {
    good: fc.oneof(
      fc.constant(built('workload', () => BudgetScope.workload())),
      fc.constant(built('this subscription', () => BudgetScope.subscription())),
      groups.good.map(group),
      subscriptions.good.map(subscription),
    ),
    bad: fc.oneof(groups.bad!.map(group), subscriptions.bad!.map(subscription)),
  };
})();

const BUDGET = { amount: 100, startMonth: '2026-11', contactEmails: ['finance@example.com'] };

const budget: Subject<Workload> = {
  name: 'CostBudget, scope',
  props: { scope },
  ground: (place) => place.workload(),
  define: (workload, props) => void new CostBudget(workload, 'Subject', { ...BUDGET, ...props }),
  path: (id) => `${id}/Subject`,
};

const day = (...good: string[]) =>
  literalFormed(/^$(?!)/, fc.constantFrom(...good), '2026-13-01', '2026-02-30', '2026-1-1', '2026-11-01T00:00:00Z');
const email = () =>
  formed(/^[^\s@,;]{1,64}@[^\s@,;]{1,253}$/, fc.constantFrom('a@example.com', 'b.c+d@example.org'), 'a@b@c');
const GROUPINGS: Record<string, CostGrouping> = {
  service: CostGrouping.SERVICE,
  team: CostGrouping.TEAM,
  feature: CostGrouping.tag('feature'),
};
const report = (blocks: Blocks) => only(blocks, 'azurerm_cost_management_scheduled_action');

const view: Subject<CostBudget> = {
  name: 'CostBudget.addView',
  required: ['key', 'groupBy'],
  props: {
    key: literalText(fc.constantFrom('Teams', 'a', 'by-service'), '', '1a', 'a b', 'x'.repeat(31), 'ä', 'Taken'),
    groupBy: oneOf(...Object.keys(GROUPINGS)),
    firstDay: day('2026-11-02', '2028-02-29'),
    lastDay: day('2029-01-01', '2030-12-31'),
    weekday: oneOf(...Object.values(Weekday)),
    hour: whole(0, 23),
    emails: list(email(), { min: 1 }),
    sender: email(),
  },
  called: {
    firstDay: 'report.firstDay',
    lastDay: 'report.lastDay',
    hour: 'report.hour',
    emails: 'report.emails',
    sender: 'report.sender',
  },
  ground: (place) => {
    const made = new CostBudget(place.workload(), 'Subject', BUDGET);
    made.addView('Taken', { groupBy: CostGrouping.REGION });
    return made;
  },
  define: (made, { key, groupBy, ...rest }) => {
    const given = Object.keys(rest).length > 0;
    const days = { firstDay: '2026-11-02', lastDay: '2031-01-01' };
    made.addView(key, { groupBy: GROUPINGS[groupBy], report: given ? { ...days, ...rest } : undefined });
  },
  path: (id) => `${id}/Subject`,
  emits: {
    hour: (blocks) => report(blocks).hour_of_day,
    emails: (blocks) => report(blocks).email_addresses,
    sender: (blocks) => report(blocks).email_address_sender,
    weekday: (blocks) => report(blocks).days_of_week[0],
  },
};

describeProperties(budget, view);
