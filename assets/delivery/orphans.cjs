'use strict';
// Resources that nothing uses any more, and that are paid for: listed, never deleted.
const { azure, repeatedly } = require('./az.cjs');
const { Failed, Usage, start } = require('./host.cjs');
const { code, document, markerOf } = require('./markdown.cjs');
const { trackerOf } = require('./tracker.cjs');

const LABEL = 'orphans';

/** More are not listed. */
const PAGES = 20;

/** What makes a resource an orphan, by type; in the language of Azure Resource Graph. */
const RULES = {
  'microsoft.compute/disks': ["properties.diskState =~ 'Unattached'", 'disk that no machine uses'],
  'microsoft.network/publicipaddresses': [
    `${gone('ipConfiguration')} and ${gone('natGateway')} and ${gone('publicIPPrefix')}`,
    'address that nothing uses',
  ],
  'microsoft.network/networkinterfaces': [
    `${gone('virtualMachine')} and ${gone('privateEndpoint')} and ${gone('privateLinkService')}`,
    'network interface of nothing',
  ],
  'microsoft.network/networksecuritygroups': [
    `${gone('subnets')} and ${gone('networkInterfaces')}`,
    'security group that guards nothing',
  ],
  'microsoft.network/routetables': [gone('subnets'), 'route table of no subnet'],
  'microsoft.network/natgateways': [gone('subnets'), 'NAT gateway of no subnet'],
  'microsoft.network/privateendpoints': [
    "properties.privateLinkServiceConnections[0].properties.privateLinkServiceConnectionState.status =~ 'Disconnected'",
    'private endpoint of something that is gone',
  ],
  'microsoft.web/serverfarms': ['toint(properties.numberOfSites) == 0', 'plan without an app'],
};

function gone(property) {
  return `isempty(tostring(properties.${property}))`;
}

function queryOf() {
  const cases = Object.entries(RULES).map(([type, [when, why]]) => `type =~ '${type}' and ${when}, '${why}'`);
  return `resources | extend why = case(${cases.join(', ')}, '') | where why != '' | project id, type, why | order by id asc`;
}

/** Everything that Resource Graph finds, page by page. */
async function orphansIn(az, clock, subscriptions) {
  const found = [];
  let skipToken;
  for (let page = 0; page < PAGES; page++) {
    const body = {
      subscriptions,
      query: queryOf(),
      options: { resultFormat: 'objectArray', $top: 1000, ...(skipToken && { $skipToken: skipToken }) },
    };
    const answer = await repeatedly(clock, () =>
      az([
        ...['rest', '--method', 'post', '--url', '/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01'],
        ...['--body', JSON.stringify(body)],
      ]),
    );
    if (!Array.isArray(answer?.data)) {
      throw new Failed('Azure Resource Graph gave no list');
    }
    found.push(...answer.data);
    skipToken = answer.$skipToken;
    if (!skipToken) {
      break;
    }
  }
  return found;
}

async function main({ env, inputs, clock, report, fetch, az = azure() }) {
  const subscriptions = inputs.required('ORPHANS_SUBSCRIPTIONS').split(/[\s,]+/);
  const strange = subscriptions.find((id) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id));
  if (strange !== undefined) {
    throw new Usage(`ORPHANS_SUBSCRIPTIONS must be GUIDs, got ${JSON.stringify(strange)}`);
  }
  const marker = markerOf('orphans', inputs.optional('ORPHANS_MARKER', 'pipeline'));
  const tracker = trackerOf(env, fetch);
  const found = await orphansIn(az, clock, subscriptions);
  report.output('orphans', String(found.length));
  if (found.length === 0) {
    const closed = await tracker?.closeIssue?.(LABEL, marker, 'No resource is left that nothing uses.');
    report.log(`no orphans${closed ? ', issue closed' : ''}`);
    return;
  }
  const runUrl = inputs.optional('RUN_URL');
  const title = `${found.length} resources that nothing uses`;
  const body = document(
    ['Azure bills some of these by the hour. Delete them, or say in their configuration what they are for.', ''],
    [{ before: [], lines: found.map(({ id, why }) => `- ${code(id)}: ${why}`), after: [] }],
    runUrl ? ['', `[Run](${runUrl})`] : [],
  );
  report.warn(title);
  report.summary(`### ${title}\n\n${body}`);
  await tracker?.openIssue?.(LABEL, marker, title, body);
}

module.exports = { main, queryOf };

if (require.main === module) {
  start(main);
}
