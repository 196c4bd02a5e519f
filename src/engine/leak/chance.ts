import { areDigits } from './fingerprint.ts';
import { shortestElsewhere, type Texts } from './matcher.ts';
import type { OwnValues } from './own-values.ts';
import type { SourceValues } from './source-values.ts';

/** Matches of one kind that chance does not explain. */
export interface Excess {
  /** Index of the identifier field; -1: a value of another record. */
  readonly field: number;
  readonly matches: number;
  /** 1-based record of the first match. */
  readonly firstRow: number;
}

const sampledWhole = 20_000;
const sampleEvery = 64;
const lengths = 256;

/**
 * The most matches that chance explains where it brings about E = `expected` of them. Matches of unrelated numbers are rare and many
 * could occur, so that their number X is Poisson distributed: P(X ≥ n) ≤ E^n / n!. False alarms are then about one in a thousand, or fewer:
 *
 * - E < 0.001: every match counts. P(X ≥ 1) ≤ E < 0.1 %.
 * - E < 0.05: more than one counts. P(X ≥ 2) ≤ E² / 2 < 0.125 %.
 * - else more than 4 E + 3 count. P(X > 4 E + 3) is greatest just below E = 0.5, where five are too many: 0.5^5 / 5! < 0.03 %. Real
 *   numbers are not uniform (years, prefixes), hence the room; a leaked column exceeds any such bound.
 */
export function mostByChance(expected: number): number {
  if (expected < 0.001) return 0;
  return expected < 0.05 ? 1 : 4 * expected + 3;
}

/**
 * Judges matches of all-digit values. A number of L digits equals another number of L digits with probability 10^-L, so among w
 * comparisons w / 10^L matches are expected without any leak; `mostByChance` of them count for nothing. The comparisons are counted
 * in the first 20,000 records and in every 64th behind them.
 */
export class ChanceCount {
  readonly #ownMatches: Int32Array;
  readonly #ownExpected: Float64Array;
  readonly #ownFirst: Int32Array;
  #otherMatches = 0;
  #otherFirst = 0;
  /** Runs of whole words in the output that are all digits, by their length; 31 stands for all longer ones. */
  readonly #runs = new Float64Array(32);
  #record = 0;

  constructor(fields: number) {
    this.#ownMatches = new Int32Array(fields);
    this.#ownExpected = new Float64Array(fields);
    this.#ownFirst = new Int32Array(fields);
  }

  /** What the next record counts for; 0: its comparisons are not to be counted. */
  next(): number {
    const record = this.#record++;
    return record < sampledWhole ? 1 : record % sampleEvery === 0 ? sampleEvery : 0;
  }

  /** Count the comparisons in text t, a record whose own values are `own`. */
  count(texts: Texts, t: number, weight: number, own: OwnValues, { filter: { hasLength } }: SourceValues): void {
    const { bytes, start } = texts;
    const count = texts.first[t + 1]!;
    for (let w = texts.first[t]!; w < count; w++) {
      const from = start[w]!;
      for (let next = w + 1; next <= count; next++) {
        const size = start[next]! - from;
        if (size >= lengths || !areDigits(bytes, start[next - 1]!, start[next]!)) break;
        if (size >= shortestElsewhere) {
          if (hasLength[size] === 1) this.#runs[Math.min(31, size)]! += weight;
          continue;
        }
        for (let v = 0; v < own.count; v++) {
          if (own.sizeOf(v) === size && own.isNumber(v)) this.#ownExpected[own.fieldOf(v)]! += weight * 10 ** -size;
        }
      }
    }
  }

  /** A number was found in its own record, the 1-based `row`. */
  own(field: number, row: number): void {
    if (this.#ownMatches[field]!++ === 0) this.#ownFirst[field] = row;
  }

  /** A number of another record was found. */
  other(row: number): void {
    if (this.#otherMatches++ === 0) this.#otherFirst = row;
  }

  judge(values: SourceValues): { readonly beyond: readonly Excess[]; readonly within: number } {
    const beyond: Excess[] = [];
    let within = 0;
    const weigh = (field: number, matches: number, expected: number, firstRow: number): void => {
      if (matches === 0) return;
      if (matches > mostByChance(expected)) beyond.push({ field, matches, firstRow });
      else within += matches;
    };
    this.#ownMatches.forEach((matches, f) => {
      weigh(f, matches, this.#ownExpected[f]!, this.#ownFirst[f]!);
    });
    let expected = 0;
    this.#runs.forEach((runs, size) => {
      expected += (runs * values.digitValues[size]!) / 10 ** size;
    });
    weigh(-1, this.#otherMatches, expected, this.#otherFirst);
    return { beyond, within };
  }
}
