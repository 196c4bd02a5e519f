import type { ClassValues } from './class-values.ts';
import { Tuples } from './tuples.ts';

/** A table of the population: the distinct tuples of its quasi-identifiers, each with its number of records. */
export interface PopulationTable {
  readonly records: number;
  /** By the codes of `tuples`, field by field; null: no value. Several codes may stand for one text. */
  readonly texts: readonly (readonly (string | null)[])[];
  readonly tuples: Tuples;
}

/** What becomes of a value of field d. */
export type Relabel = (d: number, text: string | null) => string | null;

/**
 * Records of the population in each of `count` classes, when its values are relabelled as those of the classes were. Values are the same
 * where their texts are, whatever the format that they are written in.
 */
export function populationSizes(
  { texts, tuples }: PopulationTable,
  relabel: Relabel,
  count: number,
  values: ClassValues,
): Float64Array {
  const { width } = tuples;
  const numbers = Array.from({ length: width }, () => new Map<string | null, number>());
  const numberOf = texts.map((own, d) => own.map((text) => numbered(numbers[d]!, relabel(d, text))));
  const classOf = values.texts.map((own, d) => own.map((text) => numbers[d]!.get(text) ?? absent));
  const relabelled = new Tuples(width);
  const sizes: number[] = [];
  const tuple = new Int32Array(width);
  for (let t = 0; t < tuples.size; t++) {
    for (let d = 0; d < width; d++) tuple[d] = numberOf[d]![tuples.codeAt(t, d)]!;
    const number = relabelled.add(tuple, 0);
    sizes[number] = (sizes[number] ?? 0) + tuples.count(t);
  }
  return Float64Array.from({ length: count }, (_, c) => {
    for (let d = 0; d < width; d++) tuple[d] = classOf[d]![values.code(c, d)]!;
    const number = relabelled.find(tuple, 0);
    return number < 0 ? 0 : sizes[number]!;
  });
}

const absent = -1;

function numbered(numbers: Map<string | null, number>, text: string | null): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}
