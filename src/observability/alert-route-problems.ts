import { Severity } from '../contracts/monitoring';
import { hasForm, isComputed, shown } from '../core/validation';
import { AlertRoute } from './alert-route';

/** One person: enough to see a typing error. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** As the country is dialled, without zeros or a plus before it. */
const COUNTRY_CODE = /^[1-9]\d{0,2}$/;

/** A number within its country. */
const PHONE_NUMBER = /^[1-9]\d{3,13}$/;

/** Receivers of one kind that an action group takes. */
const MOST = { emails: 1000, phones: 10, webhooks: 10, channels: 10 };

/** Action groups that a rule of Azure calls. */
const MOST_GROUPS = 5;

/**
 * What is wrong with routes, as clauses for `rejectIf()`.
 *
 * @param prop Prop that they come from.
 * @param all What routes are for that do not say it.
 * @param needed What somebody must be told of.
 */
export function routeProblems(
  prop: string,
  routes: { readonly [key: string]: AlertRoute },
  all: readonly Severity[],
  needed: readonly Severity[],
): Array<string | false> {
  const reached = (severity: Severity) =>
    Object.values(routes).some((route) => severitiesOf(route, all).includes(severity) && !isEmpty(route));
  const unheard = needed.filter((severity) => !reached(severity));
  const groups = Object.values(routes).flatMap(({ actionGroupIds = [] }) => actionGroupIds);
  return [
    unheard.length > 0 && `'${prop}' must reach somebody for ${unheard.join(' and ')}, or nobody ever hears of it`,
    new Set(groups).size >= MOST_GROUPS &&
      `'${prop}' must have fewer than ${MOST_GROUPS} 'actionGroupIds': a rule calls ${MOST_GROUPS} groups at most, and one is our own`,
    ...Object.entries(routes).flatMap(([key, route]) =>
      problemsOf(route).map((problem) => problem && `route ${shown(key)}: ${problem}`),
    ),
    ...Object.keys(routes).map(
      (key) =>
        !/^[A-Za-z][A-Za-z0-9-]*$/.test(key) &&
        `'${prop}' must have keys that start with a letter and have only letters, digits and hyphens; got ${shown(key)}`,
    ),
  ];
}

/** Which severities a route is for. */
export function severitiesOf({ severities }: AlertRoute, all: readonly Severity[]): readonly Severity[] {
  return severities ?? all;
}

function problemsOf(route: AlertRoute): Array<string | false> {
  const lists = ['severities', 'emails', 'phones', 'webhooks', 'channels', 'actionGroupIds'] as const;
  const computed = lists.filter((prop) => isComputed(route[prop]));
  return computed.length > 0
    ? computed.map(
        (prop) => `'${prop}' must be listed one by one, because each becomes a receiver; got ${shown(route[prop])}`,
      )
    : problemsOfEach(route);
}

function problemsOfEach(route: AlertRoute): Array<string | false> {
  const { emails = [], phones = [], webhooks = [], channels = [], actionGroupIds = [] } = route;
  const names = phones.map(({ countryCode, phoneNumber }) => `+${countryCode} ${phoneNumber}`);
  return [
    isEmpty(route) && 'must tell somebody: give it emails, phones, webhooks, channels or action groups',
    route.severities?.length === 0 && "'severities' must name at least one; leave it out for all",
    ...emails.map(
      (email) => !hasForm(email, EMAIL) && `'emails' must be addresses such as ada@example.com, got ${shown(email)}`,
    ),
    ...phones.flatMap(({ countryCode, phoneNumber }) => [
      !hasForm(countryCode, COUNTRY_CODE) &&
        `'countryCode' must be 1 to 3 digits without + or zeros before them, such as 49; got ${shown(countryCode)}`,
      !hasForm(phoneNumber, PHONE_NUMBER) &&
        `'phoneNumber' must be 4 to 14 digits without the country's code or a zero before them, got ${shown(phoneNumber)}`,
    ]),
    ...webhooks.map(
      (address) =>
        (!hasForm(address, /^https:\/\/[^\s]+$/) && `'webhooks' must start with https://, got ${shown(address)}`) ||
        secretProblem(address),
    ),
    ...actionGroupIds.map(
      (id) =>
        !hasForm(
          id,
          /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Insights\/actionGroups\/[^/]+$/i,
        ) && `'actionGroupIds' must be Azure resource ids of action groups, got ${shown(id)}`,
    ),
    ...repeated('emails', emails),
    ...repeated('phones', names),
    ...repeated('webhooks', webhooks),
    ...repeated('actionGroupIds', actionGroupIds),
    ...repeated(
      'channels',
      channels.map(({ kind }) => kind),
      'one of each kind; put the other one into a route of its own',
    ),
    ...Object.entries({ emails, phones, webhooks, channels }).map(([prop, list]) => {
      const most = MOST[prop as keyof typeof MOST];
      return list.length > most && `'${prop}' must be ${most} at most, got ${list.length}`;
    }),
  ];
}

/** Addresses of services that are a secret by themselves: in an action group, everybody who may read it has them. */
function secretProblem(address: string): string | false {
  const isSecret =
    !isComputed(address) &&
    /hooks\.slack\.com|webhook\.office\.com|logic\.azure\.com|events\.pagerduty\.com|[?&](sig|code|token|key)=/i.test(
      address,
    );
  return (
    isSecret &&
    "'webhooks' must hold nothing secret, because whoever reads the state or the action group has it; put the address into a vault, and the secret into 'channels'"
  );
}

function repeated(prop: string, values: readonly string[], remedy: string = 'each once'): Array<string | false> {
  const lower = values.map((value) => (isComputed(value) ? value : value.toLowerCase()));
  const twice = values.filter((_, i) => lower.indexOf(lower[i]) < i);
  return twice.map((value) => `'${prop}' must have ${remedy}; ${shown(value)} is there twice`);
}

function isEmpty({ emails, phones, webhooks, channels, actionGroupIds }: AlertRoute): boolean {
  return [emails, phones, webhooks, channels, actionGroupIds].every((list) => (list ?? []).length === 0);
}
