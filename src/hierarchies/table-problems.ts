import type { TableProblem, TableRow } from '../formats/small-table.ts';
import { cycleOf } from './cycles.ts';

/** What may stand between the columns of a hierarchy. */
export const delimiterPattern = /^[\t\x20\x21\x23-\x7e]$/;

/**
 * What keeps rows of equal width from being a hierarchy: each value stands once, each label below one label of the next level only,
 * and none below what it is above of.
 */
export function problemsOf(rows: readonly TableRow[], delimiter: string): TableProblem[] {
  const [first] = rows;
  if (first!.cells.length === 1) {
    const other = [';', ',', '\t'].find((candidate) => candidate !== delimiter && first!.cells[0]!.includes(candidate));
    return [
      {
        line: first!.line,
        message: 'the row has one column, and a hierarchy needs a value and at least one label',
        ...(other === undefined ? {} : { hint: `set \`delimiter: ${JSON.stringify(other)}\`` }),
      },
    ];
  }
  const problems: TableProblem[] = [];
  const seen = new Map<string, number>();
  const parents = first!.cells.map(() => new Map<string, { parent: string; line: number }>());
  for (const { line, cells } of rows) {
    const before = seen.get(cells[0]!);
    if (before !== undefined) problems.push({ line, message: `the value stands in line ${before} already` });
    else seen.set(cells[0]!, line);
    for (let level = 1; level < cells.length; level++) {
      const label = cells[level]!;
      if (label === '') problems.push({ line, message: `column ${level + 1} is empty`, hint: 'write a label' });
      const parent = cells[level + 1];
      if (parent === undefined) continue;
      const known = parents[level]!.get(label);
      if (known === undefined) parents[level]!.set(label, { parent, line });
      else if (known.parent !== parent) {
        problems.push({
          line,
          message: `the label in column ${level + 1} stands below another one than in line ${known.line}`,
          hint: 'a label has one label at the next level: give one of the two another name',
        });
      }
    }
  }
  return [...problems, ...cycleOf(rows)];
}
