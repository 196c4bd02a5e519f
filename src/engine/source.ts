import type { Opened } from '../formats/batch.ts';

/** Bytes of an input, read in order. */
export interface InputStream {
  /** Read up to `size` bytes into target[at]; returns how many, 0 at the end. */
  read(target: Buffer, at: number, size: number): Promise<number>;
  close(): Promise<void>;
}

/** An input that can be read again from its beginning, decompressed. */
export interface InputSource {
  /** As shown in messages. */
  readonly name: string;
  /** `digest`: the reading is the one of which the digest is taken. */
  open(options?: { readonly digest: boolean }): Promise<InputStream>;
}

/** A file of a table: its bytes, and its head, read. */
export interface InputFile {
  readonly source: InputSource;
  readonly opened: Opened;
}

/** Where the records are in what is written: record n is bytes [start[n], start[n + 1]). */
export interface WrittenRecords {
  readonly records: number;
  readonly start: Int32Array;
}

/** Where the output goes: one file for each of the input. */
export interface Sink {
  /** The next file begins, with this. */
  begin(head: Buffer): void | Promise<void>;
  /** `records`: nothing but these; left out for what stands behind them. */
  write(bytes: Buffer, records?: WrittenRecords): void | Promise<void>;
}
