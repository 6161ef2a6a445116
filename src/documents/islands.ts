import { Arrow, Box, Frame } from './picture';

/**
 * A frame in pieces that no arrow connects; what is in one network stays together.
 */
export function islandsOf(frame: Frame): Frame[] {
  const homes = new Map(frame.zones.flatMap(({ path, boxes }) => boxes.map((box) => [box.path, path])));
  const home = (path: string) => homes.get(path) ?? path;
  const places = [...frame.zones, ...frame.boxes].map(({ path }) => path);
  const islands: Array<Set<string>> = [];
  for (const place of places) {
    if (!islands.some((island) => island.has(place))) {
      islands.push(reachable(place, frame.arrows, home));
    }
  }
  return islands.map((island) => ({
    ...frame,
    zones: frame.zones.filter(({ path }) => island.has(path)),
    boxes: frame.boxes.filter(({ path }) => island.has(path)),
    arrows: frame.arrows.filter(({ from }) => island.has(home(from))),
  }));
}

function reachable(start: string, arrows: Arrow[], home: (path: string) => string): Set<string> {
  const found = new Set([start]);
  // a set that grows is walked to its end
  for (const place of found) {
    arrows.forEach(({ from, to }) => {
      const ends = [home(from), home(to)];
      if (ends.includes(place)) {
        ends.forEach((end) => found.add(end));
      }
    });
  }
  return found;
}

/** How often boxes are moved to the middle of their neighbours. */
const ROUNDS = 2;

/**
 * The same frame with its boxes in other orders, in which neighbours are close: the layout starts from the one it is given.
 */
export function orders(frame: Frame): Frame[] {
  const boxes = [...frame.zones.flatMap((zone) => zone.boxes), ...frame.boxes];
  const found = [boxes.map(({ path }) => path), visited(boxes, frame.arrows)];
  for (let round = 0; round < ROUNDS; round++) {
    found.push(centred(found[found.length - 1], frame.arrows));
  }
  return [...new Set(found.map((order) => order.join('\n')))].map((lines) => {
    const order = lines.split('\n');
    const ranks = new Map(order.map((path, rank) => [path, rank]));
    const rank = ({ path }: Box) => ranks.get(path) ?? 0;
    const sorted = (some: Box[]) => [...some].sort((a, b) => rank(a) - rank(b));
    return {
      ...frame,
      zones: frame.zones.map((zone) => ({ ...zone, boxes: sorted(zone.boxes) })),
      boxes: sorted(frame.boxes),
    };
  });
}

/** Each client, followed by what it connects to, and by the other clients of that. */
function visited(boxes: Box[], arrows: Arrow[]): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (!found.has(path)) {
      found.add(path);
      arrows.filter(({ from }) => from === path).forEach(({ to }) => visit(to));
      arrows.filter(({ to }) => to === path).forEach(({ from }) => visit(from));
    }
  };
  boxes.forEach(({ path }) => visit(path));
  return [...found];
}

function centred(order: string[], arrows: Arrow[]): string[] {
  const rankOf = new Map(order.map((path, rank) => [path, rank]));
  const middle = (path: string) => {
    const near = arrows.flatMap(({ from, to }) => (from === path ? [to] : to === path ? [from] : []));
    const ranks = near.map((one) => rankOf.get(one) ?? 0);
    return ranks.length > 0 ? ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length : (rankOf.get(path) ?? 0);
  };
  return [...order].sort((a, b) => middle(a) - middle(b) || (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0));
}
