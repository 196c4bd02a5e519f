import { type Failure, fail } from '../base/diagnostic.ts';
import { type Batch, growRecords, type Scanner, type ScanRequest } from './batch.ts';
import { closeFrame, type Frame } from './json-frame.ts';
import { nul, strictHint } from './json-problems.ts';
import { JsonScanner } from './json-scanner.ts';
import { CLOSE_ARRAY, COMMA, isSpace } from './json-tokens.ts';

/** The records of a document, from the end of its head to its own. */
export function documentScanner(request: ScanRequest, frame: Frame, maxRecordBytes: number): Scanner {
  const records = recordScanner(request, maxRecordBytes);
  /** Of the document, before the block that is scanned. */
  let passed = frame.input.length;
  let ended = false;
  let tail: Buffer | undefined;

  function scan(batch: Batch, final: boolean): void {
    records.begin(batch);
    while (!ended) {
      const p = spaceEnd(batch, batch.to);
      if (p === batch.limit) break;
      const first = records.count(batch) === 0;
      if (frame.path.each ? batch.bytes[p] === CLOSE_ARRAY : !first) {
        ended = true;
      } else if (first) {
        if (!records.next(batch, p)) break;
      } else {
        if (batch.bytes[p] !== COMMA) throw unexpected(batch, p, passed + p - batch.from, records.count(batch));
        const q = spaceEnd(batch, p + 1);
        if (q === batch.limit || !records.next(batch, q)) break;
      }
    }
    // A document that is one record may end with it.
    if (final && !frame.path.each && records.count(batch) === 1) ended = true;
    passed += batch.to - batch.from;
    if (ended) tail = endOf(batch, final);
    else if (final) throw records.unfinished(batch);
    records.end(batch);
  }

  function endOf({ bytes, to, limit }: Batch, final: boolean): Buffer | undefined {
    const behind = closeFrame(frame, bytes.subarray(to, limit), final, passed);
    if (limit - to <= maxRecordBytes) return behind;
    throw fail('DATA-SIZE', `the document has more than ${maxRecordBytes} bytes behind its last record`, {
      hint: '`input: { records: … }` says which values are records',
    });
  }

  return { scan, found: records.found, tail: () => tail! };
}

/** Records out of the middle of an array, the first of them with the comma in front of it or without. */
export function partScanner(request: ScanRequest, maxRecordBytes: number): Scanner {
  const records = recordScanner(request, maxRecordBytes);
  return {
    found: records.found,
    scan(batch) {
      records.begin(batch);
      for (;;) {
        let p = spaceEnd(batch, batch.to);
        if (p === batch.limit) break;
        if (batch.bytes[p] === COMMA) p = spaceEnd(batch, p + 1);
        else if (batch.records > 0) throw unexpected(batch, p, p - batch.from, records.count(batch));
        if (!records.next(batch, p)) throw records.unfinished(batch);
      }
      records.end(batch);
    },
  };
}

/** Behind the comma that separates the record at `from` from the one before; `from` where there is none. */
export function separatorEnd(bytes: Buffer, from: number): number {
  let p = from;
  while (isSpace(bytes[p]!)) p++;
  return bytes[p] === COMMA ? p + 1 : from;
}

/** Takes up records one by one: each with what stands between it and the one before. */
function recordScanner(request: ScanRequest, maxRecordBytes: number) {
  const values = new JsonScanner(request, 'record');
  let rows = 0;
  return {
    found: values.found,

    begin(batch: Batch): void {
      values.begin(batch);
      batch.firstRecord = rows;
      batch.records = 0;
      batch.cells = 0;
      batch.to = batch.from;
      batch.recordStart[0] = batch.from;
      batch.firstCell[0] = 0;
    },

    /** Records so far. */
    count: (batch: Batch): number => rows + batch.records,

    /** Take up the record whose first byte is at `p`; false when the block ends before it does. */
    next(batch: Batch, p: number): boolean {
      const row = rows + batch.records + 1;
      const end = values.record(batch, p, row);
      if (end < 0) return false;
      checkSize(end - batch.to, row);
      batch.records++;
      batch.to = end;
      if (batch.records === batch.recordStart.length) growRecords(batch);
      batch.recordStart[batch.records] = end;
      batch.firstCell[batch.records] = batch.cells;
      return true;
    },

    /** Leave out what was written of a record that the block cuts. */
    end(batch: Batch): void {
      batch.cells = batch.firstCell[batch.records]!;
      if (batch.records === 0) checkSize(batch.limit - batch.from, rows + 1);
      rows += batch.records;
    },

    /** The failure that the input ends behind the last record of the batch, or within the next one. */
    unfinished(batch: Batch): Failure {
      if (spaceEnd(batch, batch.to) < batch.limit) return values.trail.unfinished(batch);
      const place = { row: rows + batch.records };
      return fail('DATA-SYNTAX', 'the input ends within the document', { place, hint: 'is the input cut short?' });
    },
  };

  function checkSize(bytes: number, row: number): void {
    if (bytes <= maxRecordBytes) return;
    const hint = 'is a quote or bracket missing? `input: { records: … }` says which values are records';
    throw fail('DATA-SIZE', `the record is longer than ${maxRecordBytes} bytes`, { place: { row }, hint });
  }
}

function spaceEnd({ bytes, limit }: Batch, p: number): number {
  while (p < limit && isSpace(bytes[p]!)) p++;
  return p;
}

/** What stands behind record `row` is neither a comma nor the end of the array. */
function unexpected(batch: Batch, p: number, passed: number, row: number): Failure {
  if (batch.bytes[p] === 0) return fail(nul.code, nul.message, { place: { row }, hint: nul.hint });
  const message = `expected \`,\` or \`]\` behind the record, at byte ${passed + 1} of the document`;
  return fail('DATA-SYNTAX', message, { place: { row }, hint: strictHint });
}
