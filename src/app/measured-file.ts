import { basename } from 'node:path';
import { Failure, fail } from '../base/diagnostic.ts';
import { type ColumnBatch, readColumns } from '../engine/columns.ts';
import { looksLikeBundle } from '../io/bundle-files.ts';
import type { Input } from '../io/input.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import { notationOf } from '../policy/notations.ts';
import type { Policy } from '../policy/policy.ts';
import type { LicensedTable } from '../release/tables.ts';
import { type Notations, readerOfAny } from '../table/notation.ts';
import { openBundleTable } from './bundle-table.ts';
import { type OpenFiles, openFiles, readHeads, totalSize } from './open-files.ts';
import { inputForm, type TableForm } from './table-form.ts';

export interface FileOptions extends TableForm {
  readonly policy: Policy | undefined;
  /** Which table of a bundle; undefined: the only one. */
  readonly table?: string | undefined;
  /** It is read once: what several readings cost is saved. */
  readonly once: boolean;
  readonly progress?: Progress | undefined;
}

/** A table, in one file or several, of which some fields are read. */
export interface MeasuredFile {
  /** Of its first file, or of the bundle that it is in. */
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
 * Open the files of a table as flags or a policy describe them, or as plain UTF-8 with neither; or a table of a bundle, a directory or
 * tar, as the bundle describes it. Throws a Failure.
 */
export async function openMeasured(paths: readonly string[], options: FileOptions): Promise<MeasuredFile> {
  const form = inputForm(options.policy, options);
  for (const path of paths) {
    if (!(await looksLikeBundle(path))) continue;
    if (paths.length === 1) return openBundled(path, options);
    throw fail('USAGE', 'a bundle is one of several inputs of a table', {
      place: { file: path },
      hint: 'measure the bundle alone',
    });
  }
  const open: Input[] = [];
  const close = async (): Promise<void> => {
    for (const input of open) await input.close();
  };
  try {
    const table = await openFiles({ paths, form, opened: (input) => open.push(input), progress: options.progress });
    const nullValues = form.nullValues ?? table.data.format.nullValues;
    return {
      name: table.files.first.source.name,
      columns: table.files.first.opened.fields,
      licensed: undefined,
      read: reader(table, nullValues, form.notations, options),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openBundled(path: string, options: FileOptions): Promise<MeasuredFile> {
  if (options.format !== undefined) {
    throw fail('USAGE', 'a bundle says itself what its files are', {
      place: { file: path },
      hint: 'leave --format out',
    });
  }
  const bundle = await openBundleTable(path, options.table, options.progress);
  try {
    const table = await readHeads(
      bundle.files.map((file) => async () => file),
      options.progress,
    );
    return {
      name: path,
      columns: table.files.first.opened.fields,
      licensed: bundle.licensed,
      read: reader(
        table,
        bundle.files[0]!.form.nullValues ?? table.data.format.nullValues,
        inputForm(options.policy, options).notations,
        options,
      ),
      close: bundle.close,
    };
  } catch (error) {
    await bundle.close();
    throw error;
  }
}

function reader(
  { inputs, files, data }: OpenFiles,
  nullValues: readonly string[],
  notations: Notations,
  { policy, once, progress = noProgress }: FileOptions,
): MeasuredFile['read'] {
  const rules = new Map(policy?.fields.map((rule) => [rule.selector, rule]));
  const name = inputs.length === 1 ? basename(inputs[0]!.name) : `${inputs.length} files`;
  return async function* (fields) {
    const columns = readColumns({
      ...data,
      files,
      fields: fields.map((name) => {
        const type = rules.get(name)?.type;
        const notation = policy === undefined ? readerOfAny(notations) : notationOf(notations, type);
        return { name, numbers: type === 'integer' || type === 'number', notation };
      }),
      nullValues,
      only: once,
    });
    progress.begin(`reading ${name}`, totalSize(inputs));
    try {
      yield* columns.batches();
    } catch (error) {
      throw error instanceof Failure ? files.placed(error) : error;
    }
    const place = { file: files.first.source.name };
    const absent = fields.filter((_, f) => !columns.found(f));
    if (absent.length === 0) return;
    throw new Failure(
      absent.flatMap((name) => fail('DATA-FIELDS', `no record has a field \`${name}\``, { place }).diagnostics),
    );
  };
}
