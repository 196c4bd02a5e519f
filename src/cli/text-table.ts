/**
 * Rows in columns, the first to the left, the others to the right, no wider than `width`: the first column is cut in its middle, where
 * the ends of names tell more apart, and never below eight characters.
 */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): string[] {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
  const rest = widths.slice(1).reduce((sum, column) => sum + column + 2, 0);
  const first = Math.max(8, Math.min(widths[0]!, width - rest));
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cut(cell, first).padEnd(first) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

function cut(text: string, width: number): string {
  if (text.length <= width) return text;
  const left = Math.ceil((width - 1) / 2);
  return `${text.slice(0, left)}…${text.slice(text.length - (width - 1 - left))}`;
}
