import { fail } from '../base/diagnostic.ts';
import { bareValue } from './bare-record.ts';
import { type Batch, type Format, growRecords, type Opened, type Scanner, type ScanRequest } from './batch.ts';
import { jsonEncoder } from './json-encoder.ts';
import { jsonLayout } from './json-layout.ts';
import { markBytes, refuseMarks } from './json-problems.ts';
import { jsonRemoval } from './json-removal.ts';
import { JsonScanner } from './json-scanner.ts';
import { copyCompact, isSpace, withoutEscapes } from './json-tokens.ts';

/**
 * One JSON object per line, lines ending in LF or CRLF. Blank lines hold no record and are not counted; they belong to the record
 * before them, those at the beginning of the input to the first record. So a record is whole when the next one begins, or the
 * input ends.
 */
export const ndjson: Format = {
  name: 'ndjson',
  summary: 'One JSON object per line.',
  extensions: ['ndjson', 'jsonl'],
  mediaType: 'application/x-ndjson',
  paths: true,
  choosesDelimiter: false,
  splits: true,
  choosesRecords: false,
  nullValues: [],
  bare: bareValue,

  open(bytes, final, { maxRecordBytes }): Opened | undefined {
    if (bytes.length < markBytes && !final) return undefined;
    refuseMarks(bytes);
    return openedWith(maxRecordBytes);
  },

  layout: (names) =>
    jsonLayout(names, openedWith(Number.MAX_SAFE_INTEGER), { head: '', between: '', end: '\n', tail: '' }),
};

function openedWith(maxRecordBytes: number): Opened {
  return {
    inputHead: noHead,
    fields: undefined,
    head: () => noHead,
    scanner: (request) => lineScanner(request, maxRecordBytes),
    partScanner: (request) => lineScanner(request, maxRecordBytes),
    encoderFor: () => jsonEncoder,
    removal: jsonRemoval,
    copyBare: copyCompact,
    withoutEscapes,
  };
}

const LF = 0x0a;
const noHead = Buffer.alloc(0);

function lineScanner(request: ScanRequest, maxRecordBytes: number): Scanner {
  const values = new JsonScanner(request, 'line');
  let rows = 0;

  function scan(batch: Batch, final: boolean): void {
    const { bytes, limit } = batch;
    values.begin(batch);
    batch.firstRecord = rows;
    batch.records = 0;
    batch.cells = 0;
    batch.to = batch.from;
    batch.recordStart[0] = batch.from;
    batch.firstCell[0] = 0;

    let p = batch.from;
    // A line has been scanned that is not yet known to be followed by another.
    let pending = false;
    for (;;) {
      let line = p;
      while (p < limit && isSpace(bytes[p]!)) if (bytes[p++] === LF) line = p;
      if (p === limit) break;
      if (pending) close(batch, line);
      pending = false;
      p = lineEnd(batch, values.record(batch, p, rows + batch.records + 1), final);
      if (p < 0) break;
      pending = true;
    }
    if (p < 0 && final) throw values.trail.unfinished(batch);
    if (final && pending) close(batch, limit);
    else batch.cells = batch.firstCell[batch.records]!;
    if (final) batch.to = batch.recordStart[batch.records] = limit;
    if (batch.records === 0) checkSize(limit - batch.from, rows + 1);
    rows += batch.records;
  }

  /** Offset behind the line of the record that ends at `end`; -1 when the block ends first. */
  function lineEnd(batch: Batch, end: number, final: boolean): number {
    if (end < 0) return end;
    const { bytes, limit } = batch;
    while (end < limit && isSpace(bytes[end]!) && bytes[end] !== LF) end++;
    if (end === limit) return final ? limit : -1;
    return bytes[end] === LF ? end + 1 : values.trail.stop(batch, end, 0, 'expected the end of the line');
  }

  /** The record that has just been scanned ends at `to`. */
  function close(batch: Batch, to: number): void {
    checkSize(to - batch.to, rows + batch.records + 1);
    batch.records++;
    batch.to = to;
    if (batch.records === batch.recordStart.length) growRecords(batch);
    batch.recordStart[batch.records] = to;
    batch.firstCell[batch.records] = batch.cells;
  }

  function checkSize(bytes: number, row: number): void {
    if (bytes <= maxRecordBytes) return;
    const hint = 'is a line break missing?';
    throw fail('DATA-SIZE', `the record is longer than ${maxRecordBytes} bytes`, { place: { row }, hint });
  }

  return { scan, found: values.found };
}
