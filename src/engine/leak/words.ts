/**
 * Text as the leak check compares it: letters and digits only, lower case, NFC. Where words begin and end is kept beside, so that
 * `+1 (555) 010-9999`, `1-555-010-9999` and `15550109999` are the same, and a match can be held to whole words.
 */
export class Words {
  /** The letters and digits, as UTF-8. */
  bytes = Buffer.allocUnsafeSlow(1024);
  length = 0;
  /** begins[i] is 1 where a word begins at byte i; ends[i] is 1 where one ends before byte i. */
  begins = new Uint8Array(1025);
  ends = new Uint8Array(1025);

  /** Read text[from, to). */
  read(text: Buffer, from: number, to: number): void {
    this.#ensure(to - from);
    if (!this.#readAscii(text, from, to)) this.#readUnicode(text, from, to);
  }

  #readAscii(text: Buffer, from: number, to: number): boolean {
    const { bytes, begins, ends } = this;
    let n = 0;
    let inWord = 0;
    ends[0] = 0;
    for (let i = from; i < to; i++) {
      const c = lower[text[i]!]!;
      if (c === 0) {
        ends[n] = inWord | ends[n]!;
        inWord = 0;
        continue;
      }
      if (c === 0xff) return false;
      begins[n] = inWord ^ 1;
      inWord = 1;
      bytes[n++] = c;
      ends[n] = 0;
    }
    ends[n] = 1;
    this.length = n;
    return true;
  }

  #readUnicode(text: Buffer, from: number, to: number): void {
    const plain = text.toString('utf8', from, to).normalize('NFC').toLowerCase();
    this.#ensure(plain.length * 3);
    let n = 0;
    this.ends[0] = 0;
    for (const [word] of plain.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
      const size = this.bytes.write(word, n, 'utf8');
      this.begins.fill(0, n, n + size);
      this.ends.fill(0, n + 1, n + size);
      this.begins[n] = 1;
      n += size;
      this.ends[n] = 1;
    }
    this.length = n;
  }

  #ensure(size: number): void {
    if (size < this.bytes.length) return;
    this.bytes = Buffer.allocUnsafeSlow(size * 2);
    this.begins = new Uint8Array(size * 2 + 1);
    this.ends = new Uint8Array(size * 2 + 1);
  }
}

/** 0: not part of a word. 0xff: beyond ASCII, to be read as Unicode. Otherwise the byte in lower case. */
const lower = Uint8Array.from({ length: 256 }, (_, c) => {
  if (c >= 0x80) return 0xff;
  if (c >= 0x41 && c <= 0x5a) return c + 32;
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39) ? c : 0;
});
