import { Fn, Token } from 'cdktf';
import { aListOf, aMapOf, anInstanceOf, aNumber, aStruct, aText, Kinds, oneOf, someTexts } from '../core/kinds';
import { hasForm, isComputed, shown } from '../core/validation';
import { Weekday } from '../core/weekday';
import { notificationProblems } from './budget-notifications';
import { BudgetScope } from './budget-scope';
import { CostBudgetProps } from './cost-budget-props';
import { CostGrouping } from './cost-grouping';
import type { CostReport, CostViewOptions } from './cost-view';

/** What a view takes. */
export const VIEW_KINDS: Kinds<CostViewOptions> = {
  groupBy: anInstanceOf(CostGrouping, 'CostGrouping.SERVICE'),
  'report?': aStruct<CostReport>({
    firstDay: aText,
    lastDay: aText,
    'emails?': someTexts,
    'weekday?': oneOf(Weekday),
  }),
};

/** What a budget takes. */
export const BUDGET_KINDS: Kinds<CostBudgetProps> = {
  amount: aNumber,
  startMonth: aText,
  'actionGroupIds?': someTexts,
  'actualPercents?': aListOf(aNumber),
  'contactEmails?': someTexts,
  'contactRoles?': someTexts,
  'forecastPercents?': aListOf(aNumber),
  'scope?': anInstanceOf(BudgetScope, 'BudgetScope.workload()'),
  'tags?': aMapOf(someTexts),
};

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Azure knows no budgets before. */
const FIRST_MONTH = '2017-06';

const ACTION_GROUP =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Insights\/actionGroups\/[^/]+$/i;

/** An address that Azure writes to. */
const EMAIL = /^[^\s@,;]{1,64}@[^\s@,;]{1,253}$/;

/**
 * What is wrong with the props of a budget, as clauses for `rejectIf()`.
 */
export function budgetProblems(props: CostBudgetProps, anomalyAlert: boolean): Array<string | false | undefined> {
  const { amount, startMonth, endMonth, scope, tags = {}, anomalyRenewal } = props;
  const { contactEmails = [], contactRoles = [], actionGroupIds = [] } = props;
  return [
    !isComputed(amount) &&
      !(Number.isFinite(amount) && amount >= 1) &&
      `'amount' must be a number of 1 or more, got ${shown(amount)}`,
    monthProblem('startMonth', startMonth),
    endMonth !== undefined && monthProblem('endMonth', endMonth),
    endMonth !== undefined &&
      MONTH.test(endMonth) &&
      endMonth <= startMonth &&
      `'endMonth' must be after 'startMonth', got ${shown(endMonth)} and ${shown(startMonth)}`,
    scope?._problem,
    ...Object.entries(tags).flatMap(([name, values]) => [
      !isComputed(values) && values.length === 0 && `'tags' must have at least one value for ${shown(name)}, got none`,
      ...(isComputed(values) ? [] : values).map(
        (value) => !hasForm(value, /\S/) && `'tags' must have values, got ${shown(value)} for ${shown(name)}`,
      ),
    ]),
    contactEmails.length + contactRoles.length + actionGroupIds.length === 0 &&
      "at least one of 'contactEmails', 'contactRoles' and 'actionGroupIds' must be given, or nobody hears of it",
    ...emailProblems('contactEmails', contactEmails),
    ...contactRoles.map((role) => !hasForm(role, /\S/) && `'contactRoles' must be names of roles, got ${shown(role)}`),
    ...actionGroupIds.map(
      (id) =>
        !hasForm(id, ACTION_GROUP) && `'actionGroupIds' must be Azure resource ids of action groups, got ${shown(id)}`,
    ),
    ...notificationProblems(props),
    anomalyAlert &&
      contactEmails.length === 0 &&
      "'anomalyAlert' must come with 'contactEmails', which are all that it can tell",
    anomalyRenewal !== undefined &&
      (anomalyAlert
        ? !hasForm(anomalyRenewal, /^[\w .-]{1,40}$/) &&
          `'anomalyRenewal' must be 1 to 40 letters, digits, spaces, '.', '_' or '-', got ${shown(anomalyRenewal)}`
        : "'anomalyRenewal' must come with 'anomalyAlert'"),
  ];
}

/**
 * What is wrong with addresses, as clauses for `rejectIf()`.
 */
export function emailProblems(prop: string, emails: string[]): Array<string | false> {
  return emails.map((email) => !hasForm(email, EMAIL) && `'${prop}' must be e-mail addresses, got ${shown(email)}`);
}

/**
 * The first of some addresses; of a list that Terraform has yet to compute, what will be first.
 */
export function firstOf(emails: string[]): string {
  return Token.isUnresolved(emails) ? Fn.element(emails, 0) : emails[0];
}

function monthProblem(prop: string, month: string): string | false {
  if (isComputed(month)) {
    return `'${prop}' must be a literal, because a budget that begins at another time is another one; got a value that Terraform has yet to compute`;
  }
  return (
    !(MONTH.test(month) && month >= FIRST_MONTH) &&
    `'${prop}' must be a month such as 2026-11, ${FIRST_MONTH} or later, got ${shown(month)}`
  );
}
