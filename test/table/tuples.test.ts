import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tuples } from '../../src/table/tuples.ts';

describe('distinct tuples', () => {
  it('are numbered in order of first sight and counted, like a map', () => {
    const tuples = fc
      .nat({ max: 4 })
      .chain((width) => fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: width, maxLength: width })));
    fc.assert(
      fc.property(tuples, (list) => {
        const width = list[0]?.length ?? 0;
        const table = new Tuples(width);
        const known = new Map<string, { number: number; count: number }>();
        for (const tuple of list) {
          // The codes stand anywhere in an array.
          const codes = Int32Array.from([7, ...tuple, 7]);
          const key = tuple.join();
          expect(table.find(codes, 1)).toBe(known.get(key)?.number ?? -1);
          const entry = known.get(key) ?? { number: known.size, count: 0 };
          entry.count++;
          known.set(key, entry);
          expect(table.add(codes, 1)).toBe(entry.number);
        }
        expect(table.size).toBe(known.size);
        for (const [key, { number, count }] of known) {
          expect(table.count(number)).toBe(count);
          expect(Array.from({ length: width }, (_, i) => table.codeAt(number, i)).join()).toBe(key);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('are the same added one by one or many at once, and stand in columns', () => {
    const table = fc.array(fc.tuple(fc.nat(40), fc.nat(3)), { maxLength: 2000 });
    fc.assert(
      fc.property(table, fc.nat(300), (list, cut) => {
        const codes = Int32Array.from(list.flat());
        const [one, many] = [new Tuples(2), new Tuples(2)];
        const expected = list.map((_, r) => one.add(codes, 2 * r));
        const first = Math.min(cut, list.length);
        const numbers = new Int32Array(list.length);
        many.addAll(codes, first, numbers);
        many.addAll(codes.subarray(2 * first), list.length - first, numbers.subarray(first));
        expect([...numbers]).toEqual(expected);
        expect([...many.counts()]).toEqual(Array.from({ length: one.size }, (_, t) => one.count(t)));
        expect(many.columns().map((column) => [...column])).toEqual(
          [0, 1].map((i) => Array.from({ length: one.size }, (_, t) => one.codeAt(t, i))),
        );
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('are gone on with from the state of another', () => {
    const table = fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 4000 });
    fc.assert(
      fc.property(table, fc.nat(4000), (list, cut) => {
        const [whole, first] = [new Tuples(2), new Tuples(2)];
        const numbers = list.map((tuple) => whole.add(Int32Array.from(tuple), 0));
        for (const tuple of list.slice(0, cut)) first.add(Int32Array.from(tuple), 0);
        const second = new Tuples(2, structuredClone(first.state()));
        expect(list.slice(cut).map((tuple) => second.add(Int32Array.from(tuple), 0))).toEqual(numbers.slice(cut));
        expect([...second.counts()]).toEqual([...whole.counts()]);
        expect(second.columns()).toEqual(whole.columns());
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('keep their numbers and counts as the table grows', () => {
    const table = new Tuples(2);
    const codes = (i: number) => Int32Array.of(i % 100, Math.floor(i / 100));
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 10_000; i++) expect(table.add(codes(i), 0)).toBe(i);
    }
    expect(table.size).toBe(10_000);
    expect(table.count(0)).toBe(3);
    expect(table.count(9999)).toBe(3);
    expect([table.codeAt(4321, 0), table.codeAt(4321, 1)]).toEqual([21, 43]);
  });
});
