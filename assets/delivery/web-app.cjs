'use strict';
// An app of App Service and its slot, in the few words that a rollout needs. Versions are what Azure itself tells: the
// image of a container, and for packages a setting that a swap takes along.
const { AzError, SECOND, repeatedly } = require('./az.cjs');
const { Failed, Usage } = require('./host.cjs');
const { RELEASED, TAKEN_BACK, notedVersion, notesOf, noting, parsed, written } = require('./notes.cjs');

const MINUTE = 60 * SECOND;

/** A swap warms every instance up first. */
const SWAP_TIMEOUT = 10 * MINUTE;

/** An upload, and the start of what was uploaded. */
const DEPLOY_TIMEOUT = 10 * MINUTE;

const API_VERSION = '2024-04-01';

/** Setting that names the package that runs. It is not sticky: a swap takes it along. */
const VERSION_SETTING = 'RELEASE_VERSION';

const APP_ID = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.Web\/sites\/([^/]+)$/i;

/** An image by digest; a tag may mean something else tomorrow. */
const IMAGE = /^[\w.-]+(:\d+)?(\/[\w.-]+)+@sha256:[0-9a-f]{64}$/;

/** Subscription, group and name of an app. */
function appOf(id) {
  const [, subscription, group, name] = APP_ID.exec(id) ?? [];
  if (name === undefined) {
    throw new Usage(`ROLLOUT_APP_ID must be the Azure resource id of a web app, got ${JSON.stringify(id)}`);
  }
  return { subscription, group, name };
}

/** Name of a version while it is being put in place. */
function unfinished(version) {
  return `deploying:${version}`;
}

/** Whether a place holds a version, or was about to. */
function isOf(found, version) {
  return found === version || found === unfinished(version);
}

/** What is deployed, and how it is recognised in Azure afterwards. */
function releaseOf({ kind, artifact, version }) {
  const container = kind === 'container' || (kind === undefined && artifact.includes('@sha256:'));
  if (container && !IMAGE.test(artifact)) {
    throw new Usage(`an image must be named by digest, registry/name@sha256:<64 hex>, got ${JSON.stringify(artifact)}`);
  }
  return container
    ? { kind: 'container', artifact, version: `DOCKER|${artifact}` }
    : { kind: 'package', artifact, version };
}

/** The operations on one app; each is one or two commands. */
function webApp({ az, clock, id, slot, kind, origin }) {
  const { subscription, group, name } = appOf(id);
  /** Where the archive of each version came from, as the notes say and as this run knows. */
  const origins = new Map(origin === undefined ? [] : [[origin.version, origin]]);
  const site = ['--subscription', subscription, '--resource-group', group, '--name', name];
  const at = (place) => (place === undefined ? site : [...site, '--slot', place]);

  /** Id of a place, which emits the metrics of it. */
  const resourceId = (place) => (place === undefined ? id : `${id}/slots/${place}`);

  /** Notes without where archives came from, which is remembered for those that are written next. */
  function read(tags) {
    const { candidate, previous } = notesOf(tags);
    for (const note of [candidate, previous]) {
      if (note?.run !== undefined && !origins.has(note.version)) {
        origins.set(note.version, { run: note.run, sha256: note.sha256 });
      }
    }
    return { candidate: candidate && candidate.state + candidate.version, previous: previous?.version };
  }

  async function version(place, config, options) {
    if (kind === 'container') {
      return config.linuxFxVersion ?? '';
    }
    const query = `[?name=='${VERSION_SETTING}'].value | [0]`;
    return (await az(['webapp', 'config', 'appsettings', 'list', ...at(place), '--query', query], options)) ?? '';
  }

  async function look(place, options) {
    // not `az webapp show`: that fetches the publishing password as well, and needs a right to
    const url = `${resourceId(place)}?api-version=${API_VERSION}`;
    const { properties, tags } = await az(['rest', '--method', 'get', '--url', url], options);
    const config = await az(['webapp', 'config', 'show', ...at(place)], options);
    return {
      host: properties.defaultHostName,
      running: properties.state === undefined || properties.state === 'Running',
      routes: config.experiments?.rampUpRules ?? [],
      ...read(tags),
      version: await version(place, config, options),
    };
  }

  /** Production, the slot (nothing where there is none), the percentage that is routed to it, and what was noted down. */
  async function observe(options = {}) {
    const production = await repeatedly(clock, () => look(undefined, options), options);
    const staging = slot
      ? await repeatedly(clock, () => look(slot, options), options).catch(nothingIfMissing)
      : undefined;
    const { candidate: noted, previous } = production;
    return { production, slot: staging, percent: percentOf(production.routes), candidate: noted, previous };
  }

  /** The percentage that is routed to the slot now. */
  async function routed(options = {}) {
    const rules = await repeatedly(clock, () => az(['webapp', 'traffic-routing', 'show', ...site], options), options);
    return percentOf(rules ?? []);
  }

  /** What was noted down last as what is being rolled out. */
  async function candidate(options = {}) {
    const url = `${id}?api-version=${API_VERSION}`;
    const site = await repeatedly(clock, () => az(['rest', '--method', 'get', '--url', url], options), options);
    return read(site.tags).candidate;
  }

  /** Notes what is about to be put in place, and what ran before: whoever comes after a killed run reads it. */
  async function note(candidate, previous, options = {}) {
    const whole = (text) => {
      const { state = '', version: of = '' } = parsed(text) ?? {};
      return written({ ...origins.get(of), state, version: of });
    };
    const command = noting(id, whole(candidate), whole(previous));
    await repeatedly(clock, () => az(command, options), options);
  }

  async function route(percent, options = {}) {
    const command = ['webapp', 'traffic-routing', 'set', ...site, '--distribution', `${slot}=${percent}`];
    await repeatedly(clock, () => az(command, options), options);
    const now = await routed(options);
    if (now !== percent) {
      throw new Failed(`asked for ${percent} % of the traffic on the slot ${slot}, Azure says ${now} %`);
    }
  }

  /** Sends everything to production again. Azure refuses it while a swap is under way: once it is through, none is. */
  const clearRouting = (options) => az(['webapp', 'traffic-routing', 'clear', ...site], options);

  const swap = (options = {}) =>
    az(['webapp', 'deployment', 'slot', 'swap', ...site, '--slot', slot, '--target-slot', 'production'], {
      timeoutMs: SWAP_TIMEOUT,
      ...options,
    });

  /** Puts a release in a slot, or in production itself. */
  async function deploy(place, release, options = {}) {
    if (release.kind === 'container') {
      const command = ['webapp', 'config', 'container', 'set', ...at(place)];
      await az([...command, '--container-image-name', release.artifact], options);
      return;
    }
    // a version that is named is there, whole: until then it has another name
    await mark(place, unfinished(release.version), options);
    const upload = ['--src-path', release.artifact, '--type', 'zip', '--clean', 'true', '--restart', 'true'];
    await az(['webapp', 'deploy', ...at(place), ...upload], { timeoutMs: DEPLOY_TIMEOUT, ...options });
    await mark(place, release.version, options);
  }

  const mark = (place, value, options) =>
    az(['webapp', 'config', 'appsettings', 'set', ...at(place), '--settings', `${VERSION_SETTING}=${value}`], options);

  return { name, slot, kind, observe, routed, candidate, note, route, clearRouting, swap, deploy, resourceId };
}

function percentOf(rules) {
  return rules.reduce((sum, { reroutePercentage = 0 }) => sum + reroutePercentage, 0);
}

function nothingIfMissing(error) {
  if (error instanceof AzError && error.missing) {
    return undefined;
  }
  throw error;
}

module.exports = {
  MINUTE,
  RELEASED,
  TAKEN_BACK,
  VERSION_SETTING,
  isOf,
  notedVersion,
  releaseOf,
  webApp,
};
