import { fail } from '../base/diagnostic.ts';
import type { Distribution } from '../table/classes.ts';
import { compareDecimals, readDecimal } from '../table/decimal.ts';

/**
 * The codes of a field's values in order: as `given`; else by number when all are numbers; else by code point. No value comes first
 * unless `given` has a place for it. Throws a Failure of code POLICY-MEANING when values have no place in `given`.
 */
export function orderOf({ codes, text }: Distribution, given?: readonly (string | number | null)[]): Int32Array {
  const values = Array.from(codes, (code) => ({ code, text: text(code) }));
  if (given !== undefined) {
    const places = new Map(given.map((value, i) => [value === null ? null : String(value), i]));
    const lost = values.filter((value) => value.text !== null && !places.has(value.text)).length;
    if (lost > 0) {
      const message = `\`order\` has no place for ${lost === 1 ? 'one value' : `${lost} values`} of the field`;
      throw fail('POLICY-MEANING', message, { hint: 'name every value that the field has once it is transformed' });
    }
    return sorted(values, (a, b) => (places.get(a.text) ?? -1) - (places.get(b.text) ?? -1));
  }
  const decimals = new Map(values.map(({ code, text: own }) => [code, own === null ? null : readDecimal(own)]));
  const numeric = values.every((value) => value.text === null || decimals.get(value.code) !== null);
  return sorted(values, (a, b) => {
    if (a.text === null || b.text === null) return Number(b.text === null) - Number(a.text === null);
    const byNumber = numeric ? compareDecimals(decimals.get(a.code)!, decimals.get(b.code)!) : 0;
    // Bytes of UTF-8 are in the order of code points.
    return byNumber || Buffer.compare(Buffer.from(a.text), Buffer.from(b.text));
  });
}

interface Value {
  readonly code: number;
  readonly text: string | null;
}

function sorted(values: readonly Value[], compare: (a: Value, b: Value) => number): Int32Array {
  return Int32Array.from([...values].sort(compare), ({ code }) => code);
}
