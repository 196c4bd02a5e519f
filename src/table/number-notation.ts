import type { Notation } from './notation.ts';

export const decimalSeparators = ['.', ','] as const;
export const groupSeparators = ['.', ',', ' ', "'"] as const;

export interface NumberForm {
  readonly decimal: (typeof decimalSeparators)[number];
  /** What stands between groups of three digits; undefined: nothing does. */
  readonly thousands: (typeof groupSeparators)[number] | undefined;
}

/**
 * Numbers as CLDR's patterns `#,##0.###` have them, with the separators of a locale (https://cldr.unicode.org/translation/number-currency-formats,
 * UTS #35 part 3): digits in groups of three, counted from the decimal separator, or not grouped at all. A number that is grouped anywhere
 * is grouped throughout, and does not begin with a zero: `0.123` with points between thousands is no number but a mistake. They are written
 * without groups, which every reader takes: separators in the places where the source had them would tell which values were large.
 *
 * Undefined for the engine's own form.
 */
export function numberNotation({ decimal, thousands }: NumberForm): Notation | undefined {
  if (decimal === '.' && thousands === undefined) return undefined;
  const decimalByte = decimal.charCodeAt(0);
  const separatorAt = separatorReader(thousands);
  const grouped = thousands === undefined ? '' : ` or 1${thousands}234${decimal}5`;
  return {
    folds: thousands !== undefined,
    words: `numbers are written 1234${decimal}5${grouped} here (\`input: { decimal: …, thousands: … }\`)`,
    described: {
      ...(decimal === '.' ? {} : { decimalChar: decimal }),
      ...(thousands === undefined ? {} : { groupChar: thousands }),
    },
    read(bytes, from, to, target, at) {
      let end = at;
      let p = from;
      if (p < to && isSign(bytes[p]!)) target[end++] = bytes[p++]!;
      const first = p;
      while (p < to && isDigit(bytes[p]!)) target[end++] = bytes[p++]!;
      let digits = p - first;
      let width = p < to ? separatorAt(bytes, p, to) : 0;
      if (width > 0 && (digits < 1 || digits > 3 || bytes[first] === zero)) return -1;
      while (width > 0) {
        const group = p + width;
        for (p = group; p < to && isDigit(bytes[p]!); p++) target[end++] = bytes[p]!;
        if (p - group !== 3) return -1;
        digits += 3;
        width = p < to ? separatorAt(bytes, p, to) : 0;
      }
      if (p < to && bytes[p] === decimalByte) {
        target[end++] = point;
        const fraction = ++p;
        while (p < to && isDigit(bytes[p]!)) target[end++] = bytes[p++]!;
        digits += p - fraction;
      }
      if (digits === 0) return -1;
      if (p < to && (bytes[p]! | 0x20) === letterE) {
        target[end++] = bytes[p++]!;
        if (p < to && isSign(bytes[p]!)) target[end++] = bytes[p++]!;
        const power = p;
        while (p < to && isDigit(bytes[p]!)) target[end++] = bytes[p++]!;
        if (p === power) return -1;
      }
      return p === to ? end : -1;
    },
    write(bytes, from, to, target, at) {
      const pointAt = decimal === '.' ? -1 : pointOf(bytes, from, to);
      if (pointAt < 0) return -1;
      for (let p = from; p < to; p++) target[at + p - from] = bytes[p]!;
      target[at + pointAt - from] = decimalByte;
      return at + to - from;
    },
  };
}

/** Bytes of the separator at `at`, 0 where none stands there. What looks alike is alike: nobody sees which space or apostrophe it is. */
function separatorReader(thousands: NumberForm['thousands']): (bytes: Uint8Array, at: number, to: number) => number {
  if (thousands === undefined) return () => 0;
  const byte = thousands.charCodeAt(0);
  const others = (lookalikes[thousands] ?? []).map((other) => Buffer.from(other));
  return (bytes, at, to) => {
    if (bytes[at] === byte) return 1;
    for (const other of others) {
      let same = 0;
      while (same < other.length && at + same < to && bytes[at + same] === other[same]) same++;
      if (same === other.length) return same;
    }
    return 0;
  };
}

/** No-break and narrow no-break space (CLDR fr, and most that group by spaces); typographic apostrophe (CLDR de-CH). */
const lookalikes: Readonly<Record<string, readonly string[]>> = { ' ': ['\u00a0', '\u202f'], "'": ['\u2019'] };

/** Where the point of the number bytes[from, to) stands; -1 where it has none, or is no number. */
function pointOf(bytes: Uint8Array, from: number, to: number): number {
  let p = from;
  let found = -1;
  let digits = 0;
  if (p < to && isSign(bytes[p]!)) p++;
  for (; p < to; p++) {
    if (isDigit(bytes[p]!)) digits++;
    else if (bytes[p] === point && found < 0) found = p;
    else break;
  }
  if (found < 0 || digits === 0) return -1;
  if (p < to && (bytes[p]! | 0x20) === letterE) {
    p++;
    if (p < to && isSign(bytes[p]!)) p++;
    const power = p;
    while (p < to && isDigit(bytes[p]!)) p++;
    if (p === power) return -1;
  }
  return p === to ? found : -1;
}

function isSign(byte: number): boolean {
  return byte === 0x2b || byte === 0x2d;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte <= 0x39;
}

const zero = 0x30;
const point = 0x2e;
/** In lower case. */
const letterE = 0x65;
