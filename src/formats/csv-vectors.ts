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

/** The part of WebAssembly that is used here; its types are known to TypeScript in browsers only. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: { list: Vectors['list']; memory: { buffer: ArrayBuffer } } };
  validate(code: Uint8Array): boolean;
};

let shared: Vectors | undefined;

/**
 * The one instance: it keeps nothing from call to call, and a memory is too dear to have one for each scanner. Undefined where
 * there is no WebAssembly with 128-bit vectors.
 */
export function vectors(): Vectors | undefined {
  if (shared === undefined && typeof WebAssembly === 'object') {
    const code = assemble();
    if (!WebAssembly.validate(code)) return undefined;
    const { list, memory } = new WebAssembly.Instance(new WebAssembly.Module(code)).exports;
    shared = { list, input: new Uint8Array(memory.buffer, 0, OUTPUT), output: new Int32Array(memory.buffer, OUTPUT) };
  }
  return shared;
}

// Opcodes, WebAssembly Core Specification 2.0 §5.4.
const I32 = 0x7f;
const I64 = 0x7e;
const V128 = 0x7b;
const loop = [0x03, 0x40];
const brIf0 = [0x0d, 0];
const end = [0x0b];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const i32 = (value: number) => [0x41, ...signed(value)];
const i32IsZero = [0x45];
const i32Less = [0x49];
const i32Add = [0x6a];
const i32Shift = [0x74];
const i32ShiftRight = [0x76];
const i32Store = (offset: number) => [0x36, 2, ...unsigned(offset)];
const i32Wrap = [0xa7];
const i64 = (value: number) => [0x42, ...signed(value)];
const i64IsZero = [0x50];
const i64TrailingZeros = [0x7a];
const i64Ones = [0x7b];
const i64Sub = [0x7d];
const i64And = [0x83];
const i64Or = [0x84];
const i64Shift = [0x86];
const i64Extend = [0xad];
const v128Load = (offset: number) => [0xfd, 0, 0, ...unsigned(offset)];
const v128Or = [0xfd, 0x50];
const bytesSplat = [0xfd, 0x0f];
const bytesEqual = [0xfd, 0x23];
const bytesMask = [0xfd, 0x64];

/** The module: 64 bytes become a mask of 64 bits; its ones become offsets, 8 at a time, whether there are as many or not. */
function assemble(): Uint8Array {
  const [n, base, delimiter, i, out, outEnd, mask, v, ...splats] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
  const splat = [get(delimiter), i32(QUOTE), i32(CR), i32(LF)].flatMap((byte, k) => [
    ...byte,
    ...bytesSplat,
    ...set(splats[k]!),
  ]);
  const sixteen = (k: number) => [
    ...get(i),
    ...v128Load(16 * k),
    ...set(v),
    ...splats.flatMap((s, j) => [...get(v), ...get(s), ...bytesEqual, ...(j > 0 ? v128Or : [])]),
    ...bytesMask,
    ...i64Extend,
    ...(k > 0 ? [...i64(16 * k), ...i64Shift, ...i64Or] : []),
  ];
  const one = (k: number) => [
    ...get(out),
    ...get(base),
    ...get(mask),
    ...i64TrailingZeros,
    ...i32Wrap,
    ...i32Add,
    ...i32Store(OUTPUT + 4 * k),
    ...[...get(mask), ...get(mask), ...i64(1), ...i64Sub, ...i64And, ...set(mask)],
  ];
  const advance = (local: number, by: number[]) => [...get(local), ...by, ...i32Add, ...set(local)];
  const body = [
    ...splat,
    ...loop,
    ...[0, 1, 2, 3].flatMap(sixteen),
    ...set(mask),
    ...[...get(out), ...get(mask), ...i64Ones, ...i32Wrap, ...i32(2), ...i32Shift, ...i32Add, ...set(outEnd)],
    ...loop,
    ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap(one),
    ...advance(out, i32(32)),
    ...[...get(mask), ...i64IsZero, ...i32IsZero, ...brIf0],
    ...end,
    ...[...get(outEnd), ...set(out)],
    ...advance(base, i32(64)),
    ...advance(i, i32(64)),
    ...[...get(i), ...get(n), ...i32Less, ...brIf0],
    ...end,
    ...[...get(out), ...i32(2), ...i32ShiftRight],
    ...end,
  ];
  const locals = [3, [3, I32], [1, I64], [5, V128]].flat();
  const name = (text: string) => [text.length, ...Buffer.from(text)];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 1, I32]),
    ...section(3, [1, 0]),
    ...section(5, [1, 1, PAGES, PAGES]),
    ...section(7, [2, ...name('list'), 0, 0, ...name('memory'), 2, 0]),
    ...section(10, [1, ...sized([...locals, ...body])]),
  ]);
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
