#!/usr/bin/env node
import { run } from './program';

// `| head` closes the pipe before everything is written
process.stdout.on('error', () => process.exit());

process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
