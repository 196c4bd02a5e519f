import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containment, Sketch, sketchSize } from '../../src/profile/sketch.ts';

function sketchOf(values: Iterable<string>): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

function* numbers(from: number, to: number, times = 1): Generator<string> {
  for (let time = 0; time < times; time++) for (let i = from; i < to; i++) yield `v${i}`;
}

describe('a sketch', () => {
  it('counts few values exactly, each with how often it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (values) => {
        const sketch = sketchOf(values);
        const counts = new Map<string, number>();
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
        expect(sketch.distinct).toEqual({ count: counts.size, exact: true });
        expect(new Map(sketch.values.map(({ text, count }) => [text, count]))).toEqual(counts);
      }),
    );
  });

  it('estimates many, and its sample has exact counts', () => {
    const sketch = sketchOf(numbers(0, 50_000, 3));
    expect(sketch.values).toHaveLength(sketchSize);
    // The standard error is 1 / sqrt(1024 - 2) = 3.1 %; five of them.
    expect(Math.abs(sketch.distinct.count / 50_000 - 1)).toBeLessThan(0.16);
    expect(sketch.distinct.exact).toBe(false);
    expect(sketch.values.every(({ count }) => count === 3)).toBe(true);
  });

  it('samples alike whatever the order', () => {
    const forth = sketchOf(numbers(0, 5000)).values;
    const back = sketchOf([...numbers(0, 5000)].reverse()).values;
    expect(back).toEqual(forth);
  });

  it('tells long values apart by what stands behind their beginning', () => {
    const sketch = sketchOf(['x'.repeat(500), `${'x'.repeat(500)}y`, 'x'.repeat(500)]);
    expect(sketch.distinct.count).toBe(2);
    expect(sketch.values.map(({ count }) => count).sort()).toEqual([1, 2]);
    expect(sketch.values.every(({ text }) => text.length === 400)).toBe(true);
  });

  it('tells how much of one field is in another', () => {
    const parents = sketchOf(numbers(0, 20_000));
    expect(containment(sketchOf(numbers(0, 500)), sketchOf(numbers(0, 600)))).toBe(1);
    expect(containment(sketchOf(numbers(500, 1500)), sketchOf(numbers(0, 1000)))).toBe(0.5);
    expect(containment(sketchOf(numbers(100, 10_000)), parents)).toBe(1);
    // About 1000 values are compared: a standard error of 1.6 %.
    expect(Math.abs(containment(sketchOf(numbers(10_000, 30_000)), parents)! - 0.5)).toBeLessThan(0.08);
    expect(containment(new Sketch(), parents)).toBeUndefined();
  });
});
