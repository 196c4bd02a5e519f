import { z } from 'zod';
import { unit53 } from '../crypto/addressed-random.ts';
import { Kind } from '../table/column.ts';
import { type Decimal, readDecimal, shortestDecimal } from '../table/decimal.ts';
import { Dictionary } from '../table/dictionary.ts';
import { defineTransform, type FieldType, INVALID, Numeral, type OptionProblem } from './definition.ts';

const category = z.union([z.string(), z.number(), z.boolean()]);
const probability = z.number().min(0).max(1);

const options = z.strictObject({
  keep: probability
    .optional()
    .describe('Probability that a value stays; otherwise it becomes one of the other `values`, each as likely.'),
  values: z.array(category).min(2).optional().describe('With `keep`: all values that there are.'),
  matrix: z
    .record(z.string(), z.record(z.string(), probability))
    .refine((matrix) => Object.keys(matrix).length > 1, 'needs at least two rows')
    .optional()
    .describe(
      'In place of `keep`: for each value the probabilities of what it becomes, `{ A: { A: 0.8, B: 0.2 }, B: { B: 1 } }`. Each row sums to 1.',
    ),
});
type Options = z.output<typeof options>;

/**
 * Post-randomization (Gouweleeuw, Kooiman, Willenborg, de Wolf, "Post Randomisation for Statistical Disclosure Control: Theory and
 * Implementation", Journal of Official Statistics 14, 1998): each value becomes another with known probabilities, independently of all
 * others, so that who knows the matrix, which the manifest states, can estimate the true counts. Values are told apart by their text.
 * Probabilities of n values are met to n × 2^-52.
 */
export const pram = defineTransform({
  name: 'pram',
  summary:
    'Change categories at random with known probabilities (post-randomization), so that counts can still be estimated.',
  options,
  examples: [
    { options: { keep: 0.8, values: ['A', 'B', 'C'] }, input: 'A', note: '`A` in 8 of 10 records, else `B` or `C`' },
    {
      options: { matrix: { yes: { yes: 0.9, no: 0.1 }, no: { yes: 0.05, no: 0.95 } } },
      input: 'no',
      note: '`yes` in 1 of 20 records',
    },
  ],
  traits: {
    kinds: ['category'],
    reversible: 'no',
    keeps: { format: 'yes', order: 'no', uniqueness: 'no', distribution: 'partly' },
  },
  deterministic: false,
  random: true,
  check: problemsOf,
  leavesAsIs: (options) => {
    const rows = rowsOf(options);
    return Object.keys(rows).every((value) => probabilityOf(rows, value, value) === 1);
  },
  produces: (options, type) => (isNumeric(options, type) ? type : 'string'),
  expects: () => '`pram` changes the values that it lists, and this is none',
  bind(options, resources) {
    const { find, labels, numbers, draw } = transitionsOf(options);
    const random = resources.random(technique, drawBytes);
    return ({ text, kind, ordinal }) => {
      const bytes = Buffer.from(text);
      const row = find.find(bytes, 0, bytes.length);
      if (row < 0) return INVALID;
      const at = random.at(ordinal);
      const label = labels[draw(row, unit53(random.bytes, at))]!;
      return numbers && kind === Kind.number ? new Numeral(label) : label;
    };
  },
  bindBytes(options, resources) {
    const { find, labels, numbers, draw } = transitionsOf(options);
    const texts = labels.map((label) => Buffer.from(label));
    const random = resources.random(technique, drawBytes);
    return (input, output) => {
      for (let i = 0; i < input.count; i++) {
        const row = find.find(input.bytes, input.start[i]!, input.end[i]!);
        if (row < 0) {
          output.invalid();
          continue;
        }
        const at = random.at(input.base + input.index[i]!);
        const text = texts[draw(row, unit53(random.bytes, at))]!;
        output.copy(numbers && input.kind[i] === Kind.number ? Kind.number : Kind.text, text, 0, text.length);
      }
    };
  },
});

const technique = 'pram';
const drawBytes = 8;

interface Transitions {
  readonly labels: readonly string[];
  /** The row of a value: its position in `labels`. */
  readonly find: Dictionary;
  /** All labels are numbers, so that JSON numbers stay numbers: what did not change must not be told by its kind. */
  readonly numbers: boolean;
  /** The position of what takes the place of `row`, given a number uniform in (0, 1). */
  draw(row: number, unit: number): number;
}

function transitionsOf(options: Options): Transitions {
  const rows = rowsOf(options);
  const labels = Object.keys(rows);
  const find = new Dictionary();
  for (const label of labels) {
    const bytes = Buffer.from(label);
    find.code(bytes, 0, bytes.length);
  }
  const cumulative = labels.map((from) => cumulativeOf(labels.map((to) => probabilityOf(rows, from, to))));
  return {
    labels,
    find,
    numbers: labels.every(isJsonNumber),
    draw(row, unit) {
      const bounds = cumulative[row]!;
      let at = 0;
      while (unit >= bounds[at]!) at++;
      return at;
    },
  };
}

/** Sums of the probabilities up to each; the last that is not zero reaches 1, so that no draw goes beyond it. */
function cumulativeOf(probabilities: readonly number[]): Float64Array {
  let sum = 0;
  const bounds = Float64Array.from(probabilities, (p) => (sum += p));
  const last = probabilities.findLastIndex((p) => p > 0);
  return bounds.fill(1, last);
}

type Rows = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a row does not name is never reached. */
function probabilityOf(rows: Rows, from: string, to: string): number {
  const row = rows[from]!;
  return Object.hasOwn(row, to) ? row[to]! : 0;
}

/** The rows of the matrix, whichever way it is written. */
function rowsOf({ keep = 1, values = [], matrix }: Options): Rows {
  if (matrix !== undefined) return matrix;
  const labels = values.map(String);
  const other = (1 - keep) / (labels.length - 1);
  return Object.fromEntries(
    labels.map((from) => [from, Object.fromEntries(labels.map((to) => [to, from === to ? keep : other]))]),
  );
}

function problemsOf({ keep, values, matrix }: Options): OptionProblem[] {
  const hint = 'write `keep: 0.8` and `values: [A, B]`, or `matrix`';
  if (matrix !== undefined) {
    const beside = Object.entries({ keep, values }).filter(([, value]) => value !== undefined);
    if (beside.length > 0)
      return beside.map(([name]) => ({ path: [name], message: `\`${name}\` beside \`matrix\``, hint }));
    return matrixProblems(matrix);
  }
  if (keep === undefined && values === undefined) {
    return [{ path: [], message: '`pram` does not say with which probabilities', hint }];
  }
  if (keep === undefined) return [{ path: [], message: '`values` without `keep`', hint }];
  if (values === undefined) return [{ path: [], message: '`keep` without `values`', hint }];
  return values.flatMap((value, i) =>
    values.slice(0, i).some((before) => String(before) === String(value))
      ? [{ path: ['values', i], message: 'the value stands in the list already' }]
      : [],
  );
}

function matrixProblems(matrix: NonNullable<Options['matrix']>): OptionProblem[] {
  return Object.entries(matrix).flatMap(([from, row]) => {
    const problems: OptionProblem[] = Object.keys(row)
      .filter((to) => !Object.hasOwn(matrix, to))
      .map((to) => ({
        path: ['matrix', from, to],
        message: `\`${to}\` has no row`,
        hint: 'give a row to every value, such as `X: { X: 1 }`',
      }));
    if (!sumsToOne(Object.values(row))) {
      problems.push({ path: ['matrix', from], message: 'the probabilities of this row do not sum to 1' });
    }
    return problems;
  });
}

/** By the decimals that the policy shows: 0.7 + 0.2 + 0.1 is 1, whatever the doubles say. */
function sumsToOne(probabilities: readonly number[]): boolean {
  const decimals = probabilities.map((p): Decimal => readDecimal(String(p))!);
  const places = Math.max(0, ...decimals.map(({ exponent }) => -exponent));
  const units = decimals.map(({ digits, exponent }) => BigInt(digits || '0') * 10n ** BigInt(places + exponent));
  return units.reduce((sum, unit) => sum + unit, 0n) === 10n ** BigInt(places);
}

/** Are all results values of this numeric type? */
function isNumeric(options: Options, type: FieldType | undefined): boolean {
  const labels = Object.keys(rowsOf(options));
  if (type === 'integer') return labels.every((label) => isJsonNumber(label) && !shortestDecimal(label)!.includes('.'));
  return type === 'number' && labels.every(isJsonNumber);
}

/** RFC 8259 §6. */
function isJsonNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) && readDecimal(text) !== null;
}
