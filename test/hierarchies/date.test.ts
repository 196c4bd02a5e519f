import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { date, dateUnits } from '../../src/hierarchies/date.ts';
import { levelsOf, noFiles } from './forms.ts';

const every = date.build({ date: [...dateUnits] }, noFiles);

describe('dates', () => {
  it('go to month, quarter, year, decade', () => {
    expect(levelsOf(every, ['1999-12-31', '2000-01-01', '0007-04-30'])).toEqual([
      ['1999-12-31', '1999-12', '1999-Q4', '1999', '1990s', '*'],
      ['2000-01-01', '2000-01', '2000-Q1', '2000', '2000s', '*'],
      ['0007-04-30', '0007-04', '0007-Q2', '0007', '0000s', '*'],
    ]);
  });

  it('are those that Date knows', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (y, m, d) => {
          const text = `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
          const parsed = new Date(`${text}T00:00:00Z`);
          const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
          const quarter = `${pad(y, 4)}-Q${Math.floor((m + 2) / 3)}`;
          expect(levelsOf(date.build({ date: ['quarter'] }, noFiles), [text])).toEqual([
            real ? [text, quarter, '*'] : [null, null, null],
          ]);
        },
      ),
      { seed: 5, numRuns: 2000 },
    );
    const februaries = ['1900-02-29', '2000-02-29', '2023-02-29', '2023-02-30', '2024-02-29'];
    expect(levelsOf(every, februaries).map((levels) => levels[1])).toEqual([null, '2000-02', null, null, '2024-02']);
  });

  it.each([
    'T00:00',
    'T00:00:00',
    ' 23:59:59',
    'T23:59:60Z',
    'T12:00Z',
    'T12:00:00.123456789+02:00',
    ' 12:00:00,5-0330',
    'T12:00+02',
  ])('may be followed by the time %j', (time) => {
    expect(levelsOf(every, [`2024-07-31${time}`])[0]![1]).toBe('2024-07');
  });

  it.each([
    'T',
    ' ',
    'x',
    'T12',
    'T24:00:00',
    'T12:60:00',
    'T12:00:61',
    'T12:00:00.',
    'T12:00:00+24:00',
    't12:00:00',
    'T12:00:00z',
    'T12:00:0x',
    'T12:00:00Z ',
    '\n',
  ])('may not be followed by %j', (time) => {
    expect(new Set(levelsOf(every, [`2024-07-31${time}`])[0])).toEqual(new Set([null]));
  });

  it.each([
    '',
    '2024',
    '2024-07',
    '20240731',
    '2024-7-31',
    '24-07-31',
    ' 2024-07-31',
    '2024/07/31',
    '31.07.2024',
    '٢٠٢٤-٠٧-٣١',
    '+2024-07-31',
  ])('are not %j', (text) => {
    expect(new Set(levelsOf(every, [text])[0])).toEqual(new Set([null]));
  });

  it('read the same in both forms, whatever one character becomes', () => {
    const texts = fc.constantFrom(
      '2024-07-31',
      '2024-02-29T23:59:59',
      '1999-12-31 00:00:00Z',
      '2001-01-01T00:00:00.5+01:00',
    );
    fc.assert(
      fc.property(texts, fc.nat(), fc.constantFrom(...'0123456789-:T Z.é'), (text, at, character) => {
        const characters = [...text];
        characters[at % text.length] = character;
        levelsOf(every, [characters.join('')]);
      }),
      { seed: 6, numRuns: 2000 },
    );
  });

  it('need units in widening order', () => {
    for (const bad of [[], ['year', 'month'], ['year', 'year'], ['week']]) {
      expect(date.options.safeParse({ date: bad }).success).toBe(false);
    }
  });
});

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
