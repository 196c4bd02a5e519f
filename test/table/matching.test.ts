import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClassValues, wildcardLabels } from '../../src/table/class-values.ts';
import { createMatching } from '../../src/table/matching.ts';

type Tuple = readonly (string | null)[];
interface Class {
  readonly tuple: Tuple;
  readonly size: number;
}

const isWild = (value: string | null) => value === null || value === '*';
const matches = (a: Tuple, b: Tuple) => a.every((value, d) => value === b[d] || isWild(value) || isWild(b[d]!));

/** By definition: each class looks at every other. */
function byDefinition(classes: readonly Class[], left: readonly number[] = []): number[] {
  const stays = (c: number) => !left.includes(c);
  return classes.map(({ tuple }, c) =>
    stays(c)
      ? classes.reduce((sum, other, o) => sum + (stays(o) && matches(tuple, other.tuple) ? other.size : 0), 0)
      : 0,
  );
}

function matchingOf(classes: readonly Class[]) {
  const width = classes[0]!.tuple.length;
  const texts = Array.from({ length: width }, (_, d) => [...new Set(classes.map(({ tuple }) => tuple[d]!))]);
  const code: ClassValues['code'] = (c, d) => texts[d]!.indexOf(classes[c]!.tuple[d]!);
  const size = (c: number) => classes[c]!.size;
  return createMatching({ count: classes.length, width, code, labels: texts.map(wildcardLabels), size });
}

/** The data set `francdat` of the R package sdcMicro (Capobianchi, Polettini, Lucarelli 2001): its four key variables. */
const francdat = ['1251', '1211', '1211', '3315', '4314', '4311', '6215', '1251'];

describe('the records that match a record', () => {
  it('are f_k, the frequencies of its key, where nothing is missing', () => {
    const sizes = matchingOf(francdat.map((key) => ({ tuple: [...key], size: 1 })))();
    expect([...sizes]).toEqual([2, 2, 2, 1, 1, 1, 1, 2]);
  });

  it('are those that agree where neither misses a value', () => {
    // The missing values of the example of `freqCalc` in sdcMicro.
    const keys = francdat.map((key) => [...key] as (string | null)[]);
    keys[2]![2] = null;
    keys[3]![0] = null;
    keys[3]![1] = null;
    keys[4]![3] = null;
    keys[5]![0] = null;
    const sizes = matchingOf(keys.map((tuple) => ({ tuple, size: 1 })))();
    // The third now matches the first, the second and the last; the fourth the fifth and the seventh; the fifth the sixth, too.
    expect([...sizes]).toEqual([3, 2, 4, 3, 3, 2, 2, 3]);
  });

  const value = fc.constantFrom('a', 'b', 'c', null, '*');
  const tables = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.uniqueArray(
      fc.record({
        tuple: fc.array(value, { minLength: width, maxLength: width }),
        size: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 30, selector: ({ tuple }) => JSON.stringify(tuple) },
    ),
  );

  it('are found as by looking at every pair, whatever is left out', () => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat(29)), (classes, left) => {
        const sizes = matchingOf(classes);
        expect([...sizes()]).toEqual(byDefinition(classes));
        const out = Uint8Array.from(classes, (_, c) => (left.includes(c) ? 1 : 0));
        expect([...sizes(out)]).toEqual(byDefinition(classes, left));
      }),
    );
  });

  it('are no fewer when values are made more general', () => {
    fc.assert(
      fc.property(tables, fc.nat(3), (classes, d) => {
        const up = (text: string | null) => (text === null ? null : text === 'c' ? '*' : 'ab');
        const general = classes.map(({ tuple, size }) => ({
          size,
          tuple: tuple.map((text, i) => (i === d ? up(text) : text)),
        }));
        const before = matchingOf(classes)();
        matchingOf(general)().forEach((size, c) => {
          expect(size).toBeGreaterThanOrEqual(before[c]!);
        });
      }),
    );
  });
});
