import { Tuples } from '../table/tuples.ts';
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
}

/**
 * Groups by numbers: the labels of a tuple are the digits of one number below 2^31, which is looked up in a table of its own, or hashed
 * where that would be large. Where the number would not fit, tuples are compared as they are.
 */
export function createGrouper(table: SearchTable): Grouper {
  const tuples = table.counts.length;
  const labels = tupleLabels(table);
  const all = table.fields.map((_, d) => d);
  const base: Grouping = {
    levels: table.fields.map(() => 0),
    count: tuples,
    size: table.counts,
    example: Int32Array.from({ length: tuples }, (_, t) => t),
  };
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
    if (keys.length < from.count) keys = new Int32Array(2 * from.count);
    let room = 1;
    for (const d of fields) room *= table.fields[d]!.levels[levels[d]!]!.count;
    if (room >= 2 ** 31) return assignTuples(levels, from, fields);
    fillKeys(levels, from, fields);
    return room <= directLimit ? assignDirect(from.count, room) : assignHashed(from.count);
  }

  function fillKeys(levels: Levels, from: Grouping, fields: readonly number[]): void {
    const { count } = from;
    const target = keys;
    const example = from === base ? undefined : from.example;
    let begun = false;
    for (const d of fields) {
      const radix = table.fields[d]!.levels[levels[d]!]!.count;
      if (radix === 1) continue;
      const digits = labels(d, levels[d]!);
      if (example === undefined) addDigits(target, count, begun ? radix : 0, digits);
      else addDigitsOf(target, count, begun ? radix : 0, digits, example);
      begun = true;
    }
    if (!begun) target.fill(0, 0, count);
  }

  function assignDirect(count: number, room: number): number {
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
    let places = 1024;
    while (places < 2 * count) places *= 2;
    if (slots.length < places) {
      slots = new Int32Array(places);
      slotKeys = new Int32Array(places);
    } else slots.fill(0, 0, places);
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

  function assignTuples(levels: Levels, { count, example }: Grouping, fields: readonly number[]): number {
    const distinct = new Tuples(fields.length);
    const tuple = new Int32Array(fields.length);
    const columns = fields.map((d) => labels(d, levels[d]!));
    for (let i = 0; i < count; i++) {
      for (let d = 0; d < columns.length; d++) tuple[d] = columns[d]![example[i]!]!;
      keys[i] = distinct.add(tuple, 0);
    }
    return distinct.size;
  }

  function classOf(levels: Levels): Int32Array {
    assign(levels, base, all);
    return keys;
  }

  return { group, base, labels, classOf };
}

/** So many numbers are looked up in a table of their own: 256 KiB. */
const directLimit = 1 << 16;

/** Append a digit to each number. */
function addDigits(target: Int32Array, count: number, radix: number, digits: Labels): void {
  for (let i = 0; i < count; i++) target[i] = Math.imul(target[i]!, radix) + digits[i]!;
}

function addDigitsOf(target: Int32Array, count: number, radix: number, digits: Labels, at: Int32Array): void {
  for (let i = 0; i < count; i++) target[i] = Math.imul(target[i]!, radix) + digits[at[i]!]!;
}
