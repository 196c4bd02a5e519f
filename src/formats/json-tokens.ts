/** The smallest parts of JSON text (RFC 8259): strings, numbers, literals. All offsets are into `bytes`. */

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const OPEN_ARRAY = 0x5b;
export const CLOSE_ARRAY = 0x5d;
export const MINUS = 0x2d;

/** 1 for the bytes that stand for themselves in a string. */
export const PLAIN = new Uint8Array(256).fill(1, 0x20);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

export const NULL = Buffer.from('null');
export const TRUE = Buffer.from('true');
export const FALSE = Buffer.from('false');

/** What the letter behind a backslash stands for; 0: no escape. */
const ESCAPED = new Uint8Array(256);
for (const [letter, character] of ['""', '\\\\', '//', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'] as Iterable<string>) {
  ESCAPED[letter!.charCodeAt(0)] = character!.charCodeAt(0);
}
const LETTER_U = 0x75;

/** Value of a hexadecimal digit; 255: none. */
const HEX = new Uint8Array(256).fill(255);
for (let i = 0; i < 16; i++) {
  HEX[i.toString(16).charCodeAt(0)] = i;
  HEX[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** White space within a value. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** `null`, an empty object or an empty array, by the first byte. */
export function isHollow(first: number): boolean {
  return first === NULL[0] || first === OPEN_OBJECT || first === OPEN_ARRAY;
}

/** Is bytes[from, to) one of the values? */
export function isOneOf(values: readonly Buffer[], bytes: Buffer, from: number, to: number): boolean {
  return values.some((value) => value.length === to - from && value.compare(bytes, from, to) === 0);
}

/**
 * Where the string ends that `p` is in: the offset of its closing quote. A byte that cannot stand in a string is returned as
 * `~offset`. There must be one behind the last byte of the input.
 */
export function stringEnd(bytes: Uint8Array, p: number): number {
  for (;;) {
    while (PLAIN[bytes[p]!] === 1) p++;
    if (bytes[p] === QUOTE) return p;
    if (bytes[p] !== BACKSLASH) return ~p;
    const letter = bytes[++p]!;
    if (letter === LETTER_U) {
      for (let i = 0; i < 4; i++) if (HEX[bytes[++p]!] === 255) return ~p;
    } else if (ESCAPED[letter] === 0) return ~p;
    p++;
  }
}

/**
 * Write what the inside of a well-formed string, bytes[from, to), stands for at bytes[at]; it is never longer. Returns the offset
 * behind it, or -1 if it has half of a surrogate pair, which no text can hold; `lenient` writes U+FFFD for it.
 */
export function decodeString(bytes: Uint8Array, from: number, to: number, at: number, lenient = false): number {
  let p = from;
  while (p < to) {
    const byte = bytes[p++]!;
    if (byte !== BACKSLASH) {
      bytes[at++] = byte;
      continue;
    }
    const letter = bytes[p++]!;
    if (letter !== LETTER_U) {
      bytes[at++] = ESCAPED[letter]!;
      continue;
    }
    let code = hex4(bytes, p);
    p += 4;
    if (code >= 0xd800 && code < 0xe000) {
      const low = p + 6 <= to && bytes[p] === BACKSLASH && bytes[p + 1] === LETTER_U ? hex4(bytes, p + 2) : 0;
      if (code < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        p += 6;
      } else if (lenient) code = 0xfffd;
      else return -1;
    }
    at = writeUtf8(bytes, at, code);
  }
  return at;
}

/** Well-formed JSON bytes[from, to) with all escapes resolved, for searching; half of a surrogate pair becomes U+FFFD. */
export function withoutEscapes(bytes: Buffer, from: number, to: number): Buffer {
  const text = bytes.subarray(from, to);
  if (!text.includes(BACKSLASH)) return text;
  const resolved = Buffer.from(text);
  return resolved.subarray(0, decodeString(resolved, 0, resolved.length, 0, true));
}

/** Copy well-formed JSON bytes[from, to) to target[at] without the white space between its tokens; returns the offset behind it. */
export function copyCompact(bytes: Uint8Array, from: number, to: number, target: Uint8Array, at: number): number {
  let inString = false;
  for (let p = from; p < to; p++) {
    const byte = bytes[p]!;
    if (!inString && isSpace(byte)) continue;
    target[at++] = byte;
    if (byte === QUOTE) inString = !inString;
    else if (inString && byte === BACKSLASH) target[at++] = bytes[++p]!;
  }
  return at;
}

/** Where the number at `p` ends. The byte at which it fails to be one, or the end of the input in its middle, is `~offset`. */
export function numberEnd(bytes: Uint8Array, p: number, limit: number): number {
  if (bytes[p] === MINUS) p++;
  p = p < limit && bytes[p] === 0x30 ? p + 1 : digitsEnd(bytes, p, limit);
  if (p >= 0 && p < limit && bytes[p] === 0x2e) p = digitsEnd(bytes, p + 1, limit);
  if (p >= 0 && p < limit && (bytes[p] === 0x65 || bytes[p] === 0x45)) {
    p++;
    if (p < limit && (bytes[p] === 0x2b || bytes[p] === MINUS)) p++;
    p = digitsEnd(bytes, p, limit);
  }
  return p;
}

/** Where the literal at `p` ends, or `~offset` of the first byte that differs. */
export function literalEnd(bytes: Uint8Array, p: number, literal: Uint8Array): number {
  for (let i = 0; i < literal.length; i++) if (bytes[p + i] !== literal[i]) return ~(p + i);
  return p + literal.length;
}

function digitsEnd(bytes: Uint8Array, p: number, limit: number): number {
  const from = p;
  while (p < limit && bytes[p]! >= 0x30 && bytes[p]! <= 0x39) p++;
  return p === from ? ~p : p;
}

function hex4(bytes: Uint8Array, p: number): number {
  return (HEX[bytes[p]!]! << 12) | (HEX[bytes[p + 1]!]! << 8) | (HEX[bytes[p + 2]!]! << 4) | HEX[bytes[p + 3]!]!;
}

function writeUtf8(bytes: Uint8Array, at: number, code: number): number {
  if (code < 0x80) {
    bytes[at++] = code;
    return at;
  }
  if (code < 0x800) bytes[at++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x10000) bytes[at++] = 0xe0 | (code >> 12);
    else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
    }
    bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  bytes[at++] = 0x80 | (code & 0x3f);
  return at;
}
