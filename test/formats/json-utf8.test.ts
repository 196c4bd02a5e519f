import fc from 'fast-check';
import { expect, it } from 'vitest';
import { illFormedAt } from '../../src/formats/json-utf8.ts';

const chunk = fc.oneof(
  fc.constantFrom('a', 'é', '€', '😀', '\u{10ffff}', '\ud7ff', '\ue000').map((c) => Buffer.from(c)),
  fc.uint8Array({ minLength: 1, maxLength: 2 }).map((bytes) => Buffer.from(bytes)),
);

it('finds the byte at which a decoder gives up', () => {
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 6 }), (chunks) => {
      const bytes = Buffer.concat([...chunks, Buffer.from('~')]);
      expect(illFormedAt(bytes, 0, bytes.length)).toBe(firstReplaced(bytes));
    }),
    { seed: 3, numRuns: 5000 },
  );
});

it('waits for the rest of a character that the end cuts', () => {
  const bytes = Buffer.from('aé€😀');
  for (let to = 0; to <= bytes.length; to++) expect(illFormedAt(bytes, 0, to)).toBe(Number.POSITIVE_INFINITY);
  expect(illFormedAt(Buffer.from([0x61, 0x80]), 0, 2)).toBe(1);
});

/** By trial: the longest prefix that decodes, cut at a character's begin. */
function firstReplaced(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let good = 0;
  for (let end = 1; end <= bytes.length; end++) {
    try {
      decoder.decode(bytes.subarray(good, end));
      good = end;
    } catch {
      // The character is not complete, or is none.
    }
  }
  return good === bytes.length ? Number.POSITIVE_INFINITY : good;
}
