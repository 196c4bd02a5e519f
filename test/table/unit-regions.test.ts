import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tuples } from '../../src/table/tuples.ts';
import { createUnitRegions } from '../../src/table/unit-regions.ts';

const value: fc.Arbitrary<string | null> = fc.constantFrom('ab', 'ac', 'b', null);
const label: fc.Arbitrary<string | null> = fc.constantFrom('ab', 'a', 'b', '*', null, 'zz');
/** The value, its first letter, and what stands for all; no value stays none. */
const labelsOf = (text: string | null): (string | null)[] => (text === null ? [null] : [text, text[0]!, '*']);

type Record = readonly [string | null, string | null];
const fits = (values: Record, labels: Record) => values.every((text, d) => labelsOf(text).includes(labels[d]!));
const pairs = ([first, ...rest]: readonly Record[], labels: readonly Record[]): boolean =>
  first === undefined
    ? labels.length === 0
    : labels.some((other, i) => fits(first, other) && pairs(rest, labels.toSpliced(i, 1)));

describe('the individuals that may stand behind labels of several records', () => {
  it('are those of as many records that can be paired with them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(7), fc.tuple(value, value)), { minLength: 1, maxLength: 24 }),
        fc.array(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (rows, asked) => {
          const texts = [0, 1].map((d) => [...new Set(rows.map(([, row]) => row[d] ?? null))]);
          const tuples = new Tuples(2);
          const tupleOf = rows.map(([, row]) =>
            tuples.add(Int32Array.of(texts[0]!.indexOf(row[0]), texts[1]!.indexOf(row[1])), 0),
          );
          const units = [...new Set(rows.map(([unit]) => unit))];
          const behind = createUnitRegions(
            {
              individuals: units.length,
              texts,
              tuples,
              units: {
                unitOf: Int32Array.from(rows, ([unit]) => units.indexOf(unit)),
                tupleOf: Int32Array.from(tupleOf),
              },
            },
            (_, text) => labelsOf(text),
          );
          for (const labels of asked) {
            const those = units.filter((unit) =>
              pairs(
                rows.filter(([own]) => own === unit).map(([, row]) => row),
                labels,
              ),
            );
            expect(behind(labels.length, (i, d) => labels[i]![d]!)).toBe(those.length);
          }
        },
      ),
    );
  });
});
