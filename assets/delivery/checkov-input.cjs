'use strict';
// Copies of the stacks as Checkov can read them: its parser gives up on some of the settings of terraform, and is silent then.
const { mkdirSync, readdirSync, readFileSync, writeFileSync } = require('fs');
const { join } = require('path');
const { Failed, start } = require('./host.cjs');

const FILE = 'cdk.tf.json';

async function main({ inputs, report }) {
  const [from, to] = [inputs.required('STACKS_DIRECTORY'), inputs.required('CHECKOV_DIRECTORY')];
  const stacks = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (stacks.length === 0) {
    throw new Failed(`there are no stacks in ${from}: nothing would be checked`);
  }
  for (const { name } of stacks) {
    const { data, resource } = JSON.parse(readFileSync(join(from, name, FILE), 'utf8'));
    mkdirSync(join(to, name), { recursive: true });
    writeFileSync(join(to, name, FILE), JSON.stringify({ data, resource }, undefined, 2));
  }
  report.log(`${stacks.length} stacks to check`);
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
