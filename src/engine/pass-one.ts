import { type Census, type Population, recordCensus, unitCensus } from '../table/population.ts';
import type { Replacement } from './choice.ts';
import { type ClassNumbers, createClassNumbers } from './class-numbers.ts';
import { chosenOf } from './counting.ts';
import { createGather } from './gather.ts';
import { readFiles } from './input-files.ts';
import { searchesLevels } from './level-search.ts';
import type { PassTools, ReadRecords } from './pass-tools.ts';
import type { RecordLevels } from './record-levels.ts';
import { scanRequest } from './request.ts';
import { countChosen } from './selection.ts';

export interface PassOne extends ReadRecords {
  /** The classes of the values that would be written; undefined when no model asks for them. */
  readonly population: Population | undefined;
  /** Classes of the first records that are measured; none where the population knows them by itself. */
  readonly numbers: ClassNumbers;
  readonly census: Census;
}

/**
 * Read the whole input once: remember the identifiers' values of all records for the leak check, and, if `counts` says so, count the
 * classes of `slots` in those that are chosen, and of these, where records refer to others of the table, in those that are left. `levels` are
 * those of single records, once they are chosen.
 */
export async function passOne(
  { request, slots, runs, peers, count, leak, selection }: PassTools,
  counts: boolean,
  levels?: RecordLevels,
): Promise<PassOne> {
  const { plan, files, options, own } = request;
  const measures = counts ? [...slots.quasi, ...slots.sensitive] : [];
  const worked = measures.filter((slot) => !selection.makes.has(slot));
  const wanted = new Set([...slots.quasi, ...slots.sensitive, ...selection.needs]);
  for (const slot of worked) for (const peer of peers.of(slot)) wanted.add(peer);
  if (leak !== undefined) for (const { slot } of slots.hidden) wanted.add(slot);
  if (slots.unit !== undefined) wanted.add(slots.unit);

  const reading = readFiles(
    files,
    scanRequest(request, (slot) => wanted.has(slot)),
    { options, digest: false },
  );
  const { columns, gather } = createGather(
    plan.fields.length,
    plan.fields.map(({ rule }) => rule.notation),
  );
  const census = (slots.unit === undefined ? recordCensus : unitCensus)(
    slots.quasi.length,
    slots.sensitive.map((slot) => plan.fields[slot]!.name),
    count.text,
  );
  // Where levels are chosen later, what the classes are is known by then only; references go from record to record in any order.
  const all = searchesLevels(plan) || own !== undefined;
  const numbers = all ? createClassNumbers(Number.POSITIVE_INFINITY) : createClassNumbers();
  let classes = new Int32Array(0);
  let records = 0;
  let sampled = 0;
  let measured = 0;
  let before = 0;
  const values: Replacement[] = [...columns];
  const select = selection.begin();
  for await (const batch of reading.batches()) {
    gather(batch);
    const { sampled: inSample, chosen } = select(batch, columns, values);
    peers.enter(worked, batch, columns);
    levels?.enter(batch.firstRecord, batch.records, chosen, before);
    before += countChosen(chosen, batch.records);
    for (const slot of worked) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord, chosen);
    const every = count.code(batch, columns, values);
    leak?.collect(columns, { units: every.units, firstRecord: batch.firstRecord });
    const left = counts && own !== undefined ? own.keptIn(batch) : chosen;
    const coded = left === undefined ? every : chosenOf(every, slots.quasi.length, left);
    if (counts && slots.unit === undefined) {
      if (classes.length < batch.records) classes = new Int32Array(batch.records * 2);
      census.add(coded, classes);
      numbers.add(classes, coded.records);
    } else if (counts) census.add(coded);
    records += batch.records;
    sampled += countChosen(inSample, batch.records);
    measured += coded.records;
  }
  return {
    records,
    sampled,
    measured,
    population: counts ? census.finish() : undefined,
    numbers,
    census,
  };
}
