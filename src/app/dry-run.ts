import { allowedSuppression } from '../engine/suppression.ts';
import { type StatedField, statedFields } from './stated-fields.ts';
import type { TableResult } from './table-run.ts';

/** What a run would have written. */
export interface DryRun {
  /** What would be written, with sizes in bytes: undefined where they depend on the signature, or on the written data. */
  readonly files: readonly { readonly path: string; readonly bytes: number | undefined }[];
  readonly tables: readonly PlannedTable[];
}

export interface PlannedTable {
  /** Undefined where the policy is about one table only. */
  readonly name: string | undefined;
  readonly fields: readonly StatedField[];
  /** Records that may be left out by the models; undefined where there are none. */
  readonly allowedSuppression: number | undefined;
}

/** What was done to a table, and how much of it may be left out. */
export function plannedTable(table: TableResult): PlannedTable {
  const { policy, result } = table;
  const { records, fields } = result;
  const measured = (records.sampled ?? records.source) - (records.leftOut ?? 0);
  const { privacy } = policy;
  return {
    name: policy.table,
    fields: statedFields(
      table,
      fields.map(({ field }) => field),
    ),
    allowedSuppression: privacy && privacy.models.length > 0 ? allowedSuppression(privacy, measured) : undefined,
  };
}
