import { fail } from '../base/diagnostic.ts';
import { normalizer } from '../crypto/prf.ts';
import type { Batch } from '../formats/batch.ts';
import type { Plan, PlannedField } from '../policy/plan.ts';
import { type Column, Kind } from '../table/column.ts';
import type { CodedRecords } from '../table/population.ts';
import { type Chain, chainOf, stageOf } from './chain.ts';
import { createCoder } from './coder.ts';
import type { SlotColumn } from './gather.ts';
import type { MeasuredSlots } from './roles.ts';

/** Codes the measured fields of a batch; the same values get the same codes in both passes. */
export interface Count {
  code(batch: Batch, columns: readonly SlotColumn[], values: readonly Column[]): CodedRecords;
  /** Distinct values of quasi-identifier `d` so far. */
  distinct(d: number): number;
  /** What the codes of quasi-identifier `d` stand for, from code 1 on; undefined for a value that is null. */
  texts(d: number): readonly (string | undefined)[];
  /** What a code of the s-th sensitive field stands for; null: no value. */
  text(s: number, code: number): string | null;
}

/**
 * `values[slot]` are the values that will be written. The unit is read from the source, normalized as in its token's domain: what
 * the output shows as one individual counts as one.
 */
export function createCount(plan: Plan, slots: MeasuredSlots, nullText: Buffer): Count {
  const coder = createCoder(slots.quasi.length, slots.sensitive.length, nullText);
  const normalized = unitChain(slots.unitNormalization);
  const code: Count['code'] = (batch, columns, values) => {
    const at = (slot: number) => {
      const field = plan.fields[slot]!;
      return {
        cells: columns[slot]!,
        values: values[slot]!,
        keepsNulls: keepsNulls(field),
        numbers: writesNumbers(field),
      };
    };
    const quasi = slots.quasi.map(at);
    const sensitive = slots.sensitive.map(at);
    if (slots.unit === undefined) return coder.code(batch.records, quasi, sensitive, undefined);
    const cells = columns[slots.unit]!;
    requireUnits(batch, cells, plan.fields[slots.unit]!.name, 'the unit of the privacy models');
    return coder.code(batch.records, quasi, sensitive, { cells, values: normalized(cells) });
  };
  return { code, distinct: coder.distinct, texts: coder.texts, text: coder.text };
}

/** How units are compared. */
export function unitChain(normalization: MeasuredSlots['unitNormalization']): Chain {
  const normalize = normalizer(normalization);
  return normalization.length > 0 ? chainOf([stageOf(({ text }) => normalize(text))]) : (cells) => cells;
}

/** Are nulls written as they stand? */
export function keepsNulls({ rule, action }: PlannedField): boolean {
  return rule.nulls !== 'transform' || action === 'keep';
}

/** Are the values that are written numbers? */
export function writesNumbers({ produces }: PlannedField): boolean {
  return produces === 'integer' || produces === 'number';
}

/** The records for which `chosen` is 1, `width` codes a tuple. */
export function chosenOf(coded: CodedRecords, width: number, chosen: Uint8Array): CodedRecords {
  const places = new Int32Array(coded.records);
  let records = 0;
  for (let r = 0; r < coded.records; r++) if (chosen[r] === 1) places[records++] = r;
  const at = places.subarray(0, records);
  const tuples = new Int32Array(records * width);
  for (let n = 0; n < records; n++) tuples.set(coded.tuples.subarray(at[n]! * width, (at[n]! + 1) * width), n * width);
  return {
    records,
    tuples,
    sensitive: coded.sensitive.map((codes) => at.map((r) => codes[r]!)),
    units: coded.units && at.map((r) => coded.units![r]!),
  };
}

/** Every record belongs to an individual, named by the field that is `what`. Throws a Failure at the first that does not. */
export function requireUnits(
  batch: Pick<Batch, 'records' | 'firstRecord'>,
  cells: SlotColumn,
  name: string,
  what: string,
): void {
  if (cells.count === batch.records && cells.nulls === 0) return;
  const named = new Uint8Array(batch.records);
  for (let i = 0; i < cells.count; i++) if (cells.kind[i] !== Kind.null) named[cells.record[i]!] = 1;
  const record = named.indexOf(0);
  if (record < 0) return;
  throw fail('DATA-VALUE', 'the record names no individual', {
    place: { row: batch.firstRecord + record + 1, field: name },
    hint: `\`${name}\` is ${what}: every record needs a value in it`,
  });
}
