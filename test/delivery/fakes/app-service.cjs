'use strict';
// App Service as far as a rollout sees it: an app, its slot, routing, swaps that take time and may go wrong. The state is
// plain data, so that a test can keep it in memory, and the `az` of this folder in a file.

const SWAP_MS = 90_000;
const START_MS = 20_000;

const OLD = 'registry.example.com/shop/api@sha256:' + 'a'.repeat(64);
const NEW = 'registry.example.com/shop/api@sha256:' + 'b'.repeat(64);
const OLDER = 'registry.example.com/shop/api@sha256:' + 'c'.repeat(64);
const APP_ID =
  '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-shop/providers/Microsoft.Web/sites/app-shop';

/** Something that Azure refuses; the text is what the CLI prints. */
class Refused extends Error {}

const CONFLICT =
  'Operation returned an invalid status "Conflict". Cannot modify this site because another operation is in progress.';

function newState({ slot = true, oldInSlot = OLDER } = {}) {
  const place = (image, marker) => ({ image, marker, startedAt: -START_MS, tags: {} });
  return {
    production: place(`DOCKER|${OLD}`, 'v1'),
    slot: slot ? place(`DOCKER|${oldInSlot}`, 'v0') : null,
    running: true,
    percent: 0,
    swap: null,
    history: [],
  };
}

/** Takes what happened in the meantime into account. */
function settle(state, now) {
  const { swap } = state;
  if (swap !== null && now >= swap.endsAt) {
    state.swap = null;
    if (swap.effect !== 'none') {
      const { production, slot } = state;
      const taken = ({ image, marker, package: zip }) => ({ image, marker, package: zip });
      const [toProduction, toSlot] = [taken(slot), taken(production)];
      Object.assign(production, toProduction, { startedAt: swap.startedAt });
      if (swap.effect !== 'half') {
        Object.assign(slot, toSlot, { startedAt: swap.startedAt });
      }
      note(state, swap.endsAt);
    }
  }
}

/** Who serves how much, at each moment that it changed. */
function note(state, at) {
  const shares = {};
  const add = (place, percent) => {
    if (place && percent > 0) {
      shares[place.package ?? place.image] = (shares[place.package ?? place.image] ?? 0) + percent;
    }
  };
  add(state.production, 100 - state.percent);
  add(state.slot, state.percent);
  state.history.push({ at, shares, percent: state.percent, production: state.production.image });
}

function flag(args, name) {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args[index + 1];
}

/** What `az` would answer; throws what it would print to stderr. */
function handle(state, args, now, { swapEffect = 'done', swapMs = SWAP_MS, measure = () => [] } = {}) {
  settle(state, now);
  const command = args
    .slice(
      0,
      args.findIndex((word) => word.startsWith('--')),
    )
    .join(' ');
  const slotName = /\/slots\/(\w+)\?/.exec(flag(args, '--url') ?? '')?.[1] ?? flag(args, '--slot');
  if (slotName !== undefined && (state.slot === null || slotName !== 'staging')) {
    throw new Refused(
      `(ResourceNotFound) The Resource 'Microsoft.Web/sites/app-shop/slots/${slotName}' was not found.`,
    );
  }
  const place = slotName === undefined ? state.production : state.slot;
  const write = (change) => {
    if (state.swap !== null) {
      throw new Refused(CONFLICT);
    }
    change();
    note(state, now);
    return null;
  };
  const rules = () => (state.percent > 0 ? [{ name: 'staging', reroutePercentage: state.percent }] : []);
  switch (command) {
    case 'rest':
      return {
        properties: {
          defaultHostName: slotName === undefined ? 'app-shop.example.com' : 'app-shop-staging.example.com',
          state: state.running ? 'Running' : 'Stopped',
        },
        tags: { ...place.tags },
      };
    case 'webapp config show':
      return { linuxFxVersion: place.image, experiments: { rampUpRules: slotName === undefined ? rules() : [] } };
    case 'webapp config appsettings list':
      return place.marker ?? null;
    case 'webapp config appsettings set':
      return write(() => (place.marker = flag(args, '--settings').replace('RELEASE_VERSION=', '')));
    case 'webapp config container set':
      return write(() =>
        Object.assign(place, { image: `DOCKER|${flag(args, '--container-image-name')}`, startedAt: now }),
      );
    case 'webapp deploy':
      return write(() => Object.assign(place, { package: flag(args, '--src-path'), startedAt: now }));
    case 'webapp traffic-routing show':
      return rules();
    case 'webapp traffic-routing set':
      return write(() => (state.percent = Number(flag(args, '--distribution').split('=')[1])));
    case 'webapp traffic-routing clear':
      return write(() => (state.percent = 0));
    case 'webapp deployment slot swap':
      if (state.swap !== null) {
        throw new Refused(CONFLICT);
      }
      state.swap = { startedAt: now, endsAt: now + swapMs, effect: swapEffect };
      return null;
    case 'tag update': {
      const target = state.production;
      const tags = args.slice(args.indexOf('--tags') + 1).filter((word) => !word.startsWith('--') && word !== 'json');
      tags.forEach((tag) => (target.tags[tag.slice(0, tag.indexOf('='))] = tag.slice(tag.indexOf('=') + 1)));
      return {};
    }
    case 'monitor metrics list': {
      const metric = flag(args, '--metric');
      const aggregation = flag(args, '--aggregation').toLowerCase();
      const inSlot = flag(args, '--resource').includes('/slots/');
      const data = measure(metric, inSlot ? state.slot : state.production, state).map((value) => ({
        [aggregation]: value,
      }));
      return { value: [{ timeseries: [{ data }] }] };
    }
    default:
      throw new Refused(`'${command}' is misspelled or not recognized by the system.`);
  }
}

/** The place that a host name leads to. */
function placeOf(state, host) {
  return host.includes('-staging') ? state.slot : state.production;
}

module.exports = { APP_ID, NEW, OLD, OLDER, Refused, START_MS, SWAP_MS, handle, newState, note, placeOf, settle };
