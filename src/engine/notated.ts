import type { Format } from '../formats/batch.ts';
import type { PlannedField } from '../policy/plan.ts';
import { type Column, ColumnBuffer, Kind } from '../table/column.ts';
import { type Notation, spareBytes } from '../table/notation.ts';
import type { Replacement } from './choice.ts';
import type { SlotColumn } from './gather.ts';
import type { Output } from './output.ts';

/**
 * Fill `column` with the cells of `written`, in the engine's form. Only text is read; what is not of the notation keeps its bytes, and
 * its kind is `invalid`.
 */
export function readNotated(written: SlotColumn, notation: Pick<Notation, 'read'>, column: SlotColumn): void {
  const { bytes, start, end, kind, count } = written;
  while (column.start.length < count) column.grow();
  column.count = count;
  column.nulls = written.nulls;
  column.record = written.record;
  let room = 0;
  for (let i = 0; i < count; i++) room += end[i]! - start[i]! + spareBytes;
  if (room > column.own.length) column.own = Buffer.allocUnsafeSlow(room * 2);
  const target = column.own;
  column.bytes = target;
  let at = 0;
  for (let i = 0; i < count; i++) {
    const [from, to] = [start[i]!, end[i]!];
    const read = kind[i] === Kind.text ? notation.read(bytes, from, to, target, at) : -1;
    column.kind[i] = kind[i]!;
    if (read >= 0) {
      column.start[i] = at;
      at = column.end[i] = read;
      continue;
    }
    // What stands in front of a null tells one in quotes.
    if (kind[i] === Kind.null) target[at++] = from > 0 ? bytes[from - 1]! : 0;
    column.start[i] = at;
    at += bytes.copy(target, at, from, to);
    column.end[i] = at;
    if (kind[i] !== Kind.text) continue;
    column.kind[i] = Kind.invalid;
    column.refused++;
  }
}

/**
 * Brings values from the engine's form into that of the file. Where a value can be written in several ways no cell stays as it is
 * written: separators of thousands would tell it from values that were changed.
 */
function notatedWriter(notation: Notation, numbers: boolean): (values: Replacement) => Replacement {
  const output: ColumnBuffer & { kept?: Uint8Array | undefined } = new ColumnBuffer();
  return (values: Replacement) => {
    output.reset(values);
    const { bytes, start, end, kind, count } = values as Column;
    for (let i = 0; i < count; i++) {
      const [from, to, what] = [start[i]!, end[i]!, kind[i] as Kind];
      output.reserve(to - from + spareBytes);
      const at = output.length;
      const written =
        what === Kind.text || (numbers && what === Kind.number)
          ? notation.write(bytes, from, to, output.bytes, at)
          : -1;
      if (written < 0) output.copy(what, bytes, from, to);
      else {
        output.length = written;
        output.close(what, at);
      }
    }
    output.kept = notation.folds ? undefined : values.kept;
    return output;
  };
}

/** Brings the values that take the place of cells into the notations of their fields; those of other fields are left as they are. */
export function createNotatedOutput(
  fields: readonly PlannedField[],
  { notated, needs }: Pick<Output, 'notated' | 'needs'>,
  { paths }: Pick<Format, 'paths'>,
): (values: readonly Replacement[]) => readonly Replacement[] {
  const writers = fields.flatMap(({ rule: { notation }, action }, slot) => {
    if (!notated || notation === undefined || !(action === 'change' || needs.includes(slot))) return [];
    return [{ slot, write: notatedWriter(notation, !paths) }];
  });
  if (writers.length === 0) return (values) => values;
  return (values) => {
    const written = [...values];
    for (const { slot, write } of writers) written[slot] = write(values[slot]!);
    return written;
  };
}
