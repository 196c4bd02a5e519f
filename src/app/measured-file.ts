import { at, Failure, fail } from '../base/diagnostic.ts';
import { type ColumnBatch, readColumns } from '../engine/columns.ts';
import { looksLikeBundle } from '../io/bundle-files.ts';
import { type Input, openInput } from '../io/input.ts';
import type { Policy } from '../policy/policy.ts';
import type { LicensedTable } from '../release/tables.ts';
import { openBundleTable } from './bundle-table.ts';
import { openData } from './open-data.ts';
import { type InputForm, inputForm, type TableForm } from './table-form.ts';
import { textInput } from './text-input.ts';

export interface FileOptions extends TableForm {
  readonly policy: Policy | undefined;
  /** Which table of a bundle; undefined: the only one. */
  readonly table?: string | undefined;
}

/** A table of which some fields are read. */
export interface MeasuredFile {
  readonly name: string;
  /** Undefined where fields are known only record by record. */
  readonly columns: readonly string[] | undefined;
  /** What its license says of it, where it is one of a bundle. */
  readonly licensed: LicensedTable | undefined;
  /** Throws a Failure, also where no record has one of the fields. */
  read(fields: readonly string[]): AsyncGenerator<ColumnBatch>;
  close(): Promise<void>;
}

/**
 * Open a file as flags or a policy describe it, or as plain UTF-8 with neither; or a table of a bundle, a directory or tar, as the bundle
 * describes it. Throws a Failure.
 */
export async function openMeasured(path: string, options: FileOptions): Promise<MeasuredFile> {
  const form = inputForm(options.policy, options);
  if (await looksLikeBundle(path)) return openBundled(path, options);
  const raw = await openInput(path);
  try {
    const part = await openPart(raw, form, options.policy);
    return { name: raw.name, columns: part.columns, licensed: undefined, read: part.read, close: raw.close };
  } catch (error) {
    await raw.close();
    throw error;
  }
}

async function openBundled(path: string, { policy, table, format }: FileOptions): Promise<MeasuredFile> {
  if (format !== undefined) {
    throw fail('USAGE', 'a bundle says itself what its files are', {
      place: { file: path },
      hint: 'leave --format out',
    });
  }
  const bundle = await openBundleTable(path, table);
  try {
    const parts: Part[] = [];
    for (const { input, form } of bundle.files) parts.push(await openPart(input, form, policy));
    return {
      name: path,
      columns: parts[0]!.columns,
      licensed: bundle.licensed,
      async *read(fields) {
        for (const part of parts) yield* part.read(fields);
      },
      close: bundle.close,
    };
  } catch (error) {
    await bundle.close();
    throw error;
  }
}

type Part = Pick<MeasuredFile, 'columns' | 'read'>;

async function openPart(raw: Input, form: InputForm, policy: Policy | undefined): Promise<Part> {
  const source = await textInput(raw, form);
  const data = await openData(source, form.format, form);
  const numbers = new Set(
    policy?.fields.filter(({ type }) => type === 'integer' || type === 'number').map(({ selector }) => selector),
  );
  return {
    columns: data.opened.fields,
    async *read(fields) {
      const columns = readColumns({
        ...data,
        source,
        fields: fields.map((name) => ({ name, numbers: numbers.has(name) })),
        nullValues: form.nullValues ?? data.format.nullValues,
      });
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
  };
}
