import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { readDecimal, readSmallDecimal, writeUnits } from '../table/decimal.ts';
import { Microdata, type Variable } from '../table/microdata.ts';
import { defineTableTransform, type FieldType, type OptionProblem } from './definition.ts';
import { rowsOf, standsTwice } from './group-rows.ts';

const options = z.strictObject({
  k: z.int().min(2).max(10_000).describe('Smallest group: every result stands for at least so many values.'),
  with: z
    .string()
    .min(1)
    .optional()
    .describe('Name of a group: fields that name the same one are aggregated together, over the same records.'),
  to: z.enum(['mean', 'median']).default('mean').describe('What the values of a group become.'),
  decimals: z.int().min(0).max(15).optional().describe('Decimals of the result; default: the most that a value has.'),
});
type Options = z.output<typeof options>;

/**
 * Microaggregation (J. Domingo-Ferrer and J. M. Mateo-Sanz, "Practical data-oriented microaggregation for statistical disclosure
 * control", IEEE TKDE 14, 2002). How groups are found: `Microdata`. Null values stay null; records with nulls in other fields of the
 * group are aggregated apart, and where fewer than k have values in the same fields, these become null. Results are exact means of
 * doubles, rounded half away from zero; values are numbers below 10^15. Memory: 8 bytes a value, about 50 more while groups are found.
 */
export const microaggregate = defineTableTransform({
  name: 'microaggregate',
  summary: 'Replace numbers by the mean or median of a group of at least k that are close together.',
  options,
  examples: [
    { options: { k: 3 }, type: 'integer', input: '72', note: 'the mean of 3 to 5 neighbouring values' },
    {
      options: { k: 5, with: 'vitals' },
      input: 72,
      note: 'of 5 to 9 records that are alike in all fields of `vitals`',
    },
    { options: { k: 3, to: 'median', decimals: 1 }, input: '72', note: 'the median, with one decimal' },
  ],
  traits: (options) => ({
    kinds: ['number'],
    reversible: 'no',
    keeps: {
      format: 'yes',
      order: options.with === undefined ? 'yes' : 'partly',
      uniqueness: 'no',
      distribution: 'partly',
    },
  }),
  produces: ({ decimals }, type) =>
    decimals === 0 || (decimals === undefined && type === 'integer') ? 'integer' : 'number',
  check: typeProblems,
  group: (options) => (options.with === undefined ? undefined : { name: options.with, agrees: { k: options.k } }),
  bindTable(options, resources) {
    const { k, with: group } = options;
    const data = group === undefined ? new Microdata(k) : resources.shared(group, () => new Microdata(k));
    const rowOf = rowsOf(group, resources);
    const variable = data.join(options.to);
    let mostDecimals = 0;
    return {
      collect(input) {
        for (let i = 0; i < input.count; i++) {
          if (!readNumber(input, i, read)) continue;
          const row = rowOf(input.base + input.index[i]!);
          if (variable.has(row)) throw standsTwice(resources.field, row);
          variable.set(row, read.value);
          if (read.decimals > mostDecimals) mostDecimals = read.decimals;
        }
      },
      *finish() {
        yield* data.aggregate();
        if (variable.aggregated === 0 && variable.emptied > 0) throw tooFew(resources.field, k);
      },
      apply(input, output) {
        const decimals = options.decimals ?? mostDecimals;
        for (let i = 0; i < input.count; i++) {
          const row = rowOf(input.base + input.index[i]!);
          if (!readNumber(input, i, read) || !variable.has(row)) output.invalid();
          else writeResult(variable, row, decimals, input.kind[i] as Kind, output);
        }
      },
      figures: () => ({ groups: data.groups, leftEmpty: variable.emptied }),
    };
  },
});

/** A number and its decimals as written. */
interface Read {
  value: number;
  decimals: number;
}

const read: Read = { value: 0, decimals: 0 };
const small = { negative: false, mantissa: 0, decimals: 0 };

/** False for what is no number, or is one of 10^15 or more. */
function readNumber(input: Column, i: number, into: Read): boolean {
  const kind = input.kind[i];
  if (kind !== Kind.text && kind !== Kind.number) return false;
  if (readSmallDecimal(input.bytes, input.start[i]!, input.end[i]!, small)) {
    const magnitude = small.mantissa / 10 ** small.decimals;
    into.value = small.negative ? -magnitude : magnitude;
    into.decimals = small.decimals;
    return true;
  }
  const text = textAt(input, i);
  const value = readDecimal(text);
  into.value = Number(text);
  if (value === null || !(Math.abs(into.value) < 1e15)) return false;
  into.decimals = Math.min(15, Math.max(0, -value.exponent));
  return true;
}

function writeResult(variable: Variable, row: number, decimals: number, kind: Kind, output: ColumnBuffer): void {
  const value = variable.at(row);
  const units = Math.round(Math.abs(value) * 10 ** decimals);
  if (!Number.isFinite(value)) output.null();
  else if (units <= Number.MAX_SAFE_INTEGER) writeUnits(output, kind, value < 0 ? -units : units, decimals);
  else output.text(kind, value.toFixed(decimals));
}

function typeProblems({ decimals = 0 }: Options, type: FieldType | undefined): OptionProblem[] {
  if (type !== undefined && type !== 'integer' && type !== 'number') {
    return [{ path: [], message: `numbers are aggregated, and the field is of type ${type}` }];
  }
  if (type !== 'integer' || decimals === 0) return [];
  const hint = 'leave `decimals` out, or write `type: number`';
  return [{ path: ['decimals'], message: 'an integer has no decimals', hint }];
}

function tooFew(field: string, k: number): Error {
  return fail('DATA-VALUE', `the field has fewer than ${k} values to aggregate`, {
    place: { field },
    hint: 'take a smaller `k`, or drop the field; in a group, its values must stand in the same records as those of the others',
  });
}
