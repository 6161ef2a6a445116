/** A workbook, as far as it is drawn. */
export interface DrawnWorkbook {
  readonly items: ReadonlyArray<{
    readonly type: number;
    readonly customWidth?: string;
    readonly content: {
      readonly json?: string;
      readonly title?: string;
      readonly visualization?: string;
      readonly query?: string;
      readonly queryType?: number;
      readonly metrics?: ReadonlyArray<{ readonly metric: string }>;
      readonly resourceIds?: readonly string[];
      readonly parameters?: ReadonlyArray<{ readonly label: string }>;
    };
  }>;
}

type Item = DrawnWorkbook['items'][number];

/** A piece of the drawing, and how high it is. */
interface Drawn {
  readonly svg: string;
  readonly height: number;
}

const WIDTH = 1200;
const MARGIN = 20;
const GAP = 10;

/** Lines of a query under a tile; what is longer ends in an ellipsis. */
const CAPTION_LINES = 9;

/** Kinds of items, as workbooks number them. */
const TEXT = 1;
const PARAMETERS = 9;
const METRIC = 10;

/** The source that asks Azure itself, here for costs. */
const BILL = 12;

const STYLE = `
  text { font-family: 'Segoe UI', 'DejaVu Sans', sans-serif; fill: #242424; font-size: 13px }
  .h1 { font-size: 24px; font-weight: bold } .h2 { font-size: 17px; font-weight: bold }
  .title { font-weight: bold } .big { font-size: 30px; fill: #0f6cbd }
  .caption { font-family: 'DejaVu Sans Mono', Consolas, monospace; font-size: 9px; fill: #616161 }
  .tile { fill: #ffffff; stroke: #d1d1d1 } .pill { fill: #e8f1fa; stroke: #0f6cbd }
  .line { fill: none; stroke: #0f6cbd; stroke-width: 2 } .area { fill: #cfe4fa } .grid { stroke: #e6e6e6 }`;

/**
 * The layout of a workbook as a picture: its real titles and queries, with sketches where Azure draws data.
 */
export function previewOf(workbook: DrawnWorkbook): string {
  const parts: string[] = [];
  let y = MARGIN;
  for (const row of rowsOf(workbook.items)) {
    const drawn = row.map(({ item, x, width }) => ({ x, ...draw(item, width) }));
    const height = Math.max(...drawn.map((piece) => piece.height));
    parts.push(...drawn.map(({ x, svg }) => `<g transform="translate(${x} ${y})">${svg}</g>`));
    y += height + GAP;
  }
  const size = `width="${WIDTH}" height="${y + MARGIN}" viewBox="0 0 ${WIDTH} ${y + MARGIN}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}>`,
    `<style>${STYLE}</style>`,
    `<rect width="100%" height="100%" fill="#f5f5f5"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

/** Items side by side, as long as there is room for them. */
function rowsOf(items: readonly Item[]): Array<Array<{ item: Item; x: number; width: number }>> {
  const rows: Array<Array<{ item: Item; x: number; width: number }>> = [];
  let taken = 100;
  for (const item of items) {
    const share = Number(item.customWidth ?? 100);
    if (taken + share > 100) {
      rows.push([]);
      taken = 0;
    }
    const inner = WIDTH - 2 * MARGIN;
    rows[rows.length - 1].push({ item, x: MARGIN + (inner * taken) / 100, width: (inner * share) / 100 - GAP });
    taken += share;
  }
  return rows;
}

function draw(item: Item, width: number): Drawn {
  switch (item.type) {
    case TEXT:
      return words(item.content.json ?? '', width);
    case PARAMETERS:
      return pills((item.content.parameters ?? []).map((parameter) => parameter.label));
    default:
      return tile(item, width);
  }
}

function words(markdown: string, width: number): Drawn {
  let y = 0;
  const lines = markdown.split('\n').filter(Boolean);
  const svg = lines.flatMap((line) => {
    const [, marks, text] = /^(#*) ?(.*)$/.exec(line)!;
    const style = ['', 'h1', 'h2'][marks.length];
    return wrapped(text.replace(/`/g, ''), Math.floor(width / 7.2)).map((part) => {
      y += marks.length === 1 ? 30 : 22;
      return label(part, 0, y - 6, style);
    });
  });
  return { svg: svg.join(''), height: y };
}

function pills(labels: readonly string[]): Drawn {
  const svg = labels.map((text, index) => {
    const x = index * 180;
    return `<rect class="pill" x="${x}" y="0" width="170" height="26" rx="13"/>${label(`${text}: …`, x + 14, 18)}`;
  });
  return { svg: svg.join(''), height: 30 };
}

function tile({ type, content }: Item, width: number): Drawn {
  const caption = captionOf(type, content).flatMap((line) => wrapped(line, Math.floor((width - 20) / 5.5)));
  const shown =
    caption.length > CAPTION_LINES ? [...caption.slice(0, CAPTION_LINES - 1), `… ${caption.length} lines`] : caption;
  const title = wrapped(content.title ?? '', Math.floor((width - 20) / 8));
  const top = 18 + 16 * title.length;
  const sketchHeight = content.visualization === 'tiles' ? 40 : 110;
  const height = top + sketchHeight + 14 + 11 * shown.length;
  return {
    height,
    svg: [
      `<rect class="tile" width="${width}" height="${height}" rx="4"/>`,
      ...title.map((line, index) => label(line, 10, 20 + 16 * index, 'title')),
      `<g transform="translate(10 ${top})">${sketch(content.visualization ?? 'timechart', width - 20, sketchHeight)}</g>`,
      ...shown.map((line, index) => label(line, 10, top + sketchHeight + 14 + 11 * index, 'caption')),
    ].join(''),
  };
}

/** What is asked, without what only stands in for tables that are missing. */
function captionOf(type: number, { metrics = [], resourceIds = [], queryType, query = '' }: Item['content']): string[] {
  if (type === METRIC) {
    return [
      `${metrics[0].metric.replace('--', ' ')}`,
      `${resourceIds.length} ${resourceIds.length > 1 ? 'resources' : 'resource'}`,
    ];
  }
  if (queryType === BILL) {
    const { data, path } = JSON.parse(query);
    const { timeframe, dataset } = JSON.parse(data);
    return [path, `${timeframe}, by ${dataset.grouping[0].type} ${dataset.grouping[0].name}`];
  }
  return query.replace(/union isfuzzy=true ([\w, ]+), \(datatable\([^)]*\) \[\]\)/g, '$1').split('\n');
}

/** What sort of picture goes here; the shapes mean nothing. */
function sketch(visualization: string, width: number, height: number): string {
  const points = Array.from({ length: 25 }, (_, i) => [
    (width * i) / 24,
    height * (0.55 - 0.25 * Math.sin(i / 2.2) - 0.1 * Math.cos(i * 1.7)),
  ]);
  const path = points.map(([x, y]) => `${x.toFixed(0)},${y.toFixed(0)}`).join(' ');
  const grid = [0.25, 0.5, 0.75, 1].map((share) => across(height * share, width)).join('');
  switch (visualization) {
    case 'tiles':
      return label('0.0', 0, 30, 'big');
    case 'table':
      return `<rect class="area" width="${width}" height="${height / 5}"/>${[2, 3, 4, 5].map((i) => across((height * i) / 5, width)).join('')}`;
    case 'areachart':
      return `${grid}<polygon class="area" points="0,${height} ${path} ${width},${height}"/>`;
    default:
      return `${grid}<polyline class="line" points="${path}"/>`;
  }
}

function across(y: number, width: number): string {
  return `<line class="grid" x1="0" x2="${width}" y1="${y}" y2="${y}"/>`;
}

function label(text: string, x: number, y: number, style: string = ''): string {
  const escaped = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return `<text x="${x}" y="${y}"${style && ` class="${style}"`} xml:space="preserve">${escaped}</text>`;
}

/** A text in lines of at most so many characters. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > columns) {
    const space = rest.lastIndexOf(' ', columns);
    const end = space > columns / 3 ? space : columns;
    lines.push(rest.slice(0, end));
    rest = `  ${rest.slice(end).trimStart()}`;
  }
  return [...lines, rest];
}
