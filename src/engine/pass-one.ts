import type { Column } from '../table/column.ts';
import { type Population, recordCensus, unitCensus } from '../table/population.ts';
import { readBatches } from './blocks.ts';
import { type ClassNumbers, createClassNumbers } from './class-numbers.ts';
import { type Count, ownersOf } from './counting.ts';
import type { FieldRun } from './field-run.ts';
import { createGather } from './gather.ts';
import type { LeakCheck } from './leak/leak-check.ts';
import { leftOutOf, measuredRecords } from './left-out.ts';
import type { Peers } from './peers.ts';
import { type RunRequest, scanRequest } from './request.ts';
import type { MeasuredSlots } from './roles.ts';

export interface PassOne {
  readonly records: number;
  /** Records that no filter leaves out. */
  readonly measured: number;
  /** The classes of the values that would be written; undefined when no model asks for them. */
  readonly population: Population | undefined;
  /** Classes of the first records that are measured; none where the population knows them by itself. */
  readonly numbers: ClassNumbers;
  readonly fingerprint: string;
}

/**
 * Read the whole input once: count the classes of `slots`, if `counts` says so, and remember the identifiers' values for the leak
 * check. Where classes are not counted, no filter is asked.
 */
export async function passOne(
  request: RunRequest,
  slots: MeasuredSlots,
  runs: readonly FieldRun[],
  peers: Peers,
  count: Count,
  leak: LeakCheck | undefined,
  counts: boolean,
): Promise<PassOne> {
  const { plan, opened, source, options } = request;
  const filters = counts ? (request.filters ?? []) : [];
  const filtered = filters.flatMap((filter) => filter.slots);
  const worked = counts ? [...new Set([...slots.quasi, ...slots.sensitive, ...filtered])] : [];
  const wanted = new Set([...slots.quasi, ...slots.sensitive, ...filtered]);
  for (const slot of worked) for (const peer of peers.of(slot)) wanted.add(peer);
  if (leak !== undefined) for (const { slot } of slots.hidden) wanted.add(slot);
  if (slots.unit !== undefined) wanted.add(slots.unit);

  const scanner = opened.scanner(scanRequest(request, (slot) => wanted.has(slot)));
  const reading = readBatches(source, scanner, { opened, options, digest: false });
  const { columns, gather } = createGather(plan.fields.length);
  const census = (slots.unit === undefined ? recordCensus : unitCensus)(
    slots.quasi.length,
    slots.sensitive.map((slot) => plan.fields[slot]!.name),
  );
  const numbers = createClassNumbers();
  let classes = new Int32Array(0);
  let records = 0;
  let measured = 0;
  for (const filter of filters) filter.begin();
  const values: Column[] = [...columns];
  for await (const batch of reading.batches()) {
    gather(batch);
    peers.enter(worked, batch, columns);
    for (const slot of worked) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord);
    const coded = count.code(batch, columns, values);
    const leftOut = leftOutOf(filters, batch, columns, values);
    const counted = measuredRecords(coded, leftOut, slots.quasi.length);
    if (counts && slots.unit === undefined) {
      if (classes.length < batch.records) classes = new Int32Array(batch.records * 2);
      census.add(counted, classes);
      numbers.add(classes, counted.records);
    } else if (counts) census.add(counted);
    leak?.collect(columns, ownersOf(batch, coded));
    records += batch.records;
    measured += counted.records;
  }
  return {
    records,
    measured,
    population: counts ? census.finish() : undefined,
    numbers,
    fingerprint: reading.fingerprint(),
  };
}
