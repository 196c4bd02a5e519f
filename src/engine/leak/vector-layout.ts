import { type Code, i32, local } from '../../base/wasm.ts';
import { fourBits } from './matcher.ts';

/**
 * The memory of the vector code, in bytes: a state that is kept from call to call, tables, the list of what was found; from `free`
 * on the filter of heads and the texts. All starts of words are addresses.
 */
export const state = {
  /** normalize: address of the next byte. occurrences: address at which to go on, 0: at the beginning. candidates: of a word. */
  at: 0,
  /** normalize: address of the next word's start. */
  word: 4,
  /** Address behind the last of the list. */
  listEnd: 8,
};

/** For each mask of 8 bits: the numbers of its ones, as 8 bytes; and the same plus 8. */
export const compactLow = 64;
export const compactHigh = compactLow + 8 * 256;
export const hasLengthAt = compactHigh + 8 * 256;
export const foursAt = hasLengthAt + 256;
/** Groups of three ints. */
export const listAt = foursAt + 2 ** (fourBits - 3);
export const listWidth = 12;
export const listLength = 4096;
/** Words that `candidates` sieves at once, and one that does not pass. */
export const stripLength = 1024;
export const stripAt = listAt + listWidth * listLength;
export const free = stripAt + 4 * stripLength + 16;

const { get, set } = local;

export function four(index: Code): Code {
  return i32.shl(index, i32.const(2));
}

export function advance(index: number, by: number): Code {
  return set(index, i32.add(get(index), i32.const(by)));
}

/** Address of the list of words' starts at which those of a text begin; `k` is 1 for the next text. */
export function wordOf(words: number, first: number, text: Code, k: number): Code {
  return i32.add(get(words), four(i32.load(i32.add(get(first), four(text)), 4 * k)));
}

/** Where a text begins; `k` is 1 for the next text. */
export function wordStart(words: number, first: number, text: Code, k: number): Code {
  return i32.load(wordOf(words, first, text, k), 0);
}

/** `hashFour` of the bytes at an address; `spare` is a local. */
export function fourAt(address: Code, spare: number): Code {
  const mixed = i32.xor(get(spare), i32.shrU(get(spare), i32.const(15)));
  return [set(spare, i32.load(address, 0)), i32.mul(mixed, i32.const(0x9e3779b1))];
}

/** `hashEight` of the bytes at an address; `spare` is a local. */
export function eightAt(address: Code, spare: number): Code {
  const sum = i32.xor(
    i32.mul(i32.load(address, 0), i32.const(0x9e3779b1)),
    i32.mul(i32.load(address, 4), i32.const(0x85ebca77)),
  );
  return [set(spare, sum), i32.mul(i32.xor(get(spare), i32.shrU(get(spare), i32.const(15))), i32.const(0x2c1b3c6d))];
}

/** Put a group of three into the list, whose end is a local. There is room. */
export function append(listEnd: number, ...group: readonly [Code, Code, Code]): Code {
  return [group.map((value, k) => i32.store(get(listEnd), 4 * k, value)), advance(listEnd, listWidth)];
}
