/** Lays rows out in columns as wide as needed; the first row is the head. */
export function tableOf(rows: ReadonlyArray<readonly string[]>): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => aligned(cell, widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '-'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
}

function aligned(cell: string, width: number): string {
  return /^[\d.,]+( \w+| %)?$/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
}
