import { fail } from '../base/diagnostic.ts';
import { Kind } from '../table/column.ts';
import type { Batch, Encoder, InputOptions, Opened, RecordLayout } from './batch.ts';
import { CR, LF, QUOTE } from './csv-bytes.ts';
import { csvEncoder } from './csv-encoder.ts';
import { type Header, readHeader, statedHeader } from './csv-header.ts';
import { csvScanner } from './csv-scanner.ts';

/**
 * Open delimiter-separated values (RFC 4180) with a header, or with the columns that the options name; `usual` is the delimiter
 * unless they name another.
 */
export function openDelimited(bytes: Buffer, final: boolean, options: InputOptions, usual: string): Opened | undefined {
  const delimiter = delimiterByte(options.delimiter ?? usual);
  const header =
    options.header === undefined
      ? readHeader(bytes, final, delimiter, options.maxRecordBytes)
      : statedHeader(bytes, final, options.header);
  return header === undefined ? undefined : openedWith(header, delimiter, options.maxRecordBytes);
}

function openedWith(header: Header, delimiter: number, maxRecordBytes: number): Opened {
  const layout = { delimiter, columns: header.names, maxRecordBytes };
  return {
    inputHead: header.bytes,
    fields: header.names,
    head: (dropped) => header.without(dropped).bytes,
    scanner: (request) => csvScanner(layout, request),
    withoutColumns: (dropped) => openedWith(header.without(dropped), delimiter, maxRecordBytes),
    partScanner: (request) => csvScanner(layout, request),
    encoderFor: (kept) => csvEncoder(delimiter, kept),
    removal: (batch, cell, removed) => removal(batch, cell, removed, delimiter),
  };
}

/** Write records with these columns, under a header. */
export function layoutDelimited(names: readonly string[], delimiter: string): RecordLayout {
  const encoder = csvEncoder(delimiterByte(delimiter), names.length);
  const before = names.map((_, i) => Buffer.from(i === 0 ? '' : delimiter));
  const end = Buffer.from('\n');
  const header = names.flatMap((name, i) => [before[i]!, encoded(encoder, Buffer.from(name))]);
  const head = Buffer.concat([...header, end]);
  const nothing = Buffer.alloc(0);
  return {
    head,
    tail: nothing,
    between: nothing,
    end,
    before,
    behind: nothing,
    encoder,
    opened: openDelimited(head, true, { maxRecordBytes: Number.MAX_SAFE_INTEGER }, delimiter)!,
    selectors: names,
  };
}

function encoded(encoder: Encoder, text: Buffer): Buffer {
  const target = Buffer.alloc(encoder.bound(text.length));
  return target.subarray(0, encoder.encode(target, 0, Kind.text, text, 0, text.length, false));
}

function delimiterByte(delimiter: string): number {
  const byte = delimiter.charCodeAt(0);
  if (delimiter.length === 1 && byte > 0 && byte < 0x80 && byte !== QUOTE && byte !== CR && byte !== LF) return byte;
  throw fail('POLICY-SHAPE', 'the delimiter is not one ASCII character', {
    hint: 'it can be a comma, semicolon, tab or bar, but not a quote or line break',
  });
}

/** The first column goes with the delimiter behind it, any other with the one in front: the line end stays. */
function removal(batch: Batch, cell: number, removed: number, delimiter: number): readonly [number, number] {
  const { bytes, from, to } = batch;
  const begin = batch.outerStart[cell]!;
  const end = batch.outerEnd[cell]!;
  // In front of a first column stands a line feed or another block, never a delimiter of this record.
  const isFirst = begin === from || begin === removed || bytes[begin - 1] !== delimiter;
  if (!isFirst) return [begin - 1, end];
  return [begin, end < to && bytes[end] === delimiter ? end + 1 : end];
}
