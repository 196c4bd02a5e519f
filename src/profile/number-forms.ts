import { type Notation, spareBytes } from '../table/notation.ts';
import { decimalSeparators, groupSeparators, type NumberForm, numberNotation } from '../table/number-notation.ts';

/** What the values of a field are as numbers of one form. */
export interface ReadAs {
  readonly integers: boolean;
  readonly range: readonly [least: number, most: number];
  /** Some value has decimals, or groups beside values of other lengths: it is no code that only looks like a number. */
  readonly tells: boolean;
}

/** All forms but the engine's own, simpler ones first: of two that read the same, that is the one to say. */
export const numberForms: readonly NumberForm[] = [undefined, ...groupSeparators]
  .flatMap((thousands) => decimalSeparators.map((decimal): NumberForm => ({ decimal, thousands })))
  .filter((form) => form.decimal !== form.thousands && numberNotation(form) !== undefined);

/** Follows the values of a field: in which forms are all of them numbers? */
export class NumberForms {
  #live = numberForms.map((form) => ({ form, notation: numberNotation(form)!, ...nothing }));
  #shortest = Number.POSITIVE_INFINITY;
  #longest = 0;

  add(text: string): void {
    if (this.#live.length === 0) return;
    this.#shortest = Math.min(this.#shortest, text.length);
    this.#longest = Math.max(this.#longest, text.length);
    const point = text.includes('.');
    // Most numbers are read alike in all forms, or in all with this separator.
    const simple = /^[+-]?\d+(?:\.\d*)?$/.test(text) ? Number(text) : undefined;
    this.#live = this.#live.filter((one) => {
      const isSimple = simple !== undefined && (!point || one.form.decimal === '.');
      const plain = isSimple ? text : plainText(one.notation, text);
      if (plain === undefined) return false;
      const number = isSimple ? simple : Number(plain);
      if (number < one.least) one.least = number;
      if (number > one.most) one.most = number;
      if (isSimple ? point : !/^[+-]?\d+$/.test(plain)) one.integers = false;
      return true;
    });
  }

  /** Undefined where some value is no number in this form, or there is none. */
  as(form: NumberForm): ReadAs | undefined {
    const found = this.#live.find((one) => one.form.decimal === form.decimal && one.form.thousands === form.thousands);
    if (found === undefined || this.#longest === 0) return undefined;
    const { integers, least, most } = found;
    return { integers, range: [least, most], tells: !integers || this.#shortest < this.#longest };
  }
}

const nothing = { integers: true, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
/** Longer text is no number that anybody writes. */
const longest = 64;
const read = Buffer.alloc(longest + spareBytes);

/** In the engine's form. */
function plainText(notation: Notation, text: string): string | undefined {
  if (text.length > longest) return undefined;
  const bytes = Buffer.from(text);
  const end = bytes.length > longest ? -1 : notation.read(bytes, 0, bytes.length, read, 0);
  return end < 0 ? undefined : read.toString('latin1', 0, end);
}
