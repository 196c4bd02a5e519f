import { Kind } from '../table/column.ts';
import type { Encoder } from './batch.ts';
import { QUOTE, specialBytes } from './csv-bytes.ts';
import { specials } from './csv-specials.ts';

/**
 * Writes values as RFC 4180 §2 has it: in quotes when the value needs them, or when text takes the place of text in quotes. An
 * empty value of an only column is written as `""`: a blank line would not be read as a record everywhere.
 */
export function csvEncoder(delimiter: number, kept: number): Encoder {
  const special = specialBytes(delimiter);

  const scan = specials(delimiter);

  return {
    isPlain(bytes, from, to) {
      scan.list(bytes, from, to);
      return kept !== 1 && scan.offsets[0] === to;
    },

    bound: (bytes) => 2 * bytes + 2,

    encode(target, at, kind, bytes, from, to, quoted) {
      let inQuotes = (quoted && kind === Kind.text) || (from === to && kept === 1);
      let end = at;
      if (!inQuotes) {
        let i = from;
        for (; i < to; i++) {
          const c = bytes[i]!;
          if (special[c] === 1) break;
          target[end++] = c;
        }
        inQuotes = i < to;
      }
      return inQuotes ? encodeQuoted(target, at, bytes, from, to) : end;
    },
  };
}

function encodeQuoted(target: Buffer, at: number, bytes: Buffer, from: number, to: number): number {
  let end = at;
  target[end++] = QUOTE;
  for (let i = from; i < to; i++) {
    const c = bytes[i]!;
    target[end++] = c;
    if (c === QUOTE) target[end++] = QUOTE;
  }
  target[end++] = QUOTE;
  return end;
}
