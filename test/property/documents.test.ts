import { TerraformStack } from 'cdktf';
import * as fc from 'fast-check';
import { Diagram, Runbook, Workload } from '../../src';
import { layoutOf } from '../../src/documents/layout';
import { pictureOf } from '../../src/documents/picture';
import { Area } from '../../src/documents/routes';
import { ODD_NAMES, Program, program, stackOf } from './documents/programs';
import { checkHtml, checkMarkdown, checkMermaid, checkXml } from './documents/texts';
import { Choice, literal, literalFormed, literalText, Prop, structOf, whole } from './kit/choices';
import { describeProperties, PLATFORMS } from './kit/lane';
import { Subject } from './kit/subject';
import { expectThat } from './kit/trial';

const words = literalText(fc.constantFrom(...ODD_NAMES.filter((name) => /\S/.test(name))), '', ' ', '\n');

const fileName = literalFormed(
  /^[\w-]+(\.[\w-]+)*$/,
  fc.constantFrom('runbook', 'a.b-c_1', '1'),
  ...['a/b', 'a..b', '.a', 'a.'],
);

const contact = fc.record({ name: words.good, role: words.good, reach: words.good }).map(structOf);
const contacts: Prop = {
  good: fc.array(contact, { minLength: 1, maxLength: 3 }).map((all): Choice => ({
    shown: `[${all.map(({ shown }) => shown).join(', ')}]`,
    value: all.map(({ value }) => value),
    make: (tokens) => all.map((one) => one.make(tokens)),
  })),
  bad: fc.oneof(
    fc.constant(literal([])),
    fc.tuple(fc.constantFrom('name', 'role', 'reach'), words.bad!).map(([prop, { shown, make }]): Choice => ({
      shown: `[{ ${prop}: ${shown} }]`,
      value: undefined,
      make: (tokens) => [{ name: 'a', role: 'b', reach: 'c', [prop]: make(tokens) }],
    })),
  ),
};

const literalWhole = (): Prop => whole(0, 525_600, { literals: true });

const runbook: Subject<Workload> = {
  name: 'Runbook',
  props: {
    contacts,
    title: words,
    fileName,
    rtoMinutes: literalWhole(),
    rpoMinutes: literalWhole(),
    databaseRtoMinutes: literalWhole(),
  },
  ground: (place) => place.workload(),
  define: (workload, options) => {
    const made = Runbook.of(workload, options);
    checkHtml(made.toHtml());
    checkMarkdown(made.toMarkdown());
  },
  path: (id) => id,
};

const diagram: Subject<Workload> = {
  name: 'Diagram',
  props: { title: words, fileName },
  ground: (place) => place.workload(),
  define: (workload, options) => {
    const made = Diagram.of(workload, options);
    checkXml(made.toSvg());
    checkMermaid(made.toMermaid());
  },
  path: (id) => id,
};

describeProperties(runbook, diagram);

/** Boxes and networks that cover each other, and boxes that are outside of their network. */
function checkLayout(stack: TerraformStack): void {
  for (const frame of pictureOf(stack)) {
    const { boxes, zones, width, height } = layoutOf(frame);
    expectThat(boxes.length === frame.boxes.length + frame.zones.flatMap((zone) => zone.boxes).length, 'loses a box');
    const covered = [...pairs(boxes), ...pairs(zones)].filter(([a, b]) => overlap(a, b));
    expectThat(covered.length === 0, `covers ${JSON.stringify(covered[0])}`);
    const outside = [...boxes, ...zones].filter(({ x, y, ...area }) => {
      const [right, bottom] = [x + area.width, y + area.height];
      return x < -0.01 || y < -0.01 || right > width + 0.01 || bottom > height + 0.01;
    });
    expectThat(outside.length === 0, `draws outside of ${width} x ${height}: ${JSON.stringify(outside[0])}`);
    for (const zone of zones) {
      const within = boxes.filter((box) => overlap(box, zone)).map(({ box }) => box.path);
      const own = zone.zone.boxes.map(({ path }) => path);
      expectThat(
        within.sort().join() === own.sort().join(),
        `${zone.zone.path} holds ${within.join()}, not ${own.join()}`,
      );
    }
  }
}

const pairs = <T>(all: T[]): Array<[T, T]> => all.flatMap((a, i) => all.slice(i + 1).map((b): [T, T] => [a, b]));

const overlap = (a: Area, b: Area) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function textsOf(stack: TerraformStack): Record<string, string> {
  const [picture, book] = [Diagram.of(stack), Runbook.of(stack)];
  return { svg: picture.toSvg(), mermaid: picture.toMermaid(), html: book.toHtml(), markdown: book.toMarkdown() };
}

function checkProgram(given: Program): void {
  const stack = stackOf(given);
  const texts = textsOf(stack);
  checkXml(texts.svg);
  checkMermaid(texts.mermaid);
  checkHtml(texts.html);
  checkMarkdown(texts.markdown);
  checkLayout(stack);
  const shuffled = textsOf(stackOf(given, true));
  const changed = Object.keys(texts).filter((kind) => texts[kind] !== shuffled[kind]);
  expectThat(changed.length === 0, `${changed.join(', ')} depends on the order of things`);
}

test('documents of any workloads are well-formed, cover nothing, and are the same in whatever order things are defined', () => {
  fc.assert(fc.property(program, checkProgram), PLATFORMS);
}, 900_000);
