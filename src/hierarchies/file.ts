import { z } from 'zod';
import { encodings } from '../formats/encodings/index.ts';
import { decodeTable, readTable, type TableRow, tableFailure } from '../formats/small-table.ts';
import { defineHierarchy, type Hierarchy, root } from './definition.ts';
import { buildListed } from './listed.ts';
import { delimiterPattern, problemsOf } from './table-problems.ts';

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
      .regex(delimiterPattern)
      .default(';')
      .describe('What stands between the columns: one ASCII character.'),
    encoding: z.enum(encodings.names).default('utf-8').describe('Encoding of the file.'),
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
  build(options, bytesOf) {
    const text = decodeTable(bytesOf(options.file), options.file, encodings.get(options.encoding)!);
    return buildTable(readTable(text, options.file, options.delimiter), options);
  },
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
