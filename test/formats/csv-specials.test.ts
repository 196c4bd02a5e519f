import fc from 'fast-check';
import { expect, test } from 'vitest';
import { specials } from '../../src/formats/csv-specials.ts';
import { STRETCH, vectors } from '../../src/formats/csv-vectors.ts';

const seed = 20261121;

function expected(bytes: Buffer, from: number, limit: number, delimiter: number): number[] {
  const all = [...bytes.keys()].filter((i) => i >= from && i < limit);
  return [...all.filter((i) => [delimiter, 0x22, 0x0d, 0x0a].includes(bytes[i]!)), limit];
}

function listed(bytes: Buffer, from: number, limit: number, delimiter: number, vectored: boolean): number[] {
  const list = specials(delimiter, vectored);
  list.list(bytes, from, limit);
  return [...list.offsets.subarray(0, list.offsets.indexOf(limit) + 1)];
}

test('this engine has vectors', () => {
  expect(vectors()).toBeDefined();
});

test('vectors and the plain loop list what is there', () => {
  const dense = fc.array(fc.constantFrom(0x22, 0x0d, 0x0a, 0x2c, 0x61, 0xac, 0x8a), { maxLength: 300 });
  const any = fc.oneof(dense, fc.array(fc.nat(255), { maxLength: 300 })).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(any, fc.nat(), fc.nat(), fc.constantFrom(0x2c, 0x09, 0x7c), (bytes, a, b, delimiter) => {
      const limit = bytes.length === 0 ? 0 : a % (bytes.length + 1);
      const from = b % (limit + 1);
      const want = expected(bytes, from, limit, delimiter);
      expect(listed(bytes, from, limit, delimiter, true)).toEqual(want);
      expect(listed(bytes, from, limit, delimiter, false)).toEqual(want);
    }),
    { seed, numRuns: 1500 },
  );
});

test('blocks longer than a stretch, of nothing but special bytes', () => {
  const size = 3 * STRETCH + 65;
  const bytes = Buffer.alloc(size + 10, ',');
  for (const vectored of [true, false]) {
    const offsets = listed(bytes, 5, size, 0x2c, vectored);
    expect(offsets.length).toBe(size - 5 + 1);
    expect(offsets.every((offset, i) => offset === i + 5)).toBe(true);
  }
});
