import type { Diagnostic } from '../base/diagnostic.ts';
import type { Batch } from '../formats/batch.ts';
import type { CodedRecords, Population } from '../table/population.ts';
import { changed } from './blocks.ts';
import type { Replacement } from './choice.ts';
import type { ClassNumbers } from './class-numbers.ts';
import { createGather } from './gather.ts';
import { readFiles } from './input-files.ts';
import type { FieldOf, LeakFinding } from './leak/leak-check.ts';
import type { OtherTables } from './leak/other-tables.ts';
import { createShortValues } from './leak/short-values.ts';
import { createLocator } from './locator.ts';
import { createMeter, type MeteredClasses } from './meter.ts';
import { createNotatedOutput } from './notated.ts';
import type { Output } from './output.ts';
import type { PassTools, ReadRecords } from './pass-tools.ts';
import type { RecordLevels } from './record-levels.ts';
import { requireFound, scanRequest } from './request.ts';
import { countChosen } from './selection.ts';
import type { InputSource } from './source.ts';
import type { Spliced } from './splice.ts';
import { checkWritable } from './writable.ts';

export interface PassTwo extends ReadRecords {
  readonly writtenRecords: number;
  /** The classes of the output. */
  readonly metered: MeteredClasses | undefined;
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
  /** Where records have levels of their own. */
  readonly recordLevels: RecordLevels | undefined;
}

/** What pass 2 works with besides. */
export interface Writing {
  readonly output: Output;
  /** Undefined where no model leaves anything out. */
  readonly suppressing: Suppressing | undefined;
  /** Tables whose identifiers are searched for as well. */
  readonly others: OtherTables | undefined;
}

/** Read the input, write the output, and look at the output as it is written. */
export async function passTwo(
  { request, slots, runs, peers, count, leak, selection }: PassTools,
  { output, suppressing, others }: Writing,
): Promise<PassTwo> {
  const { plan, files, sink, options, own, keys = [], observer } = request;
  const { fields } = plan;
  const working = fields.map(
    ({ action, rule }) =>
      action !== 'drop' && (action === 'change' || rule.type !== undefined || rule.nulls === 'reject'),
  );
  const worked = working.flatMap((works, slot) => (works ? [slot] : []));
  const rest = worked.filter((slot) => !selection.makes.has(slot));
  const wanted = new Set([...slots.quasi, ...slots.sensitive, ...selection.needs, ...output.needs]);
  for (const slot of worked) for (const peer of peers.of(slot)) wanted.add(peer);
  fields.forEach(({ action }, slot) => {
    if (working[slot] || action === 'drop' || request.look !== undefined) wanted.add(slot);
  });
  if (leak !== undefined) for (const { slot } of slots.hidden) wanted.add(slot);
  if (slots.unit !== undefined) wanted.add(slots.unit);
  for (const { slot } of keys) wanted.add(slot);
  for (const slot of observer?.slots ?? []) wanted.add(slot);

  const reading = readFiles(
    files,
    scanRequest(request, (slot) => wanted.has(slot)),
    { options, digest: true },
  );
  const { columns, gather } = createGather(
    fields.length,
    fields.map(({ rule }) => rule.notation),
  );
  const locate = createLocator(request, output);
  const meter = slots.classes ? createMeter(request, output, slots) : undefined;
  const rewritten = slots.hidden.filter(({ slot }) => fields[slot]!.action === 'change');
  const short = leak && createShortValues(rewritten);
  const values: Replacement[] = [...columns];
  const write = createNotatedOutput(fields, output, request.format);
  const select = selection.begin();
  let records = 0;
  let sampled = 0;
  let measured = 0;
  let writtenRecords = 0;
  for (const { file, scanner, batches } of reading.files()) {
    const part = output.begin(file.opened);
    await sink.begin(part.head);
    for await (const batch of batches()) {
      gather(batch);
      const { sampled: inSample, chosen } = select(batch, columns, values);
      peers.enter(rest, batch, columns);
      suppressing?.recordLevels?.enter(batch.firstRecord, batch.records, chosen, measured);
      for (const slot of rest) values[slot] = runs[slot]!.values(columns[slot]!, batch.firstRecord, chosen);
      for (const slot of worked) runs[slot]!.count(columns[slot]!, chosen);
      const before = measured;
      measured += countChosen(chosen, batch.records);
      const known = suppressing === undefined || own !== undefined || measured <= suppressing.numbers.count;
      const coded = slots.unit === undefined && known ? undefined : count.code(batch, columns, values);
      // Where records refer to others of the table, what models leave out is settled.
      const kept =
        own?.keptIn(batch) ??
        (suppressing ? keptRecords(batch, coded, suppressing, chosen, before, file.source) : chosen);
      const written = write(values);
      const spliced = part.splice(batch, columns, written, kept);
      for (const { slot, written } of keys) written.add(values[slot]!, columns[slot]!.record, batch.records, spliced);
      short?.search(batch, columns, values, spliced);
      const fieldOf: FieldOf = (record, holds) => locate(spliced, record, holds);
      leak?.search(batch, columns, spliced, fieldOf);
      others?.search({ batch, columns, values, spliced }, fieldOf);
      meter?.add(spliced, coded?.units && unitsOf(coded.units, spliced));
      observer?.observe({
        batch,
        columns,
        values,
        chosen: own?.meantIn(batch) ?? chosen,
        spliced,
        units: coded?.units,
      });
      if (request.refused !== undefined) checkWritable(spliced, batch.firstRecord, request.refused, locate);
      request.look?.({ columns: columns.map(({ asWritten }) => asWritten), values: written, spliced });
      await sink.write(spliced.bytes.subarray(0, spliced.length), spliced);
      records += batch.records;
      sampled += countChosen(inSample, batch.records);
      writtenRecords += spliced.records;
    }
    const tail = part.tail(scanner);
    if (tail !== undefined) {
      for (const search of [leak, others]) {
        search?.searchAround(part.head);
        search?.searchAround(tail);
      }
      await sink.write(tail);
    }
  }
  const warnings = records === 0 ? [] : requireFound(request, reading.found());
  return {
    records,
    sampled,
    measured,
    writtenRecords,
    metered: meter?.finish(),
    warnings,
    short: short?.findings() ?? [],
  };
}

/**
 * kept[r] is 1 for the chosen records whose class satisfies all models; `before` chosen ones stand in earlier batches. `coded` may be
 * left out where all classes are remembered.
 */
function keptRecords(
  batch: Batch,
  coded: CodedRecords | undefined,
  { population, numbers, fails }: Suppressing,
  chosen: Uint8Array | undefined,
  before: number,
  source: InputSource,
): Uint8Array {
  const kept = new Uint8Array(batch.records);
  let number = before;
  for (let r = 0; r < batch.records; r++) {
    if (chosen !== undefined && chosen[r] === 0) continue;
    const c = coded === undefined ? numbers.of(number) : population.classOf(coded, r, number);
    number++;
    if (c < 0) throw changed(source);
    kept[r] = 1 - fails[c]!;
  }
  return kept;
}

function unitsOf(units: Int32Array, { source, records }: Spliced): Int32Array {
  const written = new Int32Array(records);
  for (let n = 0; n < records; n++) written[n] = units[source[n]!]!;
  return written;
}
