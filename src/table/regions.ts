import type { PopulationTable } from './population-table.ts';

/** The labels that a value of field d may be written as, one for each level that it may have. */
export type LabelsOf = (d: number, text: string | null) => readonly (string | null)[];

/**
 * Records of a population that may stand behind labels: those that in every field may be written as the label is. For tables in which
 * labels of several levels stand side by side, so that one record of the population may be in several regions.
 *
 * The tuples of the rarest label are looked at one by one. Memory: 4 bytes for each level of each field of each distinct tuple.
 */
export function createRegions(
  people: PopulationTable,
  labelsOf: LabelsOf,
): (label: (d: number) => string | null) => number {
  const counts = people.tuples.counts();
  const fields = regionFields(people, labelsOf);
  return (label) => {
    const wanted: number[] = [];
    let rarest: Int32Array | undefined;
    for (const [d, { numbers, tuplesOf }] of fields.entries()) {
      const number = numbers.get(label(d));
      if (number === undefined) return 0;
      wanted.push(number);
      const found = tuplesOf(number);
      if (rarest === undefined || found.length < rarest.length) rarest = found;
    }
    let records = 0;
    for (const t of rarest ?? []) {
      let d = 0;
      while (d < fields.length && fields[d]!.has(t, wanted[d]!)) d++;
      if (d === fields.length) records += counts[t]!;
    }
    return records;
  };
}

export function regionFields({ tuples, texts }: PopulationTable, labelsOf: LabelsOf): RegionField[] {
  return tuples.columns().map((codes, d) =>
    fieldOf(
      codes,
      texts[d]!.map((text) => labelsOf(d, text)),
    ),
  );
}

/** A field of the population: `codes` by tuple, `labels` by code. */
export interface RegionField {
  readonly numbers: ReadonlyMap<string | null, number>;
  tuplesOf(number: number): Int32Array;
  has(tuple: number, number: number): boolean;
}

function fieldOf(codes: Int32Array, labels: readonly (readonly (string | null)[])[]): RegionField {
  const numbers = new Map<string | null, number>();
  const numbersOf = labels.map((own) =>
    [...new Set(own)].map((text) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    }),
  );
  const first = new Int32Array(numbers.size + 1);
  for (const code of codes) for (const number of numbersOf[code]!) first[number + 1]!++;
  for (let n = 0; n < numbers.size; n++) first[n + 1]! += first[n]!;
  const next = first.slice();
  const listed = new Int32Array(first[numbers.size]!);
  codes.forEach((code, t) => {
    for (const number of numbersOf[code]!) listed[next[number]!++] = t;
  });
  return {
    numbers,
    tuplesOf: (number) => listed.subarray(first[number]!, first[number + 1]!),
    has: (tuple, number) => numbersOf[codes[tuple]!]!.includes(number),
  };
}
