import { compilePattern } from '../base/pattern.ts';
import type { Comparable, Comparison } from '../policy/conditions.ts';
import {
  compareDecimals,
  type Decimal,
  readDecimal,
  readSmallDecimal,
  type SmallDecimal,
  shortestDecimal,
} from '../table/decimal.ts';
import { Dictionary } from '../table/dictionary.ts';
import type { FieldType } from '../transforms/definition.ts';
import { typeCheckOf } from './value-types.ts';

/** Is it true of the value bytes[from, to)? */
export type Predicate = (bytes: Buffer, from: number, to: number) => boolean;

/** What a comparison asks of a value that is not null, in a field of this type. All must be true. */
export function predicatesOf(comparison: Comparison, type: FieldType | undefined): Predicate[] {
  const { equals, in: among, matches, less, greater } = comparison;
  return [
    ...(equals === undefined ? [] : [isAmong([equals])]),
    ...(among === undefined ? [] : [isAmong(among)]),
    ...(matches === undefined ? [] : [matchesPattern(matches)]),
    ...(less === undefined ? [] : [isBeyond(less, -1, type)]),
    ...(greater === undefined ? [] : [isBeyond(greater, 1, type)]),
  ];
}

function isAmong(values: readonly Comparable[]): Predicate {
  const texts = new Dictionary();
  const numbers: Decimal[] = [];
  for (const value of values) {
    const text = Buffer.from(String(value));
    if (typeof value === 'number') numbers.push(readDecimal(String(value))!);
    else texts.code(text, 0, text.length);
  }
  const isText: Predicate = (bytes, from, to) => texts.find(bytes, from, to) >= 0;
  if (numbers.length === 0) return isText;
  const isNumber = isAmongNumbers(numbers);
  return texts.size === 0 ? isNumber : (bytes, from, to) => isText(bytes, from, to) || isNumber(bytes, from, to);
}

/** Numbers of few digits are looked up without a string: by the digits without spare zeros, then by sign and decimals. */
function isAmongNumbers(numbers: readonly Decimal[]): Predicate {
  const small = new Map<number, Set<number>>();
  const all = new Set<string>();
  for (const { negative, digits, exponent } of numbers) {
    all.add(shortestDecimal(`${negative ? '-' : ''}${digits || '0'}e${exponent}`)!);
    const value = { negative, mantissa: Number(digits), decimals: -exponent };
    if (digits.length > exactDigits || Math.abs(exponent) > exactDigits) continue;
    for (; value.decimals < 0; value.decimals++) value.mantissa *= 10;
    if (value.mantissa >= 10 ** exactDigits) continue;
    withoutZeros(value);
    const known = small.get(value.mantissa) ?? new Set();
    small.set(value.mantissa, known.add(signAndDecimals(value)));
  }
  const value: SmallDecimal = { negative: false, mantissa: 0, decimals: 0 };
  return (bytes, from, to) => {
    if (readSmallDecimal(bytes, from, to, value)) {
      withoutZeros(value);
      return small.get(value.mantissa)?.has(signAndDecimals(value)) ?? false;
    }
    const text = mayBeNumber(bytes, from, to) ? shortestDecimal(bytes.toString('latin1', from, to)) : null;
    return text !== null && all.has(text);
  };
}

/** What `readSmallDecimal` reads exactly. */
const exactDigits = 15;

function withoutZeros(value: SmallDecimal): void {
  for (; value.decimals > 0 && value.mantissa % 10 === 0; value.decimals--) value.mantissa /= 10;
}

/** Zero has no sign. */
function signAndDecimals({ negative, mantissa, decimals }: SmallDecimal): number {
  return negative && mantissa > 0 ? ~decimals : decimals;
}

/** Most text is told from a number by how it begins. */
function mayBeNumber(bytes: Buffer, from: number, to: number): boolean {
  const first = bytes[from]!;
  return from < to && ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d || first === 0x2e);
}

function matchesPattern(text: string): Predicate {
  const pattern = compilePattern(text);
  if (typeof pattern !== 'function') throw new Error('a pattern was not checked');
  return pattern;
}

/** `side` is -1 for values below the bound, 1 for those above. What is no number, or no date, is neither. */
function isBeyond(bound: string | number, side: -1 | 1, type: FieldType | undefined): Predicate {
  return typeof bound === 'number' ? isNumberBeyond(bound, side) : isDateBeyond(Buffer.from(bound), side, type);
}

/**
 * Rounding to doubles keeps the order: where the doubles nearest to two decimals differ, so do the decimals, the same way. Only
 * where they are equal the digits are compared.
 */
function isNumberBeyond(bound: number, side: -1 | 1): Predicate {
  const exact = readDecimal(String(bound))!;
  const whole = Number.isInteger(bound);
  const value: SmallDecimal = { negative: false, mantissa: 0, decimals: 0 };
  return (bytes, from, to) => {
    if (readSmallDecimal(bytes, from, to, value)) {
      const size = value.mantissa / 10 ** value.decimals;
      const nearest = value.negative ? -size : size;
      if (nearest !== bound) return nearest > bound === side > 0;
      if (whole && value.decimals === 0) return false;
    }
    const decimal = mayBeNumber(bytes, from, to) ? readDecimal(bytes.toString('latin1', from, to)) : null;
    return decimal !== null && compareDecimals(decimal, exact) * side > 0;
  };
}

/** By the order of the text, which is that of time where all dates are written to the same zone. */
function isDateBeyond(bound: Buffer, side: -1 | 1, type: FieldType | undefined): Predicate {
  const isDate = typeCheckOf(type)!;
  return (bytes, from, to) => bytes.compare(bound, 0, bound.length, from, to) * side > 0 && isDate(bytes, from, to);
}
