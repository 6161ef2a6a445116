'use strict';
// One comment for all stacks of a pull request, written over by each run. What is destroyed or replaced comes first, so that
// it is read also where the rest does not fit.
const { readdirSync, readFileSync } = require('fs');
const { join } = require('path');
const { Usage, start } = require('./host.cjs');
const { code, document, markerOf } = require('./markdown.cjs');
const { ACTIONS } = require('./plan-summary.cjs');
const { trackerOf } = require('./tracker.cjs');

/** What the table counts. */
const COLUMNS = ['delete', 'replace', 'update', 'create'];

const HEADINGS = { delete: 'Destroyed', replace: 'Replaced (destroyed and created again)' };

/** Attributes of one change that are named. */
const MOST_ATTRIBUTES = 12;

/** The summaries of a folder, by stack. */
function summariesIn(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.summary.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')))
    .sort((a, b) => (a.stack < b.stack ? -1 : 1));
}

/** The comment, below the limit however many stacks there are. */
function render(summaries, runUrl, limit) {
  const danger = ({ counts }) => counts.delete + counts.replace;
  const byDanger = [...summaries].sort((a, b) => danger(b) - danger(a));
  const lost = summaries.flatMap(({ changes }) => changes).filter(({ holdsData }) => holdsData).length;
  const all = (action) => byDanger.flatMap(({ stack, changes }) => linesOf(stack, changes, action));
  const row = ({ stack, counts }) =>
    `| ${code(stack)} | ${COLUMNS.map((name) => (counts[name] > 0 ? `**${counts[name]}**` : '0')).join(' | ')} |`;
  const folded = (title, lines) => ({
    before: ['', `<details><summary>${title}</summary>`, ''],
    lines,
    after: ['', '</details>'],
  });
  return document(
    ['### Plan', ...(lost > 0 ? ['', `> [!CAUTION]\n> ${lost} of what is destroyed or replaced holds data.`] : [])],
    [
      ...['delete', 'replace'].map((action) => ({
        before: ['', `#### ${HEADINGS[action]}`, ''],
        lines: all(action),
        after: [],
      })),
      {
        before: ['', `| stack | ${COLUMNS.join(' | ')} |`, `|---|${COLUMNS.map(() => '---:|').join('')}`],
        lines: byDanger.map(row),
        after: [],
      },
      ...ACTIONS.filter((action) => !(action in HEADINGS)).map((action) => {
        const lines = all(action);
        return folded(`${lines.length} to ${action}`, lines);
      }),
    ],
    [
      '',
      summaries.length === 0 ? 'No stack was planned.' : 'Values are left out.',
      ...(runUrl ? [`[Run](${runUrl})`] : []),
    ],
    limit,
  );
}

function linesOf(stack, changes, action) {
  return changes
    .filter((change) => change.action === action)
    .map(({ address, because = [], attributes = [], holdsData }) => {
      const names = (because.length > 0 ? because : attributes).map(code);
      const shown = names.slice(0, MOST_ATTRIBUTES).join(', ');
      const more = names.length > MOST_ATTRIBUTES ? ` and ${names.length - MOST_ATTRIBUTES} more` : '';
      const why = names.length === 0 ? '' : `${because.length > 0 ? ' because of ' : ': '}${shown}${more}`;
      return `- ${code(stack)} ${code(address)}${holdsData ? ' **(holds data)**' : ''}${why}`;
    });
}

async function main({ env, inputs, report, fetch }) {
  const summaries = summariesIn(inputs.required('PLAN_DIRECTORY'));
  const marker = markerOf('plan', inputs.optional('PLAN_MARKER', 'pipeline'));
  const runUrl = inputs.optional('RUN_URL');
  if (runUrl !== undefined && !/^https:\/\/[\w.:/%?=&#-]+$/.test(runUrl)) {
    throw new Usage('RUN_URL must be an address');
  }
  const text = render(summaries, runUrl);
  report.summary(text);
  const number = inputs.optional('PULL_REQUEST');
  if (number !== undefined && !/^\d+$/.test(number)) {
    throw new Usage(`PULL_REQUEST must be a number, got ${JSON.stringify(number)}`);
  }
  const tracker = trackerOf(env, fetch);
  if (number === undefined || tracker === undefined) {
    report.log(`planned ${summaries.length} stacks; no pull request to comment on`);
    return;
  }
  await tracker.comment(number, marker, text);
  report.log(`commented on ${number}`);
}

module.exports = { main, render };

if (require.main === module) {
  start(main);
}
