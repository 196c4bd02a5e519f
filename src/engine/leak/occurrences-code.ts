import {
  block,
  i8x16,
  i32,
  leave,
  leaveIf,
  local,
  loop,
  repeat,
  v128,
  type WasmFunction,
  when,
} from '../../base/wasm.ts';
import { shortestInOwnRecord } from './matcher.ts';
import { advance, append, four, listAt, listLength, listWidth, state, wordStart } from './vector-layout.ts';

const { get, set, tee } = local;

/**
 * occurrences(v, count, among, valueFirst, valueWords, textFirst, textWords): list (value, text, address) from value v on; returns
 * the value at which it stopped because the list is full, or `count`. The state is the address at which to go on.
 *
 * 16 places a step: those where the value's first and last byte stand are looked at (Muła, SIMD-friendly algorithms for substring
 * searching, 2016).
 */
export function occurrences(): WasmFunction {
  const [v, count, among, valueFirst, valueWords, textFirst, textWords] = [0, 1, 2, 3, 4, 5, 6] as const;
  const [text, from, size, p, last, found, place, i, listEnd, beginning] = [
    7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
  ] as const;
  const [first, final] = [17, 18] as const;
  const full = i32.geU(get(listEnd), i32.const(listAt + listWidth * listLength));
  // From inside: two arms, the loop and the block of `compare`, an arm, those of `check`, `scan`, and those of the values.
  const compare = block(
    loop(
      when(
        i32.geU(get(i), get(size)),
        when(full, set(p, get(place)), leave(10)),
        append(listEnd, get(v), get(text), get(place)),
        leave(2),
      ),
      leaveIf(i32.ne(i32.load8U(i32.add(get(place), get(i)), 0), i32.load8U(i32.add(get(from), get(i)), 0)), 1),
      advance(i, 1),
      repeat(0),
    ),
  );
  const check = block(
    loop(
      leaveIf(i32.eqz(get(found)), 1),
      set(place, i32.add(get(p), i32.ctz(get(found)))),
      set(found, i32.and(get(found), i32.sub(get(found), i32.const(1)))),
      leaveIf(i32.gtU(get(place), get(last)), 1),
      when(i32.eq(i32.load(get(place), 0), get(beginning)), set(i, i32.const(4)), compare),
      repeat(0),
    ),
  );
  const scan = loop(
    leaveIf(i32.gtU(get(p), get(last)), 1),
    set(
      found,
      i8x16.bitmask(
        v128.and(
          i8x16.eq(v128.load(get(p), 0), get(first)),
          i8x16.eq(v128.load(i32.sub(i32.add(get(p), get(size)), i32.const(1)), 0), get(final)),
        ),
      ),
    ),
    check,
    advance(p, 16),
    repeat(0),
  );
  const searchOne = block(
    leaveIf(i32.eq(tee(text, i32.load(i32.add(get(among), four(get(v))), 0)), i32.const(-1)), 0),
    set(from, wordStart(valueWords, valueFirst, get(v), 0)),
    set(size, i32.sub(wordStart(valueWords, valueFirst, get(v), 1), get(from))),
    leaveIf(i32.ltU(get(size), i32.const(shortestInOwnRecord)), 0),
    when(i32.eqz(get(p)), set(p, wordStart(textWords, textFirst, get(text), 0))),
    set(last, wordStart(textWords, textFirst, get(text), 1)),
    leaveIf(i32.gtU(get(size), i32.sub(get(last), get(p))), 0),
    set(last, i32.sub(get(last), get(size))),
    set(beginning, i32.load(get(from), 0)),
    set(first, i8x16.splat(get(beginning))),
    set(final, i8x16.splat(i32.load8U(i32.add(get(from), i32.sub(get(size), i32.const(1))), 0))),
    scan,
  );
  return {
    name: 'occurrences',
    parameters: 7,
    returns: true,
    locals: [
      [10, i32.type],
      [2, v128.type],
    ],
    body: [
      set(listEnd, i32.const(listAt)),
      set(p, i32.load(i32.const(0), state.at)),
      block(loop(leaveIf(i32.geU(get(v), get(count)), 1), searchOne, set(p, i32.const(0)), advance(v, 1), repeat(0))),
      i32.store(i32.const(0), state.at, get(p)),
      i32.store(i32.const(0), state.listEnd, get(listEnd)),
      get(v),
    ],
  };
}
