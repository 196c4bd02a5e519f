import type { Column } from '../table/column.ts';
import { type Population, recordCensus, unitCensus } from '../table/population.ts';
import { readBatches } from './blocks.ts';
import { type ClassNumbers, createClassNumbers } from './class-numbers.ts';
import { type Count, chosenOf } from './counting.ts';
import type { FieldRun } from './field-run.ts';
import { createGather } from './gather.ts';
import type { LeakCheck } from './leak/leak-check.ts';
import type { Peers } from './peers.ts';
import { type RunRequest, scanRequest } from './request.ts';
import type { MeasuredSlots } from './roles.ts';
import type { Sampling } from './sampling.ts';

export interface PassOne {
  /** Records of the sample; all where none is taken. */
  readonly records: number;
  /** The classes of the values that would be written; undefined when no model asks for them. */
  readonly population: Population | undefined;
  /** Classes of the first records; none where the population knows them by itself. */
  readonly numbers: ClassNumbers;
  readonly fingerprint: string;
}

/** Read the whole input once: count its classes, and remember the identifiers' values for the leak check: of all records. */
export async function passOne(
  request: RunRequest,
  slots: MeasuredSlots,
  runs: readonly FieldRun[],
  peers: Peers,
  count: Count,
  leak: LeakCheck | undefined,
  sampling: Sampling | undefined,
): Promise<PassOne> {
  const { plan, opened, source, options } = request;
  const counts = (request.policy.privacy?.models.length ?? 0) > 0;
  const measured = counts ? [...slots.quasi, ...slots.sensitive] : [];
  const wanted = new Set([...slots.quasi, ...slots.sensitive]);
  for (const slot of measured) for (const peer of peers.of(slot)) wanted.add(peer);
  if (leak !== undefined) for (const { slot } of slots.hidden) wanted.add(slot);
  if (slots.unit !== undefined) wanted.add(slots.unit);
  if (sampling?.slot !== undefined) wanted.add(sampling.slot);

  const scanner = opened.scanner(scanRequest(request, (slot) => wanted.has(slot)));
  const reading = readBatches(source, scanner, { opened, options, digest: false });
  const { columns, gather } = createGather(plan.fields.length);
  const census = (slots.unit === undefined ? recordCensus : unitCensus)(
    slots.quasi.length,
    slots.sensitive.map((slot) => plan.fields[slot]!.name),
    count.text,
  );
  const numbers = createClassNumbers();
  let classes = new Int32Array(0);
  let records = 0;
  const values: Column[] = [...columns];
  const choose = sampling?.begin();
  for await (const batch of reading.batches()) {
    gather(batch);
    peers.enter(measured, batch, columns);
    const chosen = choose?.(batch, columns);
    for (const slot of measured) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord, chosen);
    const all = count.code(batch, columns, values);
    leak?.collect(columns, { units: all.units, firstRecord: batch.firstRecord });
    const coded = chosen === undefined ? all : chosenOf(all, slots.quasi.length, chosen);
    if (counts && slots.unit === undefined) {
      if (classes.length < batch.records) classes = new Int32Array(batch.records * 2);
      census.add(coded, classes);
      numbers.add(classes, coded.records);
    } else if (counts) census.add(coded);
    records += coded.records;
  }
  return { records, population: counts ? census.finish() : undefined, numbers, fingerprint: reading.fingerprint() };
}
