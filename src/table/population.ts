import { distributions, type FieldCounts, fieldCounts, histograms, type TextOf } from './class-histograms.ts';
import type { Classes } from './classes.ts';
import { Codes } from './codes.ts';
import { groupMultisets, type Multisets } from './multisets.ts';
import { type Coded, RecordCounts } from './record-counts.ts';
import { Tuples } from './tuples.ts';

/** The records of a batch as codes, and the unit of each record. */
export interface CodedRecords extends Coded {
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

/** Individuals of several records, one by one. */
export interface UnitRecords {
  /** By record: its individual, and its tuple. */
  readonly unitOf: Int32Array;
  readonly tupleOf: Int32Array;
  /** The classes when individual u is in class classOf[u] of `count`. */
  grouped(classOf: Int32Array, count: number): Population;
  /** The classes when record r counts as kindOf[r]: individuals are alike whose records count as the same. */
  counted(kindOf: Int32Array): UnitPopulation;
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
  /** Where an individual may have several records. */
  readonly units?: () => UnitRecords;
}

/** One record is one individual. Goes on from `counts`, whose numbers of tuples are the classes. */
export function recordCensus(
  width: number,
  sensitive: readonly string[],
  textOf: TextOf = noTexts,
  counts = RecordCounts.none(width, sensitive.length),
): Census {
  const { tuples, pairs } = counts;
  /** What does not change from one `joined` to the next. */
  let counted: { readonly sizes: Int32Array; readonly of: FieldCounts[] } | undefined;
  return {
    tuples,
    joined(classOf, count) {
      counted ??= { sizes: tuples.counts(), of: pairs.map(fieldCounts) };
      const { sizes, of } = counted;
      const size = new Int32Array(count);
      for (let t = 0; t < sizes.length; t++) size[classOf[t]!]! += sizes[t]!;
      return {
        individuals: counts.records,
        count,
        size: (c) => size[c]!,
        records: (c) => size[c]!,
        histogram: histograms(sensitive, of, count, classOf),
        distribution: distributions(sensitive, of, textOf),
        classOf(coded, r) {
          const tuple = tuples.find(coded.tuples, r * width);
          return tuple < 0 ? -1 : classOf[tuple]!;
        },
      };
    },
    add(coded, classes) {
      counted = undefined;
      counts.add(coded, classes);
    },
    finish() {
      const sizes = tuples.counts();
      const of = pairs.map(fieldCounts);
      return {
        individuals: counts.records,
        count: tuples.size,
        size: (c) => sizes[c]!,
        records: (c) => sizes[c]!,
        histogram: histograms(sensitive, of, tuples.size),
        distribution: distributions(sensitive, of, textOf),
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
    units: () => ({
      unitOf: unitOf.values(),
      tupleOf: tupleOf.values(),
      grouped,
      counted: populationOf,
    }),
  };

  /** `kindOf` is what a record counts as. */
  function populationOf(kindOf: Int32Array): UnitPopulation {
    const units = unitOf.values();
    const multisets = groupMultisets(units, kindOf);
    const { classOfUnit } = multisets;
    return {
      ...grouped(classOfUnit, multisets.count),
      multisets,
      recordsOfTuples(of) {
        const counts = new Int32Array(tuples.size);
        const tuple = tupleOf.values();
        for (let r = 0; r < units.length; r++) if (of[classOfUnit[units[r]!]!] === 1) counts[tuple[r]!]!++;
        return counts;
      },
    };
  }

  function grouped(classOfUnit: Int32Array, classes: number): Population {
    const units = unitOf.values();
    const size = new Int32Array(classes);
    for (const c of classOfUnit) if (c >= 0) size[c]!++;
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
      return fieldCounts(table);
    });
    return {
      individuals: size.reduce((sum, n) => sum + n, 0),
      count: classes,
      size: (c) => size[c]!,
      records: (c) => records[c]!,
      histogram: histograms(sensitive, pairs, classes),
      distribution: distributions(sensitive, pairs, textOf),
      classOf: (_coded, _r, number) => (number < units.length ? classOfUnit[units[number]!]! : -1),
    };
  }
}

const noTexts: TextOf = () => {
  throw new Error('the census was not told what its codes stand for');
};
