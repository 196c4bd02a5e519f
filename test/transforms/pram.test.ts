import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { pram } from '../../src/transforms/pram.ts';
import { checkForms, type Input } from './harness.ts';

const changed = (options: unknown, inputs: readonly Input[]) => checkForms(pram, options, inputs);
const problems = (options: unknown, type?: 'integer') =>
  pram.check?.(pram.options.parse(options), type)?.map(({ path }) => path);

/**
 * Σ (observed - expected)² / expected. A statistic of two degrees of freedom exceeds x with probability exp(-x / 2): 41.5 once in 10^9 keys.
 */
function chiSquare(results: readonly unknown[], expected: Readonly<Record<string, number>>): number {
  return Object.entries(expected).reduce((sum, [label, share]) => {
    const mean = share * results.length;
    return sum + (results.filter((result) => result === label).length - mean) ** 2 / mean;
  }, 0);
}
const beyondChance = 41.5;
const times = 60_000;

describe('post-randomization', () => {
  it.each(['A', 'B', 'é🙂'])('keeps %s with the given probability; the others are equally likely', (value) => {
    const values = ['A', 'B', 'é🙂'];
    const results = changed({ keep: 0.7, values }, new Array<string>(times).fill(value));
    const expected = Object.fromEntries(values.map((label) => [label, label === value ? 0.7 : 0.15]));
    expect(chiSquare(results, expected)).toBeLessThan(beyondChance);
  });

  it('follows the row of a matrix', () => {
    const matrix = { a: { a: 0.9, b: 0.07, c: 0.03 }, b: { a: 0.25, b: 0.25, c: 0.5 }, c: { c: 1 } };
    for (const from of ['a', 'b'] as const) {
      const results = changed({ matrix }, new Array<string>(times).fill(from));
      expect(chiSquare(results, matrix[from])).toBeLessThan(beyondChance);
    }
    expect(new Set(changed({ matrix }, new Array<string>(1000).fill('c')))).toEqual(new Set(['c']));
  });

  it('changes neighbouring values independently', () => {
    const results = changed({ keep: 0.5, values: ['0', '1'] }, new Array<string>(times).fill('0'));
    const pairs = results.slice(1).map((result, i) => `${String(results[i])}${String(result)}`);
    const each = (pairs.length + 1) / 4;
    // Overlapping pairs of a fair coin: the count of `01` has variance n / 16 + o(n); six deviations.
    expect(Math.abs(pairs.filter((pair) => pair === '01').length - each)).toBeLessThan(6 * Math.sqrt(times / 16));
  });

  it('tells values apart by their text; what it does not list cannot be read', () => {
    const values = ['A', 1, true, ''];
    const inputs = ['a', ' A', 'A\u0301', '1.0', 1.5, '🙂', false, '1e300', 'toString', '__proto__'];
    expect(changed({ keep: 0.5, values }, inputs)).toEqual(inputs.map(() => INVALID));
    expect(changed({ keep: 1, values }, ['A', 1, '1', true, '', null])).toEqual(['A', '1', '1', 'true', '', '']);
  });

  it('does not tell by its kind what has changed', () => {
    const numbers = changed({ keep: 0.5, values: [1, 2.5] }, [1, 1, 1, 1, 1, 1, 1, 1, new Numeral('2.5')]);
    expect(numbers.every((result) => result instanceof Numeral)).toBe(true);
    expect(new Set(numbers.map((result) => (result as Numeral).digits))).toEqual(new Set(['1', '2.5']));
    const mixed = changed({ keep: 0.5, values: [1, 'x'] }, [1, 1, 1, 1, 1, 1]);
    expect(new Set(mixed)).toEqual(new Set(['1', 'x']));
    expect(changed({ keep: 0.5, values: [1, '02'] }, [1])).toEqual([expect.any(String)]);
    expect(pram.produces?.({ keep: 0.5, values: [1, 2] }, 'integer')).toBe('integer');
    expect(pram.produces?.({ keep: 0.5, values: [1, 2.5] }, 'integer')).toBe('string');
    expect(pram.produces?.({ keep: 0.5, values: [1, 2.5] }, 'number')).toBe('number');
    expect(pram.produces?.({ keep: 0.5, values: ['true', 'false'] }, 'boolean')).toBe('string');
  });

  it('knows labels that objects have from birth', () => {
    const matrix = { toString: { toString: 0.5, constructor: 0.5 }, constructor: { constructor: 1 } };
    expect(problems({ matrix })).toEqual([]);
    expect(new Set(changed({ matrix }, ['constructor', 'constructor']))).toEqual(new Set(['constructor']));
  });

  it.each([
    [{}, [[]]],
    [{ keep: 0.5 }, [[]]],
    [{ values: ['a', 'b'] }, [[]]],
    [{ keep: 0.5, values: ['a', 'b'], matrix: { a: { a: 1 }, b: { b: 1 } } }, [['keep'], ['values']]],
    [{ keep: 0.5, values: ['1', 'b', 1] }, [['values', 2]]],
    [{ matrix: { a: { a: 0.7, b: 0.2 }, b: { b: 1 } } }, [['matrix', 'a']]],
    [
      { matrix: { a: { a: 0.7, c: 0.3 }, b: {} } },
      [
        ['matrix', 'a', 'c'],
        ['matrix', 'b'],
      ],
    ],
    [{ matrix: { a: { a: 0.7, b: 0.2, c: 0.1 }, b: { b: 1 }, c: { c: 1 } } }, []],
    [{ matrix: { a: { a: 0.3333333333333333, b: 0.6666666666666667 }, b: { b: 1 } } }, []],
    [{ matrix: { a: { a: 0.9999999999999999, b: 1e-17 }, b: { b: 1 } } }, [['matrix', 'a']]],
  ])('finds what is wrong with %j', (options, paths) => {
    expect(problems(options)).toEqual(paths);
  });

  it.each([
    { keep: 1.1, values: ['a', 'b'] },
    { keep: -0.1, values: ['a', 'b'] },
    { keep: 0.5, values: ['a'] },
    { matrix: {} },
  ])('refuses %j', (options) => {
    expect(pram.options.safeParse(options).success).toBe(false);
  });

  it('says when nothing would change', () => {
    expect(pram.leavesAsIs?.({ keep: 1, values: ['a', 'b'] })).toBe(true);
    expect(pram.leavesAsIs?.({ matrix: { a: { a: 1 }, b: { b: 1 } } })).toBe(true);
    expect(pram.leavesAsIs?.({ matrix: { a: { b: 1 }, b: { a: 1 } } })).toBe(false);
    expect(pram.leavesAsIs?.({ keep: 0.99, values: ['a', 'b'] })).toBe(false);
  });

  it('gives only what it lists, and is the same in both forms', () => {
    const label = fc.string({ unit: fc.constantFrom('a', 'B', '1', 'é', '🙂', '\u0308'), maxLength: 10 });
    const labels = fc.uniqueArray(label, { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(labels, fc.double({ min: 0, max: 1, noNaN: true }), fc.array(label), (values, keep, others) => {
        const results = changed({ keep, values }, [...values, ...others]);
        for (const [i, result] of results.entries()) {
          const isListed = i < values.length || values.includes(others[i - values.length]!);
          expect(isListed ? values.includes(result as string) : result === INVALID).toBe(true);
        }
      }),
      { seed: 41 },
    );
  });
});
