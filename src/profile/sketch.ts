import { hashBytes } from '../table/hash.ts';

/** Distinct values that a sketch keeps. */
export const sketchSize = 1024;
/** Characters of a value that it keeps. */
const longest = 400;

/** A distinct value of a field. */
export interface SketchedValue {
  readonly text: string;
  /** How often it stands in the field. */
  count: number;
  readonly hash: number;
}

/**
 * The distinct values with the smallest hashes: a uniform sample of the distinct values whatever their order and frequency, each with its
 * exact count, in bounded memory. Two fields sample alike, so that samples tell how much of one is in the other.
 * Beyer, Haas, Reinwald, Sismanis, Gemulla, "On synopses for distinct-value estimation under multiset operations", SIGMOD 2007, §3.
 */
export class Sketch {
  readonly #kept = new Map<string, SketchedValue>();
  /** 53 bits; a value with a greater hash is not among the smallest. */
  #limit = Number.POSITIVE_INFINITY;
  #overflowed = false;

  add(text: string): void {
    // A long value is told apart by its hash, and shown to recognizers by its beginning.
    const isLong = text.length > longest;
    const long = isLong ? hashOf(text) : 0;
    const shown = isLong ? text.slice(0, longest) : text;
    const key = isLong ? `${shown} ${long}` : text;
    const known = this.#kept.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const hash = isLong ? long : hashOf(text);
    if (hash > this.#limit) {
      this.#overflowed = true;
      return;
    }
    this.#kept.set(key, { text: shown, count: 1, hash });
    if (this.#kept.size >= 2 * sketchSize) this.#shrink();
  }

  /** Those with the smallest hashes, in the order of these: at most `sketchSize`. */
  get values(): readonly SketchedValue[] {
    if (this.#kept.size > sketchSize) this.#shrink();
    return [...this.#kept.values()].sort((a, b) => a.hash - b.hash);
  }

  /** Distinct values: exact, or the unbiased estimate (k − 1) / (k-th smallest hash) with a standard error of about 3 %. */
  get distinct(): { readonly count: number; readonly exact: boolean } {
    const { values } = this;
    if (!this.#overflowed) return { count: values.length, exact: true };
    return { count: Math.round(((values.length - 1) / (values.at(-1)!.hash + 1)) * hashes), exact: false };
  }

  #shrink(): void {
    const sorted = [...this.#kept].sort(([, a], [, b]) => a.hash - b.hash);
    this.#limit = sorted[sketchSize - 1]![1].hash;
    this.#overflowed = true;
    for (const [key] of sorted.slice(sketchSize)) this.#kept.delete(key);
  }
}

/**
 * Estimated share of the distinct values of `part` that are values of `whole` too: of those of `part` below the greatest hash that both
 * samples reach. Undefined where none is.
 */
export function containment(part: Sketch, whole: Sketch): number | undefined {
  const all = whole.values;
  const reach = whole.distinct.exact ? Number.POSITIVE_INFINITY : (all.at(-1)?.hash ?? -1);
  const known = new Set(all.map(({ hash }) => hash));
  const compared = part.values.filter(({ hash }) => hash <= reach);
  if (compared.length === 0) return undefined;
  return compared.filter(({ hash }) => known.has(hash)).length / compared.length;
}

const hashes = 2 ** 53;

function hashOf(text: string): number {
  const bytes = Buffer.from(text);
  const high = hashBytes(bytes, 0, bytes.length, 0x9e3779b9);
  const low = hashBytes(bytes, 0, bytes.length, 0x7f4a7c15);
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}
