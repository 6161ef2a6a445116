'use strict';
// One issue per stack whose resources are no longer what its state says; closed by itself once they are again.
const { existsSync, readFileSync } = require('fs');
const { Usage, start } = require('./host.cjs');
const { code, document, markerOf } = require('./markdown.cjs');
const { trackerOf } = require('./tracker.cjs');

const LABEL = 'drift';

const TO_MEND = 'Take the change back, or take it over into the configuration. Closed by itself once there is none.';

/** Time that has passed is nobody's change: an apply writes new values, which nothing else does. */
const ROTATION = 'A rotation is due, which only an apply carries out: run the workflow that applies the stack.';
const TURNS = /(^|\.)time_rotating\./;

/** What `terraform plan -detailed-exitcode` ended with. */
const EXIT_CODES = { 0: 'none', 1: 'failed', 2: 'drift' };

function bodyOf(stack, found, file, runUrl) {
  const run = runUrl ? ['', `[Run](${runUrl})`] : [];
  if (found === 'failed') {
    return document([`The plan of ${code(stack)} failed, so nobody knows whether it drifted.`], [], run);
  }
  const { changes } = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { changes: [] };
  const line = ({ address, action, attributes = [] }) =>
    `- ${action} ${code(address)}${attributes.length > 0 ? `: ${attributes.slice(0, 12).map(code).join(', ')}` : ''}`;
  const due = changes.some(({ address, action }) => TURNS.test(address) && action !== 'delete');
  return document(
    [`${code(stack)} is not what its configuration says. An apply would:`, ''],
    [{ before: [], lines: changes.map(line), after: [] }],
    ['', ...(due ? [ROTATION, ''] : []), `${due ? 'Of anything else: ' : ''}${TO_MEND}`, ...run],
  );
}

async function main({ env, inputs, report, fetch }) {
  const stack = inputs.required('DRIFT_STACK');
  const found = EXIT_CODES[inputs.required('DRIFT_EXIT_CODE')];
  if (found === undefined) {
    throw new Usage('DRIFT_EXIT_CODE must be 0, 1 or 2');
  }
  const marker = markerOf('drift', inputs.optional('DRIFT_MARKER', 'pipeline'), stack);
  const tracker = trackerOf(env, fetch);
  if (found === 'none') {
    const closed = await tracker?.closeIssue?.(LABEL, marker, 'No difference is left.');
    report.log(`${stack}: no drift${closed ? ', issue closed' : ''}`);
    return;
  }
  const title = found === 'drift' ? `Drift: ${stack}` : `Drift unknown, the plan failed: ${stack}`;
  const body = bodyOf(stack, found, inputs.optional('DRIFT_SUMMARY'), inputs.optional('RUN_URL'));
  report.warn(title);
  report.summary(`### ${title}\n\n${body}`);
  await tracker?.openIssue?.(LABEL, marker, title, body);
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
