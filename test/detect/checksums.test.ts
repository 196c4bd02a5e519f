import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { luhn, mod11and10, modulo, verhoeff, weighted } from '../../src/detect/checksums.ts';

const check: readonly (readonly [string, (digits: string) => boolean, string])[] = [
  ['luhn', luhn, '79927398713'],
  ['mod11and10', mod11and10, '07945'],
  ['verhoeff', verhoeff, '2363'],
];

describe.each(check)('%s', (_, holds, vector) => {
  it('accepts the published example', () => {
    expect(holds(vector)).toBe(true);
  });
  it('takes exactly one check digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (digits) => {
        expect([...'0123456789'].filter((digit) => holds(digits + digit))).toHaveLength(1);
      }),
    );
  });
  it('sees every single wrong digit', () => {
    for (let at = 0; at < vector.length; at++) {
      for (const digit of '0123456789') {
        expect(holds(vector.slice(0, at) + digit + vector.slice(at + 1))).toBe(digit === vector[at]);
      }
    }
  });
});

describe('verhoeff', () => {
  it('sees neighbours that changed places', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{2,12}$/), fc.nat(), (digits, n) => {
        const whole = digits + [...'0123456789'].find((digit) => verhoeff(digits + digit));
        const at = n % (whole.length - 1);
        const swapped = whole.slice(0, at) + whole[at + 1] + whole[at] + whole.slice(at + 2);
        expect(verhoeff(swapped)).toBe(swapped === whole);
      }),
    );
  });
});

describe('sums', () => {
  it('are those of exact arithmetic', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,40}$/), fc.integer({ min: 1, max: 10_000 }), (digits, divisor) => {
        expect(modulo(digits, divisor)).toBe(Number(BigInt(digits) % BigInt(divisor)));
      }),
    );
    expect(weighted('1234', [1, 10, 100])).toBe(321);
  });
});
