import { describe, expect, it } from 'vitest';
import { date } from '../../src/detect/date.ts';
import { recognizes } from '../../src/detect/definition.ts';
import { beforeTheDay, languagesOfMonths, monthOf } from '../../src/detect/months.ts';

const anywhere = { countries: undefined };

describe.each([...languagesOfMonths, 'ja', 'ko', 'zh'])('days as CLDR writes them in %s', (language) => {
  // In digits 0 to 9, as data is.
  const written = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(`${language}-u-nu-latn-ca-gregory`, { ...options, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, m) => format.format(Date.UTC(1990, m, 12)));
  };

  it('are recognized', () => {
    for (const text of written({ day: 'numeric', month: 'long', year: 'numeric' })) {
      expect(recognizes(date, text, anywhere), text).toBe(true);
    }
  });
});

it('no month has two numbers within the languages that agree on it', () => {
  expect(monthOf.get('march')).toBe(3);
  expect(monthOf.get('marca')).toBe(3);
  expect(monthOf.get('kasım')).toBe(11);
  expect(new Set(monthOf.values()).size).toBe(12);
});

it('a month before the day is looked for in some languages only', () => {
  expect(beforeTheDay).toContain('march');
  expect(beforeTheDay).not.toContain('ocak');
  expect(recognizes(date, 'March 12, 1990', anywhere)).toBe(true);
  expect(recognizes(date, 'ocak 12, 1990', anywhere)).toBe(false);
});
