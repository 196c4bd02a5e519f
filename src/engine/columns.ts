import type { Format, Opened } from '../formats/batch.ts';
import { type ReadOptions, readBatches } from './blocks.ts';
import type { FieldValues } from './coder.ts';
import { createGather } from './gather.ts';
import type { InputSource } from './source.ts';

export interface ColumnsRequest {
  readonly format: Format;
  readonly options: ReadOptions;
  readonly opened: Opened;
  readonly source: InputSource;
  /** Names of columns, or JSON paths, each once. `numbers`: its text is read as a number. */
  readonly fields: readonly { readonly name: string; readonly numbers: boolean }[];
  readonly nullValues: readonly string[];
}

/** The values of some fields in a run of records, as they stand in the data. */
export interface ColumnBatch {
  readonly records: number;
  /** Records before these. */
  readonly firstRecord: number;
  /** By field of the request. Reused: read it before asking for the next batch. */
  readonly values: readonly FieldValues[];
}

/** Read some fields of an input; all others are passed over. `found` says afterwards which fields some record has. */
export function readColumns(request: ColumnsRequest): {
  batches(): AsyncGenerator<ColumnBatch>;
  found(field: number): boolean;
} {
  const { fields, opened, source, options } = request;
  const named = fields.map(({ name }) => ({ selector: name, wanted: true, whole: false, classed: true }));
  const scanner = opened.scanner({
    slots: [...named, { selector: '', wanted: false, whole: true }],
    unlisted: fields.length,
    nullValues: request.nullValues.map((value) => Buffer.from(value)),
  });
  async function* batches(): AsyncGenerator<ColumnBatch> {
    const { columns, gather } = createGather(fields.length + 1);
    const values = fields.map(({ numbers }, f) => ({
      cells: columns[f]!,
      values: columns[f]!,
      keepsNulls: true,
      numbers,
    }));
    for await (const batch of readBatches(source, scanner, { opened, options, digest: false }).batches()) {
      gather(batch);
      yield { records: batch.records, firstRecord: batch.firstRecord, values };
    }
  }
  return { batches, found: (field) => scanner.found[field] === 1 };
}
