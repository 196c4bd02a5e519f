import {
  block,
  type Code,
  i32,
  leave,
  leaveIf,
  local,
  loop,
  repeat,
  repeatIf,
  select,
  type WasmFunction,
  when,
} from '../../base/wasm.ts';
import { fourBits, longestElsewhere } from './matcher.ts';
import {
  advance,
  append,
  eightAt,
  fourAt,
  foursAt,
  hasLengthAt,
  listAt,
  listLength,
  listWidth,
  state,
  stripAt,
  stripLength,
  wordOf,
} from './vector-layout.ts';

const { get, set, tee } = local;

const [text, count, first, words, heads, headShift, longest] = [0, 1, 2, 3, 4, 5, 6] as const;
const [word, lastWord, stripEnd, i, passed, end, p, next] = [7, 8, 9, 10, 11, 12, 13, 14] as const;
const [size, hash, eight, mixed, listEnd] = [15, 16, 17, 18, 19] as const;

/**
 * candidates(text, count, first, words, heads, headShift, longest): list (text, word, next word) from `text` on; returns the text at
 * which it stopped because the list is full, or `count`. The state is the word at which to go on, as the address of its start.
 *
 * A strip of words is sieved twice, by their first four and eight bytes: what passes is put in front without a branch, which would
 * wait for the filter, that is larger than the cache; so the processor waits for many places at once. Few words are left whose
 * ends are to be looked at. The sieves take no notice of where texts end.
 */
export function candidates(): WasmFunction {
  const behind = i32.add(get(word), i32.const(4 * stripLength));
  return {
    name: 'candidates',
    parameters: 7,
    returns: true,
    locals: [[13, i32.type]],
    body: [
      set(listEnd, i32.const(listAt)),
      set(lastWord, wordOf(words, first, get(count), 0)),
      set(word, i32.load(i32.const(0), state.at)),
      when(i32.eqz(get(word)), set(word, wordOf(words, first, get(text), 0))),
      block(
        loop(
          when(i32.geU(get(word), get(lastWord)), set(text, get(count)), leave(2)),
          set(stripEnd, select(i32.ltU(behind, get(lastWord)), behind, get(lastWord))),
          sieve(),
          set(i, i32.const(stripAt)),
          block(
            loop(
              leaveIf(i32.geU(get(i), get(passed)), 1),
              set(word, i32.load(get(i), 0)),
              // A word has no more candidates than there are lengths.
              leaveIf(i32.gtU(get(listEnd), i32.const(listAt + listWidth * (listLength - longestElsewhere))), 3),
              eachEnd(),
              advance(i, 4),
              repeat(0),
            ),
          ),
          set(word, get(stripEnd)),
          repeat(0),
        ),
      ),
      i32.store(i32.const(0), state.at, get(word)),
      i32.store(i32.const(0), state.listEnd, get(listEnd)),
      get(text),
    ],
  };
}

/** Of the words from `word` up to `stripEnd` leave those at stripAt, up to `passed`, whose first eight bytes a value may have. */
function sieve(): Code {
  const keepNextIf = (bit: Code): Code => [
    set(p, i32.load(get(next), 0)),
    i32.store(get(passed), 0, get(next)),
    set(passed, i32.add(get(passed), i32.shl(bit, i32.const(2)))),
  ];
  return [
    set(passed, i32.const(stripAt)),
    set(next, get(word)),
    loop(keepNextIf(fourBit()), advance(next, 4), repeatIf(i32.ltU(get(next), get(stripEnd)))),
    set(end, get(passed)),
    set(passed, i32.const(stripAt)),
    set(i, i32.const(stripAt)),
    block(
      loop(
        leaveIf(i32.geU(get(i), get(end)), 1),
        set(next, i32.load(get(i), 0)),
        set(eight, eightAt(i32.load(get(next), 0), hash)),
        keepNextIf(mayHave(i32.const(0))),
        advance(i, 4),
        repeat(0),
      ),
    ),
  ];
}

/** List the runs of words from `word` on, within its text, which is `text` or one behind it. */
function eachEnd(): Code {
  return [
    block(
      loop(leaveIf(i32.gtU(tee(end, wordOf(words, first, get(text), 1)), get(word)), 1), advance(text, 1), repeat(0)),
    ),
    set(p, i32.load(get(word), 0)),
    set(eight, eightAt(get(p), hash)),
    set(next, get(word)),
    block(
      loop(
        advance(next, 4),
        leaveIf(i32.gtU(get(next), get(end)), 1),
        leaveIf(i32.gtU(tee(size, i32.sub(i32.load(get(next), 0), get(p))), get(longest)), 1),
        block(
          leaveIf(i32.eqz(i32.load8U(get(size), hasLengthAt)), 0),
          leaveIf(i32.eqz(mayHave(get(size))), 0),
          append(listEnd, get(text), wordIndex(word), wordIndex(next)),
        ),
        repeat(0),
      ),
    ),
  ];
}

function wordIndex(address: number): Code {
  return i32.shrU(i32.sub(get(address), get(words)), i32.const(2));
}

function fourBit(): Code {
  return [set(hash, i32.shrU(fourAt(get(p), hash), i32.const(32 - fourBits))), bitOf(i32.const(foursAt))];
}

/** Are the bits at `firstPlace` and `secondPlace` set? */
function mayHave(length: Code): Code {
  const place = i32.shrU(get(eight), get(headShift));
  const bit = (within: Code): Code => [set(hash, i32.xor(place, within)), bitOf(get(heads))];
  return [
    set(mixed, i32.mul(i32.xor(get(eight), i32.mul(length, i32.const(0x27d4eb2f))), i32.const(0x165667b1))),
    i32.and(
      bit(i32.shrU(get(mixed), i32.const(23))),
      bit(i32.and(i32.shrU(get(mixed), i32.const(14)), i32.const(511))),
    ),
  ];
}

/** Bit number `hash`. */
function bitOf(bits: Code): Code {
  const byte = i32.load8U(i32.add(bits, i32.shrU(get(hash), i32.const(3))), 0);
  return i32.and(i32.shrU(byte, i32.and(get(hash), i32.const(7))), i32.const(1));
}
