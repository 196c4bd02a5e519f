import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { noise } from '../../src/transforms/noise.ts';
import { checkForms, runBytes, testResources } from './harness.ts';

const laplace = { distribution: 'laplace', scale: 2 };
const normal = { distribution: 'normal', scale: 2 };

function problems(options: unknown, type?: 'integer' | 'number' | 'date') {
  return noise.check!(noise.options.parse(options), type).map(({ path, message }) => [path.join('.'), message]);
}

describe('form of the result', () => {
  test('integers stay integers, and decimals stay as many', () => {
    const values = ['72', '+5', '-3', '1.10', '0.000', '.5', '1.5e1', '15e-1', '2e3', '123456789012345678901.25'];
    const decimals = [0, 0, 0, 2, 3, 1, 0, 1, 0, 2];
    for (const options of [laplace, normal]) {
      const results = checkForms(noise, options, values);
      for (const [i, result] of results.entries()) {
        const fraction = decimals[i] === 0 ? '' : `\\.\\d{${decimals[i]}}`;
        expect(result).toMatch(new RegExp(`^-?(0|[1-9]\\d*)${fraction}$`));
      }
    }
  });
  test('a scale below one step of the value’s own decimals makes more of them, but for integers and as `decimals` says', () => {
    const fine = { distribution: 'laplace', scale: 0.2 };
    for (const text of checkForms(noise, fine, ['7', '7.5', '-0', '1e2']).map(String)) expect(text).toMatch(/\.\d$/);
    expect(checkForms(noise, fine, ['1.125'])[0]).toMatch(/\.\d{3}$/);
    const sevens = checkForms(noise, fine, Array<string>(200).fill('7'));
    // With 2 steps of 0.1 as the scale a draw is zero with probability tanh(1/4) = 0.245: 49 of 200, standard deviation 6.1; 5 of them.
    expect(sevens.filter((text) => text === '7.0').length).toBeLessThan(80);
    expect(checkForms(noise, { ...fine, decimals: 0 }, ['7'])[0]).toMatch(/^\d$/);
    expect(checkForms(noise, fine, ['7'], testResources({ type: 'integer' }))[0]).toMatch(/^\d$/);
  });
  test('a number stays a number, text stays text', () => {
    const [number, text] = checkForms(noise, laplace, [new Numeral('1.10'), '1.10']);
    expect(number).toBeInstanceOf(Numeral);
    expect(text).toBeTypeOf('string');
  });
  test.each(['', ' 1', '1 ', '1,5', '0x10', 'NaN', 'Infinity', '1e', '--1', '1e500', '9'.repeat(401), '०'])(
    'what is no number is invalid: %j',
    (text) => {
      expect(checkForms(noise, laplace, [text])).toEqual([INVALID]);
    },
  );
  test('booleans and nulls are invalid', () => {
    expect(checkForms(noise, laplace, [true, null])).toEqual([INVALID, INVALID]);
  });
  test('without noise to speak of, the value comes back on its grid, and zero has no sign', () => {
    const none = { distribution: 'laplace', scale: 1e-9 };
    const values = ['-0', '-0.00', '007', '-12.50', '999999999999999', '1e20', '-0.4', '2.5', '-2.5', '1.005'];
    // Integers have no finer grid.
    expect(checkForms(noise, none, values, testResources({ type: 'integer' }))).toEqual([
      '0',
      '0.00',
      '7',
      '-12.50',
      '999999999999999',
      '100000000000000000000',
      '-0.4',
      '2.5',
      '-2.5',
      '1.005',
    ]);
    const whole = { ...none, decimals: 0 };
    expect(checkForms(noise, whole, ['-0.4', '2.5', '-2.5', '1.49', '99999999999999.5'])).toEqual([
      '0',
      '3',
      '-3',
      '1',
      '100000000000000',
    ]);
    const fine = { ...none, decimals: 2 };
    expect(checkForms(noise, fine, ['1', '1.005', '-1.005', '999999999999999'])).toEqual([
      '1.00',
      '1.01',
      '-1.01',
      '999999999999999.00',
    ]);
  });
});

describe('clamp', () => {
  test('keeps results within the bounds, on their grid', () => {
    const options = { distribution: 'normal', scale: 50, clamp: { min: 0.5, max: 3.25 } };
    const results = checkForms(
      noise,
      options,
      Array.from({ length: 200 }, () => '1.0'),
    );
    expect(results).toContain('0.5');
    expect(results).toContain('3.2');
    for (const result of results) {
      expect(Number(result)).toBeGreaterThanOrEqual(0.5);
      expect(Number(result)).toBeLessThanOrEqual(3.2);
    }
  });
  test('negative bounds round inwards; one bound leaves the other side open', () => {
    const wide = { distribution: 'laplace', scale: 1000 };
    const values = Array.from({ length: 100 }, () => '0');
    const below = checkForms(noise, { ...wide, clamp: { max: -0.5 } }, values).map(Number);
    expect(Math.max(...below)).toBe(-1);
    expect(Math.min(...below)).toBeLessThan(-1000);
    const above = checkForms(noise, { ...wide, clamp: { min: -0.5 } }, values);
    expect(above).toContain('0');
    expect(Math.max(...above.map(Number))).toBeGreaterThan(1000);
  });
  test('a value on whose grid no result lies between the bounds is invalid', () => {
    expect(checkForms(noise, { ...laplace, clamp: { min: 0.2, max: 0.8 } }, ['1', '1.0'])).toEqual([
      INVALID,
      expect.any(String),
    ]);
  });
  test('bounds beyond exact doubles', () => {
    expect(checkForms(noise, { ...laplace, clamp: { min: 1e20 } }, ['5'])).toEqual(['100000000000000000000']);
  });
});

describe('agreement of the two forms', () => {
  const digits = fc.stringMatching(/^[+-]?\d{1,12}(\.\d{1,6})?$/);
  const odd = fc.oneof(
    fc.stringMatching(/^-?\d{14,19}(\.\d{0,4})?$/),
    fc.double().map(String),
    fc.string({ maxLength: 4 }),
  );
  const input = fc.oneof(digits, odd, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
  const options = fc.record(
    {
      distribution: fc.constantFrom('laplace', 'normal'),
      scale: fc.oneof(fc.constantFrom(1e-3, 1, 7.5, 1e6, 1e12), fc.double({ min: 1e-6, max: 1e9, noNaN: true })),
      clamp: fc.constantFrom({}, { min: -10 }, { max: 99.5 }, { min: -1e15, max: 1e15 }, { min: 0.1, max: 1e300 }),
      decimals: fc.integer({ min: 0, max: 15 }),
    },
    { requiredKeys: ['distribution', 'scale'] },
  );
  test('for any value and options', () => {
    fc.assert(
      fc.property(options, fc.array(input, { maxLength: 20 }), (chosen, inputs) => {
        checkForms(noise, chosen, inputs);
      }),
      { seed: 1, numRuns: 400 },
    );
  });
});

describe('the noise', () => {
  const n = 200_000;
  const differences = (value: string, options: unknown): number[] => {
    const values = Array.from({ length: n }, () => value);
    return runBytes(noise, options, values).map((result) => Math.round((Number(result) - Number(value)) * 100) / 100);
  };
  const mean = (values: readonly number[], f: (x: number) => number) =>
    values.reduce((sum, x) => sum + f(x), 0) / values.length;

  test('Laplace on two decimals: mean 0, the variance of its grid, as much above as below', () => {
    const noises = differences('1.10', laplace);
    // In steps of 0.01 the scale is 200 and q = exp(-1/200): variance 2q / (1 - q)² = 79,999.8 steps², 8.00 units². The kurtosis of a
    // Laplace distribution is 6, so that the variance's standard error is 8 × √(5 / n) = 0.04; the mean's is √(8 / n). Five of each.
    expect(Math.abs(mean(noises, (x) => x))).toBeLessThan(5 * Math.sqrt(8 / n));
    expect(Math.abs(mean(noises, (x) => x * x) - 8)).toBeLessThan(5 * 8 * Math.sqrt(5 / n));
    expect(Math.abs(mean(noises, Math.sign))).toBeLessThan(5 / Math.sqrt(n));
  });
  test('normal on integers: mean 0, variance of the scale and of the rounding', () => {
    const noises = differences('-40', { distribution: 'normal', scale: 3 });
    // Variance 9 + 1/12; the kurtosis of a normal distribution is 3, so that the variance's standard error is 9.08 × √(2 / n).
    expect(Math.abs(mean(noises, (x) => x))).toBeLessThan(5 * Math.sqrt(9.1 / n));
    expect(Math.abs(mean(noises, (x) => x * x) - 9 - 1 / 12)).toBeLessThan(5 * 9.1 * Math.sqrt(2 / n));
  });
  test('a scale beyond 2^32 steps reaches every step', () => {
    // 14 decimals, as sums of doubles have them: 2 × 10^14 steps. The last digit of 2,000 results is uniform: each of the ten has
    // mean 200 and standard deviation √(2000 × 0.09) = 13.4.
    const results = checkForms(
      noise,
      laplace,
      Array.from({ length: 2000 }, () => '72.30000000000001'),
    );
    const counts = new Array<number>(10).fill(0);
    for (const result of results) counts[Number(String(result).at(-1))]! += 1;
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(5 * 13.4);
    const spread = mean(results.map(Number), (x) => (x - 72.3) ** 2);
    expect(Math.abs(spread - 8)).toBeLessThan(5 * 8 * Math.sqrt(5 / 2000));
  });
  test('belongs to the place of the value in its field', () => {
    const first = checkForms(noise, { ...laplace, decimals: 6 }, ['0', '0', '0']);
    expect(new Set(first).size).toBe(3);
    expect(checkForms(noise, { ...laplace, decimals: 6 }, ['0', '0', '0'])).toEqual(first);
    expect(checkForms(noise, { ...laplace, decimals: 6 }, ['0', '0', '0'], testResources({ field: 'b' }))).not.toEqual(
      first,
    );
  });
});

describe('options', () => {
  test.each([
    { distribution: 'uniform', scale: 1 },
    { distribution: 'normal' },
    { distribution: 'normal', scale: 0 },
    { distribution: 'normal', scale: Number.POSITIVE_INFINITY },
    { ...normal, decimals: 16 },
    { ...normal, clamp: { least: 1 } },
  ])('refuse %j', (options) => {
    expect(noise.options.safeParse(options).success).toBe(false);
  });
  test('a scale that would leave nearly all values as they are is refused', () => {
    const refused = [['scale', expect.stringContaining('leaves nearly every number of 0 decimals as it is')]];
    expect(problems({ distribution: 'normal', scale: 0.2 }, 'integer')).toEqual(refused);
    expect(problems({ distribution: 'laplace', scale: 0.2, decimals: 0 })).toEqual(refused);
    expect(problems({ distribution: 'laplace', scale: 0.2, decimals: 1 }, 'number')).toEqual([]);
    expect(problems({ distribution: 'laplace', scale: 0.2 }, 'number')).toEqual([]);
    expect(problems({ distribution: 'laplace', scale: 0.25 }, 'integer')).toEqual([]);
  });
  test('are checked together and against the type', () => {
    expect(problems(laplace, 'integer')).toEqual([]);
    expect(problems({ ...laplace, decimals: 2 }, 'number')).toEqual([]);
    expect(problems({ ...laplace, decimals: 2 }, 'integer')).toEqual([['decimals', 'an integer has no decimals']]);
    expect(problems(laplace, 'date')).toEqual([['', expect.stringContaining('type date')]]);
    expect(problems({ ...laplace, clamp: { min: 2, max: 1 } })).toEqual([
      ['clamp', expect.stringContaining('greater')],
    ]);
    expect(problems({ ...laplace, clamp: { min: 0.2, max: 0.8 } })).toEqual([]);
    expect(problems({ ...laplace, clamp: { min: 0.2, max: 0.8 } }, 'integer')).toEqual([
      ['clamp', expect.stringContaining('0 decimals')],
    ]);
    expect(problems({ ...laplace, scale: 1e30 })).toEqual([['scale', 'the scale is too large']]);
  });
  test('the result has the type of the value', () => {
    expect(noise.produces!(noise.options.parse(laplace), 'integer')).toBe('integer');
  });
});
