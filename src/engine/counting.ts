import { fail } from '../base/diagnostic.ts';
import type { Batch } from '../formats/batch.ts';
import type { Plan } from '../policy/plan.ts';
import { type Column, Kind } from '../table/column.ts';
import type { CodedRecords } from '../table/population.ts';
import { createCoder } from './coder.ts';
import type { SlotColumn } from './gather.ts';
import type { MeasuredSlots } from './roles.ts';

/** Codes the measured fields of a batch; the same values get the same codes in both passes. */
export type Count = (batch: Batch, columns: readonly SlotColumn[], values: readonly Column[]) => CodedRecords;

/** `values[slot]` are the values that will be written; the unit is read from the source. */
export function createCount(plan: Plan, slots: MeasuredSlots): Count {
  const coder = createCoder(slots.quasi.length, slots.sensitive.length);
  return (batch, columns, values) => {
    const at = (slot: number) => ({ cells: columns[slot]!, values: values[slot]! });
    if (slots.unit === undefined)
      return coder.code(batch.records, slots.quasi.map(at), slots.sensitive.map(at), undefined);
    const cells = columns[slots.unit]!;
    requireUnits(batch, cells, plan.fields[slots.unit]!.name);
    return coder.code(batch.records, slots.quasi.map(at), slots.sensitive.map(at), { cells, values: cells });
  };
}

/** The individual that record r of the batch belongs to. */
export function ownersOf(batch: Batch, coded: CodedRecords): (r: number) => number {
  const { units } = coded;
  return units === undefined ? (r) => batch.firstRecord + r : (r) => units[r]!;
}

/** Every record belongs to an individual. */
function requireUnits(batch: Batch, cells: SlotColumn, name: string): void {
  if (cells.count === batch.records && cells.nulls === 0) return;
  const named = new Uint8Array(batch.records);
  for (let i = 0; i < cells.count; i++) if (cells.kind[i] !== Kind.null) named[cells.record[i]!] = 1;
  const record = named.indexOf(0);
  if (record < 0) return;
  throw fail('DATA-VALUE', 'the record names no individual', {
    place: { row: batch.firstRecord + record + 1, field: name },
    hint: `\`${name}\` is the unit of the privacy models: every record needs a value in it`,
  });
}
