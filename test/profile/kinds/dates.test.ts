import { expect, it } from 'vitest';
import { dateKinds } from '../../../src/profile/kinds/dates.ts';

const isDate = dateKinds.find(({ name }) => name === 'date')!.matches as (text: string) => boolean;

it('takes eight digits for a date where year, month and day stand in them', () => {
  const dates = ['20240229', '18991231', '29022024', '02292024', '31.12.1999', '2024-02-29'];
  expect(dates.filter((text) => isDate(text))).toEqual(dates);
  const numbers = ['00495256', '00000017', '20241301', '20240132', '30002024', '99999999', '16481231'];
  expect(numbers.filter((text) => isDate(text))).toEqual([]);
});

it('takes few numbers in sequence for dates', () => {
  const sequence = Array.from({ length: 20_000 }, (_, i) => String(i * 7 + 13).padStart(8, '0'));
  expect(sequence.filter((text) => isDate(text)).length).toBeLessThan(20_000 * 0.05);
});
