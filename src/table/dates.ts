/** Written dates as slices of bytes: only their digits are read and replaced, what stands around them stays. */
import { dayNumber, packedDate } from '../base/calendar.ts';
import { twoDigits } from './two-digits.ts';

/** Ways to write a date. Each may be followed by a time of day. */
export const dateFormats = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  'YYYYMMDD',
  'DD.MM.YYYY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
  'MM-DD-YYYY',
] as const;
export type DateFormat = (typeof dateFormats)[number];

/** Where the digits of a format stand. */
export interface DateLayout {
  readonly size: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The byte between the parts and the two places where it stands; none where nothing stands between them. */
  readonly separator: number;
  readonly between: readonly number[];
}

export function layoutOf(format: DateFormat): DateLayout {
  const between = [...format].flatMap((character, at) => (/[A-Z]/.test(character) ? [] : [at]));
  return {
    size: format.length,
    year: format.indexOf('YYYY'),
    month: format.indexOf('MM'),
    day: format.indexOf('DD'),
    separator: between.length > 0 ? format.charCodeAt(between[0]!) : 0,
    between,
  };
}

/** The number (base/calendar.ts) of the date with which bytes[from, to) begins; -1 when it is none, or no time of day follows it. */
export function dayAt(bytes: Uint8Array, from: number, to: number, layout: DateLayout): number {
  if (to - from < layout.size) return -1;
  for (let i = 0; i < layout.between.length; i++) {
    if (bytes[from + layout.between[i]!] !== layout.separator) return -1;
  }
  const century = twoDigits(bytes, from + layout.year);
  const year = twoDigits(bytes, from + layout.year + 2);
  const month = twoDigits(bytes, from + layout.month);
  const day = twoDigits(bytes, from + layout.day);
  if (century < 0 || year < 0 || month < 0 || day < 0) return -1;
  const end = from + layout.size;
  return end === to || isTimeOfDay(bytes, end, to) ? dayNumber(century * 100 + year, month, day) : -1;
}

/** Put the digits of day `number`, of the years 1 to 9999, in their places. */
export function putDay(bytes: Uint8Array, from: number, layout: DateLayout, number: number): void {
  const date = packedDate(number);
  const year = date >> 9;
  const century = (year / 100) | 0;
  putTwo(bytes, from + layout.year, century);
  putTwo(bytes, from + layout.year + 2, year - century * 100);
  putTwo(bytes, from + layout.month, (date >> 5) & 15);
  putTwo(bytes, from + layout.day, date & 31);
}

/**
 * RFC 3339 §5.6 behind the date, read loosely: `T` or a space, hours and minutes, and whatever follows of seconds, fraction and zone.
 */
function isTimeOfDay(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from < 6 || (bytes[from] !== space && (bytes[from]! | 0x20) !== letterT)) return false;
  if (!isBelow(bytes, from + 1, 24) || bytes[from + 3] !== colon || !isBelow(bytes, from + 4, 60)) return false;
  let at = from + 6;
  if (to - at >= 3 && bytes[at] === colon) {
    // A leap second is the sixtieth.
    if (!isBelow(bytes, at + 1, 61)) return false;
    at += 3;
    if (at < to && (bytes[at] === point || bytes[at] === comma)) {
      const digits = ++at;
      while (at < to && isDigit(bytes[at]!)) at++;
      if (at === digits) return false;
    }
  }
  return at === to || isZone(bytes, at, to);
}

function isZone(bytes: Uint8Array, from: number, to: number): boolean {
  const size = to - from;
  if ((bytes[from]! | 0x20) === letterZ) return size === 1;
  if ((bytes[from] !== plus && bytes[from] !== hyphen) || size < 3 || !isBelow(bytes, from + 1, 24)) return false;
  if (size === 3) return true;
  const minutes = bytes[from + 3] === colon ? from + 4 : from + 3;
  return minutes + 2 === to && isBelow(bytes, minutes, 60);
}

/** Two digits that make a number below `limit`. */
function isBelow(bytes: Uint8Array, at: number, limit: number): boolean {
  const number = twoDigits(bytes, at);
  return number >= 0 && number < limit;
}

function putTwo(bytes: Uint8Array, at: number, number: number): void {
  const tens = (number / 10) | 0;
  bytes[at] = zero + tens;
  bytes[at + 1] = zero + number - tens * 10;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 0x39;
}

const zero = 0x30;
const plus = 0x2b;
const comma = 0x2c;
const hyphen = 0x2d;
const point = 0x2e;
const colon = 0x3a;
const space = 0x20;
/** In lower case. */
const letterT = 0x74;
const letterZ = 0x7a;
