/**
 * Day arithmetic on the proleptic Gregorian calendar, years 1 to 9999, in whole numbers. Source: Howard Hinnant, "chrono-Compatible
 * Low-Level Date Algorithms" (https://howardhinnant.github.io/date_algorithms.html), `days_from_civil` and `civil_from_days`. Years begin in
 * March there, so that the leap day is the last of its year.
 */

/** The number of a day that exists, counted from 0000-03-01 as 0; -1 for any other year, month and day. */
export function dayNumber(year: number, month: number, day: number): number {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return -1;
  const y = month > 2 ? year : year - 1;
  const ofYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1;
  return 365 * y + (y >> 2) - ((y / 100) | 0) + ((y / 400) | 0) + ofYear;
}

/** 0001-01-01. */
export const firstDay = 306;
/** 9999-12-31. */
export const lastDay = 3_652_364;

/** Year, month and day of a number from `firstDay` to `lastDay`, as year × 512 + month × 32 + day: no object is made. */
export function packedDate(number: number): number {
  const era = (number / 146097) | 0;
  const ofEra = number - era * 146097;
  const yearOfEra = ((ofEra - ((ofEra / 1460) | 0) + ((ofEra / 36524) | 0) - ((ofEra / 146096) | 0)) / 365) | 0;
  const ofYear = ofEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const fromMarch = ((5 * ofYear + 2) / 153) | 0;
  const day = ofYear - (((153 * fromMarch + 2) / 5) | 0) + 1;
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return (year << 9) | (month << 5) | day;
}

/** In a month from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}
