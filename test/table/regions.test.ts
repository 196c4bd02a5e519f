import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRegions } from '../../src/table/regions.ts';
import { Tuples } from '../../src/table/tuples.ts';

const value: fc.Arbitrary<string | null> = fc.constantFrom('ab', 'ac', 'b', null);
/** The value, its first letter, and what stands for all; no value stays none. */
const labelsOf = (text: string | null): (string | null)[] => (text === null ? [null] : [text, text[0]!, '*']);

describe('the records that may stand behind labels', () => {
  it('are those that have the label at some level in every field', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { maxLength: 20 }),
        fc.tuple(fc.constantFrom('ab', 'a', 'b', '*', null, 'zz'), fc.constantFrom('ac', 'a', 'b', '*', null)),
        (rows, wanted) => {
          const texts = [0, 1].map((d) => [...new Set(rows.map((row) => row[d]!))]);
          const tuples = new Tuples(2);
          const codes = rows.map((row) => [0, 1].map((d) => texts[d]!.indexOf(row[d]!)));
          for (const tuple of codes) tuples.add(Int32Array.from(tuple), 0);
          const region = createRegions({ individuals: rows.length, texts, tuples }, (_, text) => labelsOf(text));
          const behind = rows.filter((row) => row.every((text, d) => labelsOf(text).includes(wanted[d]!)));
          expect(region((d) => wanted[d]!)).toBe(behind.length);
        },
      ),
    );
  });
});
