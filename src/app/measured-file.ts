import { Failure, fail } from '../base/diagnostic.ts';
import { type ColumnBatch, readColumns } from '../engine/columns.ts';
import type { Input } from '../io/input.ts';
import type { Policy } from '../policy/policy.ts';
import { openFiles } from './open-files.ts';

export interface FileOptions {
  readonly policy: Policy | undefined;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
}

/** A table, in one file or several, of which some fields are read. */
export interface MeasuredFile {
  /** Of its first file. */
  readonly name: string;
  /** Undefined where fields are known only record by record. */
  readonly columns: readonly string[] | undefined;
  /** Throws a Failure, also where no record has one of the fields. */
  read(fields: readonly string[]): AsyncGenerator<ColumnBatch>;
  close(): Promise<void>;
}

/** Open the files of a table as a policy describes its input, or as plain UTF-8 without one. Throws a Failure. */
export async function openMeasured(
  paths: readonly string[],
  { policy, format, delimiter }: FileOptions,
): Promise<MeasuredFile> {
  const stated: Partial<Policy['input']> = { ...policy?.input, ...(delimiter === undefined ? {} : { delimiter }) };
  const open: Input[] = [];
  const close = async (): Promise<void> => {
    for (const input of open) await input.close();
  };
  try {
    const { files, data } = await openFiles({ paths, format, stated, opened: (input) => open.push(input) });
    const numbers = new Set(
      policy?.fields.filter(({ type }) => type === 'integer' || type === 'number').map(({ selector }) => selector),
    );
    const place = { file: files.first.source.name };
    return {
      name: place.file,
      columns: files.first.opened.fields,
      async *read(fields) {
        const columns = readColumns({
          ...data,
          files,
          fields: fields.map((name) => ({ name, numbers: numbers.has(name) })),
          nullValues: stated.nullValues ?? data.format.nullValues,
        });
        try {
          yield* columns.batches();
        } catch (error) {
          throw error instanceof Failure ? files.placed(error) : error;
        }
        const absent = fields.filter((_, f) => !columns.found(f));
        if (absent.length === 0) return;
        throw new Failure(
          absent.flatMap((name) => fail('DATA-FIELDS', `no record has a field \`${name}\``, { place }).diagnostics),
        );
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
