import type { Grouping } from '../grouping.ts';
import type { Labels, Levels, SearchTable } from '../space.ts';

/** A generalization of a table, and what of it is suppressed. */
export interface Outcome {
  readonly grouping: Grouping;
  /** Label of each tuple in field d at a level. */
  readonly labels: (d: number, level: number) => Labels;
  /** Classes that are suppressed. */
  readonly suppressed: readonly number[];
  readonly suppressedRecords: number;
}

/** What is known of a generalization before its classes are. */
export interface Least {
  /** Records that are suppressed at least. */
  readonly records: number;
  /** For each field, by how much suppressing them raises what it loses at least. */
  readonly extra: Float64Array;
}

/** A measure of information loss, bound to a table. Less is better. */
export interface Measure {
  /** No generalization to these levels scores less. Does not fall when a level rises. */
  floor(levels: Levels): number;
  /** The same, given what is suppressed at least; `floor` or more. Left out where that says no more than the floor. */
  bound?(levels: Levels, least: Least): number;
  score(outcome: Outcome): number;
  /**
   * By how much suppressing these classes raises what field d loses; `labels` are those of its tuples. No less when more records are
   * suppressed, or at lower levels. Left out where fields are not looked at one by one.
   */
  raise?(d: number, grouping: Grouping, suppressed: readonly number[], labels: Labels): number;
}

/** A measure of what single records lose by their labels, whatever the labels of other records: local recoding asks for it. */
export interface LocalMeasure {
  /** costs[d][level][value]: what a record with this value of field d loses at a level. Does not fall when the level rises. */
  readonly costs: readonly (readonly Float64Array[])[];
  /** The measure, given for each field what the written records lose in sum, and how many records are suppressed. */
  score(sums: Float64Array, suppressed: number): number;
}

export interface MeasureDefinition {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  bind(table: SearchTable): Measure;
  /** It counts the records of classes: nothing that can be said where an individual has several records. */
  readonly ofClasses?: boolean;
  /** For measures that are made of what single records lose. */
  bindLocal?(table: SearchTable): LocalMeasure;
}
