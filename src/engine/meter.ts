import { createBatch } from '../formats/batch.ts';
import type { ClassValues } from '../table/class-values.ts';
import { type Population, recordCensus, unitCensus } from '../table/population.ts';
import type { Tuples } from '../table/tuples.ts';
import { tupleValues } from './class-view.ts';
import { createCoder } from './coder.ts';
import { writesNumbers } from './counting.ts';
import { createGather } from './gather.ts';
import type { Output } from './output.ts';
import type { RunRequest } from './request.ts';
import type { MeasuredSlots } from './roles.ts';
import type { Spliced } from './splice.ts';

/** Measures the classes of the output as it is written: it reads the output's own bytes and knows nothing of the transforms. */
export interface Meter {
  /** `units[n]` is the individual of written record n. */
  add(spliced: Spliced, units: Int32Array | undefined): void;
  finish(): MeteredClasses;
}

export interface MeteredClasses {
  readonly population: Population;
  /** Distinct values of each quasi-identifier. */
  readonly distinct: readonly number[];
  /** Distinct tuples of the quasi-identifiers. */
  readonly tuples: Tuples;
  /** What the classes stand for, where one record is one individual. */
  values(): ClassValues;
}

export function createMeter(request: RunRequest, output: Output, slots: MeasuredSlots): Meter {
  const looked = [...new Set([...slots.sensitive, ...(request.observer?.sensitive ?? [])])];
  const measured = new Set([...slots.quasi, ...looked]);
  const scanner = output.opened.partScanner(output.request((slot) => measured.has(slot)));
  const batch = createBatch(16);
  const { columns, gather } = createGather(
    output.slots.length,
    output.slots.map((slot) => (output.notated ? request.plan.fields[slot]!.rule.notation : undefined)),
  );
  const coder = createCoder(slots.quasi.length, looked.length, Buffer.alloc(0));
  const names = looked.map((slot) => request.plan.fields[slot]!.name);
  const census = (slots.unit === undefined ? recordCensus : unitCensus)(slots.quasi.length, names, coder.text);
  const cellsOf = (slot: number) => {
    const cells = columns[output.slots.indexOf(slot)]!;
    return { cells, values: cells, keepsNulls: true, numbers: writesNumbers(request.plan.fields[slot]!) };
  };
  const quasi = slots.quasi.map(cellsOf);
  const sensitive = looked.map(cellsOf);
  return {
    add(spliced, units) {
      if (spliced.records === 0) return;
      batch.bytes = spliced.bytes;
      batch.from = 0;
      batch.limit = spliced.length;
      scanner.scan(batch, true);
      if (batch.records !== spliced.records) throw new Error('the output holds other records than were written');
      gather(batch);
      census.add({ ...coder.code(batch.records, quasi, sensitive, undefined), units });
    },
    finish: () => ({
      population: census.finish(),
      distinct: quasi.map((_, d) => coder.distinct(d)),
      tuples: census.tuples,
      values: () => tupleValues(census.tuples, coder.texts),
    }),
  };
}
