import { TerraformElement, TerraformResource, TerraformStack, TerraformVariable, Testing, App } from 'cdktf';
import { AzureProviders } from '../../../src';
import { resolvedIn } from '../../../src/core/validation';
import { Blocks, Case, Place, shownCase, Subject, valuesOf } from './subject';

/** What came of a program in a stack of its own. */
export interface Outcome {
  readonly refused: boolean;
  readonly json: string;
}

/** A stack with what every program needs. */
export function newStack(app: App, providers = true): TerraformStack {
  const stack = new TerraformStack(app, 'stack');
  if (providers) {
    new AzureProviders(stack, 'Providers');
  }
  return stack;
}

/** What a program was given, as it was made for one stack, and the error that it ended with, if it did. */
interface Built {
  readonly props: Record<string, unknown>;
  readonly refusal?: string;
}

/** Builds a program into a stack. */
export function build<Ground>(subject: Subject<Ground>, { given }: Case, place: Place): Built {
  const ground = subject.ground(place);
  const props = Object.fromEntries(Object.entries(given).map(([name, choice]) => [name, choice.make(place.tokens)]));
  const before = new Set(elementsIn(place.stack));
  try {
    subject.define(ground, props, place);
    return { props };
  } catch (error) {
    const left = elementsIn(place.stack).filter((element) => !before.has(element));
    expectThat(left.length === 0, `left behind: ${left.map(({ node }) => node.path).join(', ')}\nafter: ${error}`);
    return { props, refusal: (error as Error).message };
  }
}

/**
 * One program by itself: refused as it must be, or synthesized as it must be.
 *
 * @param id what its addresses begin with
 */
export function check(subject: Subject<any>, program: Case, outdir: string, id = 'P'): Outcome {
  try {
    const stack = newStack(new App({ outdir }), !subject.alone);
    const place = new Place(stack, id, program.home);
    const { props, refusal, json } = attempt(stack, subject, program, place);
    const values = valuesOf(program);
    const early = [...program.spoiled, ...(subject.combined?.(values, program.home, program.given) ?? [])];
    const wrong = early.length > 0 ? early : (subject.overlooked?.(values) ?? []);
    expectThat(refusal !== undefined || wrong.length === 0, `nobody minds ${wrong.join(', ')}`);
    if (refusal !== undefined) {
      judgeRefusal(`stack/${subject.path(id)}`, subject.called, refusal, wrong);
      return { refused: true, json: '' };
    }
    judgeText(json);
    judgeBlocks(subject, program, (prop) => resolvedIn(stack, props[prop]), JSON.parse(json).resource ?? {});
    return { refused: false, json };
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${subject.name} in ${shownCase(program)}`);
  }
}

function attempt(stack: TerraformStack, subject: Subject<any>, program: Case, place: Place): Built & { json: string } {
  const built = build(subject, program, place);
  if (built.refusal !== undefined) {
    return { ...built, json: '' };
  }
  try {
    return { ...built, json: Testing.synth(stack, true) };
  } catch (error) {
    return { ...built, refusal: (error as Error).message, json: '' };
  }
}

function judgeRefusal(at: string, called: Subject['called'] = {}, refusal: string, wrong: string[]): void {
  // errors of validations come in a frame of cdktf
  const [, framed = refusal] = /^Validation failed with the following errors:\n([\s\S]*?)\n\n/.exec(refusal) ?? [];
  const texts = framed.split('\n').map((line) => line.replace(/^ *\[[^\]]*\] /, ''));
  expectThat(wrong.length > 0, `refused though nothing is wrong: ${refusal}`);
  expectThat(
    texts.every((text) => text.startsWith(at)),
    `says nothing of ${at}: ${refusal}`,
  );
  const unnamed = wrong.filter((prop) => !new RegExp(`\\b${called[prop] ?? prop}\\b`).test(refusal));
  expectThat(unnamed.length === 0, `does not name ${unnamed.join(', ')}: ${refusal}`);
  expectThat(!/undefined|\[object|TfToken/i.test(refusal.replace(/"x{300}"/, '')), `says nothing useful: ${refusal}`);
}

/** What no stack may hold: tokens that nobody resolved, and numbers that were made from tokens. */
function judgeText(json: string): void {
  const remains = /TfToken\[|e\+28\d|\bNaN\b|\[object |:undefined|"undefined"/i.exec(json);
  expectThat(
    remains === null,
    `renders ${remains?.[0]}: ${json.slice(Math.max(0, (remains?.index ?? 0) - 200), (remains?.index ?? 0) + 80)}`,
  );
}

function judgeBlocks(
  { emits = {}, absent = {} }: Subject<any>,
  { home, given }: Case,
  resolved: (prop: string) => unknown,
  blocks: Blocks,
): void {
  for (const [prop, found] of Object.entries(emits)) {
    if (prop in given || prop in absent) {
      const wanted = JSON.stringify(prop in given ? resolved(prop) : absent[prop](home));
      const actual = JSON.stringify(found(blocks));
      expectThat(actual === wanted, `'${prop}' came out as ${actual}, not ${wanted}`);
    }
  }
}

function elementsIn(stack: TerraformStack): TerraformElement[] {
  return stack.node
    .findAll()
    .filter(TerraformElement.isTerraformElement)
    .filter((element) => !(element instanceof TerraformVariable))
    .filter(
      (element) =>
        !TerraformResource.isTerraformResource(element) || element.terraformResourceType !== 'terraform_data',
    );
}

export function expectThat(holds: boolean, message: string): void {
  if (!holds) {
    throw new Error(message);
  }
}
