import { fail } from '../../base/diagnostic.ts';
import type { Codec, Decoder, Encoding } from './definition.ts';

const littleMark = Buffer.from([0xff, 0xfe]);
const bigMark = Buffer.from([0xfe, 0xff]);
const none = Buffer.alloc(0);

/** RFC 2781 §3.2, §4.3: the byte order mark tells the order and is no part of the text. Without one nothing tells the order. */
export const utf16: Encoding = {
  name: 'utf-16',
  summary: 'UTF-16; its byte order mark says in which order.',
  codecFor(head) {
    if (beginsWith(head, littleMark)) return codec('utf-16', littleMark, true);
    if (beginsWith(head, bigMark)) return codec('utf-16', bigMark, false);
    throw fail('DATA-ENCODING', 'the input does not begin with a byte order mark of UTF-16', {
      hint: 'say `encoding: utf-16le` (what Windows writes) or `encoding: utf-16be`, or leave it out for UTF-8',
    });
  },
};

/** RFC 2781 §3.3: the order is stated. A mark that agrees is kept as the first character. */
export const utf16le: Encoding = {
  name: 'utf-16le',
  summary: 'UTF-16, the lower byte first.',
  codecFor(head) {
    if (beginsWith(head, bigMark)) throw otherOrder('utf-16be');
    return codec('utf-16le', none, true);
  },
};

export const utf16be: Encoding = {
  name: 'utf-16be',
  summary: 'UTF-16, the higher byte first.',
  codecFor(head) {
    if (beginsWith(head, littleMark)) throw otherOrder('utf-16le');
    return codec('utf-16be', none, false);
  },
};

function beginsWith(head: Buffer, mark: Buffer): boolean {
  return head.subarray(0, mark.length).equals(mark);
}

function otherOrder(name: string): Error {
  return fail('DATA-ENCODING', 'the byte order mark of the input is that of the other byte order', {
    hint: `say \`encoding: ${name}\`, or \`encoding: utf-16\` to go by the mark`,
  });
}

function codec(name: string, mark: Buffer, little: boolean): Codec {
  return {
    name,
    mark,
    decoder: () => decoder(little, mark.length),
    encode(text) {
      const bytes = Buffer.from(text.toString('utf8'), 'utf16le');
      return little ? bytes : bytes.swap16();
    },
    size(text, from, to) {
      let units = 0;
      for (let i = from; i < to; i++) {
        const byte = text[i]!;
        // A character of four bytes takes two units.
        if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
      }
      return 2 * units;
    },
  };
}

/** `begin`: offset of the first byte of the text in the input. */
function decoder(little: boolean, begin: number): Decoder {
  /** Offset of `rest`. */
  let before = begin;
  let rest: Buffer = none;
  return {
    decode(bytes) {
      const source = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      const target = Buffer.allocUnsafe(((source.length >> 1) + 1) * 3);
      const low = little ? 0 : 1;
      const high = 1 - low;
      let i = 0;
      let at = 0;
      for (; i + 1 < source.length; i += 2) {
        const unit = source[i + low]! | (source[i + high]! << 8);
        if (unit < 0x80) target[at++] = unit;
        else if (unit < 0x800) {
          target[at++] = 0xc0 | (unit >> 6);
          target[at++] = 0x80 | (unit & 0x3f);
        } else if ((unit & 0xf800) !== 0xd800) {
          target[at++] = 0xe0 | (unit >> 12);
          target[at++] = 0x80 | ((unit >> 6) & 0x3f);
          target[at++] = 0x80 | (unit & 0x3f);
        } else {
          if (unit >= 0xdc00) throw unpaired(before + i);
          if (i + 3 >= source.length) break;
          const second = source[i + 2 + low]! | (source[i + 2 + high]! << 8);
          if ((second & 0xfc00) !== 0xdc00) throw unpaired(before + i);
          const point = 0x10000 + ((unit & 0x3ff) << 10) + (second & 0x3ff);
          target[at++] = 0xf0 | (point >> 18);
          target[at++] = 0x80 | ((point >> 12) & 0x3f);
          target[at++] = 0x80 | ((point >> 6) & 0x3f);
          target[at++] = 0x80 | (point & 0x3f);
          i += 2;
        }
      }
      before += i;
      rest = Buffer.from(source.subarray(i));
      return target.subarray(0, at);
    },
    end() {
      if (rest.length >= 2) throw unpaired(before);
      if (rest.length === 1) {
        throw fail('DATA-ENCODING', `the input ends with half a unit of UTF-16, at byte ${before + 1}`, {
          hint: 'was the file copied to its end, and is it UTF-16?',
        });
      }
    },
  };
}

function unpaired(offset: number): Error {
  return fail('DATA-ENCODING', `byte ${offset + 1} of the input begins a surrogate without its other half`, {
    hint: 'is the text UTF-16, in this byte order?',
  });
}
