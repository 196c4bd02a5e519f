import { type Failure, fail } from '../base/diagnostic.ts';
import { type Batch, createBatch, type ScanRequest } from './batch.ts';
import { badText, nul, strictHint, surrogate, twice } from './json-problems.ts';
import { JsonScanner } from './json-scanner.ts';
import { COLON, isSpace, QUOTE, stringEnd } from './json-tokens.ts';
import { illFormedAt } from './json-utf8.ts';
import type { Problem } from './problem.ts';

/** Thrown where the block ends: what is being read may go on in the next one. */
export const Cut = Symbol('the block ends here');

/**
 * Reads the parts of a document that stand around its records, token by token; strict as the scanner of records. What is read can
 * be written with replacements.
 */
export class JsonCursor {
  at = 0;
  readonly #batch: Batch;
  readonly #passed: number;
  readonly #illFormed: number;
  readonly #values: JsonScanner;
  readonly #replaced: { readonly from: number; readonly to: number; readonly text: string }[] = [];

  /** `passed` is how much of the document stands in front of `bytes`. */
  constructor(bytes: Buffer, passed: number) {
    this.#batch = createBatch(bytes.length + 1);
    bytes.copy(this.#batch.bytes);
    this.#batch.limit = bytes.length;
    this.#passed = passed;
    this.#illFormed = illFormedAt(bytes, 0, bytes.length);
    this.#values = new JsonScanner(anyValue, 'document');
    this.#values.begin(this.#batch, -passed);
  }

  /** Go to the next byte that is not white space; returns it. */
  peek(): number {
    this.#passSpace();
    if (this.at >= this.#batch.limit) throw Cut;
    return this.#batch.bytes[this.at]!;
  }

  /** Pass by this byte if it is the next. */
  takes(byte: number): boolean {
    const there = this.peek() === byte;
    if (there) this.at++;
    return there;
  }

  take(byte: number, expected: string): void {
    if (!this.takes(byte)) throw this.unexpected(expected);
  }

  /** Read a key, which none of `keys` may be, and the colon behind it. */
  key(keys: Set<string>): string {
    this.take(QUOTE, 'expected a key in quotes');
    const { bytes, limit } = this.#batch;
    const from = this.at;
    const end = stringEnd(bytes, from);
    this.at = end < 0 ? ~end : end + 1;
    if (this.at >= limit) throw Cut;
    if (end < 0) throw this.unexpected(bytes[this.at]! < 0x20 ? 'control character without escape' : 'unknown escape');
    this.check();
    const key: string = JSON.parse(bytes.toString('utf8', from - 1, end + 1));
    if (/\p{Cs}/u.test(key)) throw this.#failure(surrogate);
    if (keys.has(key)) throw this.#failure(twice);
    keys.add(key);
    this.take(COLON, 'expected `:`');
    return key;
  }

  /** Pass by a value. Something must follow it. */
  value(): void {
    this.peek();
    const end = this.#values.value(this.#batch, this.at);
    if (end < 0 || end >= this.#batch.limit) throw Cut;
    this.at = end;
  }

  /** Nothing but white space may follow. */
  end(): void {
    this.#passSpace();
    if (this.at >= this.#batch.limit) return;
    throw this.unexpected(
      'expected the end of the document',
      'is it one document? lines of JSON are `--format ndjson`',
    );
  }

  /** Refuse what has been read so far if it is no text. */
  check(): void {
    if (this.#illFormed < this.at) throw this.#failure(badText);
  }

  /** Write `text` in the place of [from, to), which lies behind all that was replaced before. */
  replace(from: number, to: number, text: string): void {
    this.#replaced.push({ from, to, text });
  }

  /** What has been read, as it is written. */
  written(): Buffer {
    const parts: Buffer[] = [];
    let at = 0;
    for (const { from: begin, to, text } of this.#replaced) {
      parts.push(this.#batch.bytes.subarray(at, begin), Buffer.from(text));
      at = to;
    }
    return Buffer.concat([...parts, this.#batch.bytes.subarray(at, this.at)]);
  }

  unfinished(): Failure {
    const hint = 'is the input cut short?';
    return this.#failure({ code: 'DATA-SYNTAX', message: 'the input ends within the document', hint });
  }

  /** The failure that something else stands here. */
  unexpected(expected: string, hint = strictHint): Failure {
    if (this.#batch.bytes[this.at] === 0) return this.#failure(nul);
    const message = `${expected} at byte ${this.#passed + this.at + 1} of the document`;
    return this.#failure({ code: 'DATA-SYNTAX', message, hint });
  }

  #passSpace(): void {
    const { bytes, limit } = this.#batch;
    while (this.at < limit && isSpace(bytes[this.at]!)) this.at++;
  }

  /** A failure here, unless the text goes wrong before. */
  #failure(problem: Problem): Failure {
    const { code, message, hint } = this.#illFormed < this.at ? badText : problem;
    return fail(code, message, { hint });
  }
}

/** Emits nothing and refuses nothing. */
const anyValue: ScanRequest = {
  slots: [{ selector: '', wanted: false, whole: false }],
  unlisted: 0,
  nullValues: [],
};
