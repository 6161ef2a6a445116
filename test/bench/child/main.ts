import * as fs from 'fs';
import { AzureApp } from 'azure-platform-constructs';
import { App, TerraformStack } from 'cdktf';
import { rawProgramOf } from './raw';
import { SCENARIOS } from './scenarios';

/**
 * Synthesizes one scenario and says what that took.
 *
 * `node main SCENARIO COUNT OUTDIR plain|azure [JSON]`: in an `App` or an `AzureApp`, with our constructs, or raw, from what
 * those have synthesized with a count of 1.
 */
const [scenario, count, outdir, kind, synthesized] = process.argv.slice(2);
const json = synthesized && JSON.parse(fs.readFileSync(synthesized, 'utf8'));

/** A program of a size, ready to run; the raw one is prepared before. */
function programOf(size: number): (directory: string) => void {
  const raw = json && rawProgramOf(json, size);
  return (directory) => {
    const app = kind === 'azure' ? new AzureApp({ outdir: directory }) : new App({ outdir: directory });
    if (raw) {
      raw(new TerraformStack(app, 'bench'));
    } else {
      SCENARIOS[scenario](app, size);
    }
    app.synth();
  };
}

// Modules are loaded when they are first used; that is measured where the quickstart is
programOf(1)(`${outdir}-first`);
const program = programOf(Number(count));

// Time of the processor, which other programs do not change
const started = process.cpuUsage();
program(outdir);
const { user, system } = process.cpuUsage(started);

const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ milliseconds: (user + system) / 1000, megabytes, outdir }));
