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

/** So many pairs of class and code, or so many for each item, are numbered by a table of them all: 4 MiB, or 32 bytes for each item. */
const directLimit = 1 << 20;
const directPairs = 8;

export function digitsOf(codes: Int32Array): Digits {
  return { codes, radix: codes.reduce((most, code) => Math.max(most, code + 1), 0) };
}

/** For tables of so many items. Working memory: up to 40 bytes for each item, where pairs have to be hashed. */
export function createRefiner(items: number): Refine {
  let direct = new Int32Array(0);
  let table = new Int32Array(0);
  let sizes = new Int32Array(0);
  return (classes, count, { codes, radix }, finer) =>
    count * radix <= Math.max(directLimit, directPairs * items)
      ? refineDirect(classes, radix, count * radix, codes, finer)
      : refineHashed(classes, count, codes, finer);

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
  function refineHashed(classes: Int32Array | undefined, count: number, codes: Int32Array, finer: Int32Array): number {
    const shared = itemsInSharedClasses(classes, count);
    let places = 1024;
    while (places * 3 < shared * 5) places *= 2;
    if (table.length < 3 * places) table = new Int32Array(3 * places);
    else table.fill(0, 0, 3 * places);
    const mask = places - 1;
    let next = 0;
    for (let t = 0; t < items; t++) {
      const c = classes === undefined ? 0 : classes[t]!;
      // The only item of a class stays the only one.
      finer[t] = classes !== undefined && sizes[c] === 1 ? next++ : numberOf(c, codes[t]!);
    }
    return next;

    function numberOf(c: number, code: number): number {
      for (let place = hashOf(c, code) & mask; ; place = (place + 1) & mask) {
        const at = place * 3;
        const number = table[at]!;
        if (number === 0) {
          table[at] = ++next;
          table[at + 1] = c;
          table[at + 2] = code;
          return next - 1;
        }
        if (table[at + 1] === c && table[at + 2] === code) return number - 1;
      }
    }
  }

  /** Items that are not alone in their class; `sizes[c]` becomes the number of items of class c. */
  function itemsInSharedClasses(classes: Int32Array | undefined, count: number): number {
    if (classes === undefined) return items;
    if (sizes.length < count) sizes = new Int32Array(count);
    else sizes.fill(0, 0, count);
    for (let t = 0; t < items; t++) sizes[classes[t]!]!++;
    let alone = 0;
    for (let c = 0; c < count; c++) if (sizes[c] === 1) alone++;
    return items - alone;
  }
}

function hashOf(c: number, code: number): number {
  let hash = Math.imul(c, 0x9e3779b1 | 0) ^ Math.imul(code, 0x85ebca77 | 0);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
