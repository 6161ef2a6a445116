'use strict';
// Runs a rehearsal of a recovery, and says how long it took and how old the recovered data was.
const { spawn } = require('child_process');
const { azure } = require('./az.cjs');
const { Failed, start } = require('./host.cjs');
const { code, document, markerOf } = require('./markdown.cjs');
const { whileSignedIn } = require('./session.cjs');
const { trackerOf } = require('./tracker.cjs');

const MINUTE = 60_000;
const LABEL = 'recovery';

/** Runs commands in bash; answers the exit code and the numbers that they printed. */
function bash(command, { signal, write = (text) => process.stdout.write(text) } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], { stdio: ['ignore', 'pipe', 'inherit'] });
    const numbers = {};
    let rest = '';
    signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    child.stdout.on('data', (chunk) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop();
      lines.forEach((line) => read(line, numbers));
      write(String(chunk));
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      read(rest, numbers);
      resolve({ exitCode: exitCode ?? 1, numbers });
    });
  });
}

function read(line, numbers) {
  const [, key, value] = /^(rto|rpo)-minutes=(\d+(?:\.\d+)?)$/.exec(line.trim()) ?? [];
  if (key) {
    numbers[key] = Number(value);
  }
}

/** A number against what it may be, as a row of the report. */
function rowOf(name, minutes, most) {
  const measured = minutes === undefined ? 'not measured' : `${Math.round(minutes * 10) / 10} min`;
  const wanted = most === undefined ? '' : `${most} min`;
  return { row: `| ${name} | ${measured} | ${wanted} |`, missed: most !== undefined && !(minutes <= most) };
}

async function main({ env, inputs, clock, report, signal, run = bash, az = azure(), fetch }) {
  const name = inputs.required('MEASURE_NAME');
  const most = (key) => (inputs.optional(key) === undefined ? undefined : inputs.number(key, undefined, 0, 1e6));
  const [rto, rpo] = [most('MEASURE_RTO_MINUTES'), most('MEASURE_RPO_MINUTES')];
  const began = clock.now();
  const command = inputs.required('MEASURE_COMMAND');
  const session = { az, inputs, clock, log: report.log, fetch };
  const { exitCode, numbers } = await whileSignedIn(() => run(command, { signal }), session);
  const rows = [
    rowOf('recovery time', numbers.rto ?? (clock.now() - began) / MINUTE, rto),
    rowOf('data lost', numbers.rpo, rpo),
  ];
  const failed = exitCode !== 0;
  const missed = failed || rows.some((row) => row.missed);
  const title = `${failed ? 'Rehearsal failed' : missed ? 'Recovery objective missed' : 'Rehearsal passed'}: ${name}`;
  const url = inputs.optional('RUN_URL');
  const body = document(
    [
      `${code(name)} ${failed ? `ended with ${exitCode}` : 'was carried out'}.`,
      '',
      '| | measured | at most |',
      '| --- | --- | --- |',
    ],
    [{ before: [], lines: rows.map(({ row }) => row), after: [] }],
    url ? ['', `[Run](${url})`] : [],
  );
  report.summary(`### ${title}\n\n${body}`);
  const marker = markerOf('recovery', inputs.optional('MEASURE_MARKER', 'pipeline'), name);
  const tracker = trackerOf(env, fetch);
  if (missed) {
    await tracker?.openIssue?.(LABEL, marker, title, body);
    throw new Failed(title);
  }
  await tracker?.closeIssue?.(LABEL, marker, 'The rehearsal passed.');
  report.log(title);
}

module.exports = { bash, main };

if (require.main === module) {
  start(main);
}
