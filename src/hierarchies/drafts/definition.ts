/** One way of drafting a hierarchy from the values of a field. */
export interface DraftDefinition {
  readonly name: string;
  readonly summary: string;
  /** Levels between value and root when none are asked for. */
  readonly usual: number;
  /** Can the value have its place in such a hierarchy? */
  fits(value: string): boolean;
  /** Would somebody draft for this value in this way who looks at nothing else? */
  suggests(value: string): boolean;
  /** Labels of all values at each level between value and root, the lowest first: at most `levels` columns, nested. */
  columns(values: readonly CountedValue[], levels: number): string[][];
}

export interface CountedValue {
  readonly text: string;
  /** Records that have it. */
  readonly count: number;
}
