/** One level of a field's hierarchy, over the values of the data. */
export interface Level {
  /** Label of each value of the data, as a number below `count`. */
  readonly labelOf: Int32Array;
  readonly count: number;
  /** Share of the hierarchy's values, those that the data does not have included, that bear each label. */
  readonly share: Float64Array;
}

/** A quasi-identifier whose level is searched. */
export interface SearchField {
  readonly name: string;
  /** Values that the hierarchy knows. */
  readonly domain: number;
  /** Levels 0 (the values themselves) to height. */
  readonly levels: readonly Level[];
  /** Only levels from `lowest` to `highest` are considered. */
  readonly lowest: number;
  readonly highest: number;
  /** What the field counts in a measure, against 1 for the others. */
  readonly weight: number;
}

/** A table as its distinct tuples of quasi-identifier values. */
export interface SearchTable {
  readonly fields: readonly SearchField[];
  readonly records: number;
  /** values[d][t]: the value of field d in tuple t. */
  readonly values: readonly Int32Array[];
  /** Records of each tuple. */
  readonly counts: Int32Array;
}

/** One level for each field: a full-domain generalization (Samarati 2001; LeFevre, DeWitt, Ramakrishnan 2005). */
export type Levels = readonly number[];

/** Labels of the tuples of a table. */
export type Labels = Uint16Array | Int32Array;

/** Label of each tuple at each level, made when first asked for. */
export function tupleLabels({ fields, values }: SearchTable): (d: number, level: number) => Labels {
  const made: (Labels | undefined)[][] = fields.map(() => []);
  return (d, level) => {
    const known = made[d]![level];
    if (known !== undefined) return known;
    const { labelOf, count } = fields[d]!.levels[level]!;
    const of = values[d]!;
    // Half the memory is half the traffic.
    const labels = count <= 1 << 16 ? new Uint16Array(of.length) : new Int32Array(of.length);
    for (let t = 0; t < of.length; t++) labels[t] = labelOf[of[t]!]!;
    made[d]![level] = labels;
    return labels;
  };
}

/** What all fields count in a measure. Those that stay as they are count nothing; where there are no others, nothing is lost. */
export function totalWeight({ fields }: SearchTable): number {
  return fields.reduce((sum, { weight }) => sum + weight, 0) || 1;
}
