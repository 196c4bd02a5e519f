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
    const bytes = Buffer.from(text);
    this.#live = this.#live.filter((one) => {
      const end = one.notation.read(bytes, 0, bytes.length, plain, 0);
      if (bytes.length > longest || end < 0) return false;
      const read = plain.toString('latin1', 0, end);
      const number = Number(read);
      if (number < one.least) one.least = number;
      if (number > one.most) one.most = number;
      if (!/^[+-]?\d+$/.test(read)) one.integers = false;
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
const plain = Buffer.alloc(longest + 2);
