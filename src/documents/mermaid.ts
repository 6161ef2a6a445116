import { stableHash } from '../core/naming';
import { inOneLine } from './characters';
import { Kind, KINDS } from './kinds';
import { Box, Frame } from './picture';

/**
 * A picture as a Mermaid flowchart, for where Markdown is shown.
 */
export function mermaidOf(frames: Frame[]): string {
  const boxes = frames.flatMap(({ zones, boxes: free }) => [...zones.flatMap((zone) => zone.boxes), ...free]);
  const present = new Set(boxes.map(({ kind }) => kind.key));
  return `${[
    'flowchart LR',
    ...frames.flatMap(frameOf),
    ...frames.flatMap(({ path, arrows }) =>
      arrows.map(({ from, to, names }) => `  ${idOf(path, from)} -->|${quoted(names.join(', '))}| ${idOf(path, to)}`),
    ),
    ...Object.values<Kind>(KINDS)
      .filter(({ key }) => present.has(key))
      .map(({ key, fill, stroke }) => `  classDef ${key} fill:${fill},stroke:${stroke},color:#1f2933`),
    '  classDef existing stroke-dasharray:4 3',
  ].join('\n')}\n`;
}

function frameOf({ path, title, subtitle, zones, boxes }: Frame): string[] {
  return [
    `  subgraph ${idOf(path, '')}[${quoted(`${title} · ${subtitle}`)}]`,
    ...zones.flatMap((zone) =>
      zone.boxes.length > 0
        ? [
            `    subgraph ${idOf(path, zone.path)}[${quoted(zone.title)}]`,
            ...zone.boxes.map((box) => `      ${nodeOf(path, box)}`),
            '    end',
          ]
        : [`    ${idOf(path, zone.path)}[${quoted(zone.title)}]`],
    ),
    ...boxes.map((box) => `    ${nodeOf(path, box)}`),
    '  end',
  ];
}

function nodeOf(frame: string, box: Box): string {
  const id = idOf(frame, box.path);
  const label = `${id}[${quoted(box.title, box.subtitle)}]:::${box.kind.key}`;
  return box.existing ? `${label}\n    class ${id} existing` : label;
}

/** Words of the path for whoever reads it, and a hash because other paths have the same words. */
function idOf(frame: string, path: string): string {
  const words = ((path || frame).split('/').pop() ?? '').replace(/\W+/g, '_').replace(/^_|_$/g, '');
  return `${words.slice(0, 24)}_${stableHash(frame, path)}`;
}

/** Texts below each other, in quotes. */
function quoted(...lines: string[]): string {
  return `"${lines.map(escaped).join('<br/>')}"`;
}

/** Text without what Mermaid, or the HTML that it makes, would take for more. */
function escaped(text: string): string {
  const codes: { readonly [sign: string]: string } = { '"': 'quot', '#': '35', '&': 'amp', '<': 'lt', '>': 'gt' };
  return inOneLine(text).replace(/["#&<>]/g, (sign) => `#${codes[sign]};`);
}
