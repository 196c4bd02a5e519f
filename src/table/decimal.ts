/** Decimal numbers by their digits, exact at any length. */

import type { ColumnBuffer, Kind } from './column.ts';

/** The value is ± `digits` × 10^`exponent`. `digits` has no leading zeros, so zero is the empty string. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** Larger exponents than any double has are taken for a mistake, not expanded. */
export const maxExponent = 400;

/** Reads `12`, `-0.5`, `+.5`, `5.`, `1.2e-3`; null for anything else, white space included. */
export function readDecimal(text: string): Decimal | null {
  const match = pattern.exec(text);
  if (match === null) return null;
  const [, sign, whole, fraction = '', bare, power = '0'] = match;
  const exponent = Number(power);
  if (Math.abs(exponent) > maxExponent) return null;
  const decimals = bare ?? fraction;
  const digits = withoutLeadingZeros((whole ?? '') + decimals);
  return { negative: sign === '-', digits, exponent: exponent - decimals.length };
}

/** The one way to write a number without exponent, spare zeros, plus or sign of zero; null where `readDecimal` returns that. */
export function shortestDecimal(text: string): string | null {
  const value = readDecimal(text);
  if (value === null) return null;
  const { negative, digits, exponent } = value;
  if (digits === '') return '0';
  const size = exponent >= 0 ? digits + '0'.repeat(exponent) : withPoint(digits, -exponent).replace(/\.?0+$/, '');
  return negative ? `-${size}` : size;
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const signs = signOf(a) - signOf(b);
  if (signs !== 0 || a.digits === '') return signs;
  return (a.negative ? -1 : 1) * compareMagnitudes(a, b);
}

/** A number of few digits: ± `mantissa` / 10^`decimals`. */
export interface SmallDecimal {
  negative: boolean;
  mantissa: number;
  decimals: number;
}

/**
 * Reads bytes[from, to) into `into` when they are what `readDecimal` reads, without exponent and with at most 15
 * digits, so that the mantissa is an exact double and `mantissa / 10 ** decimals` is the double nearest to the value.
 * Returns false for everything else.
 */
export function readSmallDecimal(bytes: Uint8Array, from: number, to: number, into: SmallDecimal): boolean {
  if (from >= to) return false;
  const first = bytes[from]!;
  const begin = first === minus || first === plus ? from + 1 : from;
  if (to - begin > 16) return false;
  let mantissa = 0;
  let point = -1;
  for (let at = begin; at < to; at++) {
    const digit = bytes[at]! - zero;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === pointDigit && point < 0) point = at;
    else return false;
  }
  const digits = to - begin - (point < 0 ? 0 : 1);
  if (digits < 1 || digits > 15) return false;
  into.negative = first === minus;
  into.mantissa = mantissa;
  into.decimals = point < 0 ? 0 : to - 1 - point;
  return true;
}

/** The digits of a whole number with a point before the last `decimals` of them: `withPoint('5', 2)` is `0.05`. */
export function withPoint(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  return `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
}

/**
 * The next value of `output` is `units` / 10^`decimals`, with all its decimals. |units| < 2^53, decimals ≤ 15; zero
 * has no sign.
 */
export function writeUnits(output: ColumnBuffer, kind: Kind, units: number, decimals: number): void {
  output.reserve(longestSmall);
  const target = output.bytes;
  // From the last digit on, at the end of the room that the longest one takes.
  let at = output.length + longestSmall;
  output.length = at;
  let left = Math.abs(units);
  let written = 0;
  while (left > 0 || written <= decimals) {
    if (written++ === decimals && decimals > 0) target[--at] = point;
    const tens = left < 0x80000000 ? (left / 10) | 0 : Math.floor(left / 10);
    target[--at] = zero + left - tens * 10;
    left = tens;
  }
  if (units < 0) target[--at] = minus;
  output.close(kind, at);
}

const pattern = /^([+-])?(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;
const minus = 0x2d;
const plus = 0x2b;
const zero = 0x30;
const point = 0x2e;
const pointDigit = point - zero;
/** A sign, 16 digits, a point and a zero before it. */
const longestSmall = 19;

function withoutLeadingZeros(digits: string): string {
  let at = 0;
  while (digits.charCodeAt(at) === zero) at++;
  return digits.slice(at);
}

function signOf(decimal: Decimal): number {
  return decimal.digits === '' ? 0 : decimal.negative ? -1 : 1;
}

function compareMagnitudes(a: Decimal, b: Decimal): number {
  const places = a.digits.length + a.exponent - (b.digits.length + b.exponent);
  if (places !== 0) return places;
  const length = Math.max(a.digits.length, b.digits.length);
  const [left, right] = [a.digits.padEnd(length, '0'), b.digits.padEnd(length, '0')];
  return left < right ? -1 : left > right ? 1 : 0;
}
