import { describe, expect, it } from 'vitest';
import { dayNumber, firstDay, lastDay, packedDate } from '../../src/base/calendar.ts';

const packed = (year: number, month: number, day: number) => (year << 9) | (month << 5) | day;

describe('day numbers', () => {
  it('differ as the days of the engine do', () => {
    // 1970-01-01 is 719468 in the source: its shift from the civil epoch to March of year 0.
    expect(dayNumber(1970, 1, 1)).toBe(719_468);
    for (const [year, month, day] of [
      [1, 1, 1],
      [4, 2, 29],
      [1582, 10, 10],
      [1900, 2, 28],
      [2000, 2, 29],
      [2024, 12, 31],
      [9999, 12, 31],
    ] as const) {
      const ms = new Date(0).setUTCFullYear(year, month - 1, day);
      expect(dayNumber(year, month, day)).toBe(719_468 + ms / 86_400_000);
    }
  });

  it('count all days of the years 1 to 9999, there and back', () => {
    let number = firstDay;
    for (let year = 1; year <= 9999; year++) {
      const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
      const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
      for (let month = 1; month <= 12; month++) {
        for (let day = 1; day <= days[month - 1]!; day++, number++) {
          if (dayNumber(year, month, day) !== number || packedDate(number) !== packed(year, month, day)) {
            expect.fail(`${year}-${month}-${day} is not day ${number}`);
          }
        }
        if (dayNumber(year, month, days[month - 1]! + 1) !== -1) expect.fail(`${year}-${month} is too long`);
      }
    }
    expect(number - 1).toBe(lastDay);
  });

  it.each([
    [0, 1, 1],
    [10_000, 1, 1],
    [2024, 0, 1],
    [2024, 13, 1],
    [2024, 1, 0],
    [2023, 2, 29],
    [1900, 2, 29],
    [2024, 4, 31],
  ])('of %i-%i-%i there is none', (year, month, day) => {
    expect(dayNumber(year, month, day)).toBe(-1);
  });
});
