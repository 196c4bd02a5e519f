import { fail } from '../base/diagnostic.ts';
import { CR, LF, QUOTE } from './csv-bytes.ts';
import { bareQuote, failAt, loneReturn, textBehindQuote, textProblem, tooLong, unclosedQuote } from './csv-problems.ts';
import type { Problem } from './problem.ts';

/** What stands in front of the records of a CSV file, byte order mark and header line, and the names of its columns. */
export interface Header {
  /** The bytes up to the first record. */
  readonly bytes: Buffer;
  readonly names: readonly string[];
  /** The same header without the columns at these positions; all other bytes as they stand. */
  without(dropped: ReadonlySet<number>): Header;
}

interface Field {
  readonly begin: number;
  readonly end: number;
}

/** Read the header at the start of `bytes`; undefined when it is not complete and more may come. */
export function readHeader(
  bytes: Buffer,
  final: boolean,
  delimiter: number,
  maxRecordBytes: number,
): Header | undefined {
  if (looksLikeUtf16(bytes)) throw utf16();
  const mark = markBytes(bytes);
  if (final && bytes.length === mark) {
    throw fail('DATA-EMPTY', 'the input is empty', { hint: 'the first line must name the columns' });
  }
  const fields: Field[] = [];
  const lineEnd = walk(bytes, mark, final, delimiter, fields);
  if (typeof lineEnd === 'object') {
    throw failAt(textProblem(bytes.subarray(0, lineEnd.at)) ?? lineEnd.problem, 0, undefined);
  }
  if ((lineEnd ?? bytes.length) - mark > maxRecordBytes) {
    throw failAt(tooLong(maxRecordBytes), 0, undefined);
  }
  if (lineEnd === undefined) return undefined;

  const head = Buffer.from(bytes.subarray(0, lineEnd));
  const wrong = textProblem(head);
  if (wrong !== undefined) throw failAt(wrong, 0, undefined);
  const names = fields.map((field) => nameOf(head, field));
  checkNames(names);
  return headerOf(head, names, (dropped) => without(head, mark, fields, dropped, delimiter));
}

/** The head of a file without a header line, whose columns have these names: at most a byte order mark. */
export function statedHeader(bytes: Buffer, final: boolean, names: readonly string[]): Header | undefined {
  if (looksLikeUtf16(bytes)) throw utf16();
  if (bytes.length < 3 && !final) return undefined;
  const mark = Buffer.from(bytes.subarray(0, markBytes(bytes)));
  return headerOf(mark, names, () => mark);
}

/** `without` makes the bytes that are left without some columns. */
function headerOf(bytes: Buffer, names: readonly string[], without: (dropped: ReadonlySet<number>) => Buffer): Header {
  const header: Header = {
    bytes,
    names,
    without(dropped) {
      if (dropped.size === 0) return header;
      // The columns that are left keep their places among all.
      const places = names.flatMap((_, i) => (dropped.has(i) ? [] : [i]));
      const left = places.map((i) => names[i]!);
      return headerOf(without(dropped), left, (more) =>
        without(new Set([...dropped, ...[...more].map((i) => places[i]!)])),
      );
    },
  };
  return header;
}

function markBytes(bytes: Buffer): 0 | 3 {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/**
 * The fields of the line at `from`. Returns the offset behind its line end, undefined when it is not complete, or what is wrong
 * with it and where.
 */
function walk(
  bytes: Buffer,
  from: number,
  final: boolean,
  delimiter: number,
  fields: Field[],
): number | undefined | { problem: Problem; at: number } {
  const limit = bytes.length;
  let i = from;
  for (;;) {
    const begin = i;
    const quoted = bytes[i] === QUOTE;
    if (quoted) {
      for (i++; i < limit && (bytes[i] !== QUOTE || bytes[i + 1] === QUOTE); i++) if (bytes[i] === QUOTE) i++;
      if (i >= limit) return final ? { problem: unclosedQuote, at: limit } : undefined;
      i++;
    } else {
      while (i < limit && bytes[i] !== delimiter && bytes[i] !== LF && bytes[i] !== CR && bytes[i] !== QUOTE) i++;
    }
    fields.push({ begin, end: i });
    if (i === limit) return final ? limit : undefined;
    if (bytes[i] === LF) return i + 1;
    if (bytes[i] === CR) {
      if (bytes[i + 1] === LF) return i + 2;
      return i + 1 === limit && !final ? undefined : { problem: loneReturn, at: i };
    }
    if (bytes[i] !== delimiter) return { problem: quoted ? textBehindQuote : bareQuote, at: i };
    i++;
  }
}

function nameOf(head: Buffer, { begin, end }: Field): string {
  if (head[begin] !== QUOTE) return head.toString('utf8', begin, end);
  return head.toString('utf8', begin + 1, end - 1).replaceAll('""', '"');
}

function checkNames(names: readonly string[]): void {
  const first = new Map<string, number>();
  names.forEach((name, i) => {
    if (name === '') {
      throw fail('DATA-FIELDS', `column ${i + 1} has no name`, {
        place: { row: 0 },
        hint: 'name every column in the first line',
      });
    }
    const other = first.get(name);
    if (other !== undefined) {
      // Not which name: without a header it would be a value of the first record.
      throw fail('DATA-FIELDS', `columns ${other + 1} and ${i + 1} have the same name`, {
        place: { row: 0 },
        hint: 'give every column a name of its own; is the first line a header?',
      });
    }
    first.set(name, i);
  });
}

function without(
  head: Buffer,
  mark: number,
  fields: readonly Field[],
  dropped: ReadonlySet<number>,
  delimiter: number,
): Buffer {
  const separator = Buffer.from([delimiter]);
  const kept = fields.filter((_, i) => !dropped.has(i));
  const line = kept.flatMap(({ begin, end }, i) => [...(i > 0 ? [separator] : []), head.subarray(begin, end)]);
  return Buffer.concat([head.subarray(0, mark), ...line, head.subarray(fields.at(-1)!.end)]);
}

/** UTF-16 begins with a byte order mark of its own, or, as headers are mostly ASCII, has NUL as every second byte. */
function looksLikeUtf16(bytes: Buffer): boolean {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && c === 0 && b !== 0 && d !== 0) || (a !== 0 && c !== 0 && b === 0 && d === 0);
}

function utf16() {
  const hint = 'is this UTF-16? then say `input: { encoding: utf-16 }` in the policy';
  return fail('DATA-ENCODING', 'the header is not valid UTF-8', { place: { row: 0 }, hint });
}
