import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { round } from '../../src/transforms/round.ts';
import { checkForms, type Input } from './harness.ts';

const rounded = (to: number, ...inputs: Input[]) => checkForms(round, { to }, inputs);

describe('round', () => {
  it('goes to the nearest multiple, halves away from zero', () => {
    expect(rounded(1000, '499.99', '500', '1499', '1500', '-500', '-1499.9')).toEqual([
      '0',
      '1000',
      '1000',
      '2000',
      '-1000',
      '-1000',
    ]);
    expect(rounded(0.05, '1.024', '1.025', '-1.075', '7')).toEqual(['1.00', '1.05', '-1.10', '7.00']);
    expect(rounded(7, '3.4', '3.5', '24.5', '-24.5')).toEqual(['0', '7', '28', '-28']);
  });

  it('goes by the decimal digits, not by the nearest double', () => {
    expect(Math.round(1.005 * 100)).toBe(100);
    expect(rounded(0.01, '1.005', '8.345', '1.00499999999999999999', '0.285')).toEqual([
      '1.01',
      '8.35',
      '1.00',
      '0.29',
    ]);
    expect(rounded(1, '0.49999999999999999', '9007199254740993', '4503599627370497.5')).toEqual([
      '0',
      '9007199254740993',
      '4503599627370498',
    ]);
    expect(rounded(1000, '123456789012345678901499.999')).toEqual(['123456789012345678901000']);
  });

  it('never gives a negative zero', () => {
    expect(rounded(1, '-0', '-0.4', '-0.0', '-1e-300')).toEqual(['0', '0', '0', '0']);
    expect(rounded(0.1, '-0.04')).toEqual(['0.0']);
  });

  it('expands exponents, up to 400', () => {
    expect(rounded(1, '1.5e3', '25E-1', '1e22', '-1e-400')).toEqual(['1500', '3', `1${'0'.repeat(22)}`, '0']);
    expect(rounded(1, '1e400')).toEqual([`1${'0'.repeat(400)}`]);
    expect(rounded(1, '1e401', '1e-401', '1e999999999999')).toEqual([INVALID, INVALID, INVALID]);
  });

  it('takes steps of any size', () => {
    expect(rounded(1e-3, '1.23456', '5')).toEqual(['1.235', '5.000']);
    expect(rounded(1e21, '1499999999999999999999', '1')).toEqual([`1${'0'.repeat(21)}`, '0']);
    expect(rounded(1e-20, '1.5')).toEqual([`1.5${'0'.repeat(19)}`]);
    for (const bad of [0, -1, Number.NaN, Infinity, '1'])
      expect(round.options.safeParse({ to: bad }).success).toBe(false);
  });

  it('leaves numbers numbers and text text', () => {
    expect(rounded(0.5, new Numeral('1.30'), '1.30', 7)).toEqual([new Numeral('1.5'), '1.5', new Numeral('7.0')]);
    expect(round.produces?.({ to: 5 }, 'number')).toBe('integer');
    expect(round.produces?.({ to: 0.5 }, 'integer')).toBe('number');
  });

  it('cannot read anything else', () => {
    const unreadable = ['', 'x', '1,000', '1 000', ' 1', 'NaN', '0x1f', '1.2.3', '--1', true, null];
    expect(new Set(rounded(1, ...unreadable))).toEqual(new Set([INVALID]));
  });

  it('is within half a step, a multiple of it, and odd', () => {
    const steps = fc.constantFrom(1, 2, 5, 7, 10, 1000, 0.05, 0.01, 0.001, 0.25, 1e-7, 123456789, 2 ** 52);
    const values = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.nat(17)).map(([digits, point]) => {
      const text = String(digits).padStart(point + 1, '0');
      return point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`;
    });
    fc.assert(
      fc.property(steps, values, (to, value) => {
        const [up, down] = rounded(to, value, `-${value}`) as [string, string];
        const [v, r, step] = [scaled(value), scaled(up), scaled(to.toFixed(7))];
        expect(r % step).toBe(0n);
        const distance = 2n * (r - v);
        expect(distance > -step && distance <= step).toBe(true);
        expect(down).toBe(r === 0n ? up : `-${up}`);
      }),
      { seed: 10, numRuns: 3000 },
    );
  });

  it('a step that every integer is a multiple of is refused for integers', () => {
    const problems = (to: number, type: 'integer' | 'number') =>
      round.check!(round.options.parse({ to }), type).map(({ message }) => message);
    for (const to of [1, 0.5, 0.01, 0.125]) {
      expect(problems(to, 'integer')).toEqual(['every integer is a multiple of this step']);
      expect(problems(to, 'number')).toEqual([]);
    }
    for (const to of [2, 10, 0.3, 1.5]) expect(problems(to, 'integer')).toEqual([]);
  });
});

/** In units of 10^-20. */
function scaled(text: string): bigint {
  const [whole, fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(20, '0'));
}
