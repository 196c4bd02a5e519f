import type { Notation } from '../table/notation.ts';
import type { ReadOptions } from './blocks.ts';
import type { FieldValues } from './coder.ts';
import { createGather } from './gather.ts';
import { type InputFiles, readFiles } from './input-files.ts';

export interface ColumnsRequest {
  readonly options: ReadOptions;
  readonly files: InputFiles;
  /** Names of columns, or JSON paths, each once. `numbers`: its text is read as a number. `notation`: how it is written. */
  readonly fields: readonly {
    readonly name: string;
    readonly numbers: boolean;
    readonly notation?: Pick<Notation, 'read'> | undefined;
  }[];
  readonly nullValues: readonly string[];
  /** It is the only reading of the input. */
  readonly only?: boolean;
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
  const { fields, files, options, only = false } = request;
  const named = fields.map(({ name }) => ({ selector: name, wanted: true, whole: false, classed: true }));
  const wanted = {
    slots: [...named, { selector: '', wanted: false, whole: true }],
    unlisted: fields.length,
    nullValues: request.nullValues.map((value) => Buffer.from(value)),
  };
  const reading = readFiles(files, wanted, { options, digest: false, only });
  async function* batches(): AsyncGenerator<ColumnBatch> {
    const { columns, gather } = createGather(
      fields.length + 1,
      fields.map(({ notation }) => notation),
    );
    const values = fields.map(({ numbers }, f) => ({
      cells: columns[f]!,
      values: columns[f]!,
      keepsNulls: true,
      numbers,
    }));
    for await (const batch of reading.batches()) {
      gather(batch);
      yield { records: batch.records, firstRecord: batch.firstRecord, values };
    }
  }
  return { batches, found: (field) => reading.found()[field] === 1 };
}
