import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDuration,
  formatInstant,
  isNeverLonger,
  parseDay,
  parseDuration,
  parseInstant,
} from '../../src/base/time.ts';

const seed = 20261121;
const end = Date.UTC(10_000, 0);
const instants = fc.integer({ min: 0, max: end / 1000 - 1 }).map((seconds) => seconds * 1000);

test('instants and their text are one to one', () => {
  fc.assert(
    fc.property(instants, (ms) => {
      const text = formatInstant(ms);
      expect(text).toBe(new Date(ms).toISOString().replace('.000', ''));
      expect(parseInstant(text)).toBe(ms);
      expect(formatInstant(ms + 999)).toBe(text);
      expect(parseDay(text.slice(0, 10))).toBe(ms - (ms % 86_400_000));
    }),
    { seed, numRuns: 300 },
  );
});

test.each([
  '2027-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-04-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-00-01T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:60:00Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00z',
  '2026-01-01t00:00:00Z',
  '2026-01-01T00:00:00.0Z',
  '2026-01-01T00:00:00+00:00',
  '2026-01-01 00:00:00Z',
  '2026-01-01T00:00:00Z\n',
  ' 2026-01-01T00:00:00Z',
  '2026-1-1T00:00:00Z',
  '1969-12-31T23:59:59Z',
  '0070-01-01T00:00:00Z',
  '0000-00-00T00:00:00Z',
  '+010000-01-01T00:00:00Z',
  '2026-01-01',
  '٢٠٢٦-01-01T00:00:00Z',
  '',
  'NaN',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('days', () => {
  expect(parseDay('2028-02-29')).toBe(Date.UTC(2028, 1, 29));
  for (const text of ['2027-02-29', '2027-2-28', '2027-02-28T00:00:00Z', '20270228', '1969-12-31', '2027-02-28 ']) {
    expect(parseDay(text)).toBeNull();
  }
});

test('times outside of 1970 to 9999 are not written', () => {
  expect(formatInstant(end - 1)).toBe('9999-12-31T23:59:59Z');
  for (const ms of [-1, end, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => formatInstant(ms)).toThrow(RangeError);
});

test('durations of fixed length', () => {
  const [second, day] = [1000, 86_400_000];
  expect(parseDuration('P3D')).toBe(3 * day);
  expect(parseDuration('P2W')).toBe(14 * day);
  expect(parseDuration('PT36H')).toBe(1.5 * day);
  expect(parseDuration('PT90M')).toBe(5400 * second);
  expect(parseDuration('PT1S')).toBe(second);
  expect(parseDuration('P1DT2H3M4S')).toBe(day + 7384 * second);
  for (const text of [
    '',
    'P',
    'PT',
    'P1',
    '1D',
    'p1d',
    'P1DT',
    'P1W1D',
    'P-1D',
    '-P1D',
    'P1.5D',
    'PT1D',
    'P1H',
    'PT1S1M',
    'P1D ',
    'P1D\n',
  ]) {
    expect(parseDuration(text), text).toBeNull();
  }
  for (const text of ['P0D', 'PT0S', 'P1M', 'P1Y', 'P1Y1D', `P${'9'.repeat(400)}D`])
    expect(parseDuration(text), text).toBeNull();
});

test('months and years count by the calendar', () => {
  const after = (from: string, duration: string) => {
    const ms = addDuration(parseInstant(from)!, duration);
    return ms === null ? null : formatInstant(ms);
  };
  expect(after('2026-01-31T12:34:56Z', 'P1M')).toBe('2026-02-28T12:34:56Z');
  expect(after('2028-01-31T00:00:00Z', 'P1M')).toBe('2028-02-29T00:00:00Z');
  expect(after('2028-02-29T00:00:00Z', 'P1Y')).toBe('2029-02-28T00:00:00Z');
  expect(after('2026-12-31T23:59:59Z', 'P2M')).toBe('2027-02-28T23:59:59Z');
  expect(after('2026-11-30T00:00:00Z', 'P1Y2M3DT4H')).toBe('2028-02-02T04:00:00Z');
  expect(after('2026-11-30T00:00:00Z', 'P14M')).toBe('2028-01-30T00:00:00Z');
  expect(after('9999-12-31T00:00:00Z', 'P1D')).toBeNull();
  expect(after('2026-01-01T00:00:00Z', `P${'9'.repeat(14)}M`)).toBeNull();
  expect(after('2026-01-01T00:00:00Z', 'P0M')).toBeNull();
  expect(addDuration(-1, 'P1D')).toBeNull();
});

test('without months, adding is addition', () => {
  const count = fc.nat({ max: 400 });
  fc.assert(
    fc.property(instants, count, count, (ms, days, seconds) => {
      const text = `P${days}DT${seconds}S`;
      const length = parseDuration(text);
      const sum = ms + days * 86_400_000 + seconds * 1000;
      expect(addDuration(ms, text)).toBe(length === null || sum >= end ? null : ms + length);
    }),
    { seed, numRuns: 300 },
  );
});

test('a duration that is never longer ends no later, whenever both begin', () => {
  const count = fc.nat({ max: 40 });
  const duration = fc.tuple(fc.nat({ max: 14 }), count).map(([months, days]) => `P${months}M${days + 1}D`);
  let compared = 0;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), duration, duration, (seconds, a, b) => {
      if (!isNeverLonger(a, b)) return;
      compared++;
      expect(addDuration(seconds * 1000, a)!).toBeLessThanOrEqual(addDuration(seconds * 1000, b)!);
    }),
    { seed, numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(100);
  for (const [a, b] of [
    ['P1D', 'PT24H'],
    ['P28D', 'P1M'],
    ['P1M', 'P31D'],
    ['P1M', 'P1Y'],
    ['P1W', 'P1M'],
  ] as const) {
    expect([a, b, isNeverLonger(a, b)]).toEqual([a, b, true]);
  }
  for (const [a, b] of [
    ['P29D', 'P1M'],
    ['P1M', 'P30D'],
    ['P2D', 'P1D'],
    ['P0D', 'P1D'],
    ['P1D', 'x'],
  ] as const) {
    expect([a, b, isNeverLonger(a, b)]).toEqual([a, b, false]);
  }
});
