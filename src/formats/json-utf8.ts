import { isUtf8 } from 'node:buffer';

/**
 * Where the first ill-formed sequence of bytes[from, to) begins (Unicode 16, table 3-7), or Infinity. A sequence that `to` cuts
 * short is no fault: the rest of it comes with the next block.
 */
export function illFormedAt(bytes: Buffer, from: number, to: number): number {
  const end = wholeCharacters(bytes, from, to);
  if (isUtf8(bytes.subarray(from, end))) return Number.POSITIVE_INFINITY;
  let p = from;
  while (p < end) {
    const size = sequenceLength(bytes, p, end);
    if (size === 0) return p;
    p += size;
  }
  return Number.POSITIVE_INFINITY;
}

/** `to`, or where the sequence begins that reaches beyond it. */
function wholeCharacters(bytes: Buffer, from: number, to: number): number {
  for (let back = 1; back <= 3 && to - back >= from; back++) {
    const byte = bytes[to - back]!;
    if (byte >= 0xc0) return leadLength(byte) > back ? to - back : to;
    if (byte < 0x80) return to;
  }
  return to;
}

function leadLength(byte: number): number {
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/** Length of the well-formed sequence at `p`, or 0. */
function sequenceLength(bytes: Buffer, p: number, end: number): number {
  const lead = bytes[p]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = leadLength(lead);
  if (p + length > end) return 0;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (bytes[p + 1]! < least || bytes[p + 1]! > most) return 0;
  for (let i = 2; i < length; i++) if ((bytes[p + i]! & 0xc0) !== 0x80) return 0;
  return length;
}
