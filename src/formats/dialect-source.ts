import { isUtf8 } from 'node:buffer';
import { fail } from '../base/diagnostic.ts';
import { badText, tooLong } from './csv-problems.ts';
import type { Dialect } from './dialect.ts';

/** The bytes of a file on their way to the parser: checked, and kept until their record is known, so that its line can be told. */
export interface DialectSource {
  /** The byte order mark, once, and the text behind it. Throws DATA-ENCODING where the text is not UTF-8. */
  add(bytes: Buffer): { readonly mark: Buffer; readonly text: Buffer };
  /** What was held back, when no more bytes come. */
  end(): { readonly mark: Buffer; readonly text: Buffer };
  /** A record ends at this offset of the text. */
  pass(end: number): void;
  /** 1-based line of the file on which the record behind the last one begins. */
  lineOfNext(): number;
}

const CR = 0x0d;
const LF = 0x0a;
const byteOrderMark = Buffer.from('\ufeff');
const none = Buffer.alloc(0);

export function dialectSource(dialect: Dialect, maxRecordBytes: number): DialectSource {
  const comment = dialect.comment === undefined ? undefined : Buffer.from(dialect.comment);
  const recordEnds = dialect.recordDelimiters.map((end) => Buffer.from(end));
  /** Text from offset `base` on. */
  let held: Buffer = none;
  let base = 0;
  /** Offset in `held` behind the last record, and the line there. */
  let passed = 0;
  let line = 1;
  /** Offset in `held` up to which the text is known to be UTF-8. */
  let checked = 0;
  /** The first bytes, until they are enough to tell a byte order mark. */
  let first: Buffer | undefined = none;

  function take(bytes: Buffer, final: boolean): { mark: Buffer; text: Buffer } {
    let text = bytes;
    let mark = none;
    if (first !== undefined) {
      text = Buffer.concat([first, bytes]);
      if (text.length < byteOrderMark.length && !final) {
        first = text;
        return { mark: none, text: none };
      }
      first = undefined;
      if (text.subarray(0, 3).equals(byteOrderMark)) {
        mark = byteOrderMark;
        text = text.subarray(3);
      }
    }
    if (held.length - passed > 2 * maxRecordBytes) throw failAtNext(tooLong(maxRecordBytes));
    held = Buffer.concat([held.subarray(passed), text]);
    base += passed;
    checked -= passed;
    passed = 0;
    check(final);
    // The parser keeps what it is given, and the caller uses `bytes` again.
    return { mark, text: held.subarray(held.length - text.length) };
  }

  function check(final: boolean): void {
    const end = final ? held.length : wholeCharacters(held, checked);
    if (!isUtf8(held.subarray(checked, end))) {
      let at = checked;
      let next = held.indexOf(LF, at) + 1;
      for (; next > 0 && next <= end && isUtf8(held.subarray(at, next)); next = held.indexOf(LF, at) + 1) at = next;
      const place = { line: line + lineBreaks(held, passed, at) };
      throw fail(badText.code, 'the line is not valid UTF-8', { place, hint: badText.hint });
    }
    checked = end;
  }

  function failAtNext({ code, message, hint }: ReturnType<typeof tooLong>) {
    return fail(code, message, { place: { line: lineOfNext() }, hint });
  }

  function lineOfNext(): number {
    let at = passed;
    for (;;) {
      let begin = at;
      if (dialect.trim) while (held[begin] === 0x20 || held[begin] === 0x09) begin++;
      if (comment !== undefined && standsAt(comment, held, begin)) {
        const ends = recordEnds.map((end) => ({ at: held.indexOf(end, begin), size: end.length }));
        const found = ends.filter((end) => end.at >= 0).sort((a, b) => a.at - b.at);
        if (found.length === 0) break;
        at = found[0]!.at + found[0]!.size;
        continue;
      }
      const end = dialect.skipEmptyLines ? recordEnds.find((bytes) => standsAt(bytes, held, begin)) : undefined;
      if (end === undefined) break;
      at = begin + end.length;
    }
    return line + lineBreaks(held, passed, at);
  }

  return {
    add: (bytes) => take(bytes, false),
    end: () => take(none, true),
    pass(end) {
      line += lineBreaks(held, passed, end - base);
      passed = end - base;
    },
    lineOfNext,
  };
}

function standsAt(what: Buffer, bytes: Buffer, at: number): boolean {
  return bytes.subarray(at, at + what.length).equals(what);
}

/** Line ends in bytes[from, to): LF, CRLF and CR alone. */
function lineBreaks(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    if (byte === LF || (byte === CR && bytes[i + 1] !== LF)) count++;
  }
  return count;
}

/** End of the last character that is whole, in bytes of UTF-8 that begin one at `from`. */
function wholeCharacters(bytes: Buffer, from: number): number {
  for (let back = 1; back <= 3 && bytes.length - back >= from; back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return size > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
