import { isChanged, type Look } from '../engine/look.ts';
import type { Plan } from '../policy/plan.ts';
import { type Column, Kind, textAt } from '../table/column.ts';

/** A value as it is written; null: none. `raw`: text is JSON, such as a number or an object; otherwise it is a text. */
export interface PreviewValue {
  readonly text: string | null;
  readonly raw: boolean;
}

export interface PreviewCell {
  /** Number of the field. */
  readonly field: number;
  /** Undefined where the field is dropped. */
  readonly written: PreviewValue | undefined;
  readonly changed: boolean;
  /** What stood there, if it was asked for. */
  readonly source: PreviewValue | undefined;
}

/** The cells of a record in the order of the fields. */
export type PreviewRow = readonly PreviewCell[];

export interface PreviewRows {
  readonly look: Look;
  readonly rows: readonly PreviewRow[];
  /** By field, of all records that are written. */
  readonly counts: readonly { readonly values: number; readonly changed: number }[];
}

/** Keeps the first `shown` records that are written, and counts what changed in all. `textOnly`: the output knows text alone. */
export function createPreviewRows(
  { fields }: Plan,
  { shown, source, textOnly }: { readonly shown: number; readonly source: boolean; readonly textOnly: boolean },
): PreviewRows {
  const rows: PreviewCell[][] = [];
  const counts = fields.map(() => ({ values: 0, changed: 0 }));
  let rowOf = new Int32Array(0);
  const look: Look = ({ columns, values, spliced }) => {
    const first = rows.length;
    const kept = Math.min(shown - first, spliced.records);
    for (let n = 0; n < kept; n++) rows.push([]);
    const last = spliced.records === 0 ? -1 : spliced.source[spliced.records - 1]!;
    if (rowOf.length <= last) rowOf = new Int32Array(last * 2 + 2);
    // By record of the batch: the row it is written as, counted from 1; 0 where it is left out.
    rowOf.fill(0, 0, last + 1);
    for (let n = 0; n < spliced.records; n++) rowOf[spliced.source[n]!] = n + 1;
    for (const [field, { action }] of fields.entries()) {
      const cells = columns[field]!;
      const results = action === 'change' ? values[field]! : cells;
      const count = counts[field]!;
      for (let i = 0; i < cells.count; i++) {
        const record = cells.record[i]!;
        const row = record > last ? 0 : rowOf[record]!;
        if (row === 0) continue;
        const changed = action === 'drop' || isChanged(cells, results, i);
        count.values++;
        if (changed) count.changed++;
        if (row > kept) continue;
        rows[first + row - 1]!.push({
          field,
          written: action === 'drop' ? undefined : valueAt(results, i, textOnly),
          changed,
          source: source ? valueAt(cells, i, textOnly) : undefined,
        });
      }
    }
  };
  return { look, rows, counts };
}

function valueAt(column: Column, i: number, textOnly: boolean): PreviewValue {
  const kind = column.kind[i]!;
  const raw = !textOnly && (kind === Kind.number || kind === Kind.boolean || kind === Kind.container);
  return { text: kind === Kind.null || kind === Kind.invalid ? null : textAt(column, i), raw };
}
