import type { ClassValues } from './class-values.ts';
import { groupMultisets, type Multisets } from './multisets.ts';
import type { Population } from './population.ts';
import { Tuples } from './tuples.ts';

/** A table of the population: the distinct tuples of its quasi-identifiers, each with its number of records. */
export interface PopulationTable {
  readonly individuals: number;
  /** By the codes of `tuples`, field by field; null: no value. Several codes may stand for one text. */
  readonly texts: readonly (readonly (string | null)[])[];
  readonly tuples: Tuples;
  /** Where an individual may have several records, these one by one. */
  readonly units?: PopulationUnits | undefined;
}

/** By record of the population: the individual that it belongs to, and its tuple. */
export interface PopulationUnits {
  readonly unitOf: Int32Array;
  readonly tupleOf: Int32Array;
}

/** What becomes of a value of field d. */
export type Relabel = (d: number, text: string | null) => string | null;

/**
 * Individuals of the population in each of the classes, when its values are relabelled as those of the classes were. Values are the same
 * where their texts are, whatever the format that they are written in. `values` are those of the classes, or of the kinds of record.
 */
export function populationSizes(
  people: PopulationTable,
  relabel: Relabel,
  { count, multisets }: Pick<Population, 'count' | 'multisets'>,
  values: ClassValues,
): Float64Array {
  const { texts, tuples, units } = people;
  const { width } = tuples;
  const numbers = Array.from({ length: width }, () => new Map<string | null, number>());
  const numberOf = texts.map((own, d) => own.map((text) => numbered(numbers[d]!, relabel(d, text))));
  const codeOf = values.texts.map((own, d) => own.map((text) => numbers[d]!.get(text) ?? absent));
  const relabelled = new Tuples(width);
  const sizes: number[] = [];
  const tuple = new Int32Array(width);
  const relabelledOf = new Int32Array(tuples.size);
  for (let t = 0; t < tuples.size; t++) {
    for (let d = 0; d < width; d++) tuple[d] = numberOf[d]![tuples.codeAt(t, d)]!;
    const number = relabelled.add(tuple, 0);
    relabelledOf[t] = number;
    sizes[number] = (sizes[number] ?? 0) + tuples.count(t);
  }
  const find = (c: number): number => {
    for (let d = 0; d < width; d++) tuple[d] = codeOf[d]![values.code(c, d)]!;
    return relabelled.find(tuple, 0);
  };
  if (multisets !== undefined && units !== undefined) {
    const { unitOf, tupleOf } = units;
    const people = groupMultisets(
      unitOf,
      tupleOf.map((t) => relabelledOf[t]!),
    );
    return unitSizes(people, { count, multisets }, find);
  }
  return Float64Array.from({ length: count }, (_, c) => {
    const number = find(c);
    return number < 0 ? 0 : sizes[number]!;
  });
}

/**
 * Individuals of the population that have as many records of each kind as those of a class. `numberOf` is a kind of the classes as it is
 * numbered in the population; -1: it has none.
 */
export function unitSizes(
  people: Pick<Multisets, 'find' | 'size'>,
  { count, multisets }: Pick<Population, 'count'> & { readonly multisets: Pick<Multisets, 'kinds'> },
  numberOf: (kind: number) => number,
): Float64Array {
  const known = new Map<number, number>();
  const numbered = (kind: number): number => {
    const number = known.get(kind) ?? numberOf(kind);
    known.set(kind, number);
    return number;
  };
  return Float64Array.from({ length: count }, (_, c) => {
    const own = people.find(multisets.kinds(c).map(numbered));
    return own < 0 ? 0 : people.size[own]!;
  });
}

const absent = -1;

function numbered(numbers: Map<string | null, number>, text: string | null): number {
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  return number;
}
