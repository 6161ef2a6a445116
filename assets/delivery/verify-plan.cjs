'use strict';
// Makes sure that what is applied is the file that was reviewed, byte by byte. Whether the world has changed since is
// Terraform's own check: it refuses a stale plan, and nobody plans again behind the reviewer's back.
const { createHash, timingSafeEqual } = require('crypto');
const { existsSync, readFileSync } = require('fs');
const { Failed, Usage, start } = require('./host.cjs');

function sha256Of(file) {
  if (!existsSync(file)) {
    throw new Failed(`there is no plan ${JSON.stringify(file)}: it ran out or was never made; plan again`);
  }
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

async function main({ inputs, report }) {
  const file = inputs.required('PLAN_FILE');
  const action = inputs.optional('PLAN_ACTION', 'verify');
  if (!['seal', 'verify'].includes(action)) {
    throw new Usage(`PLAN_ACTION must be seal or verify, got ${JSON.stringify(action)}`);
  }
  const expected = action === 'verify' ? inputs.required('PLAN_SHA256').toLowerCase() : undefined;
  if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected)) {
    throw new Usage('PLAN_SHA256 must be 64 hexadecimal digits');
  }
  const sha256 = sha256Of(file);
  if (expected === undefined) {
    report.output('sha256', sha256);
  } else if (!timingSafeEqual(Buffer.from(sha256), Buffer.from(expected))) {
    throw new Failed(`the plan is not the one that was reviewed: SHA-256 ${sha256} instead of ${expected}`);
  }
  report.log(`${action === 'seal' ? 'sealed' : 'verified'}: ${sha256}`);
}

module.exports = { main };

if (require.main === module) {
  start(main);
}
