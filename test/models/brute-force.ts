/** What the models say of a table, counted the slow way, by the definitions alone. */

export interface Row {
  readonly unit: string;
  /** Values of the quasi-identifiers as they are written. */
  readonly tuple: readonly string[];
  readonly sensitive: string;
}

/** Rows of each class. A class is the set of individuals whose records have the same tuples, each as often. */
export function classesOf(rows: readonly Row[]): Row[][] {
  const individuals = groups(rows, (row) => row.unit);
  const classes = groups(individuals, (own) =>
    own
      .map(({ tuple }) => JSON.stringify(tuple))
      .sort()
      .join(),
  );
  return classes.map((members) => members.flat());
}

export function kOf(members: readonly Row[]): number {
  return new Set(members.map((row) => row.unit)).size;
}

export function lOf(members: readonly Row[]): number {
  return new Set(members.map((row) => row.sensitive)).size;
}

export function least(classes: readonly Row[][], measure: (members: readonly Row[]) => number): number {
  return classes.reduce((low, members) => Math.min(low, measure(members)), Number.POSITIVE_INFINITY);
}

function groups<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}
