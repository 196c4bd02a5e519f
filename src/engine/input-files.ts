import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { type Batch, createBatch, type Scanner, type ScanRequest } from '../formats/batch.ts';
import { blockBytes, changed, type ReadOptions, readBlocks } from './blocks.ts';
import type { InputFile } from './source.ts';

/**
 * The files of a table, in their order: one table, whose records are numbered through all of them. Each has a head of its own; their
 * fields are the same. Knows which record is the first of each file as far as the files were read.
 */
export class InputFiles {
  readonly all: readonly InputFile[];
  readonly first: InputFile;
  readonly #before: number[] = [0];
  #fingerprints: readonly string[] | undefined;

  /** At least one file. */
  constructor(all: readonly InputFile[]) {
    const [first] = all;
    if (first === undefined) throw new Error('a table has no file');
    this.all = all;
    this.first = first;
  }

  /** `before` records of the table stand in front of file `index`. */
  begins(index: number, before: number): void {
    this.#before[index] = before;
  }

  /** The file of a record of the table and its number there; both are 1-based. */
  placeOf(row: number): { readonly file: string; readonly row: number } {
    // Of files without records the last has the record.
    const index = Math.max(
      0,
      this.#before.findLastIndex((before) => before < row),
    );
    return { file: this.all[index]!.source.name, row: row - this.#before[index]! };
  }

  /** The same failure with a file at every place that has none: the one that holds the record, or else the first. */
  placed(failure: Failure): Failure {
    return new Failure(failure.diagnostics.map((diagnostic) => this.#placedOne(diagnostic)));
  }

  #placedOne(diagnostic: Diagnostic): Diagnostic {
    const { place = {} } = diagnostic;
    if (place.file !== undefined) return diagnostic;
    const found = place.row === undefined ? { file: this.first.source.name } : this.placeOf(place.row);
    return { ...diagnostic, place: { ...place, ...found } };
  }

  /** All readings must be of the same bytes. Throws a Failure of code DATA-CHANGED that names the first file that is not. */
  requireSame(fingerprints: readonly string[]): void {
    const before = this.#fingerprints ?? fingerprints;
    this.#fingerprints = before;
    const index = this.all.findIndex((_, i) => fingerprints[i] !== before[i]);
    if (index >= 0) throw changed(this.all[index]!.source);
  }
}

export interface FileReading {
  readonly file: InputFile;
  readonly scanner: Scanner;
  /** Batches of whole records. The batch is reused: read it before asking for the next. */
  batches(): AsyncGenerator<Batch>;
}

export interface Reading {
  /** The files one after the other: each is to be read to its end before the next. */
  files(): Generator<FileReading>;
  /** The batches of all files. */
  batches(): AsyncGenerator<Batch>;
  /** Slots that have been found in at least one record so far (1) or not (0). */
  found(): Uint8Array;
}

export interface ReadingOptions {
  readonly options: ReadOptions;
  /** Take the digests of the files on the way. */
  readonly digest: boolean;
  /** It is the only reading of the files: that their bytes stay the same is not looked at. */
  readonly only?: boolean;
}

/**
 * Read a table from its first file to its last. A Failure names the file and the record in it; DATA-CHANGED says that the bytes of a
 * file are not those of the reading before.
 */
export function readFiles(files: InputFiles, request: ScanRequest, reading: ReadingOptions): Reading {
  const scanners: Scanner[] = [];
  const prints: string[] = [];

  function* each(): Generator<FileReading> {
    const head = Math.max(...files.all.map(({ opened }) => opened.inputHead.length));
    const batch = createBatch(Math.max(blockBytes, head + 1));
    const { maxRecords = Number.POSITIVE_INFINITY } = reading.options;
    let before = 0;
    for (const [index, file] of files.all.entries()) {
      if (before >= maxRecords) break;
      const scanner = file.opened.scanner(request);
      scanners.push(scanner);
      files.begins(index, before);
      const blocks = readBlocks(file, scanner, { ...reading, batch, before });
      yield {
        file,
        scanner,
        async *batches() {
          for await (const filled of blocks.batches()) {
            before = filled.firstRecord + filled.records;
            yield filled;
          }
        },
      };
      prints.push(blocks.fingerprint());
    }
    if (reading.only !== true) files.requireSame(prints);
  }

  return {
    files: each,
    async *batches() {
      for (const { batches } of each()) yield* batches();
    },
    found: () => Uint8Array.from(request.slots, (_, s) => Number(scanners.some(({ found }) => found[s] === 1))),
  };
}
