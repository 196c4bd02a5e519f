import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wildcardLabels } from '../../src/table/class-values.ts';
import { createMatching } from '../../src/table/matching.ts';
import { createUnitMatching } from '../../src/table/unit-matching.ts';
import { sameDraws } from '../same-draws.ts';

type Tuple = readonly (string | null)[];
interface Class {
  readonly records: readonly Tuple[];
  readonly size: number;
}

const isWild = (value: string | null) => value === null || value === '*';
const matches = (a: Tuple, b: Tuple) => a.every((value, d) => value === b[d] || isWild(value) || isWild(b[d]!));

/** By definition: some order of the other's records matches, one by one. */
function pair([first, ...rest]: readonly Tuple[], others: readonly Tuple[]): boolean {
  if (first === undefined) return others.length === 0;
  return others.some((other, i) => matches(first, other) && pair(rest, others.toSpliced(i, 1)));
}

function byDefinition(classes: readonly Class[], left: readonly number[] = []): number[] {
  return classes.map(({ records }, c) =>
    left.includes(c)
      ? 0
      : classes.reduce(
          (sum, other, o) => sum + (!left.includes(o) && pair(records, other.records) ? other.size : 0),
          0,
        ),
  );
}

const width = 3;
function requestOf(classes: readonly Class[]) {
  const tuples = [...new Set(classes.flatMap(({ records }) => records.map((tuple) => JSON.stringify(tuple))))];
  const texts = Array.from({ length: width }, (_, d) => [...new Set(tuples.map((tuple) => JSON.parse(tuple)[d]))]);
  return {
    count: classes.length,
    width,
    code: (kind: number, d: number) => texts[d]!.indexOf(JSON.parse(tuples[kind]!)[d]),
    labels: texts.map(wildcardLabels),
    size: (c: number) => classes[c]!.size,
    kinds: (c: number) => Int32Array.from(classes[c]!.records, (tuple) => tuples.indexOf(JSON.stringify(tuple))).sort(),
  };
}

const value = fc.constantFrom('a', 'b', null, '*');
const tables = (most: number) =>
  fc.uniqueArray(
    fc.record({
      records: fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: most }),
      size: fc.integer({ min: 1, max: 4 }),
    }),
    {
      minLength: 1,
      maxLength: 14,
      selector: ({ records }) =>
        records
          .map((tuple) => tuple.join())
          .sort()
          .join(';'),
    },
  );

describe('the individuals that match one of several records', () => {
  it('are those whose records can be paired with its own, whatever is left out', () => {
    let verified = 0;
    fc.assert(
      fc.property(tables(4), fc.array(fc.nat(13)), (classes, left) => {
        const sizes = createUnitMatching(requestOf(classes));
        expect([...sizes()]).toEqual(byDefinition(classes));
        const out = Uint8Array.from(classes, (_, c) => (left.includes(c) ? 1 : 0));
        expect([...sizes(out)]).toEqual(byDefinition(classes, left));
        if (byDefinition(classes).some((size, c) => size > classes[c]!.size)) verified++;
      }),
      sameDraws,
    );
    expect(verified).toBeGreaterThan(20);
  });

  it('are the records that match where each has one', () => {
    fc.assert(
      fc.property(tables(1), (classes) => {
        const { kinds, code, ...request } = requestOf(classes);
        const matching = createMatching({ ...request, code: (c, d) => code(kinds(c)[0]!, d) });
        expect([...createUnitMatching({ ...request, code, kinds })()]).toEqual([...matching()]);
      }),
      { numRuns: 30 },
    );
  });

  it('need a partner for each record, not only one that all would take', () => {
    const tuple = (...texts: (string | null)[]) => texts;
    const classes = [
      { records: [tuple('a', null, 'x'), tuple('a', 'b', 'x')], size: 1 },
      { records: [tuple('a', 'b', 'x'), tuple('b', 'b', 'x')], size: 1 },
      { records: [tuple('a', 'c', null), tuple(null, 'b', 'x')], size: 1 },
    ];
    expect([...createUnitMatching(requestOf(classes))()]).toEqual([2, 1, 2]);
  });
});
