import type { FieldRule } from '../policy/policy.ts';
import type { FieldType } from '../transforms/definition.ts';

/** Does the text bytes[from, to) read as a value of the type? */
export type TypeCheck = (bytes: Uint8Array, from: number, to: number) => boolean;

/** The check of a declared type; undefined where any value will do. */
export function typeCheckOf(type: FieldType | undefined): TypeCheck | undefined {
  return type === undefined ? undefined : checks[type];
}

/** How values of a field with a type are written, for a hint. */
export function writtenAs({ type, notation }: Pick<FieldRule, 'type' | 'notation'>): string {
  const integers = type === 'integer' && notation !== undefined;
  return `${integers ? 'integers have no decimals; ' : ''}${notation?.words ?? formOf[type!]}`;
}

/** How values of a type are written in the engine's own form, for a hint. */
export const formOf: Record<FieldType, string> = {
  string: 'text',
  integer: 'integers are written 1234, without thousands separators, or as `input` says (`thousands`)',
  number: 'numbers are written 1234.5, without thousands separators, or as `input` says (`decimal`, `thousands`)',
  boolean: 'booleans are written true and false, or 1 and 0',
  date: 'dates are written 2026-11-21, or as `input` says (`date-format`)',
  datetime: 'dates with a time are written 2026-11-21T09:30:00Z, or their dates as `input` says (`date-format`)',
};

const checks: Record<FieldType, TypeCheck | undefined> = {
  string: undefined,
  integer: (bytes, from, to) => {
    const at = from + signAt(bytes, from, to);
    return at < to && digitsFrom(bytes, at, to) === to;
  },
  number: isNumber,
  boolean: (bytes, from, to) => /^(true|false|TRUE|FALSE|True|False|0|1)$/.test(latin1(bytes, from, to)),
  date: (bytes, from, to) => to - from === 10 && isDate(bytes, from),
  datetime: (bytes, from, to) => to - from > 10 && isDate(bytes, from) && timeOfDay.test(latin1(bytes, from + 10, to)),
};

// RFC 3339 §5.6; a space for the T and a missing zone are accepted.
const timeOfDay = /^[Tt ]([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)([.,]\d+)?)?([Zz]|[+-]([01]\d|2[0-3]):?[0-5]\d)?$/;

function isNumber(bytes: Uint8Array, from: number, to: number): boolean {
  const start = from + signAt(bytes, from, to);
  let at = digitsFrom(bytes, start, to);
  let digits = at - start;
  if (at < to && bytes[at] === 0x2e) {
    const fraction = digitsFrom(bytes, at + 1, to);
    digits += fraction - at - 1;
    at = fraction;
  }
  if (digits === 0) return false;
  if (at < to && (bytes[at]! | 0x20) === 0x65) {
    const exponent = at + 1 + signAt(bytes, at + 1, to);
    at = digitsFrom(bytes, exponent, to);
    if (at === exponent) return false;
  }
  return at === to;
}

/** `YYYY-MM-DD` of a day that exists. */
function isDate(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d) return false;
  for (const i of [0, 1, 2, 3, 5, 6, 8, 9]) if (!isDigit(bytes[at + i]!)) return false;
  const two = (i: number): number => bytes[at + i]! * 10 + bytes[at + i + 1]! - 528;
  const year = two(0) * 100 + two(2);
  const month = two(5);
  const day = two(8);
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

function signAt(bytes: Uint8Array, at: number, to: number): number {
  return at < to && (bytes[at] === 0x2b || bytes[at] === 0x2d) ? 1 : 0;
}

function digitsFrom(bytes: Uint8Array, at: number, to: number): number {
  while (at < to && isDigit(bytes[at]!)) at++;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
