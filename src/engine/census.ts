import { fail } from '../base/diagnostic.ts';
import type { Classes, Distribution } from '../table/classes.ts';
import { Kind } from '../table/column.ts';
import { type CodedRecords, type Population, recordCensus, unitCensus } from '../table/population.ts';
import { type Counting, RecordCounts } from '../table/record-counts.ts';
import type { Tuples } from '../table/tuples.ts';
import { type Coder, createCoder } from './coder.ts';
import type { ColumnBatch } from './columns.ts';
import { chosenOf } from './counting.ts';
import { SlotColumn } from './gather.ts';

/** Fields by their position in the batches. */
export interface CensusFields {
  readonly quasi: readonly number[];
  readonly sensitive: readonly { readonly name: string; readonly field: number }[];
  readonly unit: { readonly name: string; readonly field: number } | undefined;
}

export interface TakenCensus {
  readonly records: number;
  /** Records whose every quasi-identifier is `*`: they are in no class. */
  readonly suppressed: number;
  readonly population: Population;
  /** Distinct records by their quasi-identifiers, those that are suppressed left out. */
  readonly tuples: Tuples;
}

/** A coder to which `*` in every quasi-identifier is the tuple of ones. The same coder makes the classes of two files comparable. */
export function createCensusCoder({ quasi, sensitive }: CensusFields): Coder {
  const coder = createCoder(quasi.length, sensitive.length, Buffer.alloc(0));
  const star = new SlotColumn();
  star.begin(Buffer.from('*'));
  star.end[0] = 1;
  star.kind[0] = Kind.text;
  star.count = 1;
  const values = quasi.map(() => ({ cells: star, values: star, keepsNulls: true, numbers: false }));
  const absent = new SlotColumn();
  const none = sensitive.map(() => ({ cells: absent, values: absent, keepsNulls: true, numbers: false }));
  coder.code(1, values, none, undefined);
  return coder;
}

/**
 * Count the classes of a file; where there is no unit, with `counting`. Throws a Failure at a record that names no individual where there
 * is a unit.
 */
export async function takeCensus(
  batches: AsyncIterable<ColumnBatch>,
  fields: CensusFields,
  coder: Coder,
  counting: Counting = countHere(fields),
): Promise<TakenCensus> {
  const width = fields.quasi.length;
  const names = fields.sensitive.map(({ name }) => name);
  const units = fields.unit && unitCensus(width, names, coder.text);
  const aside = createAside(names);
  let records = 0;
  let suppressed = 0;
  for await (const batch of batches) {
    const at = (field: number) => batch.values[field]!;
    if (fields.unit !== undefined) requireUnit(batch, fields.unit);
    const coded = coder.code(
      batch.records,
      fields.quasi.map(at),
      fields.sensitive.map(({ field }) => at(field)),
      fields.unit === undefined ? undefined : at(fields.unit.field),
    );
    const left = suppressedOf(coded, width);
    if (left !== undefined) aside.add(coded, left.stays);
    const counted = left === undefined ? coded : chosenOf(coded, width, left.stays);
    if (units === undefined) await counting.add(counted);
    else units.add(counted);
    records += coded.records;
    suppressed += left?.count ?? 0;
  }
  const census = units ?? recordCensus(width, names, coder.text, await counting.finish());
  const population = census.finish();
  return {
    records,
    suppressed,
    population: suppressed === 0 ? population : { ...population, distribution: aside.addTo(population.distribution) },
    tuples: census.tuples,
  };
}

/** Sensitive values of suppressed records: what classes are compared with is all records of the file. */
function createAside(names: readonly string[]) {
  const tallies = names.map((): number[] => []);
  return {
    add({ records, sensitive }: CodedRecords, stays: Uint8Array): void {
      for (const [s, tally] of tallies.entries()) {
        const codes = sensitive[s]!;
        for (let r = 0; r < records; r++) if (stays[r] === 0) tally[codes[r]!] = (tally[codes[r]!] ?? 0) + 1;
      }
    },
    addTo: (inClasses: Classes['distribution']): Classes['distribution'] => {
      const all = new Map<string, Distribution>();
      return (field) => {
        const known = all.get(field) ?? withTally(inClasses(field), tallies[names.indexOf(field)]!);
        all.set(field, known);
        return known;
      };
    },
  };
}

function withTally({ counts, total, text }: Distribution, tally: readonly number[]): Distribution {
  const sum = new Float64Array(Math.max(counts.length, tally.length));
  sum.set(counts);
  let records = total;
  tally.forEach((count, code) => {
    sum[code]! += count;
    records += count;
  });
  return { codes: Int32Array.from(sum.keys()).filter((code) => sum[code]! > 0), counts: sum, total: records, text };
}

function countHere({ quasi, sensitive }: CensusFields): Counting {
  const counts = RecordCounts.none(quasi.length, sensitive.length);
  return {
    add(coded) {
      counts.add(coded);
      return undefined;
    },
    finish: async () => counts,
  };
}

/** Which records are not `*` everywhere; undefined where none is. */
function suppressedOf({ records, tuples }: CodedRecords, width: number) {
  let count = 0;
  let stays: Uint8Array | undefined;
  for (let r = 0, from = 0; r < records; r++, from += width) {
    if (tuples[from] !== 1) continue;
    let d = 1;
    while (d < width && tuples[from + d] === 1) d++;
    if (d < width) continue;
    stays ??= new Uint8Array(records).fill(1);
    stays[r] = 0;
    count++;
  }
  return stays === undefined ? undefined : { stays, count };
}

function requireUnit({ records, firstRecord, values }: ColumnBatch, { name, field }: { name: string; field: number }) {
  const { cells } = values[field]!;
  if (cells.count === records && cells.nulls === 0) return;
  const named = new Uint8Array(records);
  for (let i = 0; i < cells.count; i++) if (cells.kind[i] !== Kind.null) named[cells.record[i]!] = 1;
  const record = named.indexOf(0);
  if (record < 0) return;
  throw fail('DATA-VALUE', 'the record names no individual', {
    place: { row: firstRecord + record + 1, field: name },
    hint: `\`${name}\` is the unit: every record needs a value in it`,
  });
}
