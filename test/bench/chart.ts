/** One row of the chart, in milliseconds. */
export interface Bar {
  readonly label: string;
  readonly ours: number;
  readonly raw?: number;
}

const LABELS = 260;
const LONGEST = 520;
const BAR = 14;
const ROW = 44;
const HEAD = 56;
const COLOURS: Record<string, string> = { ours: '#0f6cbd', raw: '#b8bec6' };

/** A chart of horizontal bars, ours above raw, as SVG. */
export function chartOf(bars: readonly Bar[]): string {
  const most = Math.max(...bars.flatMap(({ ours, raw = 0 }) => [ours, raw]));
  const bar = (name: string, value: number, y: number) => {
    const width = Math.round((value / most) * LONGEST * 10) / 10;
    return [
      `<rect class="${name}" fill="${COLOURS[name]}" x="${LABELS}" y="${y}" width="${width}" height="${BAR}" rx="2"/>`,
      `<text fill="#444" font-size="11" x="${LABELS + width + 6}" y="${y + BAR - 3}">${Math.round(value)} ms</text>`,
    ];
  };
  const rows = bars.flatMap(({ label, ours, raw }, row) => {
    const y = HEAD + row * ROW;
    return [
      `<text x="${LABELS - 12}" y="${y + BAR + 2}" text-anchor="end">${escaped(label)}</text>`,
      ...bar('ours', ours, y),
      ...(raw === undefined ? [] : bar('raw', raw, y + BAR + 2)),
    ];
  });
  const [width, height] = [LABELS + LONGEST + 90, HEAD + bars.length * ROW];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    keyOf('ours', LABELS),
    keyOf('raw', LABELS + 80),
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}

/** What a colour stands for. */
function keyOf(name: string, x: number): string {
  return `<rect fill="${COLOURS[name]}" x="${x}" y="24" width="12" height="12"/><text x="${x + 18}" y="35">${name}</text>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
