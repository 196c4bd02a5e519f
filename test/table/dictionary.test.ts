import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary } from '../../src/table/dictionary.ts';

const word = fc.tuple(fc.stringMatching(/^[abé]{0,9}$/), fc.nat({ max: 2 }));

describe('a dictionary', () => {
  it('numbers distinct values in order of first sight, like a map', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), fc.nat({ max: 5 }), (words, offset) => {
        const dictionary = new Dictionary();
        const known = new Map<string, number>();
        for (const [text, kind] of words) {
          const bytes = Buffer.from(`${'#'.repeat(offset)}${text}#`);
          const key = `${kind}:${text}`;
          expect(dictionary.find(bytes, offset, bytes.length - 1, kind)).toBe(known.get(key) ?? -1);
          if (!known.has(key)) known.set(key, known.size);
          const code = dictionary.code(bytes, offset, bytes.length - 1, kind);
          expect(code).toBe(known.get(key));
          expect(dictionary.text(code)).toBe(text);
        }
        expect(dictionary.size).toBe(known.size);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('keeps what it holds as it grows, and copies the bytes', () => {
    const dictionary = new Dictionary();
    const scratch = Buffer.alloc(16);
    const codeOf = (i: number) => dictionary.code(scratch, 0, scratch.write(`value-${i}`));
    for (let i = 0; i < 20_000; i++) expect(codeOf(i)).toBe(i);
    for (let i = 19_999; i >= 0; i--) expect(codeOf(i)).toBe(i);
    expect(dictionary.size).toBe(20_000);
    expect(dictionary.text(12_345)).toBe('value-12345');
  });

  it('tells values apart that differ in one byte, in length or in kind alone', () => {
    const dictionary = new Dictionary();
    const long = Buffer.alloc(70_000, 'x');
    const codes = [
      dictionary.code(long, 0, 70_000),
      dictionary.code(long, 0, 69_999),
      dictionary.code(Buffer.alloc(70_000, 'x').fill('y', 35_000, 35_001), 0, 70_000),
      dictionary.code(long, 0, 70_000, 1),
      dictionary.code(long, 0, 0),
    ];
    expect(codes).toEqual([0, 1, 2, 3, 4]);
    expect(dictionary.code(long, 5, 5)).toBe(4);
  });

  it('tells every byte of a value, also at the end of the memory', () => {
    for (let length = 1; length <= 40; length++) {
      const dictionary = new Dictionary();
      const value = Buffer.alloc(length, 'x');
      const variants = Array.from(value, (_, i) => Buffer.from(value).fill(0, i, i + 1));
      expect([value, ...variants].map((bytes) => dictionary.code(bytes, 0, length))).toEqual([
        ...Array.from({ length: length + 1 }).keys(),
      ]);
      variants.forEach((bytes, i) => {
        const inside = Buffer.concat([Buffer.alloc(3, '#'), bytes, Buffer.alloc(30, '#')]);
        expect(dictionary.find(inside, 3, 3 + length)).toBe(i + 1);
      });
    }
  });
});
