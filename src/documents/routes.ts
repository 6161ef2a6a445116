import type { PlacedArrow } from './layout';

/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle, by its upper left corner. */
export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** Room that is left free at the upper and lower end of a side. */
const CORNER = 10;

/**
 * Arrows leave at the right side of a box and come in at the left side of another, each at a place of its own, in the order
 * of where they go.
 */
export function withPorts(arrows: PlacedArrow[], areaOf: (path: string) => Area): PlacedArrow[] {
  const forward = ({ arrow }: PlacedArrow) => areaOf(arrow.from).x <= areaOf(arrow.to).x;
  const side = (one: PlacedArrow, out: boolean) => (forward(one) === out ? 'right' : 'left');
  const port = (one: PlacedArrow, path: string, out: boolean): Point => {
    const area = areaOf(path);
    const here = side(one, out);
    const mates = arrows
      .flatMap((other) => [
        ...(other.arrow.from === path && side(other, true) === here ? [other] : []),
        ...(other.arrow.to === path && side(other, false) === here ? [other] : []),
      ])
      .sort((a, b) => a.middle.y - b.middle.y || (a.arrow.from + a.arrow.to < b.arrow.from + b.arrow.to ? -1 : 1));
    const step = (area.height - 2 * CORNER) / (mates.length + 1);
    const y = area.y + CORNER + step * (mates.indexOf(one) + 1);
    return { x: here === 'right' ? area.x + area.width : area.x, y };
  };
  return arrows.map((one) => ({
    ...one,
    points: [port(one, one.arrow.from, true), ...one.points.slice(1, -1), port(one, one.arrow.to, false)],
  }));
}

/**
 * The points that a line goes through: level where it passes a column of boxes, and where its label is.
 */
export function routeOf({ points, middle }: PlacedArrow, areas: Area[], halfLabel: number): Point[] {
  const [start, end] = [points[0], points[points.length - 1]];
  const direction = start.x <= end.x ? 1 : -1;
  const between = points.slice(1, -1).flatMap(({ x, y }) => {
    const column = areas.find((area) => Math.abs(area.x + area.width / 2 - x) < 1);
    const isLabel = Math.abs(x - middle.x) < 1 && Math.abs(y - middle.y) < 1;
    const half = column ? column.width / 2 : isLabel ? halfLabel : 0;
    return half === 0
      ? [{ x, y }]
      : [
          { x: x - direction * half, y },
          { x: x + direction * half, y },
        ];
  });
  return [start, ...between, end];
}

/**
 * A line through points, level at each of them, as the path of SVG.
 */
export function pathThrough(points: Point[], round: (value: number) => number): string {
  const [first, ...rest] = points;
  return rest.reduce(
    (path, { x, y }, i) => {
      const before = points[i];
      const middle = round((before.x + x) / 2);
      const straight = Math.abs(before.y - y) < 0.5;
      return straight
        ? `${path}L${round(x)} ${round(y)}`
        : `${path}C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
    },
    `M${round(first.x)} ${round(first.y)}`,
  );
}

/**
 * How many pairs of lines cross each other between two of their points.
 */
export function crossingsIn(lines: Point[][]): number {
  const segments = lines.flatMap((points, line) => points.slice(1).map((end, i) => ({ line, start: points[i], end })));
  return segments.flatMap((a, i) => segments.slice(i + 1).filter((b) => b.line !== a.line && cross(a, b))).length;
}

interface Segment {
  readonly start: Point;
  readonly end: Point;
}

function cross(a: Segment, b: Segment): boolean {
  const side = (from: Point, to: Point, { x, y }: Point) =>
    Math.sign((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x));
  return (
    side(a.start, a.end, b.start) * side(a.start, a.end, b.end) < 0 &&
    side(b.start, b.end, a.start) * side(b.start, b.end, a.end) < 0
  );
}
