import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Codec } from '../../../src/formats/encodings/definition.ts';
import { encodings } from '../../../src/formats/encodings/index.ts';

function codecOf(name: string, head: Buffer = Buffer.alloc(0)): Codec {
  const codec = encodings.get(name)?.codecFor(head);
  if (codec === undefined) throw new Error(`${name} has no codec`);
  return codec;
}

/** The text of bytes that are read in pieces of these sizes, over and over. */
function decoded(codec: Codec, bytes: Buffer, pieces: readonly number[] = [bytes.length + 1]): string {
  const decoder = codec.decoder();
  const parts: Buffer[] = [];
  for (let at = codec.mark.length, i = 0; at < bytes.length; i++) {
    const size = pieces[i % pieces.length]!;
    // A piece is used again by whoever reads.
    const piece = Buffer.from(bytes.subarray(at, at + size));
    parts.push(Buffer.from(decoder.decode(piece)));
    piece.fill(0xff);
    at += size;
  }
  decoder.end();
  return Buffer.concat(parts).toString('utf8');
}

const pieces = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 });
/** Characters that every encoding writes in another way. */
const wide = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !/\p{Cs}/u.test(text));

describe('UTF-16', () => {
  // RFC 2781 §5: U+12345 and `=Ra`.
  const text = '\u{12345}=Ra';
  const big = Buffer.from('d808df45003d00520061', 'hex');
  const little = Buffer.from('08d845df3d0052006100', 'hex');
  const bigMark = Buffer.from('feff', 'hex');
  const littleMark = Buffer.from('fffe', 'hex');

  it.each([
    ['utf-16be', big],
    ['utf-16le', little],
    ['utf-16', Buffer.concat([bigMark, big])],
    ['utf-16', Buffer.concat([littleMark, little])],
  ])('%s: the examples of RFC 2781', (name, bytes) => {
    const codec = codecOf(name, bytes.subarray(0, 4));
    expect(decoded(codec, bytes)).toBe(text);
    expect(Buffer.concat([codec.mark, codec.encode(Buffer.from(text))])).toEqual(bytes);
  });

  it('says which mark it misses, or has met', () => {
    expect(() => codecOf('utf-16', Buffer.from('id,n'))).toThrow(/does not begin with a byte order mark/);
    expect(() => codecOf('utf-16', Buffer.alloc(0))).toThrow(/does not begin with a byte order mark/);
    expect(() => codecOf('utf-16le', bigMark)).toThrow(/the other byte order/);
    expect(() => codecOf('utf-16be', littleMark)).toThrow(/the other byte order/);
  });

  it('keeps a mark that agrees with the stated order, as a character', () => {
    expect(decoded(codecOf('utf-16le', littleMark), Buffer.concat([littleMark, little]))).toBe(`\ufeff${text}`);
  });

  it('reads and writes what Node does, wherever the pieces end', () => {
    fc.assert(
      fc.property(wide, pieces, (value, sizes) => {
        const bytes = Buffer.from(value, 'utf16le');
        expect(decoded(codecOf('utf-16le'), bytes, sizes)).toBe(value);
        expect(codecOf('utf-16le').encode(Buffer.from(value))).toEqual(bytes);
        const swapped = Buffer.from(bytes).swap16();
        expect(decoded(codecOf('utf-16be'), swapped, sizes)).toBe(value);
        expect(codecOf('utf-16be').encode(Buffer.from(value))).toEqual(swapped);
      }),
    );
  });

  it.each([
    ['a low surrogate first', '6100 00dc 6200', 3],
    ['a high surrogate before another character', '6100 00d8 6200', 3],
    ['two high surrogates', '00d8 00d8 00dc', 1],
    ['a high surrogate at the end', '6100 6200 00d8', 5],
    ['an odd number of bytes', '6100 62', 3],
    ['half a pair and a byte', '6100 00d8 00', 3],
  ])('refuses %s, at its byte', (_, hex, byte) => {
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    for (const size of [1, 2, 3, 9]) {
      expect(() => decoded(codecOf('utf-16le'), bytes, [size])).toThrow(
        expect.objectContaining({
          code: 'DATA-ENCODING',
          message: expect.stringMatching(new RegExp(`byte ${byte}\\b`)),
        }),
      );
    }
    // Counted from the first byte of the file, the mark included.
    const marked = Buffer.concat([littleMark, bytes]);
    expect(() => decoded(codecOf('utf-16', marked), marked)).toThrow(new RegExp(`byte ${byte + 2}\\b`));
  });
});

describe('encodings of one byte', () => {
  const undefinedBytes = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

  it('latin1 is that of Node', () => {
    expect(decoded(codecOf('latin1'), all)).toBe(all.toString('latin1'));
    expect(codecOf('latin1').encode(Buffer.from(all.toString('latin1')))).toEqual(all);
  });

  it('windows-1252 has the characters of the WHATWG index, and none where Microsoft defines none', () => {
    // https://encoding.spec.whatwg.org/index-windows-1252.txt; the TextDecoder of Node 20 reads 80 to 9F as latin1.
    const upper = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
    const bytes = all.filter((byte) => !undefinedBytes.includes(byte));
    const text = `${all.toString('latin1', 0, 0x80)}${upper}${all.toString('latin1', 0xa0)}`;
    expect(decoded(codecOf('windows-1252'), Buffer.from(bytes))).toBe(text);
    expect(codecOf('windows-1252').encode(Buffer.from(text))).toEqual(Buffer.from(bytes));
    for (const byte of undefinedBytes) {
      expect(() => decoded(codecOf('windows-1252'), Buffer.from([byte]))).toThrow(
        /byte 1 of the input is no character/,
      );
    }
  });

  it('tells the byte that is refused, wherever the pieces end', () => {
    const bytes = Buffer.from('caf\xe9 \x81', 'latin1');
    for (const size of [1, 2, 5, 6, 9]) {
      expect(() => decoded(codecOf('windows-1252'), bytes, [size])).toThrow(/byte 6 of/);
    }
  });

  it.each(['latin1', 'windows-1252'])('%s: bytes come back as they were, wherever the pieces end', (name) => {
    const byte = fc.integer({ min: 0, max: 255 }).filter((value) => !undefinedBytes.includes(value));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 80 }), pieces, (values, sizes) => {
        const bytes = Buffer.from(values);
        const codec = codecOf(name);
        expect(codec.encode(Buffer.from(decoded(codec, bytes, sizes)))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['latin1', 'Grüße', -1],
    ['latin1', 'ab€', 2],
    ['latin1', 'é😀', 2],
    ['windows-1252', '“€”', -1],
    ['windows-1252', 'é\u0081', 2],
    ['windows-1252', 'x中', 1],
    ['windows-1252', 'plain', -1],
  ])('%s tells whether it has the characters of %s', (name, text, offset) => {
    expect(codecOf(name).refused?.(Buffer.from(text))).toBe(offset);
  });

  it.each([
    ['efbbbf', 'utf-8'],
    ['fffe', 'utf-16'],
    ['feff', 'utf-16'],
  ])('do not begin with the byte order mark %s', (mark, said) => {
    expect(() => codecOf('latin1', Buffer.from(`${mark}6162`, 'hex'))).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ hint: `say \`encoding: ${said}\`` })],
      }),
    );
  });
});

it('the size of a text is told without encoding it', () => {
  fc.assert(
    fc.property(wide, fc.nat(20), (value, skipped) => {
      const text = Buffer.from(`${'é€😀a'.repeat(skipped)}${value}`);
      const from = Buffer.byteLength('é€😀a') * skipped;
      for (const name of ['utf-16le', 'utf-16be', 'latin1', 'windows-1252']) {
        const codec = codecOf(name);
        if (codec.refused !== undefined && codec.refused(text.subarray(from)) >= 0) continue;
        expect(codec.size(text, from, text.length)).toBe(codec.encode(text.subarray(from)).length);
      }
    }),
  );
});
