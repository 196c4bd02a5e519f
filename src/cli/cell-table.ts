import { columnsOf, escaped, fitted, padded } from './printable.ts';

export interface TableCell {
  /** As it came: it is escaped here. */
  readonly text: string;
  /** What stands in front of it, where it is to be marked; it stays when the text is cut. */
  readonly mark?: string;
  /** A sequence that sets its colour. */
  readonly style?: string | undefined;
}

/** Narrowest column that still tells anything. */
const fewestColumns = 8;
const reset = '\x1b[0m';

/**
 * Rows under a header, no wider than `width` columns: cells that do not fit end in `…`. Undefined where cells would have to
 * be cut to less than `narrowest` columns.
 */
export function cellTable(
  header: readonly string[],
  rows: readonly (readonly TableCell[])[],
  width: number,
  narrowest = fewestColumns,
): string[] | undefined {
  const all = [header.map((text): TableCell => ({ text })), ...rows].map((row) => row.map(shownOf));
  const natural = header.map((_, c) => all.reduce((most, row) => Math.max(most, columnsOf(row[c]!.shown)), 0));
  const widths = narrowed(natural, width - 2 * (header.length - 1), narrowest);
  if (widths === undefined) return undefined;
  return all.map((row) =>
    row
      .map(({ shown, style }, c) => painted(padded(fitted(shown, widths[c]!), widths[c]!), style))
      .join('  ')
      .trimEnd(),
  );
}

/** Cells with their names in front of them, one below the other, each line no wider than `width`. */
export function cellList(
  cells: readonly { readonly name: string; readonly cell: TableCell }[],
  width: number,
): string[] {
  const names = cells.map(({ name }) => fitted(escaped(name), Math.max(fewestColumns, Math.floor(width / 2))));
  const widestName = Math.max(0, ...names.map(columnsOf));
  return cells.map(({ cell }, i) => {
    const { shown, style } = shownOf(cell);
    return `  ${padded(names[i]!, widestName)}  ${painted(fitted(shown, Math.max(fewestColumns, width - widestName - 4)), style)}`;
  });
}

function shownOf({ text, mark = '', style }: TableCell): {
  readonly shown: string;
  readonly style: string | undefined;
} {
  return { shown: `${mark}${escaped(text)}`, style };
}

function painted(text: string, style: string | undefined): string {
  return style === undefined ? text : `${style}${text}${reset}`;
}

/** Take columns from the widest until all fit into `room`; undefined where one would keep less than `narrowest`. */
function narrowed(natural: readonly number[], room: number, narrowest: number): number[] | undefined {
  const sum = (limit: number) => natural.reduce((total, width) => total + Math.min(width, limit), 0);
  let limit = Math.max(...natural);
  while (limit > narrowest && sum(limit) > room) limit--;
  return sum(limit) > room ? undefined : natural.map((width) => Math.min(width, limit));
}
