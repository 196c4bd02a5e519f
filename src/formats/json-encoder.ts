import { Kind } from '../table/column.ts';
import type { Encoder } from './batch.ts';
import { BACKSLASH, FALSE, literalEnd, NULL, numberEnd, PLAIN, QUOTE, TRUE } from './json-tokens.ts';

/**
 * Values as JSON. Text becomes a string with the fewest escapes. A number keeps its digits; one that JSON has no form for (`007`,
 * `+5`, `.5`) becomes a string.
 */
export const jsonEncoder: Encoder = {
  // A control character becomes six bytes, and there are two quotes; no bytes may become `null`.
  // Text always goes into quotes.
  isPlain: () => false,

  bound: (bytes) => 6 * bytes + 4,

  encode(target, at, kind, bytes, from, to) {
    switch (kind) {
      case Kind.null:
      case Kind.invalid:
        return copy(target, at, NULL, 0, NULL.length);
      case Kind.container:
        return copy(target, at, bytes, from, to);
      case Kind.number:
        return isNumber(bytes, from, to) ? copy(target, at, bytes, from, to) : string(target, at, bytes, from, to);
      case Kind.boolean:
        return isBoolean(bytes, from, to) ? copy(target, at, bytes, from, to) : string(target, at, bytes, from, to);
      default:
        return string(target, at, bytes, from, to);
    }
  },
};

/** Letters of the short escapes; 0: none. */
const SHORT = new Uint8Array(0x20);
for (const [letter, character] of ['b\b', 'f\f', 'n\n', 'r\r', 't\t'] as Iterable<string>) {
  SHORT[character!.charCodeAt(0)] = letter!.charCodeAt(0);
}
const DIGITS = Buffer.from('0123456789abcdef');
const CONTROL = Buffer.from('\\u00');

function string(target: Buffer, at: number, bytes: Buffer, from: number, to: number): number {
  target[at++] = QUOTE;
  for (let p = from; p < to; p++) {
    const byte = bytes[p]!;
    if (PLAIN[byte] === 1) target[at++] = byte;
    else if (byte === QUOTE || byte === BACKSLASH) {
      target[at++] = BACKSLASH;
      target[at++] = byte;
    } else if (SHORT[byte] !== 0) {
      target[at++] = BACKSLASH;
      target[at++] = SHORT[byte]!;
    } else {
      at = copy(target, at, CONTROL, 0, CONTROL.length);
      target[at++] = DIGITS[byte >> 4]!;
      target[at++] = DIGITS[byte & 15]!;
    }
  }
  target[at++] = QUOTE;
  return at;
}

function copy(target: Buffer, at: number, bytes: Buffer, from: number, to: number): number {
  if (to - from > 48) return at + bytes.copy(target, at, from, to);
  for (let p = from; p < to; p++) target[at++] = bytes[p]!;
  return at;
}

function isNumber(bytes: Buffer, from: number, to: number): boolean {
  return from < to && numberEnd(bytes, from, to) === to;
}

function isBoolean(bytes: Buffer, from: number, to: number): boolean {
  return literalEnd(bytes, from, TRUE) === to || literalEnd(bytes, from, FALSE) === to;
}
