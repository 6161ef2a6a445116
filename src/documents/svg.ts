import { escapedXml } from './characters';
import { Kind, KINDS } from './kinds';
import { BOX_HEIGHT, FONT, Layout, layoutOf, PlacedArrow, PlacedBox, PlacedZone, ZONE_HEADER } from './layout';
import { Box, Frame } from './picture';
import { pathThrough } from './routes';
import { shortened, widthOf } from './text-size';

const MARGIN = 24;
const FRAME_HEADER = 40;
const FRAME_GAP = 24;
const LEGEND_ROW = 26;
const INK = { text: '#1f2933', faint: '#52606d', line: '#52606d', frame: '#9aa5b1' };

/** Fonts that are there or look alike, in any viewer. */
const FAMILY = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/**
 * A picture as SVG, complete in itself: light background, no script, no font of its own.
 */
export function svgOf(frames: Frame[], title: string): string {
  const layouts = frames.map((frame) => ({ frame, layout: layoutOf(frame) }));
  const legend = legendOf(frames.flatMap(boxesOf));
  const inner = Math.max(320, legend.width, ...layouts.map(({ frame, layout }) => innerWidth(frame, layout)));
  const parts: string[] = [];
  let y = MARGIN;
  for (const { frame, layout } of layouts) {
    const height = layout.height + FRAME_HEADER + MARGIN;
    parts.push(group(MARGIN, y, frameOf(frame, layout, inner + 2 * MARGIN, height)));
    y += height + FRAME_GAP;
  }
  const rows = legendRows(legend, inner + 2 * MARGIN);
  parts.push(group(MARGIN, y, rows));
  const size = { width: round(inner + 4 * MARGIN), height: round(y + legendHeight(legend, inner + 2 * MARGIN) + 12) };
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img" font-family="${FAMILY}">`,
    `<title>${escapedXml(title)}</title>`,
    `<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="${INK.line}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...parts,
    '</svg>',
  ].join('\n')}\n`;
}

function boxesOf({ zones, boxes }: Frame): Box[] {
  return [...zones.flatMap((zone) => zone.boxes), ...boxes];
}

function innerWidth({ title, subtitle }: Frame, { width }: Layout): number {
  return Math.max(width, widthOf(title, FONT.frame, true) + widthOf(subtitle, FONT.zone) + 40);
}

function frameOf(frame: Frame, layout: Layout, width: number, height: number): string[] {
  return [
    `<rect width="${round(width)}" height="${round(height)}" rx="10" fill="#fcfdfe" stroke="${INK.frame}"/>`,
    words(MARGIN, 26, frame.title, FONT.frame, { bold: true }),
    words(width - MARGIN, 26, frame.subtitle, FONT.zone, { colour: INK.faint, anchor: 'end' }),
    ...group(MARGIN, FRAME_HEADER, [
      ...layout.zones.map(zoneOf),
      ...layout.arrows.map(arrowOf),
      ...layout.boxes.flatMap(boxOf),
      ...layout.arrows.flatMap(labelOf),
    ]).split('\n'),
  ];
}

function zoneOf({ x, y, width, height, zone }: PlacedZone): string {
  const { fill, stroke } = KINDS.network;
  return [
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="8" fill="${fill}" stroke="${stroke}" stroke-dasharray="6 4"/>`,
    words(x + 10, y + ZONE_HEADER - 6, shortened(zone.title, 60), FONT.zone, { bold: true, colour: INK.faint }),
  ].join('\n');
}

function boxOf({ x, y, width, title, subtitle, box }: PlacedBox): string[] {
  const { fill, stroke } = box.kind;
  const dashes = box.existing ? ' stroke-dasharray="4 3"' : '';
  return [
    '<g>',
    `<title>${escapedXml(box.path)}</title>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${BOX_HEIGHT}" rx="6" fill="${fill}" stroke="${stroke}"${dashes}/>`,
    `<rect x="${round(x)}" y="${round(y + 6)}" width="4" height="${BOX_HEIGHT - 12}" rx="2" fill="${stroke}"/>`,
    words(x + 14, y + 20, title, FONT.title, { bold: true }),
    words(x + 14, y + 36, subtitle, FONT.subtitle, { colour: INK.faint }),
    '</g>',
  ];
}

function arrowOf({ points }: PlacedArrow): string {
  return `<path d="${pathThrough(points, round)}" fill="none" stroke="${INK.line}" stroke-width="1.4" marker-end="url(#arrow)"/>`;
}

/** On a patch of the background, so that the line does not run through the words. */
function labelOf({ arrow, label, middle }: PlacedArrow): string[] {
  const width = widthOf(label, FONT.label) + 6;
  const height = FONT.label + 4;
  return [
    '<g>',
    `<title>${escapedXml(arrow.names.join(', '))}</title>`,
    `<rect x="${round(middle.x - width / 2)}" y="${round(middle.y - height / 2)}" width="${round(width)}" height="${height}" rx="3" fill="#ffffff"/>`,
    words(middle.x, middle.y + 4, label, FONT.label, { colour: INK.text, anchor: 'middle' }),
    '</g>',
  ];
}

interface Legend {
  readonly entries: Array<{ readonly kind: Kind; readonly width: number }>;
  readonly width: number;
}

/** Kinds that are in the picture, in the order of the table. */
function legendOf(boxes: Box[]): Legend {
  const present = new Set(boxes.map(({ kind }) => kind.key));
  const entries = Object.values<Kind>(KINDS)
    .filter(({ key }) => present.has(key))
    .map((kind) => ({ kind, width: widthOf(kind.title, FONT.subtitle) + 36 }));
  return { entries, width: Math.max(0, ...entries.map(({ width }) => width)) };
}

function legendRows({ entries }: Legend, room: number): string[] {
  let [x, y] = [0, 0];
  return entries.flatMap(({ kind, width }) => {
    if (x + width > room && x > 0) {
      [x, y] = [0, y + LEGEND_ROW];
    }
    const at = x;
    x += width;
    return [
      `<rect x="${at}" y="${y}" width="16" height="16" rx="4" fill="${kind.fill}" stroke="${kind.stroke}"/>`,
      words(at + 22, y + 12, kind.title, FONT.subtitle, { colour: INK.faint }),
    ];
  });
}

function legendHeight({ entries }: Legend, room: number): number {
  let [x, rows] = [0, entries.length > 0 ? 1 : 0];
  for (const { width } of entries) {
    if (x + width > room && x > 0) {
      [x, rows] = [0, rows + 1];
    }
    x += width;
  }
  return rows * LEGEND_ROW;
}

interface TextStyle {
  readonly bold?: boolean;
  readonly colour?: string;
  readonly anchor?: 'middle' | 'end';
}

function words(x: number, y: number, shown: string, size: number, style: TextStyle): string {
  const { bold = false, colour = INK.text, anchor } = style;
  const more = `${bold ? ' font-weight="bold"' : ''}${anchor ? ` text-anchor="${anchor}"` : ''}`;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${colour}"${more}>${escapedXml(shown)}</text>`;
}

function group(x: number, y: number, parts: string[]): string {
  return [`<g transform="translate(${round(x)} ${round(y)})">`, ...parts, '</g>'].join('\n');
}

/** Half a pixel is enough, and the same on every machine. */
function round(value: number): number {
  return Math.round(value * 2) / 2;
}
