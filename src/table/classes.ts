/** Equivalence classes of a table: records, or individuals, whose quasi-identifiers are equal. */
export interface Classes {
  readonly count: number;
  /** Individuals in class c (records where no unit is named). */
  size(c: number): number;
  /** Records in class c. */
  records(c: number): number;
  /** How often each value of a sensitive field occurs among the records of class c. */
  histogram(field: string, c: number): ReadonlyMap<number, number>;
}
