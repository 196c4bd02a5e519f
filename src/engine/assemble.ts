import { fail } from '../base/diagnostic.ts';
import type { Batch, RecordLayout } from '../formats/batch.ts';
import type { PlannedField } from '../policy/plan.ts';
import { type Column, Kind } from '../table/column.ts';
import { keepsNulls } from './counting.ts';
import { RecordBuffer } from './record-buffer.ts';
import type { Splice } from './splice.ts';

export interface AssembleRequest {
  readonly fields: readonly PlannedField[];
  /** Slots of the fields that are written, in the order of the layout's. */
  readonly slots: readonly number[];
  readonly layout: RecordLayout;
  /** What a null is written as where the format has none of its own. */
  readonly nullText: Buffer;
  /** Text that counts as null is written as it is. */
  readonly nullsAreText: boolean;
}

/** Writes records anew, field by field, in the layout of another format. A field that a record does not have is null in it. */
export function createAssembler({ fields, slots, layout, nullText, nullsAreText }: AssembleRequest): Splice {
  const { before, behind, between, end, encoder } = layout;
  const out = new RecordBuffer();
  const kinds = slots.map((slot) => kindOf(fields[slot]!));
  const asTheyStand = slots.map((slot) => nullsAreText && keepsNulls(fields[slot]!));
  /** The next value of each field. */
  const next = new Int32Array(slots.length);
  let any = false;

  return (batch, columns, results, written) => {
    out.begin(batch.records);
    next.fill(0);
    for (let r = 0; r < batch.records; r++) {
      if (written !== undefined && written[r] === 0) continue;
      out.next(r);
      if (any) out.append(between);
      any = true;
      for (let f = 0; f < slots.length; f++) {
        const slot = slots[f]!;
        const cells = columns[slot]!;
        out.append(before[f]!);
        let i = next[f]!;
        while (i < cells.count && cells.record[i]! < r) i++;
        const has = i < cells.count && cells.record[i] === r;
        next[f] = has ? i + 1 : i;
        if (has && i + 1 < cells.count && cells.record[i + 1] === r) throw refusal(batch, r, slot, 'several values');
        if (!has) put(Kind.null, nullText, 0, nullText.length);
        else if (cells.kind[i] === Kind.null && asTheyStand[f])
          put(Kind.null, cells.bytes, cells.start[i]!, cells.end[i]!);
        else value(batch, r, slot, kinds[f]!, results[slot]!, i);
      }
      out.append(behind);
      out.append(end);
    }
    return out.end();
  };

  function value(batch: Batch, r: number, slot: number, kind: number, result: Column, i: number): void {
    const said = result.kind[i]!;
    if (said === Kind.null) put(Kind.null, nullText, 0, nullText.length);
    else if (said === Kind.container) throw refusal(batch, r, slot, 'an object or array');
    else put(said === Kind.text ? kind : said, result.bytes, result.start[i]!, result.end[i]!);
  }

  function put(kind: number, bytes: Buffer, from: number, to: number): void {
    out.reserve(encoder.bound(to - from));
    out.length = encoder.encode(out.bytes, out.length, kind, bytes, from, to, false);
  }

  function refusal(batch: Batch, r: number, slot: number, what: string) {
    return fail('DATA-VALUE', `${what} in one field of a table`, {
      place: { row: batch.firstRecord + r + 1, field: fields[slot]!.name },
      hint: 'name what is in it, drop or redact it, or set `output: { format: same }`',
    });
  }
}

/** What text of the field is where a format knows more than text. */
function kindOf({ produces }: PlannedField): number {
  if (produces === 'integer' || produces === 'number') return Kind.number;
  return produces === 'boolean' ? Kind.boolean : Kind.text;
}
