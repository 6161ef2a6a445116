import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'cdktf';
import { Construct } from 'constructs';
import * as library from '../../src';
import { AzureApp, Compliance, RulePack, Verdict } from '../../src';
import { Accepted, problemsOf } from '../checkov/acceptance';
import { defineStacks } from '../judged/synthesis';
import { scratch } from '../support/scratch';

/** Asked everywhere: what an environment does without is accepted by its name. Hardening is for those who ask for it. */
const PACKS = [RulePack.SECURITY, RulePack.RELIABILITY, RulePack.OPERATIONS];

/** What breaks a rule for a reason that the construct cannot know, as `<stack>/<path of the construct>`. */
const ACCEPTED: Accepted[] = JSON.parse(readFileSync(join(__dirname, 'own-constructs-accepted.json'), 'utf8'));

describe('every construct in every environment, plain, loaded and on top of what exists', () => {
  const app = new App({ outdir: scratch('compliance') });

  beforeAll(() => {
    defineStacks(app);
    app.synth();
  });

  test('keeps every rule, but for what is accepted with a reason; none is left open', () => {
    const { violations, findings } = Compliance.of(app).report({ packs: PACKS });
    const open = findings.filter(({ verdict }) => verdict === Verdict.CANNOT_BE_CHECKED);

    const failures = [...violations, ...open].map(({ rule: { id, requirement }, path, verdict }) => ({
      id,
      name: `${requirement} (${verdict})`,
      where: path,
    }));
    expect(problemsOf(failures, ACCEPTED)).toEqual([]);
  });

  test('acknowledges nothing of its own that needs it no more', () => {
    const { unmatched } = Compliance.of(app).report();

    expect(unmatched.map(({ ruleId, path }) => `${path}: ${ruleId}`)).toEqual([]);
  });

  test('is among them: what the library exports and none of them has is not checked', () => {
    const kinds = new Set(app.node.findAll().map((construct) => construct.constructor));

    const missing = Object.values<any>(library).filter((one) => one?.prototype instanceof Construct && !kinds.has(one));
    // the program itself, of which there is one
    expect(missing).toEqual([AzureApp]);
  });
});
