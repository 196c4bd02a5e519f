import {
  assembleAll,
  block,
  type Code,
  i8x16,
  i32,
  leave,
  leaveIf,
  local,
  loop,
  repeat,
  repeatIf,
  select,
  v128,
  type WasmFunction,
  when,
} from '../../base/wasm.ts';
import { candidates } from './candidates-code.ts';
import { primeHigh, primeLow, seedHigh, seedLow } from './fingerprint.ts';
import { longestElsewhere, printWidth, shortestElsewhere } from './matcher.ts';
import { occurrences } from './occurrences-code.ts';
import { advance, compactHigh, compactLow, eightAt, four, fourAt, state, wordStart } from './vector-layout.ts';

/** The module's code: memory starts with `pages` × 64 KiB and grows up to `mostPages`. */
export function vectorCode(pages: number, mostPages: number): Uint8Array {
  return assembleAll([normalize(), fingerprints(), occurrences(), candidates()], pages, mostPages);
}

const { get, set, tee } = local;
const splat = (byte: number) => v128.const(Array(16).fill(byte));

/**
 * normalize(item, count, base, starts, ends, first, words, stop): write letters and digits of the slices from `item` on, in lower
 * case, and where words begin. Returns the slice at which it stopped, since it holds a byte that is not ASCII or is `stop`, of
 * which nothing is written then; or `count`. The state is where the next byte and the next word's start go.
 *
 * 16 bytes a step: letters and digits become ones of a mask; a table says for each half of the mask which bytes to put in front
 * (Lemire, Quickly pruning elements in SIMD vectors using the simdprune library, 2017).
 */
function normalize(): WasmFunction {
  const [item, count, base, starts, ends, first, words, stop] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const [p, end, at, word, itemAt, itemWord] = [8, 9, 10, 11, 12, 13] as const;
  const [before, mask, begins, less, wordEnd] = [14, 15, 16, 17, 18] as const;
  const [v, lower, stops] = [19, 20, 21] as const;
  const left = i32.sub(get(end), get(p));
  const inside = select(
    i32.geU(left, i32.const(16)),
    i32.const(0xffff),
    i32.sub(i32.shl(i32.const(1), left), i32.const(1)),
  );
  const within = (vector: Code, low: number, size: number) => i8x16.leU(i8x16.sub(vector, splat(low)), splat(size - 1));
  const half = (bits: Code, table: number): Code => [
    v128.store(get(at), 0, i8x16.swizzle(get(lower), v128.load64Zero(i32.shl(bits, i32.const(3)), table))),
    set(at, i32.add(get(at), i32.popcnt(bits))),
  ];
  // The lowest of the bits, and where its byte goes: behind the bytes whose bits are lower.
  const oneWord = (k: number): Code => [
    set(less, i32.sub(get(begins), i32.const(1))),
    i32.store(
      get(word),
      4 * k,
      i32.add(get(at), i32.sub(i32.popcnt(i32.and(get(mask), i32.xor(get(begins), get(less)))), i32.const(1))),
    ),
    set(begins, i32.and(get(begins), get(less))),
  ];
  const step: Code = [
    set(lower, v128.or(tee(v, v128.load(get(p), 0)), splat(0x20))),
    when(
      i32.and(i8x16.bitmask(v128.or(get(v), i8x16.eq(get(v), get(stops)))), inside),
      set(at, get(itemAt)),
      set(word, get(itemWord)),
      leave(4),
    ),
    set(mask, i32.and(i8x16.bitmask(v128.or(within(get(lower), 0x61, 26), within(get(v), 0x30, 10))), inside)),
    set(begins, i32.and(get(mask), i32.xor(i32.or(i32.shl(get(mask), i32.const(1)), get(before)), i32.const(-1)))),
    set(before, i32.shrU(get(mask), i32.const(15))),
    // Written in groups of four, whether there are as many or not: most often there are, and no branch has to be guessed.
    set(wordEnd, i32.add(get(word), four(i32.popcnt(get(begins))))),
    block(loop(leaveIf(i32.eqz(get(begins)), 1), [0, 1, 2, 3].map(oneWord), advance(word, 16), repeat(0))),
    set(word, get(wordEnd)),
    half(i32.and(get(mask), i32.const(0xff)), compactLow),
    half(i32.shrU(get(mask), i32.const(8)), compactHigh),
    advance(p, 16),
    repeat(0),
  ];
  return {
    name: 'normalize',
    parameters: 8,
    returns: true,
    locals: [
      [11, i32.type],
      [3, v128.type],
    ],
    body: [
      set(at, i32.load(i32.const(0), state.at)),
      set(word, i32.load(i32.const(0), state.word)),
      set(stops, i8x16.splat(get(stop))),
      block(
        loop(
          leaveIf(i32.geU(get(item), get(count)), 1),
          i32.store(i32.add(get(first), four(get(item))), 0, i32.shrU(i32.sub(get(word), get(words)), i32.const(2))),
          set(itemAt, get(at)),
          set(itemWord, get(word)),
          set(before, i32.const(0)),
          set(p, i32.add(get(base), i32.load(i32.add(get(starts), four(get(item))), 0))),
          set(end, i32.add(get(base), i32.load(i32.add(get(ends), four(get(item))), 0))),
          block(loop(leaveIf(i32.geU(get(p), get(end)), 1), step)),
          advance(item, 1),
          repeat(0),
        ),
      ),
      i32.store(i32.const(0), state.at, get(at)),
      i32.store(i32.const(0), state.word, get(word)),
      get(item),
    ],
  };
}

/** fingerprints(count, first, words, out): the `printWidth` ints of each text, as fingerprint.ts has them. */
function fingerprints(): WasmFunction {
  const [count, first, words, out] = [0, 1, 2, 3] as const;
  const [text, p, end, size, low, high, all, bits] = [4, 5, 6, 7, 8, 9, 10, 11] as const;
  const take = (size: number): Code => [
    set(bits, size === 4 ? i32.load(get(p), 0) : i32.load8U(get(p), 0)),
    set(all, i32.or(get(all), get(bits))),
    [low, high].map((h) => {
      const mixed = i32.mul(i32.xor(get(h), get(bits)), i32.const(h === low ? primeLow : primeHigh));
      return size === 4 ? xorShifted(h, mixed, 15) : set(h, mixed);
    }),
    advance(p, size),
  ];
  const xorShifted = (h: number, value: Code, shift: number): Code => [
    set(h, value),
    set(h, i32.xor(get(h), i32.shrU(get(h), i32.const(shift)))),
  ];
  const finish = (h: number): Code => [
    xorShifted(h, get(h), 16),
    xorShifted(h, i32.mul(get(h), i32.const(0x85ebca6b)), 13),
    xorShifted(h, i32.mul(get(h), i32.const(0xc2b2ae35)), 16),
  ];
  // Of letters and digits in lower case, and bytes beyond ASCII, digits alone have neither of the highest two bits.
  const areDigits = i32.eqz(i32.and(get(all), i32.const(0xc0c0c0c0)));
  const digits = select(areDigits, select(i32.ltU(get(size), i32.const(31)), get(size), i32.const(31)), i32.const(0));
  const begin = i32.sub(get(end), get(size));
  return {
    name: 'fingerprints',
    parameters: 4,
    returns: false,
    locals: [[8, i32.type]],
    body: block(
      loop(
        leaveIf(i32.geU(get(text), get(count)), 1),
        set(p, wordStart(words, first, get(text), 0)),
        set(end, wordStart(words, first, get(text), 1)),
        set(size, i32.sub(get(end), get(p))),
        i32.store(get(out), 12, i32.const(0)),
        when(
          i32.leU(i32.sub(get(size), i32.const(shortestElsewhere)), i32.const(longestElsewhere - shortestElsewhere)),
          set(low, i32.xor(get(size), i32.const(seedLow))),
          set(high, i32.xor(get(size), i32.const(seedHigh))),
          set(all, i32.const(0)),
          loop(take(4), repeatIf(i32.geU(i32.sub(get(end), get(p)), i32.const(4)))),
          block(loop(leaveIf(i32.geU(get(p), get(end)), 1), take(1), repeat(0))),
          finish(low),
          finish(high),
          i32.store(get(out), 0, get(low)),
          i32.store(get(out), 4, i32.or(i32.and(get(high), i32.const(~31)), digits)),
          i32.store(get(out), 8, eightAt(begin, low)),
          i32.store(get(out), 12, get(size)),
          i32.store(get(out), 16, fourAt(begin, low)),
        ),
        advance(out, 4 * printWidth),
        advance(text, 1),
        repeat(0),
      ),
    ),
  };
}
