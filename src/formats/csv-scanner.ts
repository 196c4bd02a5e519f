import type { Failure } from '../base/diagnostic.ts';
import { Kind } from '../table/column.ts';
import { type Batch, growCells, growRecords, type Scanner, type ScanRequest } from './batch.ts';
import { CR, LF, QUOTE } from './csv-bytes.ts';
import {
  bareQuote,
  failAt,
  loneReturn,
  ragged,
  textBehindQuote,
  textProblem,
  tooLong,
  unclosedQuote,
} from './csv-problems.ts';
import { specials } from './csv-specials.ts';
import type { Problem } from './problem.ts';

/** What every record of the file has in common. */
export interface Layout {
  /** One byte. */
  readonly delimiter: number;
  readonly columns: readonly string[];
  /** With its line end. */
  readonly maxRecordBytes: number;
}

/**
 * Locates the wanted columns of RFC 4180 records: first the offsets of all special bytes of a block are listed, then the list is
 * walked field by field. Encoding is checked per block by native code, and a problem located only when there is one.
 *
 * A record that is not complete is left to the next block, up to maxRecordBytes. `found` is 1 throughout: every column is in
 * every record. A column that no slot names goes to the slot `unlisted`; with `reject` it is not located, as the header has
 * told the caller that it is there.
 *
 * Throws DATA-SYNTAX, DATA-RAGGED, DATA-ENCODING and DATA-SIZE: that of the first bad record, however the input is split.
 */
export function csvScanner(layout: Layout, request: ScanRequest): Scanner {
  const { delimiter, maxRecordBytes } = layout;
  const columns = layout.columns.length;
  const slotOf = slotsOfColumns(layout.columns, request);
  const slots = Uint16Array.from(slotOf.filter((slot) => slot >= 0));
  const wanted = slots.length;
  const isWanted = Uint8Array.from(slotOf, (slot) => (slot < 0 ? 0 : 1));
  const nulls = request.nullValues;
  const longestNull = Math.max(-1, ...nulls.map((value) => value.length));
  const special = specials(delimiter);

  /** The next of the special bytes. */
  let stop = 0;
  /** Where the next decoded value goes. */
  let decoded = 0;
  /** Records before the block. */
  let rows = 0;

  return { found: new Uint8Array(request.slots.length).fill(1), scan };

  function scan(batch: Batch, final: boolean): void {
    const { bytes, from, limit } = batch;
    special.list(bytes, from, limit);
    stop = 0;
    // The end of the block looks like the end of a line, so that no field need ask for it.
    bytes[limit] = LF;
    decoded = limit + 1;
    batch.firstRecord = rows;
    batch.records = 0;
    batch.cells = 0;
    batch.width = wanted;
    batch.to = from;
    batch.recordStart[0] = from;
    batch.firstCell[0] = 0;
    // Room that is added later is text too: 0.
    batch.kind.fill(Kind.text);

    while (batch.to < limit) {
      while (batch.cells + wanted > batch.slot.length) growCells(batch);
      if (batch.records + 2 > batch.recordStart.length) growRecords(batch);
      const next = locate(batch, batch.to, final);
      if (next < 0) break;
      batch.to = next;
      const records = ++batch.records;
      batch.recordStart[records] = next;
      batch.firstCell[records] = batch.cells;
    }

    // What is the same in every record or twice in a cell is written at once.
    repeat(slots, batch.slot, batch.cells);
    batch.memberStart.set(batch.outerStart.subarray(0, batch.cells));

    if (batch.records === 0 && limit - from > maxRecordBytes) {
      throw failAt(tooLong(maxRecordBytes), rows + 1, undefined);
    }
    const wrong = firstBadText(batch, batch.to);
    if (wrong !== undefined) throw wrong;
    rows += batch.records;
  }

  /** Add the cells of the record at `begin`. Returns the offset behind its line end, or -1 when it is not complete. */
  function locate(batch: Batch, begin: number, final: boolean): number {
    const { limit, kind, outerStart, outerEnd, start, end } = batch;
    const bytes: Uint8Array = batch.bytes;
    const stops = special.offsets;
    let cell = batch.cells;
    let column = 0;
    let i = begin;
    let quoted = false;
    let c = 0;

    for (;;) {
      const outer = i;
      let valueStart = i;
      let doubled = false;
      i = stops[stop++]!;
      c = bytes[i]!;
      quoted = c === QUOTE && i === outer;
      if (quoted) {
        valueStart++;
        for (;;) {
          i = stops[stop++]!;
          if (i === limit) return endInQuotes(batch, column, final);
          if (bytes[i] !== QUOTE) continue;
          if (stops[stop] !== i + 1 || bytes[i + 1] !== QUOTE) break;
          doubled = true;
          stop++;
        }
        i++;
        c = bytes[i]!;
        if (stops[stop++] !== i) throw refusal(batch, i, column, textBehindQuote);
      }

      if (isWanted[column] === 1) {
        outerStart[cell] = outer;
        outerEnd[cell] = i;
        let valueEnd = quoted ? i - 1 : i;
        if (doubled) {
          valueEnd = undouble(bytes, valueStart, valueEnd, decoded);
          valueStart = decoded;
          decoded = valueEnd;
        }
        start[cell] = valueStart;
        end[cell] = valueEnd;
        if (valueEnd - valueStart <= longestNull && isOneOf(nulls, bytes, valueStart, valueEnd)) kind[cell] = Kind.null;
        cell++;
      }
      column++;
      if (c !== delimiter) break;
      i++;
    }

    let next = i + 1;
    if (c === QUOTE) throw refusal(batch, next, column - 1, bareQuote);
    if (!final && next >= limit && (c === CR || i === limit)) return -1;
    if (i === limit) next = limit;
    if (c === CR) {
      if (next === limit || bytes[next] !== LF) throw refusal(batch, next, column - 1, loneReturn);
      next++;
      stop++;
    }
    if (next - begin > maxRecordBytes || column !== columns) {
      const row = rows + batch.records + 1;
      throw refusal(batch, next, columns, ragged(row, column, columns, column === 1 && i === begin));
    }
    batch.cells = cell;
    return next;
  }

  function endInQuotes(batch: Batch, column: number, final: boolean): -1 {
    if (final) throw refusal(batch, batch.limit, column, unclosedQuote);
    return -1;
  }

  /** The failure for a problem of the record at `batch.to` that ends at offset `at`, or for one that stands before it. */
  function refusal(batch: Batch, at: number, column: number, problem: Problem): Failure {
    const earlier = firstBadText(batch, Math.min(at, batch.limit));
    if (earlier !== undefined) return earlier;
    const row = rows + batch.records + 1;
    if (at - batch.to > maxRecordBytes) return failAt(tooLong(maxRecordBytes), row, undefined);
    return failAt(problem, row, layout.columns[column]);
  }

  /** The first invalid text before `stop`, which is the end of a record, or an offset in the record at `batch.to`. */
  function firstBadText(batch: Batch, stop: number): Failure | undefined {
    const { bytes, from, recordStart, records } = batch;
    if (textProblem(bytes.subarray(from, stop)) === undefined) return undefined;
    for (let r = 0; r <= records; r++) {
      const begin = recordStart[r]!;
      const end = r < records ? recordStart[r + 1]! : stop;
      const problem = textProblem(bytes.subarray(begin, end));
      if (problem === undefined) continue;
      return failAt(problem, rows + r + 1, layout.columns[columnOfBadText(bytes, begin, end, delimiter)]);
    }
    return undefined;
  }
}

/** For each column the slot that its cells go to; -1 where they are not wanted. */
function slotsOfColumns(columns: readonly string[], { slots, unlisted }: ScanRequest): Int32Array {
  const named = new Map(slots.map((slot, i) => [slot.selector, i]));
  return Int32Array.from(columns, (name) => {
    const slot = named.get(name) ?? (unlisted === 'reject' ? -1 : unlisted);
    return slots[slot]?.wanted ? slot : -1;
  });
}

/** Copy bytes[from, to) to `at` with one quote for two; returns the offset behind the copy. */
function undouble(bytes: Uint8Array, from: number, to: number, at: number): number {
  let end = at;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    bytes[end++] = c;
    if (c === QUOTE) i++;
  }
  return end;
}

function isOneOf(values: readonly Buffer[], bytes: Uint8Array, from: number, to: number): boolean {
  return values.some((value) => {
    if (value.length !== to - from) return false;
    for (let i = from; i < to; i++) if (bytes[i] !== value[i - from]) return false;
    return true;
  });
}

/** Fill target[0, length) with the pattern, over and over. */
function repeat(pattern: Uint16Array, target: Uint16Array, length: number): void {
  target.set(length === 0 ? [] : pattern);
  for (let done = pattern.length; done < length; done *= 2) target.copyWithin(done, 0, Math.min(done, length - done));
}

/** Position of the column that holds the first invalid text of the record in [begin, end). */
function columnOfBadText(bytes: Buffer, begin: number, end: number, delimiter: number): number {
  let column = 0;
  let fieldStart = begin;
  let inQuotes = false;
  for (let i = begin; i < end; i++) {
    if (bytes[i] === QUOTE) inQuotes = !inQuotes;
    if (bytes[i] !== delimiter || inQuotes) continue;
    if (textProblem(bytes.subarray(fieldStart, i)) !== undefined) return column;
    fieldStart = i + 1;
    column++;
  }
  return column;
}
