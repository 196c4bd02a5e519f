import { longer } from '../../base/longer.ts';
import { words } from '../../table/word-rules.ts';
import type { WithoutEscapes } from './matcher.ts';

/** Texts as the leak check compares them, one byte or character at a time; their bytes and words grow. */
export class Words {
  /** The letters and digits of all words of all texts, one behind the other, as UTF-8. */
  bytes = Buffer.allocUnsafeSlow(4096);
  length = 0;
  /** Word w is bytes[start[w], start[w + 1]); start[count] = length. */
  start = new Int32Array(4097);
  count = 0;

  clear(): void {
    this.length = 0;
    this.count = 0;
    this.start[0] = 0;
  }

  /** Add the words of text[from, to); `withoutEscapes` is used where it holds a backslash. */
  append(text: Buffer, from: number, to: number, withoutEscapes?: WithoutEscapes): void {
    if (withoutEscapes !== undefined && text.subarray(from, to).includes(0x5c)) {
      const plain = withoutEscapes(text, from, to);
      this.append(plain, 0, plain.length);
      return;
    }
    this.#ensure(to - from);
    if (!this.#appendAscii(text, from, to)) this.#appendUnicode(text, from, to);
  }

  #appendAscii(text: Uint8Array, from: number, to: number): boolean {
    const bytes: Uint8Array = this.bytes;
    const { start } = this;
    let n = this.length;
    let w = this.count;
    let between = true;
    for (let i = from; i < to; i++) {
      const c = lower[text[i]!]!;
      if (c === 0) {
        between = true;
        continue;
      }
      if (c === 0xff) return false;
      if (between) {
        start[w++] = n;
        between = false;
      }
      bytes[n++] = c;
    }
    start[w] = n;
    this.count = w;
    this.length = n;
    return true;
  }

  #appendUnicode(text: Buffer, from: number, to: number): void {
    const plain = text.toString('utf8', from, to).normalize('NFC').toLowerCase();
    this.#ensure(plain.length * 3);
    let n = this.length;
    let w = this.count;
    for (const [word] of plain.matchAll(words)) {
      this.start[w++] = n;
      n += this.bytes.write(word, n, 'utf8');
    }
    this.start[w] = n;
    this.count = w;
    this.length = n;
  }

  /** Make room for `size` more bytes, each of which may begin a word. */
  #ensure(size: number): void {
    if (this.length + size >= this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow((this.length + size) * 2);
      this.bytes.copy(grown, 0, 0, this.length);
      this.bytes = grown;
    }
    if (this.count + size + 1 >= this.start.length) {
      this.start = longer(this.start, (this.count + size) * 2);
    }
  }
}

/** 0: not part of a word. 0xff: beyond ASCII, to be read as Unicode. Otherwise the byte in lower case. */
const lower = Uint8Array.from({ length: 256 }, (_, c) => {
  if (c >= 0x80) return 0xff;
  if (c >= 0x41 && c <= 0x5a) return c + 32;
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) ? c : 0;
});
