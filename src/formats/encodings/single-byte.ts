import { isAscii } from 'node:buffer';
import { fail } from '../../base/diagnostic.ts';
import type { Codec, Decoder, Encoding } from './definition.ts';

/** An encoding of one byte a character. `upper`: the characters of bytes 80 to FF, 0 where there is none; the others are ASCII. */
export function singleByte(name: string, summary: string, iana: string, upper: readonly number[]): Encoding {
  const points = Uint16Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? byte : upper[byte - 0x80]!));
  const bytes = new Int16Array(Math.max(...points) + 1).fill(-1);
  points.forEach((point, byte) => {
    if (byte < 0x80 || point !== 0) bytes[point] = byte;
  });
  const codec: Codec = {
    name: iana,
    mark: Buffer.alloc(0),
    decoder: () => decoder(points, name),
    encode(text) {
      if (isAscii(text)) return text;
      const target = Buffer.allocUnsafe(text.length);
      let at = 0;
      for (let i = 0; i < text.length; i += widthAt(text, i)) target[at++] = bytes[pointAt(text, i)]!;
      return target.subarray(0, at);
    },
    size(text, from, to) {
      let characters = 0;
      for (let i = from; i < to; i++) if ((text[i]! & 0xc0) !== 0x80) characters++;
      return characters;
    },
    refused(text) {
      if (isAscii(text)) return -1;
      for (let i = 0; i < text.length; i += widthAt(text, i)) if ((bytes[pointAt(text, i)] ?? -1) < 0) return i;
      return -1;
    },
  };
  return {
    name,
    summary,
    iana,
    codecFor(head) {
      const marked = [utf8Mark, Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])].findIndex((mark) =>
        head.subarray(0, mark.length).equals(mark),
      );
      if (marked < 0) return codec;
      const found = marked === 0 ? 'utf-8' : 'utf-16';
      throw fail('DATA-ENCODING', `the input begins with the byte order mark of ${found.toUpperCase()}`, {
        hint: `say \`encoding: ${found}\``,
      });
    },
  };
}

const utf8Mark = Buffer.from('\ufeff');

function decoder(points: Uint16Array, name: string): Decoder {
  let before = 0;
  return {
    decode(bytes) {
      const offset = before;
      before += bytes.length;
      if (isAscii(bytes)) return bytes;
      const target = Buffer.allocUnsafe(bytes.length * 3);
      let at = 0;
      for (let i = 0; i < bytes.length; i++) {
        const byte = bytes[i]!;
        const point = points[byte]!;
        if (point < 0x80) {
          if (byte >= 0x80) throw undefinedByte(offset + i, name);
          target[at++] = point;
        } else if (point < 0x800) {
          target[at++] = 0xc0 | (point >> 6);
          target[at++] = 0x80 | (point & 0x3f);
        } else {
          target[at++] = 0xe0 | (point >> 12);
          target[at++] = 0x80 | ((point >> 6) & 0x3f);
          target[at++] = 0x80 | (point & 0x3f);
        }
      }
      return target.subarray(0, at);
    },
    end() {},
  };
}

function undefinedByte(offset: number, name: string): Error {
  return fail('DATA-ENCODING', `byte ${offset + 1} of the input is no character of ${name}`, {
    hint: 'is the text in another encoding?',
  });
}

/** Bytes of the character of UTF-8 at `i`. */
function widthAt(text: Buffer, i: number): number {
  const byte = text[i]!;
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

function pointAt(text: Buffer, i: number): number {
  const byte = text[i]!;
  if (byte < 0x80) return byte;
  if (byte < 0xe0) return ((byte & 0x1f) << 6) | (text[i + 1]! & 0x3f);
  if (byte < 0xf0) return ((byte & 0x0f) << 12) | ((text[i + 1]! & 0x3f) << 6) | (text[i + 2]! & 0x3f);
  return ((byte & 0x07) << 18) | ((text[i + 1]! & 0x3f) << 12) | ((text[i + 2]! & 0x3f) << 6) | (text[i + 3]! & 0x3f);
}
