import * as fc from 'fast-check';
import { CostBudget, EmailDataLocation, EmailService, Workload } from '../../src';
import { Choice, flag, formed, list, literal, literalFormed, oneOf, record, structOf, whole } from './kit/choices';
import { kebab, lower, LOWER, resourceId, uuid, word } from './kit/forms';
import { deployerIn } from './kit/ground';
import { describeProperties } from './kit/lane';
import { Blocks, Home, only, Subject, unwatched } from './kit/subject';

/** Where the data of a workload may be, as its region says; nowhere in the whole of Europe for one in Sweden. */
const ALLOWED: { [location: string]: EmailDataLocation } = {
  westeurope: EmailDataLocation.EUROPE,
  francesouth: EmailDataLocation.FRANCE,
};
const allowedIn = ({ location }: Home) => ALLOWED[location.replace(/ /g, '').toLowerCase()];

const texts = (...values: string[]) => fc.constantFrom(...values).map(literal);
const domainOf = (fields: Record<string, fc.Arbitrary<Choice>>, required: string[]) =>
  fc.record(fields, { requiredKeys: required }).map((chosen) => structOf(chosen as Record<string, Choice>));

const senders = record(word(LOWER, LOWER, 1, 12), { good: texts('Billing', 'Press office', 'x'.repeat(253)) }).good;
const domain = {
  good: domainOf(
    {
      domainName: texts('mail.example.com', 'example.org', 'xn--d1acufc.example.com'),
      verified: flag().good,
      senders,
      engagementTracking: flag().good,
      dmarcManagedElsewhere: flag().good,
    },
    ['domainName'],
  ),
  bad: fc.oneof(
    domainOf({ domainName: texts('', 'Example.com', '-a.com', 'a..com', 'x'.repeat(300)) }, ['domainName']),
    domainOf(
      {
        domainName: texts('example.com'),
        senders: fc.constantFrom({ 'a..b': 'A' }, { DoNotReply: 'A' }, { donotreply: 'A' }, { a: '' }).map(literal),
      },
      ['domainName', 'senders'],
    ),
    domainOf({ domainName: texts('example.com'), defaultSender: texts('nobody', '') }, ['domainName', 'defaultSender']),
  ),
};

const email: Subject<Workload> = {
  name: 'EmailService',
  props: {
    dataLocation: oneOf(...Object.values(EmailDataLocation)),
    domain,
    sendRoleDefinitionId: formed(
      /^\/subscriptions\/[^/]+\/providers\/Microsoft\.Authorization\/roleDefinitions\/[0-9a-f-]{36}$/i,
      uuid().map((id) => `/subscriptions/${id}/providers/Microsoft.Authorization/roleDefinitions/${id}`),
      '/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000001',
    ),
    serviceName: literalFormed(
      /^(?=.{1,63}$)[a-zA-Z](-?[a-zA-Z0-9])*$/,
      kebab(3, 40).map((name) => `acs-${name}`),
      'a--b',
      '-a',
      '1a',
      'a-',
      'x'.repeat(64),
    ),
    deletionProtection: flag(),
    unmonitored: flag(),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => {
    const service = new EmailService(workload, 'Subject', props);
    if (workload.organization) {
      service.bindClient(deployerIn(workload));
    }
  },
  path: (id) => `${id}/Subject`,
  tame: () => ['dataLocation'],
  combined: ({ dataLocation, serviceName }, home) => [
    ...(allowedIn(home) === undefined || ![undefined, allowedIn(home)].includes(dataLocation) ? ['dataLocation'] : []),
    ...(serviceName === undefined && home.organization === undefined ? ['organization'] : []),
  ],
  emits: {
    dataLocation: (blocks) => only(blocks, 'azurerm_communication_service').data_location,
    serviceName: (blocks) => only(blocks, 'azurerm_communication_service').name,
    deletionProtection: (blocks) => blocks.azurerm_management_lock !== undefined,
    unmonitored: unwatched,
  },
  absent: {
    dataLocation: allowedIn,
    deletionProtection: ({ environment }) => environment.profile.locked,
    unmonitored: () => false,
  },
};

const month = (year: number) => fc.integer({ min: 1, max: 12 }).map((n) => `${year}-${String(n).padStart(2, '0')}`);
const MONTH = /^$(?!)/;
const percents = (max: number) => list({ ...whole(1, 1000, { literals: true }), literals: true }, { max });
const countOf = ({ actualPercents = [80, 100], forecastPercents = [100], variancePercent = 20 }: any) => {
  const beyond = variancePercent === 0 ? [] : [100 + variancePercent];
  return new Set([...actualPercents, ...beyond]).size + new Set([...forecastPercents, ...beyond]).size;
};
const EMAILS = fc.constantFrom('finance@example.com', 'a.b+c@example.org', 'x@y');

const budget: Subject<Workload> = {
  name: 'CostBudget',
  required: ['amount', 'startMonth'],
  props: {
    amount: {
      good: whole(1, 1_000_000).good,
      bad: fc.constantFrom(0, -1, 0.99, NaN, Infinity).map(literal),
    },
    startMonth: literalFormed(MONTH, month(2026), '2026-13', '2026-1', '2017-05', '2026-11-01'),
    endMonth: literalFormed(MONTH, month(2027), '2026-00', '2025', '2000-01'),
    tags: record(lower(1, 12), list(formed(/\S/, lower(1, 8)), { min: 1 })),
    contactEmails: list(formed(/^[^\s@,;]{1,64}@[^\s@,;]{1,253}$/, EMAILS, 'a@b@c', 'a, b@c'), { min: 1 }),
    contactRoles: list(formed(/\S/, fc.constantFrom('Owner', 'Contributor'))),
    actionGroupIds: list(resourceId('Microsoft.Insights/actionGroups')),
    actualPercents: percents(2),
    forecastPercents: percents(1),
    variancePercent: whole(0, 900, { literals: true }),
    anomalyAlert: flag(),
    anomalyRenewal: formed(/^[\w .-]{1,40}$/, lower(1, 40), 'a,b'),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => new CostBudget(workload, 'Subject', props),
  path: (id) => `${id}/Subject`,
  tame: ({ anomalyAlert, contactEmails }) => [
    ...(anomalyAlert?.value && contactEmails ? [] : ['anomalyRenewal', 'anomalyAlert']),
    ...['actualPercents', 'forecastPercents'],
  ],
  combined: (values, _home, given) => {
    const { contactEmails = [], contactRoles = [], actionGroupIds = [], anomalyAlert = false, anomalyRenewal } = values;
    const nobody = contactEmails.length + contactRoles.length + actionGroupIds.length === 0;
    const odd =
      ['actualPercents', 'forecastPercents'].some((prop) => /\(|null|\.|-|1001|\b0\b/.test(given[prop]?.shown ?? '')) ||
      /\(|null|\.|-|901/.test(given.variancePercent?.shown ?? '');
    return [
      ...(nobody ? ['contactEmails'] : []),
      ...(!odd && !(countOf(values) >= 1 && countOf(values) <= 5) ? ['actualPercents'] : []),
      ...(anomalyAlert && contactEmails.length === 0 ? ['anomalyAlert'] : []),
      ...(!anomalyAlert && anomalyRenewal !== undefined ? ['anomalyRenewal'] : []),
    ];
  },
  emits: {
    amount: (blocks) => only(blocks, 'azurerm_consumption_budget_resource_group').amount,
    anomalyAlert: (blocks: Blocks) => blocks.azurerm_cost_anomaly_alert !== undefined,
  },
  absent: { anomalyAlert: () => false },
};

describeProperties(email, budget);
