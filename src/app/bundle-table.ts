import { at, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { encodingNamed } from '../formats/encodings/index.ts';
import { bundledFile, openBundle } from '../io/bundle-files.ts';
import { type Input, inputFrom } from '../io/input.ts';
import { noProgress, type Progress } from '../io/progress.ts';
import { readRelease, type StatedRelease, type StatedResource } from '../release/integrity.ts';
import { type LicensedTable, tablesOf } from '../release/tables.ts';
import { type InputForm, inputForm } from './table-form.ts';

/** A table of a bundle. */
export interface BundleTable {
  readonly licensed: LicensedTable;
  /** Its data files, in the order of its records. */
  readonly files: readonly { readonly input: Input; readonly form: InputForm }[];
  close(): Promise<void>;
}

/**
 * Open a table of a bundle that is whole, a directory or tar; who made it is not asked. `name` may be left out where there is one table.
 * Throws a Failure with the code that verify would deny by, or USAGE.
 */
export async function openBundleTable(
  path: string,
  name: string | undefined,
  progress: Progress = noProgress,
): Promise<BundleTable> {
  const bundle = await openBundle(path, progress);
  try {
    const release = await readRelease(bundle.source);
    const licensed = tableNamed(release, name);
    const files: BundleTable['files'][number][] = [];
    for (const file of licensed.files) {
      const described = release.resources.get(file);
      const size = release.statement.predicate.files.find(({ name }) => name === file)?.bytes;
      if (described === undefined || size === undefined)
        throw fail('SCHEMA', 'datapackage.json does not describe a data file');
      const input = await inputFrom(`${path}/${file}`, bundledFile(bundle.source, { name: file, size }));
      files.push({ input, form: formOf(described) });
    }
    return { licensed, files, close: bundle.close };
  } catch (error) {
    await bundle.close();
    throw error instanceof Failure ? at(error, { file: path }) : error;
  }
}

function tableNamed({ statement }: StatedRelease, name: string | undefined): LicensedTable {
  const tables = tablesOf(statement.predicate);
  const [only, ...more] = tables;
  if (name === undefined && more.length === 0) return only!;
  const names = tables.flatMap((table) => table.name ?? []);
  const found = tables.find((table) => table.name === name);
  if (name !== undefined && found !== undefined) return found;
  const message = name === undefined ? 'the bundle holds several tables' : `the bundle has no table \`${name}\``;
  const known =
    names.length === 0 ? 'it holds one table: leave --table out' : `say --table, one of ${names.join(', ')}`;
  throw fail('USAGE', message, { hint: (name === undefined ? undefined : didYouMean(name, names)) ?? known });
}

function formOf({ format, encoding, dialect = {}, schema }: StatedResource): InputForm {
  const known = encodingNamed(encoding);
  if (known === undefined) throw fail('SCHEMA', 'datapackage.json names an encoding that is not known');
  return {
    ...inputForm(undefined, { format, delimiter: dialect.delimiter, encoding: undefined, header: undefined }),
    encoding: known,
    nullValues: schema?.missingValues,
    header: dialect.header === false ? schema?.fields.map(({ name }) => name) : undefined,
  };
}
