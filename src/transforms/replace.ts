import { z } from 'zod';
import { readTable, type TableProblem, type TableRow, tableFailure } from '../formats/small-table.ts';
import { Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import { defineTransform, INVALID, NEXT, type OptionProblem, type Resources, type Value } from './definition.ts';

const options = z.strictObject({
  map: z
    .record(z.string(), z.union([z.string(), z.null()]))
    .refine((map) => Object.keys(map).length > 0, 'needs at least one entry')
    .optional()
    .describe('What takes the place of each value: `{ M: male, F: female }`; `null` is no value.'),
  file: z
    .string()
    .min(1)
    .optional()
    .describe('In place of `map`: a CSV file with a header, relative to the policy, that has these pairs.'),
  from: z.string().min(1).optional().describe('With `file`: the column of the values, by its name in the header.'),
  to: z.string().min(1).optional().describe('With `file`: the column of what takes their place.'),
  delimiter: z
    .string()
    .regex(/^[\t\x20\x21\x23-\x7e]$/)
    .optional()
    .describe('With `file`: what stands between its columns; default: a comma.'),
  others: z
    .enum(['reject', 'redact', 'next'])
    .default('reject')
    .describe(
      'Values that are not listed: `reject` cannot read them (see `invalid`), `redact` leaves no value, `next` hands them ' +
        'on to the next transform as they stand, while what was replaced is final.',
    ),
});
type Options = z.output<typeof options>;

/** Values are compared byte for byte by their text: CSV `17` and JSON 17 are the same. The result is text. */
export const replace = defineTransform({
  name: 'replace',
  summary: 'Replace listed values by others: a code by its meaning, or a value by the code of a lookup table.',
  options,
  examples: [
    { options: { map: { M: 'male', F: 'female' } }, input: 'F', output: 'female' },
    { options: { map: { 9: null }, others: 'next' }, input: 9, output: null, note: '9 stands for no answer' },
    { options: { map: { M: 'male', F: 'female' }, others: 'redact' }, input: 'X', output: null },
  ],
  traits: (options) => ({
    kinds: ['category'],
    reversible: 'map',
    keeps: { format: 'no', order: 'no', uniqueness: isOneToOne(options) ? 'yes' : 'partly', distribution: 'partly' },
  }),
  files: ({ file }) => (file === undefined ? [] : [{ file, path: ['file'] }]),
  check: problemsOf,
  // A file is not known here; the leak check finds identifiers that it leaves as they are.
  leavesAsIs: ({ map, others }) =>
    others === 'next' || (map !== undefined && Object.entries(map).every(([from, to]) => from === to)),
  selective: ({ others }) => others === 'next',
  expects: ({ map, others }) =>
    others === 'reject' ? `${map === undefined ? 'the file' : '`map`'} does not list the value` : undefined,
  // The pairs may show values of the source.
  parameters: ({ map, others }) =>
    map === undefined ? { by: 'file', others } : { by: 'map', entries: Object.keys(map).length, others },
  bind(options, resources) {
    const pairs = new Map(pairsOf(options, resources));
    const other = ofOthers[options.others];
    return ({ text }) => {
      const found = pairs.get(text);
      return found === undefined ? other : found;
    };
  },
  bindBytes(options, resources) {
    const pairs = pairsOf(options, resources);
    const values = new Dictionary();
    for (const [from] of pairs) {
      const bytes = Buffer.from(from);
      values.code(bytes, 0, bytes.length);
    }
    const bytes = Buffer.from(pairs.map(([, to]) => to ?? '').join(''));
    const ends = new Int32Array(pairs.length + 1);
    pairs.forEach(([, to], code) => {
      ends[code + 1] = ends[code]! + Buffer.byteLength(to ?? '');
    });
    const kinds = Uint8Array.from(pairs, ([, to]) => (to === null ? Kind.null : Kind.text));
    const other = kindOfOthers[options.others];
    return (input, output) => {
      for (let i = 0; i < input.count; i++) {
        const code = values.find(input.bytes, input.start[i]!, input.end[i]!);
        if (code < 0) output.close(other, output.length);
        else output.copy(kinds[code] as Kind, bytes, ends[code]!, ends[code + 1]!);
      }
    };
  },
});

/** Does every value that can be read become another one? Of a file this is not known here. */
function isOneToOne({ map, others }: Options): boolean {
  if (map === undefined || others !== 'reject') return false;
  return new Set(Object.values(map)).size === Object.keys(map).length;
}

const ofOthers: Record<Options['others'], Value> = { reject: INVALID, redact: null, next: NEXT };
const kindOfOthers = { reject: Kind.invalid, redact: Kind.null, next: Kind.next } as const;

type Pair = readonly [from: string, to: string | null];

function problemsOf({ map, file, from, to, delimiter }: Options): OptionProblem[] {
  const hint = 'write `map: { OLD: new }`, or `file: PATH` with `from` and `to`';
  if (map === undefined && file === undefined) {
    return [{ path: [], message: '`replace` does not say what by what', hint }];
  }
  if (map !== undefined) {
    const beside = Object.entries({ file, from, to, delimiter }).filter(([, value]) => value !== undefined);
    return beside.map(([name]) => ({ path: [name], message: `\`${name}\` beside \`map\``, hint }));
  }
  const problems: OptionProblem[] = Object.entries({ from, to })
    .filter(([, column]) => column === undefined)
    .map(([name]) => ({ path: [], message: `\`replace\` needs \`${name}\``, hint: 'name a column of the file' }));
  if (from !== undefined && from === to) {
    problems.push({ path: ['to'], message: '`from` and `to` name the same column, so nothing would be replaced' });
  }
  return problems;
}

/** Each value once. Throws a Failure with all problems of the file. */
function pairsOf({ map, file = '', from = '', to = '', delimiter = ',' }: Options, resources: Resources): Pair[] {
  if (map !== undefined) return Object.entries(map);
  const [header, ...rows] = readTable(resources.file(file), file, delimiter);
  const columns = [from, to].map((name) => header!.cells.indexOf(name));
  const problems = [...headerProblems(header!, [from, to]), ...repeated(rows, columns[0]!)];
  if (rows.length === 0) problems.push({ line: header!.line, message: 'no row stands below the header' });
  if (problems.length > 0) throw tableFailure(file, problems);
  return rows.map(({ cells }) => [cells[columns[0]!]!, cells[columns[1]!]!]);
}

function headerProblems({ line, cells }: TableRow, names: readonly string[]): TableProblem[] {
  // The names in the header are not shown: it may be a row of values.
  const hint = 'the first line of the file names its columns; is `delimiter` right?';
  return names.flatMap((name) => {
    const found = cells.filter((cell) => cell === name).length;
    if (found === 1) return [];
    if (found > 1) return [{ line, message: `two columns of the header are named \`${name}\`` }];
    return [{ line, message: `the header has no column \`${name}\``, hint }];
  });
}

function repeated(rows: readonly TableRow[], column: number): TableProblem[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ line, cells }) => {
    const value = cells[column];
    if (value === undefined) return [];
    const before = seen.get(value);
    if (before === undefined) seen.set(value, line);
    return before === undefined ? [] : [{ line, message: `the value stands in line ${before} already` }];
  });
}
