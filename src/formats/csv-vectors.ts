import { assemble, type Code, i8x16, i32, i64, instantiate, local, loop, repeatIf, v128 } from '../base/wasm.ts';
import { CR, LF, QUOTE } from './csv-bytes.ts';

/** A WebAssembly function that lists special bytes, and the memory that it works on. */
export interface Vectors {
  /** Where the caller puts up to `STRETCH` bytes. */
  readonly input: Uint8Array;
  /** Where the offsets are. */
  readonly output: Int32Array;
  /**
   * Write `base + i` for each input byte i < n that is the delimiter, a quote, CR or LF; returns how many there are. The 64
   * bytes behind the input must not be special. n > 0.
   */
  list(n: number, base: number, delimiter: number): number;
}

/** Largest input in bytes. */
export const STRETCH = 1 << 16;

/** Input and 64 bytes behind it, then the output, which is written in groups of 8. */
const OUTPUT = STRETCH + 64;
const PAGES = Math.ceil((OUTPUT + 4 * (STRETCH + 8)) / 65536);

let shared: Vectors | undefined;

/**
 * The one instance: it keeps nothing from call to call, and a memory is too dear to have one for each scanner. Undefined where
 * there is no WebAssembly with 128-bit vectors.
 */
export function vectors(): Vectors | undefined {
  shared ??= build();
  return shared;
}

function build(): Vectors | undefined {
  const code = assemble({
    name: 'list',
    parameters: 3,
    returns: true,
    locals: [
      [3, i32.type],
      [1, i64.type],
      [5, v128.type],
    ],
    body: body(),
    pages: PAGES,
  });
  const instance = instantiate<Pick<Vectors, 'list'> & { memory: { buffer: ArrayBuffer } }>(code);
  if (instance === undefined) return undefined;
  const { list, memory } = instance;
  return { list, input: new Uint8Array(memory.buffer, 0, OUTPUT), output: new Int32Array(memory.buffer, OUTPUT) };
}

/** 64 bytes become a mask of 64 bits; its ones become offsets, 8 at a time, whether there are as many or not. */
function body(): Code {
  const { get, set } = local;
  const [n, base, delimiter, i, out, outEnd, mask, v, ...splats] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
  const specials = [get(delimiter), i32.const(QUOTE), i32.const(CR), i32.const(LF)];
  const sixteen = (k: number): Code => [
    set(v, v128.load(get(i), 16 * k)),
    i64.extendU(
      i8x16.bitmask(splats.map((splat) => i8x16.eq(get(v), get(splat))).reduce((some, one) => v128.or(some, one))),
    ),
  ];
  const sixtyFour = [1, 2, 3].reduce((bits, k) => i64.or(bits, i64.shl(sixteen(k), i64.const(16 * k))), sixteen(0));
  const one = (k: number): Code => [
    i32.store(get(out), OUTPUT + 4 * k, i32.add(get(base), i32.wrap(i64.ctz(get(mask))))),
    set(mask, i64.and(get(mask), i64.sub(get(mask), i64.const(1)))),
  ];
  const advance = (index: number, by: number) => set(index, i32.add(get(index), i32.const(by)));
  return [
    specials.map((byte, k) => set(splats[k]!, i8x16.splat(byte))),
    loop(
      set(mask, sixtyFour),
      set(outEnd, i32.add(get(out), i32.shl(i32.wrap(i64.popcnt(get(mask))), i32.const(2)))),
      loop([0, 1, 2, 3, 4, 5, 6, 7].map(one), advance(out, 32), repeatIf(i32.eqz(i64.eqz(get(mask))))),
      set(out, get(outEnd)),
      advance(base, 64),
      advance(i, 64),
      repeatIf(i32.ltU(get(i), get(n))),
    ),
    i32.shrU(get(out), i32.const(2)),
  ];
}
