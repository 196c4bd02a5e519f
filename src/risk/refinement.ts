/** Codes of a field: codes[t], that of item t, is 0 or more and below `radix`. */
export interface Digits {
  readonly codes: Int32Array;
  readonly radix: number;
}

/**
 * Splits classes by the codes of one field more: `finer[t]` becomes the class of item t, numbered from 0 in the order of first sight;
 * returns how many there are. `classes[t]` is below `count`; undefined: all items are in one.
 */
export type Refine = (classes: Int32Array | undefined, count: number, digits: Digits, finer: Int32Array) => number;

/** So many pairs of class and code are numbered by a table of them all: 4 MiB. */
const directLimit = 1 << 20;

export function digitsOf(codes: Int32Array): Digits {
  return { codes, radix: codes.reduce((most, code) => Math.max(most, code + 1), 0) };
}

/** For tables of so many items. Working memory: up to 48 bytes for each item, where pairs have to be hashed. */
export function createRefiner(items: number): Refine {
  let direct = new Int32Array(0);
  let table = new Int32Array(0);
  return (classes, count, { codes, radix }, finer) =>
    count * radix <= directLimit
      ? refineDirect(classes, radix, count * radix, codes, finer)
      : refineHashed(classes, codes, finer);

  function refineDirect(
    classes: Int32Array | undefined,
    radix: number,
    room: number,
    codes: Int32Array,
    finer: Int32Array,
  ): number {
    if (direct.length < room) direct = new Int32Array(room);
    else direct.fill(0, 0, room);
    let next = 0;
    for (let t = 0; t < items; t++) {
      const pair = (classes === undefined ? 0 : classes[t]! * radix) + codes[t]!;
      let number = direct[pair]!;
      if (number === 0) number = direct[pair] = ++next;
      finer[t] = number - 1;
    }
    return next;
  }

  /** Open addressing: the number + 1 of a pair, its class and its code. */
  function refineHashed(classes: Int32Array | undefined, codes: Int32Array, finer: Int32Array): number {
    let places = 1024;
    while (places < 2 * items) places *= 2;
    if (table.length < 3 * places) table = new Int32Array(3 * places);
    else table.fill(0);
    const mask = places - 1;
    let next = 0;
    for (let t = 0; t < items; t++) {
      const c = classes === undefined ? 0 : classes[t]!;
      const code = codes[t]!;
      let hash = Math.imul(c, 0x9e3779b1 | 0) ^ Math.imul(code, 0x85ebca77 | 0);
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
      for (let place = (hash ^ (hash >>> 13)) & mask; ; place = (place + 1) & mask) {
        const at = place * 3;
        const number = table[at]!;
        if (number === 0) {
          table[at] = ++next;
          table[at + 1] = c;
          table[at + 2] = code;
          finer[t] = next - 1;
          break;
        }
        if (table[at + 1] === c && table[at + 2] === code) {
          finer[t] = number - 1;
          break;
        }
      }
    }
    return next;
  }
}
