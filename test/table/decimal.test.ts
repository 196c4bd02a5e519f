import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDecimals, readDecimal, readSmallDecimal, shortestDecimal } from '../../src/table/decimal.ts';

const digits = fc.stringMatching(/^[0-9]{1,12}$/);
const decimal = fc
  .tuple(fc.constantFrom('', '-', '+'), digits, fc.option(digits), fc.option(fc.integer({ min: -8, max: 8 })))
  .map(
    ([sign, whole, fraction, power]) => `${sign}${whole}${fraction ? `.${fraction}` : ''}${power ? `e${power}` : ''}`,
  );

describe('readDecimal', () => {
  it('reads plain and exponent notation', () => {
    expect(readDecimal('-0012.50')).toEqual({ negative: true, digits: '1250', exponent: -2 });
    expect(readDecimal('+.5')).toEqual({ negative: false, digits: '5', exponent: -1 });
    expect(readDecimal('5.')).toEqual({ negative: false, digits: '5', exponent: 0 });
    expect(readDecimal('1.2E+3')).toEqual({ negative: false, digits: '12', exponent: 2 });
    expect(readDecimal('0.00')).toEqual({ negative: false, digits: '', exponent: -2 });
    expect(readDecimal('1e400')?.exponent).toBe(400);
  });

  it.each([
    '',
    '-',
    '.',
    '+.',
    '1e',
    'e5',
    '1,5',
    ' 1',
    '1\n',
    '1 ',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '１',
    '1e401',
    '1e-401',
  ])('refuses %j', (text) => {
    expect(readDecimal(text)).toBeNull();
  });
});

describe('compareDecimals', () => {
  const compare = (a: string, b: string) => Math.sign(compareDecimals(readDecimal(a)!, readDecimal(b)!));

  it('sees digits that doubles do not', () => {
    expect(Number('17.9999999999999999')).toBe(18);
    expect(compare('17.9999999999999999', '18')).toBe(-1);
    expect(compare('-17.9999999999999999', '-18')).toBe(1);
    expect(compare('9007199254740993', '9007199254740992')).toBe(1);
  });

  it('looks at values, not notation', () => {
    expect(compare('1e3', '1000.00')).toBe(0);
    expect(compare('-0', '0.0')).toBe(0);
    expect(compare('-1e-400', '0')).toBe(-1);
  });

  it('agrees with integers scaled to a common power of ten', () => {
    const scaled = (text: string) => {
      const { negative, digits, exponent } = readDecimal(text)!;
      return BigInt(digits) * 10n ** BigInt(exponent + 30) * (negative ? -1n : 1n);
    };
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const [left, right] = [scaled(a), scaled(b)];
        expect(compare(a, b)).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
      { seed: 1 },
    );
  });
});

describe('shortestDecimal', () => {
  it.each([
    ['1', '1'],
    ['+01.50', '1.5'],
    ['100', '100'],
    ['-1e2', '-100'],
    ['1.00', '1'],
    ['.05', '0.05'],
    ['-0.0', '0'],
    ['12e-1', '1.2'],
    ['10e-1', '1'],
    ['12345678901234567890.10', '12345678901234567890.1'],
    ['x', null],
  ])('%s is %s', (text, shortest) => expect(shortestDecimal(text)).toBe(shortest));

  it('is the same for numbers that are the same, and for no others', () => {
    const number = fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(number, number, ([a, i], [b, j]) => {
        const [left, right] = [`${a}e${i}`, `${b}e${j}`];
        const same = compareDecimals(readDecimal(left)!, readDecimal(right)!) === 0;
        expect(shortestDecimal(left) === shortestDecimal(right)).toBe(same);
      }),
      { seed: 1 },
    );
  });
});

describe('readSmallDecimal', () => {
  const read = (text: string) => {
    const bytes = Buffer.from(`9${text}9`);
    const into = { negative: false, mantissa: -1, decimals: -1 };
    return readSmallDecimal(bytes, 1, bytes.length - 1, into) ? into : null;
  };

  it('gives the double nearest to the value', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        const small = read(text);
        const count = text.replace(/[^0-9]/g, '').length;
        expect(small === null).toBe(text.includes('e') || count > 15);
        if (small === null) return;
        expect((small.mantissa / 10 ** small.decimals) * (small.negative ? -1 : 1)).toBe(Number(text));
      }),
      { seed: 2 },
    );
  });

  it('stops at 15 digits, beyond which a double may be inexact', () => {
    expect(read('-999999999999999')).toEqual({ negative: true, mantissa: 999999999999999, decimals: 0 });
    expect(read('9007199254740993')).toBeNull();
    expect(read('900719925474099.3')).toBeNull();
  });

  it('reads nothing that readDecimal does not', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+.0-9e ]{0,18}$/), (text) => {
        if (readDecimal(text) === null) expect(read(text)).toBeNull();
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});
