import * as fc from 'fast-check';
import { AzureProviders, AzureState, Geography, ManagedIdentity, Workload, WorkloadProps } from '../../src';
import { ENVIRONMENTS } from '../support';
import { anyText, flag, formed, list, literalFormed, literalText, oneOf, record } from './kit/choices';
import { guid, literalGuid, kebab, lower, LOWER, DIGITS, word } from './kit/forms';
import { describeProperties } from './kit/lane';
import { Place, Subject, Values } from './kit/subject';

const REGIONS = ['westeurope', 'West Europe', 'northeurope', 'francesouth', 'eastus'];

const identity: Subject<Workload> = {
  name: 'ManagedIdentity',
  props: {
    identityName: literalFormed(
      /^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$/,
      word('aZ9', `${LOWER}_-`, 3, 128),
      'ab',
      '-abc',
      'a'.repeat(129),
    ),
  },
  ground: (place) => place.workload(),
  define: (workload, props) => new ManagedIdentity(workload, 'Subject', props),
  path: (id) => `${id}/Subject`,
  emits: { identityName: ({ azurerm_user_assigned_identity: found }) => Object.values(found)[0].name },
};

function strayHome({ location, allowedLocations, geography }: Values): string[] {
  const home = ['westeurope', 'northeurope'];
  const regions: Record<string, string[]> = {
    [Geography.EUROPE]: home,
    [Geography.EUROPEAN_UNION]: [...home, 'francesouth'],
    [Geography.UNITED_STATES]: ['eastus'],
  };
  const canonical = (name: string) => name.replace(/ /g, '').toLowerCase();
  const allowed = [...((allowedLocations as string[]) ?? []).map(canonical), ...(regions[geography] ?? [])];
  const unlimited =
    (allowedLocations === undefined && geography === undefined) ||
    // those that are no regions are refused by their own name
    !((allowedLocations as string[]) ?? []).every((name) => REGIONS.includes(name));
  return unlimited || allowed.includes(canonical(location)) ? [] : ['location'];
}

const tag = {
  good: anyText().good.filter(({ value }) => String(value).length <= 256),
  bad: oneOf('x'.repeat(257)).good,
};

const workload: Subject<Place> = {
  name: 'Workload',
  required: ['name', 'location', 'owner', 'costCenter'],
  props: {
    name: literalFormed(/^[a-z][a-z0-9]{1,11}$/, word(LOWER, LOWER + DIGITS, 2, 12), 'A', 'a', '1abc', 'abcdefghijklm'),
    // other mistakes than in 'allowedLocations': the same one is told once
    location: literalText(fc.constantFrom(...REGIONS), 'westeurop', 'mars', 'west'),
    owner: formed(/^(?=.*\S).{1,256}$/s, kebab(1, 40)),
    costCenter: formed(/^(?=.*\S).{1,256}$/s, kebab(1, 40)),
    organization: literalFormed(/\S/, kebab(1, 40)),
    allowedLocations: list(literalFormed(/^$(?!)/, fc.constantFrom(...REGIONS), 'westeuropa'), { min: 1 }),
    geography: oneOf(Geography.EUROPE, Geography.EUROPEAN_UNION, Geography.UNITED_STATES),
    resourceGroupName: formed(/^(?=.{1,90}$)[\w.()-]*[\w()-]$/, kebab(1, 90), 'x.'),
    tags: record(kebab(1, 20), tag, ['', 'a<b', 'a/b', 'x'.repeat(129)]),
  },
  ground: (place) => place,
  define: (place, props: Partial<WorkloadProps>) => {
    const made = new Workload(place.stack, place.id, {
      environment: place.home.environment,
      ...props,
    } as WorkloadProps);
    new ManagedIdentity(made, 'Identity');
  },
  path: (id) => id,
  tame: (given) => {
    const values = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
    return strayHome(values).length > 0 ? ['allowedLocations', 'geography'] : [];
  },
  combined: strayHome,
};

const providers: Subject<Place> = {
  name: 'AzureProviders',
  alone: true,
  props: {
    subscriptionId: guid(),
    tenantId: guid(),
    environment: oneOf(...ENVIRONMENTS),
    registerResourceProviders: flag(),
  },
  ground: (place) => place,
  define: ({ stack }, props) => new AzureProviders(stack, 'Subject', props),
  path: () => 'Subject',
};

const state: Subject<Place> = {
  name: 'AzureState',
  alone: true,
  required: ['environment', 'storageAccountName'],
  props: {
    environment: oneOf(...ENVIRONMENTS),
    storageAccountName: literalFormed(/^[a-z0-9]{3,24}$/, lower(3, 24), 'ab', 'Upper', 'a'.repeat(25)),
    containerName: literalFormed(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, kebab(3, 63), 'a--b', '-ab', 'ab-'),
    tenantId: literalGuid(),
  },
  ground: (place) => {
    new AzureProviders(place.stack, 'Providers');
    return place;
  },
  define: ({ stack }, props) => new AzureState(stack, 'Subject', props),
  path: () => 'Subject',
};

describeProperties(identity, workload, providers, state);
