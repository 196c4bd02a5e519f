import type { Diagnostic } from '../base/diagnostic.ts';
import type { Column } from '../table/column.ts';
import type { CodedRecords, Population } from '../table/population.ts';
import { changed, readBatches } from './blocks.ts';
import type { ClassNumbers } from './class-numbers.ts';
import type { Count } from './counting.ts';
import type { FieldRun } from './field-run.ts';
import { createGather } from './gather.ts';
import type { FieldOf, LeakCheck, LeakFinding } from './leak/leak-check.ts';
import type { OtherTables } from './leak/other-tables.ts';
import { createShortValues } from './leak/short-values.ts';
import { leftOutOf } from './left-out.ts';
import { createLocator } from './locator.ts';
import { createMeter } from './meter.ts';
import type { Peers } from './peers.ts';
import { outputLayout, type RunRequest, requireFound, scanRequest } from './request.ts';
import type { MeasuredSlots } from './roles.ts';
import type { InputSource } from './source.ts';
import { createSplicer, type Spliced } from './splice.ts';

export interface PassTwo {
  readonly records: number;
  /** Records that no filter leaves out. */
  readonly measured: number;
  readonly writtenRecords: number;
  /** The classes of the output, and the distinct values of its quasi-identifiers. */
  readonly population: Population | undefined;
  readonly distinct: readonly number[];
  readonly fingerprint: string;
  readonly warnings: readonly Diagnostic[];
  /** Short values of identifiers that were written as they were. */
  readonly short: readonly LeakFinding[];
}

/** Which records are left out: those whose class fails. */
export interface Suppressing {
  readonly population: Population;
  /** Classes of the first records. */
  readonly numbers: ClassNumbers;
  readonly fails: Uint8Array;
}

/** Read the input, write the output, and look at the output as it is written. */
export async function passTwo(
  request: RunRequest,
  slots: MeasuredSlots,
  runs: readonly FieldRun[],
  peers: Peers,
  count: Count,
  suppressing: Suppressing | undefined,
  leak: LeakCheck | undefined,
  others: OtherTables | undefined,
): Promise<PassTwo> {
  const { plan, opened, source, sink, options, filters = [], keys = [] } = request;
  const { fields } = plan;
  const working = fields.map(
    ({ action, rule }) =>
      action !== 'drop' && (action === 'change' || rule.type !== undefined || rule.nulls === 'reject'),
  );
  const worked = working.flatMap((works, slot) => (works ? [slot] : []));
  const wanted = new Set([...slots.quasi, ...slots.sensitive]);
  for (const slot of worked) for (const peer of peers.of(slot)) wanted.add(peer);
  fields.forEach(({ action }, slot) => {
    if (working[slot] || action === 'drop') wanted.add(slot);
  });
  if (leak !== undefined) for (const { slot } of slots.hidden) wanted.add(slot);
  if (slots.unit !== undefined) wanted.add(slots.unit);
  for (const filter of filters) for (const slot of filter.slots) wanted.add(slot);
  for (const { slot } of keys) wanted.add(slot);

  const scanner = opened.scanner(scanRequest(request, (slot) => wanted.has(slot)));
  const reading = readBatches(source, scanner, { opened, options, digest: true });
  const { columns, gather } = createGather(fields.length);
  const splice = createSplicer({
    actions: fields.map(({ action }) => action),
    removal: opened.removal,
    encoder: opened.encoderFor(plan.kept),
    nullText: Buffer.from(request.nullValues[0] ?? ''),
    only: plan.kept === 1,
    keepNulls: fields.map(({ rule }) => rule.nulls !== 'transform'),
  });
  const output = outputLayout(request);
  const locate = createLocator(request, output);
  const meter = slots.classes ? createMeter(request, output, slots) : undefined;
  const rewritten = slots.hidden.filter(({ slot }) => fields[slot]!.action === 'change');
  const short = leak && createShortValues(rewritten);
  const values: Column[] = [...columns];
  let records = 0;
  let measured = 0;
  let writtenRecords = 0;
  for (const filter of filters) filter.begin();
  await sink.write(opened.head(plan.dropped));
  for await (const batch of reading.batches()) {
    gather(batch);
    peers.enter(worked, batch, columns);
    for (const slot of worked) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord);
    const leftOut = leftOutOf(filters, batch, columns, values);
    const known = suppressing === undefined || measured + batch.records <= suppressing.numbers.count;
    const coded = slots.unit === undefined && known ? undefined : count.code(batch, columns, values);
    const left = leftOut ?? new Uint8Array(suppressing === undefined ? 0 : batch.records);
    const kept = suppressing ? keptRecords(left, measured, coded, suppressing, source) : leftOut?.map((out) => 1 - out);
    const spliced = splice(batch, columns, values, kept);
    for (const { slot, written } of keys) written.add(values[slot]!, columns[slot]!.record, batch.records, spliced);
    short?.search(batch, columns, values, spliced);
    const fieldOf: FieldOf = (record, holds) => locate(spliced, record, holds);
    leak?.search(batch, columns, spliced, fieldOf);
    others?.search({ batch, columns, values, spliced }, fieldOf);
    meter?.add(spliced, coded?.units && unitsOf(coded.units, spliced));
    await sink.write(spliced.bytes.subarray(0, spliced.length));
    records += batch.records;
    measured += leftOut === undefined ? batch.records : leftOut.reduce((sum, out) => sum - out, batch.records);
    writtenRecords += spliced.records;
  }
  const warnings = records === 0 ? [] : requireFound(request, scanner.found);
  const { population, distinct } = meter?.finish() ?? { population: undefined, distinct: [] };
  return {
    records,
    measured,
    writtenRecords,
    population,
    distinct,
    fingerprint: reading.fingerprint(),
    warnings,
    short: short?.findings() ?? [],
  };
}

/**
 * kept[r] is 1 for the records that are not left out and whose class satisfies all models. `before` records were measured in front of
 * the batch. `coded` may be left out where all classes are remembered.
 */
function keptRecords(
  leftOut: Uint8Array,
  before: number,
  coded: CodedRecords | undefined,
  { population, numbers, fails }: Suppressing,
  source: InputSource,
): Uint8Array {
  const kept = new Uint8Array(leftOut.length);
  let record = before;
  for (let r = 0; r < leftOut.length; r++) {
    if (leftOut[r] === 1) continue;
    const c = coded === undefined ? numbers.of(record) : population.classOf(coded, r, record);
    if (c < 0) throw changed(source);
    kept[r] = 1 - fails[c]!;
    record++;
  }
  return kept;
}

function unitsOf(units: Int32Array, { source, records }: Spliced): Int32Array {
  const written = new Int32Array(records);
  for (let n = 0; n < records; n++) written[n] = units[source[n]!]!;
  return written;
}
