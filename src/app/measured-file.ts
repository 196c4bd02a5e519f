import { basename } from 'node:path';
import { at, Failure, fail } from '../base/diagnostic.ts';
import { type ColumnBatch, readColumns } from '../engine/columns.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import { openInput } from '../io/input.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import type { Policy } from '../policy/policy.ts';
import { openData } from './open-data.ts';
import { textInput } from './text-input.ts';

export interface FileOptions {
  readonly policy: Policy | undefined;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  readonly progress?: Progress | undefined;
}

/** A file of which some fields are read. */
export interface MeasuredFile {
  readonly name: string;
  /** Undefined where fields are known only record by record. */
  readonly columns: readonly string[] | undefined;
  /** Throws a Failure, also where no record has one of the fields. */
  read(fields: readonly string[]): AsyncGenerator<ColumnBatch>;
  close(): Promise<void>;
}

/** Open a file as a policy describes its input, or as plain UTF-8 without one. Throws a Failure. */
export async function openMeasured(
  path: string,
  { policy, format, delimiter, progress = noProgress }: FileOptions,
): Promise<MeasuredFile> {
  const stated: Partial<Policy['input']> = { ...policy?.input, ...(delimiter === undefined ? {} : { delimiter }) };
  const raw = await openInput(path, progress);
  try {
    const { encoding = defaults.encoding, dialect, header } = stated;
    const source = await textInput(raw, { ...defaults, ...stated, encoding, dialect, header });
    const data = await openData(source, format ?? stated.format, stated);
    const numbers = new Set(
      policy?.fields.filter(({ type }) => type === 'integer' || type === 'number').map(({ selector }) => selector),
    );
    return {
      name: source.name,
      columns: data.opened.fields,
      async *read(fields) {
        const columns = readColumns({
          ...data,
          options: { ...data.options, onRecords: (records) => progress.reached(records, 'records') },
          source,
          fields: fields.map((name) => ({ name, numbers: numbers.has(name) })),
          nullValues: stated.nullValues ?? data.format.nullValues,
        });
        progress.begin(`reading ${basename(path)}`, raw.size);
        try {
          yield* columns.batches();
        } catch (error) {
          throw error instanceof Failure ? at(error, { file: source.name }) : error;
        }
        const absent = fields.filter((_, f) => !columns.found(f));
        if (absent.length === 0) return;
        throw new Failure(
          absent.flatMap(
            (name) =>
              fail('DATA-FIELDS', `no record has a field \`${name}\``, { place: { file: source.name } }).diagnostics,
          ),
        );
      },
      close: raw.close,
    };
  } catch (error) {
    await raw.close();
    throw error;
  }
}

const defaults: Policy['input'] = {
  encoding: utf8,
  dialect: undefined,
  header: undefined,
  format: undefined,
  nullValues: undefined,
  delimiter: undefined,
  records: undefined,
  around: 'reject',
};
