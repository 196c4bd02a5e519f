/** Equivalence classes of a table: individuals whose quasi-identifiers are equal. One record is one individual unless a unit is named. */
export interface Classes {
  readonly count: number;
  /** Individuals in class c. */
  size(c: number): number;
  /** Records in class c. */
  records(c: number): number;
  /** How often each value of a sensitive field occurs among the records of class c. */
  histogram(field: string, c: number): Histogram;
}

/** Codes of distinct values and how often each occurs. */
export interface Histogram {
  readonly codes: Int32Array;
  readonly counts: Int32Array;
}
