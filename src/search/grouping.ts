import { longer } from '../base/longer.ts';
import { type Labels, type Levels, type SearchTable, tupleLabels } from './space.ts';

/** The classes of a table at some levels, numbered in the order of their first tuples. */
export interface Grouping {
  readonly levels: Levels;
  readonly count: number;
  /** Records of each class. */
  readonly size: Int32Array;
  /** The first tuple of each class. */
  readonly example: Int32Array;
}

export interface Grouper {
  /** The table's own tuples. */
  readonly base: Grouping;
  /**
   * Classes at `levels`, from those of a grouping whose levels are nowhere higher (roll-up); over all fields, or over `fields` alone,
   * as `from` then was too unless it is the base.
   */
  group(levels: Levels, from: Grouping, fields?: readonly number[]): Grouping;
  /** Label of each tuple in field d at a level. */
  readonly labels: (d: number, level: number) => Labels;
  /** Class of each tuple at `levels`. Valid until the next call. */
  classOf(levels: Levels): Int32Array;
  /** Labels that were read so far, and what took as long as to read so many: the same on every machine, unlike time. */
  work(): number;
}

/**
 * Groups by numbers: the labels of a tuple are the digits of one number below 2^31, which is looked up in a table of its own, or hashed
 * where that would be large. Where the number would not fit, there are several. Working memory: 4 bytes a tuple for each of these
 * numbers, and 16 to 32 for the table.
 */
export function createGrouper(table: SearchTable): Grouper {
  const tuples = table.counts.length;
  const labels = tupleLabels(table);
  const all = table.fields.map((_, d) => d);
  const base: Grouping = {
    levels: table.fields.map(() => 0),
    count: tuples,
    size: table.counts,
    example: identity(tuples),
  };
  let work = 0;
  // Working memory: the number made of the labels of each item, then the number of its class.
  let keys = new Int32Array(1024);
  let slots = new Int32Array(directLimit);
  let slotKeys = new Int32Array(directLimit);

  function group(levels: Levels, from: Grouping, fields = all): Grouping {
    const count = assign(levels, from, fields);
    const numbers = keys;
    const size = new Int32Array(count);
    const example = new Int32Array(count);
    // Backwards, so that the first item of a class is the last to leave its example.
    for (let i = from.count - 1; i >= 0; i--) {
      const number = numbers[i]!;
      size[number]! += from.size[i]!;
      example[number] = from.example[i]!;
    }
    return { levels, count, size, example };
  }

  /** Leaves the class of each item in `keys`; returns how many there are. */
  function assign(levels: Levels, from: Grouping, fields: readonly number[]): number {
    const { count } = from;
    if (keys.length < count) keys = new Int32Array(Math.max(1024, count));
    const words = wordsOf(levels, fields);
    const wide = words.length > 1 ? words.map(() => new Int32Array(count)) : [keys];
    for (const [w, { digits }] of words.entries()) {
      fillKeys(wide[w]!, levels, from, digits);
      work += count * (digits.length + itemCost);
    }
    if (words.length === 1 && words[0]!.room <= Math.max(directLimit, 2 * count))
      return assignDirect(count, words[0]!.room);
    work += count * hashCost;
    return words.length === 1 ? assignHashed(count) : assignWide(count, wide);
  }

  /** The fields whose labels differ, by the number whose digits they are. */
  function wordsOf(levels: Levels, fields: readonly number[]): readonly Word[] {
    const words: Word[] = [{ room: 1, digits: [] }];
    for (const d of fields) {
      const radix = table.fields[d]!.levels[levels[d]!]!.count;
      if (radix === 1) continue;
      const word = words.at(-1)!;
      if (word.room * radix < 2 ** 31) {
        word.room *= radix;
        word.digits.push(d);
      } else words.push({ room: radix, digits: [d] });
    }
    return words;
  }

  function fillKeys(target: Int32Array, levels: Levels, from: Grouping, fields: readonly number[]): void {
    const { count } = from;
    const example = from === base ? undefined : from.example;
    let begun = false;
    for (const d of fields) {
      const radix = begun ? table.fields[d]!.levels[levels[d]!]!.count : 0;
      const digits = labels(d, levels[d]!);
      if (example === undefined) addDigits(target, count, radix, digits);
      else addDigitsOf(target, count, radix, digits, example);
      begun = true;
    }
    if (!begun) target.fill(0, 0, count);
  }

  function assignDirect(count: number, room: number): number {
    if (slots.length < room) slots = new Int32Array(room);
    const numbers = keys;
    const table = slots;
    table.fill(0, 0, room);
    let next = 0;
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      let number = table[key]!;
      if (number === 0) number = table[key] = ++next;
      numbers[i] = number - 1;
    }
    return next;
  }

  function assignHashed(count: number): number {
    const places = emptyPlaces(count);
    const numbers = keys;
    const table = slots;
    const tableKeys = slotKeys;
    const shift = Math.clz32(places) + 1;
    const mask = places - 1;
    let next = 0;
    for (let i = 0; i < count; i++) {
      const key = numbers[i]!;
      let at = Math.imul(key ^ (key >>> 15), 0x9e3779b1) >>> shift;
      let number = table[at]!;
      while (number !== 0 && tableKeys[at] !== key) {
        at = (at + 1) & mask;
        number = table[at]!;
      }
      if (number === 0) {
        number = table[at] = ++next;
        tableKeys[at] = key;
      }
      numbers[i] = number - 1;
    }
    return next;
  }

  /** As `assignHashed`, by several numbers each. A place holds a hash, so that other items are hardly ever looked at. */
  function assignWide(count: number, words: readonly Int32Array[]): number {
    const places = emptyPlaces(count);
    const numbers = keys;
    const table = slots;
    const hashes = slotKeys;
    const mask = places - 1;
    let firsts: Int32Array = new Int32Array(1024);
    let next = 0;
    for (let i = 0; i < count; i++) {
      let hash = 0;
      for (let w = 0; w < words.length; w++) {
        hash = Math.imul(hash ^ words[w]![i]!, 0x9e3779b1);
        hash ^= hash >>> 15;
      }
      hash = Math.imul(hash, 0x85ebca6b);
      hash ^= hash >>> 13;
      let at = hash & mask;
      let number = table[at]!;
      while (number !== 0 && !(hashes[at] === hash && isSame(words, firsts[number - 1]!, i))) {
        at = (at + 1) & mask;
        number = table[at]!;
      }
      if (number === 0) {
        if (next === firsts.length) firsts = longer(firsts);
        firsts[next] = i;
        number = table[at] = ++next;
        hashes[at] = hash;
      }
      numbers[i] = number - 1;
    }
    return next;
  }

  /** How many places so many items need; they are made empty. */
  function emptyPlaces(count: number): number {
    let places = 1024;
    while (places < 2 * count) places *= 2;
    if (slotKeys.length < places) slotKeys = new Int32Array(places);
    if (slots.length < places) slots = new Int32Array(places);
    else slots.fill(0, 0, places);
    return places;
  }

  function classOf(levels: Levels): Int32Array {
    assign(levels, base, all);
    return keys;
  }

  return { group, base, labels, classOf, work: () => work };
}

/** Fields whose labels are the digits of one number below `room`. */
interface Word {
  room: number;
  readonly digits: number[];
}

/** What is done with an item beside reading its labels takes as long as to read so many. */
const itemCost = 2;
/** And to look its number up among many, far apart in memory. */
const hashCost = 10;
/** So many numbers are looked up in a table of their own: 256 KiB. More where there are half as many items. */
const directLimit = 1 << 16;

/** Append a digit to each number. */
function addDigits(target: Int32Array, count: number, radix: number, digits: Labels): void {
  for (let i = 0; i < count; i++) target[i] = Math.imul(target[i]!, radix) + digits[i]!;
}

function addDigitsOf(target: Int32Array, count: number, radix: number, digits: Labels, at: Int32Array): void {
  for (let i = 0; i < count; i++) target[i] = Math.imul(target[i]!, radix) + digits[at[i]!]!;
}

function isSame(words: readonly Int32Array[], i: number, j: number): boolean {
  for (let w = 0; w < words.length; w++) if (words[w]![i] !== words[w]![j]) return false;
  return true;
}

/** By hand: `Int32Array.from` takes many times as long. */
function identity(size: number): Int32Array {
  const numbers = new Int32Array(size);
  for (let i = 0; i < size; i++) numbers[i] = i;
  return numbers;
}
