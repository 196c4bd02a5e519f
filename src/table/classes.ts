/** Equivalence classes of a table: individuals whose quasi-identifiers are equal. One record is one individual unless a unit is named. */
export interface Classes {
  readonly count: number;
  /** Individuals in class c. */
  size(c: number): number;
  /** Records in class c. */
  records(c: number): number;
  /** How often each value of a sensitive field occurs among the records of class c. */
  histogram(field: string, c: number): Histogram;
  /** How often each value of a sensitive field occurs in all records of the input, whatever becomes of them. */
  distribution(field: string): Distribution;
  /** The classes in a table of the population, where there is one. */
  readonly population?: PopulationClasses;
  /**
   * Where nulls match every value: individuals whose quasi-identifiers may be those of class c, its own included. They are no partition:
   * one individual may match those of several classes.
   */
  readonly matching?: (c: number) => number;
}

/** Classes of the data as they stand in a table of the population. */
export interface PopulationClasses {
  /** Individuals of the population, those in no class of the data included. */
  readonly individuals: number;
  /** Individuals of the population in class c. */
  size(c: number): number;
}

/** Values of a field and how often each occurs in a table. */
export interface Distribution {
  /** The values of the table, and of the classes. */
  readonly codes: Int32Array;
  /** counts[code]; 0 for what stands in a class but not in the table. */
  readonly counts: Float64Array;
  /** Records. */
  readonly total: number;
  /** null: no value. */
  text(code: number): string | null;
}

/** Codes of distinct values and how often each occurs. */
export interface Histogram {
  readonly codes: Int32Array;
  readonly counts: Int32Array;
}
