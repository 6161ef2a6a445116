'use strict';
// Which of the sealed plans change anything: those are applied, each with the hash of its plan; nobody is asked about the others.
const { readdirSync, readFileSync } = require('fs');
const { join } = require('path');
const { Failed, start } = require('./host.cjs');

const SEAL = '.seal.json';

/** Name of a copy of a job in Azure Pipelines: letters, digits and underscores, a letter first. */
const nameOf = (stack) => stack.replace(/[^A-Za-z0-9]/g, '_').replace(/^(?![A-Za-z])/, 's');

async function main({ env, inputs, report }) {
  const directory = inputs.required('PLAN_DIRECTORY');
  const seals = readdirSync(directory)
    .filter((file) => file.endsWith(SEAL))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')));
  const broken = seals.filter(({ stack, sha256 }) => !/^[\w.-]+$/.test(stack) || !/^[0-9a-f]{64}$/.test(sha256));
  if (seals.length === 0 || broken.length > 0) {
    throw new Failed(`the plans are not sealed: ${seals.length === 0 ? 'there are none' : JSON.stringify(broken)}`);
  }
  const changed = seals.filter((seal) => seal.changed).map(({ stack, sha256 }) => ({ stack, sha256 }));
  // Copies of a job are a list on GitHub, and have names in Azure Pipelines
  const named = changed.map((copy) => [nameOf(copy.stack), copy]);
  report.output('stacks', JSON.stringify(env.TF_BUILD === undefined ? changed : Object.fromEntries(named)));
  report.output('any', String(changed.length > 0));
  report.log(`${changed.length} of ${seals.length} stacks change`);
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
