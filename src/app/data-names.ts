import { basename, extname } from 'node:path';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import type { Format } from '../formats/batch.ts';
import type { DataFile } from '../io/data-files.ts';
import { chunksSuffix, dataFolder } from '../release/layout.ts';
import { checkName } from '../release/names.ts';

/** A data file and its name: `patients.csv`. */
export interface NamedDataFile extends DataFile {
  readonly name: string;
}

export interface DataNaming {
  /** Paths of the inputs of a table, or `-`. */
  readonly inputs: readonly string[];
  /** Name of the table; undefined where there is only one. */
  readonly table: string | undefined;
  /** Format of the input, and of the output. */
  readonly from: Format;
  readonly to: Format;
  readonly compressed: boolean;
  /** The output was split, be it into one file. */
  readonly split: boolean;
}

/** Give the data files of a table their names. The files that one was split into have its name with their number: `patients-0001.csv`. */
export function namedDataFiles(files: readonly DataFile[], naming: DataNaming): readonly NamedDataFile[] {
  return naming.inputs.flatMap((_, i) => {
    const own = files.filter(({ input }) => input === i);
    const name = nameOf(naming, i, own.length);
    return own.map((file, n) => ({ ...file, name: finished(name, naming, n) }));
  });
}

/** Refuse inputs that would be written under one name, also where names differ by case alone. */
export function requireDistinctNames(tables: readonly DataNaming[]): void {
  const paths = new Map<string, string[]>();
  for (const naming of tables) {
    naming.inputs.forEach((path, i) => {
      const name = finished(nameOf(naming, i, 1), naming, 0).toLowerCase();
      paths.set(name, [...(paths.get(name) ?? []), path]);
    });
  }
  const problems = [...paths].flatMap(([name, same]): Diagnostic[] => {
    if (same.length === 1) return [];
    const message = `${same.join(' and ')} would both be written as ${name}`;
    return [{ code: 'USAGE', message, hint: 'each input is written under its own name: rename one of them' }];
  });
  if (problems.length > 0) throw new Failure(problems);
}

/**
 * The name of what input `index` is made into, in so many files. What is made of the only input of a table has that of the table, or,
 * where there is one table only, of the input; of several inputs each has its own; all with the extension of another format that it is
 * written in. `data`, for one of several inputs with its number, stands for standard input and for names that a bundle does not allow.
 */
function nameOf(naming: DataNaming, index: number, files: number): string {
  const { inputs, table, from, to } = naming;
  const path = inputs[index]!;
  const plain = basename(path).replace(/\.gz$/i, '').normalize('NFC');
  const [extension = ''] = to.extensions;
  const own = extname(plain);
  const stem = from.extensions.includes(own.slice(1).toLowerCase()) ? plain.slice(0, -own.length) : plain;
  const ofInput = from === to ? plain : `${stem}.${extension}`;
  const several = inputs.length > 1;
  const wanted = table === undefined || several ? ofInput : `${table}.${extension}`;
  const allowed = checkName(`${dataFolder}${finished(wanted, naming, files - 1)}${chunksSuffix}`) === null;
  if ((path !== '-' || (table !== undefined && !several)) && allowed) return wanted;
  const other = `${table === undefined ? 'data' : `data-${table}`}.${extension}`;
  return several ? numbered(other, index) : other;
}

/** The name of the n-th of the files that one was split into, or of the one that was not; compressed or not. */
function finished(name: string, { split, compressed }: DataNaming, n: number): string {
  return `${split ? numbered(name, n) : name}${compressed ? '.gz' : ''}`;
}

/** `patients-0001.csv` */
function numbered(name: string, index: number): string {
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}-${String(index + 1).padStart(4, '0')}${ending}`;
}
