'use strict';
// Fetches the archive of what ran before, so that there is a way back before anything is changed: for an app without a slot, and for a
// site, the version before is deployed again.
const { SECOND, azure, repeatedly } = require('./az.cjs');
const { fetchArchive } = require('./archives.cjs');
const { Failed, Usage, start } = require('./host.cjs');
const { before, notesOf } = require('./notes.cjs');

const RESOURCE =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/(sites|staticSites)\/[^/]+$/i;
const API_VERSION = '2024-04-01';

async function main({ env, inputs, clock, report, signal, az = azure(), fetch }) {
  const id = inputs.required('PREVIOUS_APP_ID');
  if (!RESOURCE.test(id)) {
    throw new Usage('PREVIOUS_APP_ID must be the resource id of a web app or a Static Web App');
  }
  const [name, directory] = [inputs.required('PREVIOUS_ARTIFACT'), inputs.required('PREVIOUS_DIRECTORY')];
  const limit = AbortSignal.timeout(inputs.number('PREVIOUS_SECONDS', '240', 10, 600) * SECOND);
  const stop = signal ? AbortSignal.any([limit, signal]) : limit;
  const url = `${id}?api-version=${API_VERSION}`;
  const ask = () => az(['rest', '--method', 'get', '--url', url], { signal: stop });
  const { tags } = await repeatedly(clock, ask, { signal: stop });
  const wanted = before(notesOf(tags), inputs.optional('PREVIOUS_VERSION'));
  if (wanted === undefined) {
    report.log('no release is noted yet: there is nothing to go back to');
    return;
  }
  const { version, run, sha256 } = wanted;
  if (run === undefined) {
    throw new Failed(`there is no way back to ${version}: nobody noted which run built it`);
  }
  try {
    const archive = await fetchArchive({ env, fetch, signal: stop }, { run, name, sha256, directory });
    report.output('archive', archive);
    report.output('version', version);
    report.log(`${version} of the run ${run} is at hand`);
  } catch (error) {
    throw new Failed(`there is no way back to ${version}: ${error.message}`);
  }
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
