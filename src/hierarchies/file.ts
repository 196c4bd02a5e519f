import { z } from 'zod';
import { readTable, type TableProblem, type TableRow, tableFailure } from '../formats/small-table.ts';
import { defineHierarchy, type Hierarchy, root } from './definition.ts';
import { buildListed } from './listed.ts';

/**
 * The form of ARX (Prasser, Eicher, Spengler, Bild, Kuhn, "Flexible data anonymization using ARX", Software: Practice and Experience
 * 50, 2020): a CSV file without header, a row for each value, from the value to ever more general labels.
 */
export const file = defineHierarchy({
  name: 'file',
  summary:
    'Values by a table: each row has a value, then its label at level 1, at level 2 and so on, as ARX writes it.',
  options: z.strictObject({
    file: z.string().min(1).describe('CSV file without header, relative to the policy: `value;level 1;level 2`.'),
    delimiter: z
      .string()
      .regex(/^[\t\x20\x21\x23-\x7e]$/)
      .default(';')
      .describe('What stands between the columns: one ASCII character.'),
  }),
  examples: [
    {
      options: { file: './workclass.csv' },
      files: { './workclass.csv': 'Private;Non-Government;*\nState-gov;Government;*\n' },
      input: 'State-gov',
      levels: ['State-gov', 'Government', root],
    },
  ],
  files: (options) => [options.file],
  build: (options, bytesOf) => buildTable(readTable(bytesOf(options.file), options.file, options.delimiter), options),
});

function buildTable(rows: readonly TableRow[], options: { file: string; delimiter: string }): Hierarchy {
  const problems = problemsOf(rows, options.delimiter);
  if (problems.length > 0) throw tableFailure(options.file, problems);
  const columns = rows[0]!.cells.map((_, i) => rows.map(({ cells }) => cells[i]!));
  const [values = [], ...labels] = columns;
  // The highest level is one label for all.
  if (new Set(labels.at(-1)).size > 1) labels.push(values.map(() => root));
  return buildListed(values, labels);
}

/** Each value once; each label below one label of the next level only. */
function problemsOf(rows: readonly TableRow[], delimiter: string): TableProblem[] {
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
  return problems;
}
