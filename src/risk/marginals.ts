import type { FieldValues } from '../engine/coder.ts';
import { Kind } from '../table/column.ts';
import { readDecimal, readSmallDecimal, type SmallDecimal } from '../table/decimal.ts';
import { Dictionary } from '../table/dictionary.ts';

/** The distribution of each field of a file, and the correlations of those that hold numbers. */
export interface Marginals {
  add(records: number, values: readonly FieldValues[]): void;
  /** How often each value of field f occurs, nulls as one value. */
  counts(f: number): ReadonlyMap<string, number>;
  /** The numbers of field f, ascending, with how often each occurs; null where a value is no number, or all are null. */
  numbers(f: number): readonly (readonly [value: number, count: number])[] | null;
  /** Pearson's correlation of two fields of numbers over the records that have both; null where one is constant. */
  correlation(f: number, g: number): number | null;
}

/** Memory: the distinct values of each field. */
export function createMarginals(fields: number): Marginals {
  const dictionaries = Array.from({ length: fields }, () => new Dictionary());
  const counts: number[][] = dictionaries.map(() => []);
  const numbers: number[][] = dictionaries.map(() => []);
  const nulls = dictionaries.map(() => 0);
  const moments = Array.from({ length: fields * fields }, createMoments);
  return {
    add(records, values) {
      const rows = values.map(({ cells }, f) => {
        const row = new Float64Array(records).fill(Number.NaN);
        const dictionary = dictionaries[f]!;
        for (let i = 0; i < cells.count; i++) {
          if (cells.kind[i] === Kind.null) continue;
          const code = dictionary.code(cells.bytes, cells.start[i]!, cells.end[i]!);
          if (code === numbers[f]!.length) {
            numbers[f]!.push(numberOf(cells.bytes, cells.start[i]!, cells.end[i]!));
            counts[f]!.push(0);
          }
          counts[f]![code]!++;
          row[cells.record[i]!] = numbers[f]![code]!;
        }
        nulls[f]! += records - cells.count + cells.nulls;
        return row;
      });
      for (let f = 0; f < fields; f++) {
        for (let g = f + 1; g < fields; g++) moments[f * fields + g]!.add(rows[f]!, rows[g]!);
      }
    },
    counts(f) {
      const found = new Map(counts[f]!.map((count, code) => [`=${dictionaries[f]!.text(code)}`, count]));
      return nulls[f]! === 0 ? found : found.set('', nulls[f]!);
    },
    numbers(f) {
      const all = numbers[f]!;
      if (all.length === 0 || all.some(Number.isNaN)) return null;
      return all.map((value, code) => [value, counts[f]![code]!] as const).sort(([a], [b]) => a - b);
    },
    correlation: (f, g) => moments[Math.min(f, g) * fields + Math.max(f, g)]!.correlation(),
  };
}

const small: SmallDecimal = { negative: false, mantissa: 0, decimals: 0 };

function numberOf(bytes: Buffer, from: number, to: number): number {
  if (readSmallDecimal(bytes, from, to, small)) {
    return ((small.negative ? -1 : 1) * small.mantissa) / 10 ** small.decimals;
  }
  const text = bytes.toString('latin1', from, to);
  return readDecimal(text) === null ? Number.NaN : Number(text);
}

/** Means and co-moments in one pass: Welford, Note on a method for calculating corrected sums of squares, Technometrics 4, 1962. */
function createMoments() {
  let n = 0;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  return {
    add(xs: Float64Array, ys: Float64Array) {
      for (let r = 0; r < xs.length; r++) {
        const [x, y] = [xs[r]!, ys[r]!];
        if (Number.isNaN(x) || Number.isNaN(y)) continue;
        n++;
        const dx = x - meanX;
        const dy = y - meanY;
        meanX += dx / n;
        meanY += dy / n;
        xx += dx * (x - meanX);
        yy += dy * (y - meanY);
        xy += dx * (y - meanY);
      }
    },
    correlation: () => (xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null),
  };
}
