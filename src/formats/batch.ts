import { longer } from '../base/longer.ts';
import type { BareRecord } from './bare-record.ts';

/**
 * A batch is a block of input bytes with located fields: whole records, and in them the cells that were asked for. Offsets are
 * into `bytes`. Filled by a scanner, read by the engine, reused for every block.
 */
export interface Batch {
  /** The block; the scanner may write decoded values (quotes undoubled, escapes resolved) behind the block. */
  bytes: Buffer;
  /** The block holds input bytes in [from, limit). */
  from: number;
  limit: number;
  /** End of the last whole record: the scanner sets it. Bytes in [to, limit) belong to the next block. */
  to: number;
  /** Records seen before this batch. */
  firstRecord: number;
  records: number;
  /**
   * Record r is bytes[recordStart[r], recordStart[r + 1]), its line end, or what separates it from the record before, included;
   * recordStart[records] = to.
   */
  recordStart: Int32Array;
  /** Cells of record r are firstCell[r] … firstCell[r + 1] - 1, in the order of their bytes. */
  firstCell: Int32Array;
  cells: number;
  /** Cells of each record where all records have the same slots in the same order; -1: not known. */
  width: number;
  /** Which slot of the request the cell belongs to. */
  slot: Uint16Array;
  /** `Kind` of the value. */
  kind: Uint8Array;
  /** The bytes that a new value replaces: quotes included. */
  outerStart: Int32Array;
  outerEnd: Int32Array;
  /** The decoded value: within the block, or behind it where decoding changed it. */
  start: Int32Array;
  end: Int32Array;
  /** Where the member begins: the key of a JSON member, otherwise outerStart. What `drop` removes, with its comma. */
  memberStart: Int32Array;
}

/** One field of the plan, as a scanner sees it. */
export interface Slot {
  /** Exact name, JSON path, or glob, as the policy writes it; for CSV the column's name. */
  readonly selector: string;
  /** Emit its cells. A slot that is only kept, and not measured, need not be located. */
  readonly wanted: boolean;
  /**
   * Where something above the field is null or empty, emit a null for it whose bytes are that member: `{"a":null}` and `{"a":{}}`
   * are two ways of having no `$.a.b`. Such a cell has no outer bytes (outerStart -1), so that nothing takes its place.
   */
  readonly classed?: boolean;
  /** May match an object or array as a whole (`drop`, `redact`); otherwise only leaves match. */
  readonly whole: boolean;
}

export interface ScanRequest {
  readonly slots: readonly Slot[];
  /** What to do with a field that no slot names: stop, or emit it as this slot (whose `selector` is empty). */
  readonly unlisted: 'reject' | number;
  /** Values that count as null, as UTF-8. */
  readonly nullValues: readonly Buffer[];
}

/** Finds records and cells. Keeps count of rows from block to block; throws a Failure at its row and field. */
export interface Scanner {
  /** Scan [batch.from, batch.limit) up to the last whole record; `final` says that no more input follows. */
  scan(batch: Batch, final: boolean): void;
  /** Slots that have been found in at least one record so far (1) or not (0). */
  readonly found: Uint8Array;
  /** What the output ends with, behind its last record. Known when the input has been scanned to its end; undefined: nothing. */
  readonly tail?: () => Buffer;
}

/** How a format writes values. `quoted` says that the bytes it replaces stood in quotes. */
export interface Encoder {
  /** Upper bound of the encoded size of a value of `bytes` bytes. */
  bound(bytes: number): number;
  /** Would any value within bytes[from, to) be written as it stands, unless it takes the place of text in quotes? */
  isPlain(bytes: Buffer, from: number, to: number): boolean;
  /** Write the value bytes[from, to) at target[at]; returns the offset behind it. There is room for `bound` bytes. */
  encode(target: Buffer, at: number, kind: number, bytes: Buffer, from: number, to: number, quoted: boolean): number;
}

/** An input whose head has been read: the fields it states, and how to scan and write its records. */
export interface Opened {
  /** What stands in front of the first record: byte order mark and header; the beginning of a document. */
  readonly inputHead: Buffer;
  /** Names of the columns; undefined where fields are known only record by record. */
  readonly fields: readonly string[] | undefined;
  /** What the output begins with: the head without the columns at these positions. */
  head(dropped: ReadonlySet<number>): Buffer;
  scanner(request: ScanRequest): Scanner;
  /** How an output without the columns at these positions is read; left out where it is read like the input. */
  withoutColumns?(dropped: ReadonlySet<number>): Opened;
  /** Scans parts of an output: whole records, from any to any. Each `scan` is `final`. */
  partScanner(request: ScanRequest): Scanner;
  /**
   * Where the record at `from` begins when none is written in front of it: behind what separates it from the one before.
   * Undefined where nothing does.
   */
  readonly separatorEnd?: (bytes: Buffer, from: number) => number;
  /** How values are written in an output of `kept` columns (CSV writes an empty value of an only column as `""`; JSON does not care). */
  encoderFor(kept: number): Encoder;
  /**
   * What to remove for a dropped cell: [begin, end) with one of its separators. `removed` is the end of the removal before it in
   * the same record, or -1: a member that stands right behind one is the first that is left.
   */
  removal(batch: Batch, cell: number, removed: number): readonly [begin: number, end: number];
  /**
   * Copy the record bytes[from, to) to target[at], without white space and what separates it from others; returns the offset
   * behind it. Undefined where a record is no value by itself.
   */
  readonly copyBare?: (bytes: Buffer, from: number, to: number, target: Buffer, at: number) => number;
  /** The text of bytes[from, to) without the format's escapes, for searching; undefined where the format has none. */
  readonly withoutEscapes?: (bytes: Buffer, from: number, to: number) => Buffer;
}

/** How a format writes records that were read in another one. */
export interface RecordLayout {
  /** In front of the first record, and behind the last. */
  readonly head: Buffer;
  readonly tail: Buffer;
  /** Between two records, and behind each. */
  readonly between: Buffer;
  readonly end: Buffer;
  /** In front of the value of each field, and behind the last value. */
  readonly before: readonly Buffer[];
  readonly behind: Buffer;
  readonly encoder: Encoder;
  /** For reading parts of the output again: its fields by the names that a `Slot` has for them. */
  readonly opened: Opened;
  readonly selectors: readonly string[];
}

export interface InputOptions {
  /** One byte. */
  readonly delimiter?: string;
  /** Names of the columns of a table without a header line. */
  readonly header?: readonly string[];
  /** Largest record in bytes. */
  readonly maxRecordBytes: number;
  /** Path that says which values of a document are its records. Default: the elements of an array, or the document itself. */
  readonly records?: string;
  /** What becomes of members that stand around the records. */
  readonly around?: Around;
}

export const arounds = ['reject', 'drop', 'redact', 'keep'] as const;
export type Around = (typeof arounds)[number];

export interface Format {
  readonly name: string;
  readonly summary: string;
  /** Without dot: `csv`. */
  readonly extensions: readonly string[];
  readonly mediaType: string;
  /** Fields are named by JSON paths, not by columns. */
  readonly paths: boolean;
  /** The policy may name another delimiter. */
  readonly choosesDelimiter: boolean;
  /** Of a format with columns: what divides them unless the policy names another. */
  readonly usualDelimiter?: string;
  /** Records stand by themselves behind the head: an output can be several files, each with the head. */
  readonly splits?: boolean;
  /** The policy may say which values are records, and what becomes of what stands around them. */
  readonly choosesRecords: boolean;
  /** Values that are null unless the policy says otherwise. */
  readonly nullValues: readonly string[];
  /** For writing records in another order. */
  readonly bare: BareRecord;
  /** Read the head. Returns undefined when `bytes` is too short to tell and more may come. */
  open(bytes: Buffer, final: boolean, options: InputOptions): Opened | undefined;
  /** For records with a single value in each of the fields of these names, at least one. */
  layout(names: readonly string[]): RecordLayout;
}

export function createBatch(blockBytes: number): Batch {
  const cells = 1 << 16;
  return {
    bytes: Buffer.allocUnsafeSlow(blockBytes * 2),
    from: 0,
    limit: 0,
    to: 0,
    firstRecord: 0,
    records: 0,
    recordStart: new Int32Array(cells),
    firstCell: new Int32Array(cells),
    cells: 0,
    width: -1,
    slot: new Uint16Array(cells),
    kind: new Uint8Array(cells),
    outerStart: new Int32Array(cells),
    outerEnd: new Int32Array(cells),
    start: new Int32Array(cells),
    end: new Int32Array(cells),
    memberStart: new Int32Array(cells),
  };
}

/** Double the room for cells. */
export function growCells(batch: Batch): void {
  batch.slot = longer(batch.slot);
  batch.kind = longer(batch.kind);
  batch.outerStart = longer(batch.outerStart);
  batch.outerEnd = longer(batch.outerEnd);
  batch.start = longer(batch.start);
  batch.end = longer(batch.end);
  batch.memberStart = longer(batch.memberStart);
}

/** Double the room for records. */
export function growRecords(batch: Batch): void {
  batch.recordStart = longer(batch.recordStart);
  batch.firstCell = longer(batch.firstCell);
}
