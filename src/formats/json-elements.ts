import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-tokens.ts';

/**
 * Does the JSON in bytes[from, to), which begins behind a value within `levels` containers, leave the outermost of them? The JSON
 * is well-formed, and neither end is within a token.
 */
export function leavesElement(bytes: Uint8Array, from: number, to: number, levels: number): boolean {
  let open = levels;
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) {
      for (at++; bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) open++;
    else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --open === 0) return true;
  }
  return false;
}
