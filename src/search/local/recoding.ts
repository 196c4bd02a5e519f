import type { LocalClasses } from './classes.ts';
import type { Stratum } from './stratum.ts';

/** Classes of tuples; in field i all tuples of class c bear their label at levels[begin[c] + i]. */
export interface LocalRecoding {
  readonly count: number;
  /** classOf[s][t]: the class of tuple t of stratum s. */
  readonly classOf: readonly Int32Array[];
  readonly levels: Uint8Array;
  /** One more than there are classes: the last is the number of all levels. */
  readonly begin: Int32Array;
  /** The work was spent before nothing more was found to be made better. */
  readonly spent: boolean;
}

/** The label of class c in field i, of `width(c)`, is that of `value` at `level`. */
export interface ClassLabels {
  width(c: number): number;
  value(c: number, i: number): number;
  level(c: number, i: number): number;
}

/** The labels of classes, each from a tuple of it. */
export function labelsOf(strata: readonly Pick<Stratum, 'table'>[], recoding: LocalRecoding): ClassLabels {
  const { count, classOf, levels, begin } = recoding;
  const stratum = new Int32Array(count);
  const example = new Int32Array(count);
  classOf.forEach((of, s) => {
    for (let t = 0; t < of.length; t++) {
      stratum[of[t]!] = s;
      example[of[t]!] = t;
    }
  });
  return {
    width: (c) => begin[c + 1]! - begin[c]!,
    value: (c, i) => strata[stratum[c]!]!.table.values[i]![example[c]!]!,
    level: (c, i) => levels[begin[c]! + i]!,
  };
}

/** The classes of all strata that were not given up, numbered anew. */
export function recodingOf(parts: readonly LocalClasses[], spent: boolean): LocalRecoding {
  const kept = parts.map(({ size }) => size.reduce((sum, records) => sum + (records > 0 ? 1 : 0), 0));
  const count = kept.reduce((sum, of) => sum + of, 0);
  const begin = new Int32Array(count + 1);
  const levels = new Uint8Array(parts.reduce((sum, { width }, s) => sum + width * kept[s]!, 0));
  let next = 0;
  const classOf = parts.map((part) => {
    const numbers = new Int32Array(part.count);
    for (let c = 0; c < part.count; c++) {
      if (part.size[c] === 0) continue;
      levels.set(part.levels.subarray(c * part.width, (c + 1) * part.width), begin[next]!);
      begin[next + 1] = begin[next]! + part.width;
      numbers[c] = next++;
    }
    return part.classOf.map((c) => numbers[c]!);
  });
  return { count, classOf, levels, begin, spent };
}
