import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocksOfPoints } from '../../src/table/blocks-of-points.ts';
import { mdav } from '../../src/table/mdav.ts';
import { random } from '../engine/harness.ts';
import { sizesOf } from './groups.ts';

type Point = readonly number[];

const distance = (a: Point, b: Point) => a.reduce((sum, value, d) => sum + (value - b[d]!) ** 2, 0);
const centre = (points: readonly Point[]) =>
  points[0]!.map((_, d) => points.reduce((s, p) => s + p[d]!, 0) / points.length);

/** MDAV-generic as the paper's Algorithm 1 reads (Domingo-Ferrer and Torra 2005), sorting all distances each time. */
function textbook(points: readonly Point[], k: number): number[][] {
  let rest = points.map((_, i) => i);
  const groups: number[][] = [];
  const farthest = (from: Point) =>
    [...rest].sort((a, b) => distance(points[b]!, from) - distance(points[a]!, from) || a - b)[0]!;
  const take = (from: Point, count: number) => {
    const sorted = [...rest].sort((a, b) => distance(points[a]!, from) - distance(points[b]!, from) || a - b);
    groups.push(sorted.slice(0, count).sort((a, b) => a - b));
    rest = rest.filter((i) => !groups.at(-1)!.includes(i));
  };
  while (rest.length >= 3 * k) {
    const extreme = points[farthest(centre(rest.map((i) => points[i]!)))]!;
    take(extreme, k);
    take(points[farthest(extreme)]!, k);
  }
  if (rest.length >= 2 * k) take(points[farthest(centre(rest.map((i) => points[i]!)))]!, k);
  if (rest.length > 0) groups.push(rest);
  return groups;
}

function membersOf(groups: Int32Array): number[][] {
  const members: number[][] = [];
  groups.forEach((group, i) => {
    members[group] ??= [];
    members[group].push(i);
  });
  return members;
}

const coordinate = fc.double({ min: -3, max: 3, noNaN: true, noDefaultInfinity: true });
const cloud = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), k: fc.integer({ min: 2, max: 7 }), seed: fc.nat(), n: fc.nat(90) })
  .filter(({ n, k }) => n >= k)
  .map(({ width, k, seed, n }) => {
    // Not from arbitraries: two points at one distance would be told apart by rounding alone.
    const next = random(seed);
    return { width, k, points: Array.from({ length: n }, () => Array.from({ length: width }, () => next() * 2 - 1)) };
  });

describe('MDAV', () => {
  it('forms the groups of the published algorithm, in its order', () => {
    fc.assert(
      fc.property(cloud, ({ points, width, k }) => {
        expect(membersOf(mdav(Float64Array.from(points.flat()), width, k))).toEqual(textbook(points, k));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('forms groups of k to 2k - 1 whatever the points, equal ones too', () => {
    const point = fc.tuple(fc.oneof(fc.constantFrom(0, 1), coordinate), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(point, { minLength: 2, maxLength: 60 }), fc.integer({ min: 2, max: 6 }), (points, k) => {
        fc.pre(points.length >= k);
        for (const size of sizesOf([...mdav(Float64Array.from(points.flat()), 2, k)])) {
          expect(size).toBeGreaterThanOrEqual(k);
          expect(size).toBeLessThan(2 * k);
        }
      }),
      { seed: 1 },
    );
  });

  it('keeps clusters together', () => {
    const points = [0, 0, 9, 9, 0.1, 0, 9, 9.1, 0, 0.1, 9.1, 9];
    expect(sizesOf([...mdav(Float64Array.from(points), 2, 3)])).toEqual([3, 3]);
    const [a, b, c, d, e, f] = mdav(Float64Array.from(points), 2, 3);
    expect([c, e]).toEqual([a === c ? a : b, a]);
    expect([b, d, f]).toEqual([b, b, b]);
  });

  it('leaves its input as it was, and refuses fewer points than a group takes', () => {
    const points = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    mdav(points, 1, 3);
    expect([...points]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(() => mdav(points, 5, 3)).toThrow(RangeError);
  });
});

describe('blocks of points', () => {
  it('hold every point once, none more than was asked for, and halves of what was too large', () => {
    const values = fc.array(fc.tuple(fc.oneof(fc.constant(0), coordinate), fc.constantFrom(0, 5)), { maxLength: 200 });
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 40 }), (points, largest) => {
        const blocks = blocksOfPoints(Float64Array.from(points.flat()), 2, largest);
        expect(blocks.flatMap((block) => [...block]).sort((a, b) => a - b)).toEqual(points.map((_, i) => i));
        for (const block of blocks) {
          expect(block.length).toBeLessThanOrEqual(largest);
          if (blocks.length > 1) expect(block.length).toBeGreaterThanOrEqual(Math.floor((largest + 1) / 2));
        }
      }),
      { seed: 1 },
    );
  });

  it('are cut where the points vary most', () => {
    const points = Float64Array.from([0, 0, 0, 9, 1, 0, 1, 9]);
    const [one, other] = blocksOfPoints(points, 2, 2).map((block) => [...block].sort());
    expect([one, other].sort()).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});
