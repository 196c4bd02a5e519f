import type { Classes, Distribution, Histogram } from './classes.ts';
import type { Tuples } from './tuples.ts';

/** How often the values of a sensitive field occur: in each class, and in all together. */
export interface FieldCounts {
  /** Pair p is value codes[p] in class classes[p], counts[p] times; each pair stands once. */
  readonly classes: Int32Array;
  readonly codes: Int32Array;
  readonly counts: Int32Array;
  readonly all: Omit<Distribution, 'text'>;
}

/** What code `code` of the s-th sensitive field stands for; null: no value. */
export type TextOf = (s: number, code: number) => string | null;

/** Of counted (class, code) pairs. */
export function fieldCounts(pairs: Tuples): FieldCounts {
  const [classes, codes] = pairs.columns() as [Int32Array, Int32Array];
  const counts = pairs.counts();
  const occurring = new Float64Array(codes.reduce((most, code) => Math.max(most, code), -1) + 1);
  let total = 0;
  for (let p = 0; p < codes.length; p++) {
    occurring[codes[p]!]! += counts[p]!;
    total += counts[p]!;
  }
  const present = Int32Array.from(occurring.keys()).filter((code) => occurring[code]! > 0);
  return { classes, codes, counts, all: { codes: present, counts: occurring, total } };
}

/** For each sensitive field, how often each value occurs in all classes together. */
export function distributions(
  fields: readonly string[],
  of: readonly FieldCounts[],
  textOf: TextOf,
): Classes['distribution'] {
  return (field) => {
    const s = fields.indexOf(field);
    return { ...counted(of, s, field).all, text: (code) => textOf(s, code) };
  };
}

/**
 * For each sensitive field, the histogram of each class; `classOf` says to which of `classes` those of a class go, else it stays itself.
 * Counted when first asked for.
 */
export function histograms(
  fields: readonly string[],
  of: readonly FieldCounts[],
  classes: number,
  classOf?: Int32Array,
): Classes['histogram'] {
  const known = new Map<string, (c: number) => Histogram>();
  return (field, c) => {
    let histogram = known.get(field);
    if (histogram === undefined) {
      histogram = byClass(counted(of, fields.indexOf(field), field), classes, classOf);
      known.set(field, histogram);
    }
    return histogram(c);
  };
}

function counted(of: readonly FieldCounts[], s: number, field: string): FieldCounts {
  const counts = of[s];
  if (counts === undefined) throw new Error(`no histogram was counted for ${field}`);
  return counts;
}

/** Pairs sorted by class, and equal ones of a class added up: a search asks for this thousands of times. */
function byClass(
  { classes: from, codes: values, counts: of, all }: FieldCounts,
  classes: number,
  classOf: Int32Array | undefined,
): (c: number) => Histogram {
  const first = new Int32Array(classes + 1);
  for (let p = 0; p < from.length; p++) first[(classOf === undefined ? from[p]! : classOf[from[p]!]!) + 1]!++;
  for (let c = 0; c < classes; c++) first[c + 1]! += first[c]!;
  const end = first.slice(0, classes);
  const codes = new Int32Array(from.length);
  const counts = new Int32Array(from.length);
  for (let p = 0; p < from.length; p++) {
    const at = end[classOf === undefined ? from[p]! : classOf[from[p]!]!]!++;
    codes[at] = values[p]!;
    counts[at] = of[p]!;
  }
  if (classOf !== undefined) {
    /** Where a value stands in the class that is looked at; what stands before its first place is of another class. */
    const placeOf = new Int32Array(all.counts.length).fill(-1);
    for (let c = 0; c < classes; c++) {
      const begin = first[c]!;
      let to = begin;
      for (let at = begin; at < end[c]!; at++) {
        const code = codes[at]!;
        const place = placeOf[code]!;
        if (place >= begin) counts[place]! += counts[at]!;
        else {
          placeOf[code] = to;
          codes[to] = code;
          counts[to++] = counts[at]!;
        }
      }
      end[c] = to;
    }
  }
  return (c) => ({ codes: codes.subarray(first[c]!, end[c]!), counts: counts.subarray(first[c]!, end[c]!) });
}
