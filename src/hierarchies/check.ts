import type { Encoding } from '../formats/encodings/definition.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import { decodeTable, raggedRows, readRows, type TableProblem } from '../formats/small-table.ts';
import { problemsOf } from './table-problems.ts';

export interface TableCheck {
  /** The first column. */
  readonly values: readonly string[];
  /** How many labels each level has, from the values up; the root that a table without one gets is the last. */
  readonly labels: readonly number[];
  /** By line; none shows a value or label. */
  readonly problems: readonly TableProblem[];
}

/**
 * Is this file a hierarchy (`file.ts` has the form), and how many labels has each level? `file` is its name. Throws a Failure where it cannot be
 * read at all.
 */
export function checkTable(bytes: Buffer, file: string, delimiter: string, encoding: Encoding = utf8): TableCheck {
  const rows = readRows(decodeTable(bytes, file, encoding), file, delimiter);
  const width = rows[0]!.cells.length;
  const whole = rows.filter(({ cells }) => cells.length === width);
  const problems = [...raggedRows(rows), ...problemsOf(whole, delimiter)];
  const labels = Array.from({ length: width }, (_, i) => new Set(whole.map(({ cells }) => cells[i]!)).size);
  if (labels.at(-1)! > 1 && width > 1) labels.push(1);
  return {
    values: rows.map(({ cells }) => cells[0]!),
    labels,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}
