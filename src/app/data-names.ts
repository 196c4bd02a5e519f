import { basename, extname } from 'node:path';
import type { Format } from '../formats/batch.ts';
import type { DataFile } from '../io/data-files.ts';
import { chunksSuffix, dataFolder } from '../release/layout.ts';
import { checkName } from '../release/names.ts';

/** A data file and its name: `patients.csv`. */
export interface NamedDataFile extends DataFile {
  readonly name: string;
}

export interface DataNaming {
  /** Path of the input, or `-`. */
  readonly input: string;
  /** Name of the table; undefined where there is only one. */
  readonly table: string | undefined;
  /** Format of the input, and of the output. */
  readonly from: Format;
  readonly to: Format;
  readonly compressed: boolean;
  /** The output was split, be it into one file. */
  readonly split: boolean;
}

/**
 * Give the data files of a table their names. One has that of the table, or of the only input, with the extension of another format that
 * it is written in; `data` stands for standard input and for names that a bundle does not allow, and before the name of such a table.
 * The files that an output was split into have it with their number: `patients-0001.csv`.
 */
export function namedDataFiles(
  files: readonly DataFile[],
  { input, table, from, to, compressed, split }: DataNaming,
): readonly NamedDataFile[] {
  const plain = basename(input).replace(/\.gz$/i, '').normalize('NFC');
  const [extension] = to.extensions;
  const own = extname(plain);
  const stem = from.extensions.includes(own.slice(1).toLowerCase()) ? plain.slice(0, -own.length) : plain;
  const suffix = compressed ? '.gz' : '';
  const ofInput = from === to ? plain : `${stem}.${extension}`;
  const written = table === undefined ? ofInput : `${table}.${extension}`;
  const nameOf = (name: string, i: number): string => `${split ? numbered(name, i) : name}${suffix}`;
  const allowed = (name: string): boolean =>
    checkName(`${dataFolder}${nameOf(name, files.length - 1)}${chunksSuffix}`) === null;
  const other = table === undefined ? 'data' : `data-${table}`;
  const named = (table !== undefined || input !== '-') && allowed(written) ? written : `${other}.${extension}`;
  return files.map((file, i) => ({ ...file, name: nameOf(named, i) }));
}

/** `patients-0001.csv` */
function numbered(name: string, index: number): string {
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}-${String(index + 1).padStart(4, '0')}${ending}`;
}
