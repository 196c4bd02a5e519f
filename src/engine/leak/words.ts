/**
 * Text as the leak check compares it: letters and digits only, lower case, NFC. Where words begin is kept beside, so that
 * `+1 (555) 010-9999`, `1-555-010-9999` and `15550109999` are the same, and a match can be held to whole words.
 */
export class Words {
  /** The letters and digits of all words, one behind the other, as UTF-8. */
  bytes = Buffer.allocUnsafeSlow(1024);
  length = 0;
  /** Word w is bytes[start[w], start[w + 1]); start[count] = length. */
  start = new Int32Array(1025);
  count = 0;

  /** Read text[from, to). */
  read(text: Buffer, from: number, to: number): void {
    this.#ensure(to - from);
    if (!this.#readAscii(text, from, to)) this.#readUnicode(text, from, to);
  }

  /** Does a word begin, or the text end, at offset `p`? */
  isBorder(p: number): boolean {
    const { start } = this;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (start[middle]! < p) low = middle + 1;
      else high = middle;
    }
    return start[low] === p;
  }

  #readAscii(text: Uint8Array, from: number, to: number): boolean {
    const bytes: Uint8Array = this.bytes;
    const { start } = this;
    let n = 0;
    let w = 0;
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

  #readUnicode(text: Buffer, from: number, to: number): void {
    const plain = text.toString('utf8', from, to).normalize('NFC').toLowerCase();
    this.#ensure(plain.length * 3);
    let n = 0;
    let w = 0;
    for (const [word] of plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      this.start[w++] = n;
      n += this.bytes.write(word, n, 'utf8');
    }
    this.start[w] = n;
    this.count = w;
    this.length = n;
  }

  #ensure(size: number): void {
    if (size < this.bytes.length) return;
    this.bytes = Buffer.allocUnsafeSlow(size * 2);
    this.start = new Int32Array(size * 2 + 1);
  }
}

/** 0: not part of a word. 0xff: beyond ASCII, to be read as Unicode. Otherwise the byte in lower case. */
const lower = Uint8Array.from({ length: 256 }, (_, c) => {
  if (c >= 0x80) return 0xff;
  if (c >= 0x41 && c <= 0x5a) return c + 32;
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) ? c : 0;
});
