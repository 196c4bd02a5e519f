import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predicatesOf } from '../../src/engine/comparisons.ts';
import type { Comparison } from '../../src/policy/conditions.ts';
import { compareDecimals, readDecimal } from '../../src/table/decimal.ts';
import type { FieldType } from '../../src/transforms/definition.ts';

function holds(comparison: Omit<Comparison, 'field'>, text: string, type?: FieldType): boolean {
  // Neighbours that must not be read.
  const bytes = Buffer.from(`1${text}1`);
  return predicatesOf({ field: 'f', ...comparison }, type).every((predicate) => predicate(bytes, 1, bytes.length - 1));
}

describe('equals and in', () => {
  it.each<[string | number | boolean, string[], string[]]>([
    ['US', ['US'], ['us', 'USA', 'U', '', ' US']],
    ['17', ['17'], ['17.0', '017']],
    [
      17,
      ['17', '17.0', '017', '+17', '1.7e1', '170e-1', '17.000000000000000000'],
      ['-17', '18', '1', '', 'x17', '17x', '17.0000000000000000001'],
    ],
    [0, ['0', '-0', '0.00', '.0'], ['', '-', '1']],
    [-0.5, ['-0.5', '-.50', '-5e-1'], ['0.5', '-5']],
    [0.1, ['0.1', '.1', '0.10'], ['0.1000000000000000055']],
    [1e15, ['1000000000000000', '1e15'], ['1e16']],
    [0.000001234, ['0.000001234', '1.234e-6'], ['0.00000123']],
    [9007199254740991, ['9007199254740991'], ['9007199254740992', '9007199254740990']],
    [true, ['true'], ['TRUE', '1', 'false']],
    ['Zoë 😀', ['Zoë 😀'], ['Zoe\u0308 😀', 'Zoë']],
  ])('%j', (value, good, bad) => {
    for (const comparison of [{ equals: value }, { in: ['other', value, 4711] }]) {
      for (const text of good) expect(holds(comparison, text), text).toBe(true);
      for (const text of bad) expect(holds(comparison, text), text).toBe(false);
    }
  });

  it('in many values finds each and no other', () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i % 2 === 0 ? `v${i}` : i));
    for (const i of [0, 1, 2, 4998, 4999]) {
      expect(holds({ in: values }, `v${i}`)).toBe(i % 2 === 0);
      expect(holds({ in: values }, `${i}`)).toBe(i % 2 === 1);
    }
  });
});

/** Ways to write numbers, of few digits and of many. */
const written = fc.oneof(
  fc.integer({ min: -30, max: 30 }).map(String),
  fc.tuple(fc.integer({ min: -300, max: 300 }), fc.nat({ max: 3 })).map(([n, d]) => (n / 10 ** d).toFixed(d + 1)),
  fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -3, max: 3 })).map(([n, e]) => `${n}e${e}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom('12.000000000000000000001', '11.999999999999999999999', '', 'x', '1,5', '-', '1 2'),
);
const bound = fc.oneof(
  fc.integer({ min: -30, max: 30 }),
  fc.integer({ min: -300, max: 300 }).map((n) => n / 10),
  fc.maxSafeInteger(),
);

describe('numbers', () => {
  it('are compared by all of their digits', () => {
    fc.assert(
      fc.property(written, bound, (text, number) => {
        const value = readDecimal(text);
        const order = value === null ? Number.NaN : compareDecimals(value, readDecimal(String(number))!);
        expect(holds({ less: number }, text)).toBe(order < 0);
        expect(holds({ greater: number }, text)).toBe(order > 0);
        expect(holds({ equals: number }, text)).toBe(order === 0);
      }),
      { numRuns: 3000, seed: 1 },
    );
  });

  it('are between two bounds where both comparisons are true', () => {
    const seen = ['17', '18', '64.9', '65', '', 'x'].filter((text) => holds({ greater: 17, less: 65 }, text));
    expect(seen).toEqual(['18', '64.9']);
  });

  it('that lie closer to a bound than doubles tell apart are still told apart', () => {
    expect(holds({ greater: 0.1 }, '0.1000000000000000055')).toBe(true);
    expect(holds({ greater: 0.1 }, '0.1')).toBe(false);
    expect(holds({ less: 9007199254740991 }, '9007199254740990.9999')).toBe(true);
  });
});

describe('dates', () => {
  it('are in the order of time, and what is no date is neither before nor after', () => {
    const before = ['2025-12-31', '0001-01-01'];
    const after = ['2026-01-02', '9999-12-31'];
    for (const text of before) expect(holds({ less: '2026-01-01' }, text, 'date')).toBe(true);
    for (const text of [...after, '2026-01-01']) expect(holds({ less: '2026-01-01' }, text, 'date')).toBe(false);
    for (const text of after) expect(holds({ greater: '2026-01-01' }, text, 'date')).toBe(true);
    for (const text of ['', '1.1.2020', '2020', '2025-02-30', 'x', '9999']) {
      expect(holds({ less: '2026-01-01' }, text, 'date'), text).toBe(false);
      expect(holds({ greater: '2026-01-01' }, text, 'date'), text).toBe(false);
    }
  });

  it('with a time too', () => {
    const from = { greater: '2026-01-01T12:00:00Z' };
    expect(holds(from, '2026-01-01T12:00:01Z', 'datetime')).toBe(true);
    expect(holds(from, '2026-01-01T12:00:00Z', 'datetime')).toBe(false);
    expect(holds({ less: '2026-01-02' }, '2026-01-01T23:59:59Z', 'datetime')).toBe(true);
  });
});

describe('matches', () => {
  it('covers the whole value', () => {
    expect(holds({ matches: '\\+49.*' }, '+491234')).toBe(true);
    expect(holds({ matches: '\\+49' }, '+491234')).toBe(false);
    expect(holds({ matches: '[A-Z]{2}', in: ['US'] }, 'US')).toBe(true);
    expect(holds({ matches: '[A-Z]{3}', in: ['US'] }, 'US')).toBe(false);
  });
});
