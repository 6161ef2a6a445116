import { dagre, DagreGraph } from './dagre';
import { islandsOf, orders } from './islands';
import { Arrow, Box, Frame, Zone } from './picture';
import { Area, crossingsIn, Point, routeOf, withPorts } from './routes';
import { shortened, widthOf } from './text-size';

/** Sizes in pixels. */
export const FONT = { title: 13, subtitle: 11, label: 11, zone: 12, frame: 16 };
export const BOX_HEIGHT = 46;
export const ZONE_HEADER = 22;
const PADDING = 14;
const GAP = 20;

/** What a page shows without scrolling sideways. */
const ROOM = 760;

/** Letters of a title and of a subtitle; what is longer is cut. */
const [TITLE_LETTERS, SUBTITLE_LETTERS] = [24, 28];

/** More boxes than that in one column are hard to read. */
const ROWS = 5;

/** A box with its place and the texts that fit. */
export interface PlacedBox extends Area {
  readonly box: Box;
  readonly title: string;
  readonly subtitle: string;
}

/** A network with its place. */
export interface PlacedZone extends Area {
  readonly zone: Zone;
}

/** An arrow with its way, and its label with its middle. */
export interface PlacedArrow {
  readonly arrow: Arrow;
  readonly label: string;
  readonly points: Point[];
  readonly middle: Point;
}

/** Everything in a frame, from its inner upper left corner. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: PlacedBox[];
  readonly zones: PlacedZone[];
  readonly arrows: PlacedArrow[];
}

/**
 * Finds a place for everything in a frame: clients left, what they connect to right of them, and below what stands alone.
 */
export function layoutOf(frame: Frame): Layout {
  const all = [...frame.zones.flatMap((zone) => zone.boxes), ...frame.boxes];
  const width = Math.max(150, ...all.map(widthOfBox));
  const connected = new Set(frame.arrows.flatMap(({ from, to }) => [from, to]));
  const alone = frame.boxes.filter(({ path }) => !connected.has(path));
  const islands = islandsOf({ ...frame, boxes: frame.boxes.filter(({ path }) => connected.has(path)) });
  const upper = sideBySide(
    islands.map((island) => clearest(orders(island).map((ordered) => graphOf(ordered, connected, width)))),
  );
  return alone.length > 0 ? withRows(upper, alone, width) : upper;
}

/** From left to right as long as there is room, the widest first: it says how much there is. */
function sideBySide(layouts: Layout[]): Layout {
  const sorted = [...layouts].sort((a, b) => b.width - a.width);
  const room = Math.max(ROOM, ...layouts.map((layout) => layout.width));
  let [x, y, height] = [0, 0, 0];
  const all: Layout = { boxes: [], zones: [], arrows: [], width: 0, height: 0 };
  return sorted.reduce((sum, layout) => {
    if (x > 0 && x + layout.width > room) {
      [x, y, height] = [0, y + height + GAP, 0];
    }
    const here = movedBy(layout, x, y);
    height = Math.max(height, layout.height);
    x += layout.width + GAP;
    return {
      boxes: [...sum.boxes, ...here.boxes],
      zones: [...sum.zones, ...here.zones],
      arrows: [...sum.arrows, ...here.arrows],
      width: Math.max(sum.width, x - GAP),
      height: Math.max(sum.height, y + height),
    };
  }, all);
}

function movedBy(layout: Layout, x: number, y: number): Layout {
  const moved = <T extends Point>(place: T): T => ({ ...place, x: place.x + x, y: place.y + y });
  return {
    ...layout,
    boxes: layout.boxes.map(moved),
    zones: layout.zones.map(moved),
    arrows: layout.arrows.map((arrow) => ({ ...arrow, points: arrow.points.map(moved), middle: moved(arrow.middle) })),
  };
}

/** The first of those with the fewest crossings. */
function clearest(layouts: Layout[]): Layout {
  const counted = layouts.map((layout) => ({
    layout,
    crossings: crossingsIn(layout.arrows.map(({ points }) => points)),
  }));
  return counted.reduce((best, one) => (one.crossings < best.crossings ? one : best)).layout;
}

function graphOf(frame: Frame, connected: Set<string>, width: number): Layout {
  const graph = new dagre.Graph({ compound: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 20, edgesep: 12, ranksep: 72, marginx: 0, marginy: 0 });
  const boxes = [...frame.zones.flatMap((zone) => zone.boxes), ...frame.boxes];
  boxes.forEach((box) => graph.setNode(box.path, { width, height: BOX_HEIGHT }));
  frame.zones.forEach((zone) => placeZone(graph, zone, connected));
  frame.arrows.forEach(({ from, to, names }) => {
    const labelWidth = widthOf(labelOf(names), FONT.label) + 10;
    graph.setEdge(from, to, { width: labelWidth, height: FONT.label + 6, labelpos: 'c', weight: 2 });
  });
  dagre.layout(graph);
  return collected(graph, frame, boxes);
}

/** What is not connected stands in columns; invisible edges see to that. */
function placeZone(graph: DagreGraph, { path, title, boxes }: Zone, connected: Set<string>): void {
  const width = widthOf(title, FONT.zone, true) + 2 * PADDING;
  graph.setNode(path, boxes.length > 0 ? {} : { width, height: BOX_HEIGHT + ZONE_HEADER });
  boxes.forEach((box) => graph.setParent(box.path, path));
  const alone = boxes.filter((box) => !connected.has(box.path));
  const rows = Math.min(ROWS, Math.max(2, Math.ceil(alone.length / 3)));
  alone.slice(rows).forEach((box, i) => graph.setEdge(alone[i].path, box.path, { weight: 1, width: 0, height: 0 }));
}

function collected(graph: DagreGraph, frame: Frame, boxes: Box[]): Layout {
  const areas = boxes.map((box) => placed(box, areaOf(graph, box.path)));
  const zones = frame.zones.map((zone) => ({ zone, ...aroundOf(graph, zone) }));
  const byPath = new Map(areas.map((area) => [area.box.path, area]));
  const arrows = withPorts(
    frame.arrows.map((arrow): PlacedArrow => {
      const { points, x = 0, y = 0 } = graph.edge(arrow.from, arrow.to);
      return { arrow, label: labelOf(arrow.names), points, middle: { x, y } };
    }),
    (path) => byPath.get(path) as PlacedBox,
  ).map((arrow) => ({
    ...arrow,
    points: routeOf(arrow, areas, widthOf(arrow.label, FONT.label) / 2 + 4),
  }));
  return shifted({ boxes: areas, zones, arrows, width: 0, height: 0 });
}

function placed(box: Box, area: Area): PlacedBox {
  const title = shortened(box.title, TITLE_LETTERS);
  return { box, title, subtitle: shortened(box.subtitle, SUBTITLE_LETTERS), ...area };
}

function areaOf(graph: DagreGraph, name: string): Area {
  const { x, y, width, height } = graph.node(name);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Around the boxes of a network, with room for its title above. */
function aroundOf(graph: DagreGraph, { path, title, boxes }: Zone): Area {
  const areas = boxes.map((box) => areaOf(graph, box.path));
  if (areas.length === 0) {
    return areaOf(graph, path);
  }
  const [x, y] = [Math.min(...areas.map((area) => area.x)), Math.min(...areas.map((area) => area.y))];
  const right = Math.max(...areas.map((area) => area.x + area.width));
  const bottom = Math.max(...areas.map((area) => area.y + area.height));
  return {
    x: x - PADDING,
    y: y - ZONE_HEADER - 8,
    width: Math.max(right - x, widthOf(title, FONT.zone, true)) + 2 * PADDING,
    height: bottom - y + ZONE_HEADER + 8 + PADDING,
  };
}

/** Starts at zero, and ends where the last thing ends. */
function shifted({ boxes, zones, arrows }: Layout): Layout {
  const areas: Area[] = [...boxes, ...zones];
  const points = arrows.flatMap((arrow) => [...arrow.points, arrow.middle]);
  const xs = [...areas.map(({ x }) => x), ...points.map(({ x }) => x)];
  const ys = [...areas.map(({ y }) => y), ...points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs, Infinity), Math.min(...ys, Infinity)].map((x) => (Number.isFinite(x) ? x : 0));
  return {
    ...movedBy({ boxes, zones, arrows, width: 0, height: 0 }, -left, -top),
    width: Math.max(0, ...areas.map((area) => area.x + area.width - left), ...points.map(({ x }) => x - left)),
    height: Math.max(0, ...areas.map((area) => area.y + area.height - top), ...points.map(({ y }) => y - top)),
  };
}

/** Adds rows below: as many boxes in each as fit the width, and at least four. */
function withRows(upper: Layout, alone: Box[], width: number): Layout {
  const fit = Math.floor((upper.width + GAP) / (width + GAP));
  const columns = Math.min(alone.length, Math.max(4, fit));
  const top = upper.height > 0 ? upper.height + GAP + 8 : 0;
  const boxes = alone.map((box, i) => {
    const [x, y] = [(i % columns) * (width + GAP), top + Math.floor(i / columns) * (BOX_HEIGHT + GAP)];
    return placed(box, { x, y, width, height: BOX_HEIGHT });
  });
  return {
    ...upper,
    boxes: [...upper.boxes, ...boxes],
    width: Math.max(upper.width, columns * (width + GAP) - GAP),
    height: top + Math.ceil(alone.length / columns) * (BOX_HEIGHT + GAP) - GAP,
  };
}

function widthOfBox({ title, subtitle }: Box): number {
  const texts = [
    widthOf(shortened(title, TITLE_LETTERS), FONT.title, true),
    widthOf(shortened(subtitle, SUBTITLE_LETTERS), FONT.subtitle),
  ];
  return Math.max(...texts) + 2 * PADDING;
}

function labelOf(names: string[]): string {
  const words = names.length > 2 ? `${names[0]} +${names.length - 1}` : names.join(', ');
  return shortened(words, 22);
}
