import type { Classes, Distribution, Histogram } from './classes.ts';
import { Codes } from './codes.ts';
import { groupMultisets, type Multisets } from './multisets.ts';
import { Tuples } from './tuples.ts';

/** The records of a batch as codes: tuples[r * width + d], one sensitive column for each sensitive field, unit of each record. */
export interface CodedRecords {
  readonly records: number;
  readonly tuples: Int32Array;
  readonly sensitive: readonly Int32Array[];
  readonly units: Int32Array | undefined;
}

/** The classes of a table, and which of them a record belongs to. */
export interface Population extends Classes {
  /** Individuals in all. */
  readonly individuals: number;
  /** Class of record r of `coded`, which is record `number` of the table; -1 when it was not counted. */
  classOf(coded: CodedRecords, r: number, number: number): number;
  /**
   * The same classes when those for which `left` is 1 are left out; only where that changes what others are, as they match beyond their
   * own class.
   */
  readonly without?: (left: Uint8Array) => Population;
  /**
   * Where individuals may have several records: class c is multiset c of what its records count as. That is the number of their tuple, or
   * of what it was joined into.
   */
  readonly multisets?: Pick<Multisets, 'kinds' | 'find'>;
}

/** Classes of individuals of several records. */
export interface UnitPopulation extends Population {
  readonly multisets: Pick<Multisets, 'kinds' | 'find'>;
  /** Records of each tuple that belong to individuals of the classes for which `of[c]` is 1. */
  recordsOfTuples(of: Uint8Array): Int32Array;
}

/** Counts classes batch by batch. */
export interface Census<P extends Population = Population> {
  /** The distinct tuples of the records so far, with the number of records of each; where one record is one individual, by class. */
  readonly tuples: Tuples;
  /** Where one record is one individual, `classes[r]` becomes the class of record r. */
  add(coded: CodedRecords, classes?: Int32Array): void;
  finish(): P;
  /**
   * The classes when some tuples are made equal: tuple t, which is the class that `add` told, becomes number classOf[t] of `count`. Where
   * one record is one individual these numbers are the classes.
   */
  joined(classOf: Int32Array, count: number): P;
}

/** What code `code` of the s-th sensitive field stands for; null: no value. */
export type TextOf = (s: number, code: number) => string | null;

/** One record is one individual: memory grows with the number of distinct tuples only. */
export function recordCensus(width: number, sensitive: readonly string[], textOf: TextOf = noTexts): Census {
  const tuples = new Tuples(width);
  const pairs = sensitive.map(() => new Tuples(2));
  const pair = new Int32Array(2);
  let numbers = new Int32Array(0);
  let individuals = 0;
  return {
    tuples,
    joined(classOf, count) {
      const size = new Int32Array(count);
      const counts = tuples.counts();
      for (let t = 0; t < counts.length; t++) size[classOf[t]!]! += counts[t]!;
      return {
        individuals,
        count,
        size: (c) => size[c]!,
        records: (c) => size[c]!,
        histogram: histograms(sensitive, pairs, count, classOf),
        distribution: distributions(sensitive, pairs, textOf),
        classOf(coded, r) {
          const tuple = tuples.find(coded.tuples, r * width);
          return tuple < 0 ? -1 : classOf[tuple]!;
        },
      };
    },
    add(coded, classes) {
      individuals += coded.records;
      if (classes === undefined && numbers.length < coded.records) numbers = new Int32Array(2 * coded.records);
      const classOf = classes ?? numbers;
      tuples.addAll(coded.tuples, coded.records, classOf);
      for (let s = 0; s < pairs.length; s++) {
        for (let r = 0; r < coded.records; r++) {
          pair[0] = classOf[r]!;
          pair[1] = coded.sensitive[s]![r]!;
          pairs[s]!.add(pair, 0);
        }
      }
    },
    finish() {
      const sizes = tuples.counts();
      return {
        individuals,
        count: tuples.size,
        size: (c) => sizes[c]!,
        records: (c) => sizes[c]!,
        histogram: histograms(sensitive, pairs, tuples.size),
        distribution: distributions(sensitive, pairs, textOf),
        classOf: (coded, r) => tuples.find(coded.tuples, r * width),
      };
    },
  };
}

/**
 * An individual is a unit with all its records; its class is the multiset of their tuples. Memory: 8 bytes for each record, and
 * 4 more for each sensitive field.
 */
export function unitCensus(
  width: number,
  sensitive: readonly string[],
  textOf: TextOf = noTexts,
): Census<UnitPopulation> {
  const tuples = new Tuples(width);
  const unitOf = new Codes();
  const tupleOf = new Codes();
  const sensitiveOf = sensitive.map(() => new Codes());
  return {
    tuples,
    add(coded) {
      for (let r = 0; r < coded.records; r++) {
        unitOf.push(coded.units![r]!);
        tupleOf.push(tuples.add(coded.tuples, r * width));
        for (let s = 0; s < sensitive.length; s++) sensitiveOf[s]!.push(coded.sensitive[s]![r]!);
      }
    },
    finish: () => populationOf(tupleOf.values()),
    joined: (classOf) => populationOf(tupleOf.values().map((t) => classOf[t]!)),
  };

  /** `kindOf` is what a record counts as. */
  function populationOf(kindOf: Int32Array): UnitPopulation {
    const units = unitOf.values();
    const multisets = groupMultisets(units, kindOf);
    const { classOfUnit, count: classes, size } = multisets;
    const records = new Int32Array(classes);
    for (const unit of units) records[classOfUnit[unit]!]!++;
    const pair = new Int32Array(2);
    const pairs = sensitiveOf.map((codes) => {
      const table = new Tuples(2);
      const values = codes.values();
      for (let r = 0; r < units.length; r++) {
        pair[0] = classOfUnit[units[r]!]!;
        pair[1] = values[r]!;
        table.add(pair, 0);
      }
      return table;
    });
    return {
      individuals: size.reduce((sum, n) => sum + n, 0),
      count: classes,
      size: (c) => size[c]!,
      records: (c) => records[c]!,
      histogram: histograms(sensitive, pairs, classes),
      distribution: distributions(sensitive, pairs, textOf),
      multisets,
      classOf: (_coded, _r, number) => (number < units.length ? classOfUnit[units[number]!]! : -1),
      recordsOfTuples(of) {
        const counts = new Int32Array(tuples.size);
        const tuple = tupleOf.values();
        for (let r = 0; r < units.length; r++) if (of[classOfUnit[units[r]!]!] === 1) counts[tuple[r]!]!++;
        return counts;
      },
    };
  }
}

const noTexts: TextOf = () => {
  throw new Error('the census was not told what its codes stand for');
};

/** For each sensitive field, how often each value occurs in all classes together. Counted when first asked for. */
function distributions(fields: readonly string[], pairs: readonly Tuples[], textOf: TextOf): Classes['distribution'] {
  const counted = new Map<string, Distribution>();
  return (field) => {
    let distribution = counted.get(field);
    if (distribution === undefined) {
      const s = fields.indexOf(field);
      const table = pairs[s];
      if (table === undefined) throw new Error(`no histogram was counted for ${field}`);
      distribution = { ...totals(table), text: (code) => textOf(s, code) };
      counted.set(field, distribution);
    }
    return distribution;
  };
}

function totals(pairs: Tuples): Omit<Distribution, 'text'> {
  let most = -1;
  for (let p = 0; p < pairs.size; p++) most = Math.max(most, pairs.codeAt(p, 1));
  const counts = new Float64Array(most + 1);
  let total = 0;
  for (let p = 0; p < pairs.size; p++) {
    counts[pairs.codeAt(p, 1)]! += pairs.count(p);
    total += pairs.count(p);
  }
  return { codes: Int32Array.from(counts.keys()).filter((code) => counts[code]! > 0), counts, total };
}

/**
 * For each sensitive field, its (class, value) pairs grouped by class; `classOf` says to which class those of a class go. Grouped when
 * first asked for.
 */
function histograms(
  fields: readonly string[],
  pairs: readonly Tuples[],
  classes: number,
  classOf?: Int32Array,
): Classes['histogram'] {
  const grouped = new Map<string, (c: number) => Histogram>();
  return (field, c) => {
    let of = grouped.get(field);
    if (of === undefined) {
      const table = pairs[fields.indexOf(field)];
      if (table === undefined) throw new Error(`no histogram was counted for ${field}`);
      of = groupByClass(classOf === undefined ? countsOf(table) : joinedCounts(table, classOf), classes);
      grouped.set(field, of);
    }
    return of(c);
  };
}

/** Distinct (class, value) pairs and how often each occurs. */
interface PairCounts {
  readonly pairs: Tuples;
  readonly counts: Int32Array;
}

function countsOf(pairs: Tuples): PairCounts {
  return { pairs, counts: pairs.counts() };
}

function joinedCounts(pairs: Tuples, classOf: Int32Array): PairCounts {
  const joined = new Tuples(2);
  const counts = new Int32Array(pairs.size);
  const pair = new Int32Array(2);
  for (let p = 0; p < pairs.size; p++) {
    pair[0] = classOf[pairs.codeAt(p, 0)]!;
    pair[1] = pairs.codeAt(p, 1);
    counts[joined.add(pair, 0)]! += pairs.count(p);
  }
  return { pairs: joined, counts };
}

function groupByClass({ pairs, counts: of }: PairCounts, classes: number): (c: number) => Histogram {
  const first = new Int32Array(classes + 1);
  for (let p = 0; p < pairs.size; p++) first[pairs.codeAt(p, 0) + 1]!++;
  for (let c = 0; c < classes; c++) first[c + 1]! += first[c]!;
  const next = first.slice();
  const codes = new Int32Array(pairs.size);
  const counts = new Int32Array(pairs.size);
  for (let p = 0; p < pairs.size; p++) {
    const at = next[pairs.codeAt(p, 0)]!++;
    codes[at] = pairs.codeAt(p, 1);
    counts[at] = of[p]!;
  }
  return (c) => ({
    codes: codes.subarray(first[c]!, first[c + 1]!),
    counts: counts.subarray(first[c]!, first[c + 1]!),
  });
}
