/**
 * ISO 8601 calendar dates, `2024-02-29`, with or without a time of day behind them. The date is taken as written, whatever the zone.
 * A date that exists is the number year × 512 + month × 32 + day, so that later dates are greater numbers; 0 is any other text.
 */
import { daysInMonth } from '../base/calendar.ts';
import { twoDigits } from './two-digits.ts';

export function readIsoDate(text: string): number {
  const match = pattern.exec(text);
  return match === null ? 0 : packed(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** `readIsoDate` on bytes. What follows the date is read here only where it is `T00:00:00`, with or without `Z`. */
export function isoDateAt(bytes: Buffer, from: number, to: number): number {
  const size = to - from;
  if (size < 10 || bytes[from + 4] !== hyphen || bytes[from + 7] !== hyphen) return 0;
  if (size > 10 && !isPlainTime(bytes, from + 10, size - 10)) return readIsoDate(bytes.toString('utf8', from, to));
  const century = twoDigits(bytes, from);
  const year = twoDigits(bytes, from + 2);
  const month = twoDigits(bytes, from + 5);
  const day = twoDigits(bytes, from + 8);
  return century < 0 || year < 0 || month < 0 || day < 0 ? 0 : packed(century * 100 + year, month, day);
}

/** Is it a date that exists, without a time of day? */
export function isIsoDay(text: string): boolean {
  return text.length === 10 && readIsoDate(text) !== 0;
}

/** 1 to 12. */
export function monthOfDate(date: number): number {
  return (date >> 5) & 15;
}

/**
 * Whole years from one day to another, negative before the day itself. Who is born on 29 February is a year older on 1 March of a
 * year without that day, as in Hong Kong's Age of Majority (Related Provisions) Ordinance, Cap. 410 section 5.
 */
export function yearsBetween(birth: number, day: number): number {
  return (day >> 9) - (birth >> 9) - ((day & 511) < (birth & 511) ? 1 : 0);
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::([0-5]\d|60)([.,]\d+)?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?)?$/;

function packed(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return 0;
  return (year << 9) | (month << 5) | day;
}

function isPlainTime(bytes: Buffer, at: number, size: number): boolean {
  if (size !== 9 && !(size === 10 && bytes[at + 9] === letterZ)) return false;
  if (bytes[at] !== letterT && bytes[at] !== space) return false;
  if (bytes[at + 3] !== colon || bytes[at + 6] !== colon) return false;
  const hour = twoDigits(bytes, at + 1);
  const minute = twoDigits(bytes, at + 4);
  const second = twoDigits(bytes, at + 7);
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}

const hyphen = 0x2d;
const colon = 0x3a;
const space = 0x20;
const letterT = 0x54;
const letterZ = 0x5a;
