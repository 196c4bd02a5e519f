import { escaped } from './printable.ts';
import { wrap } from './wrap.ts';

/**
 * Rows one below the other, for tables that are wider than a terminal: a line `name: value` for each cell, the first of a row to the
 * left of the others. What does not fit goes on in the next line, and nothing is cut.
 */
export function stackedRows(header: readonly string[], rows: readonly (readonly string[])[], width: number): string[] {
  return rows.flatMap((row) =>
    row.flatMap((cell, i) => {
      const [first = '', ...rest] = wrap(`${header[i]}: ${escaped(cell)}`, width, indent);
      return [first.slice(i === 0 ? indent.length : indent.length / 2), ...rest];
    }),
  );
}

const indent = '    ';
