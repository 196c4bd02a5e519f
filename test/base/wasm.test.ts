import { describe, expect, test, vi } from 'vitest';
import {
  assemble,
  assembleAll,
  block,
  type Code,
  i8x16,
  i32,
  i32x4,
  i64,
  instantiate,
  leave,
  leaveIf,
  local,
  loop,
  repeat,
  repeatIf,
  select,
  v128,
  when,
} from '../../src/base/wasm.ts';

interface Exports {
  readonly run: (...parameters: number[]) => number;
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** A function of two parameters, 0 and 1, and two locals, 2 and 3, over one page. */
function program(body: Code, pages = 1): Exports {
  const locals = [[1, i32.type] as const, [1, v128.type] as const];
  return instantiate<Exports>(assemble({ name: 'run', parameters: 2, returns: true, locals, body, pages }))!;
}

const { get, set, tee } = local;

describe('modules', () => {
  test('the bytes of a function that adds its parameters', () => {
    const body = i32.add(get(0), get(1));
    const code = assemble({ name: 'add', parameters: 2, returns: true, locals: [], body, pages: 1 });
    expect(Buffer.from(code).toString('hex')).toBe(
      [
        '0061736d01000000',
        '010701' + '60027f7f017f',
        '03020100',
        '0504' + '01010101',
        '0710' + '02' + '03616464' + '0000' + '066d656d6f7279' + '0200',
        '0a0901' + '0700' + '20002001' + '6a0b',
      ].join(''),
    );
    expect(instantiate<{ add(a: number, b: number): number }>(code)!.add(2, 3)).toBe(5);
  });
  test('the memory has as many pages as were asked for', () => {
    expect(program(get(0), 3).memory.buffer.byteLength).toBe(3 * 65536);
  });
  test('several functions share a memory that grows as far as it may', () => {
    const one = { parameters: 1, returns: true, locals: [] };
    const code = assembleAll(
      [
        { ...one, name: 'load', body: i32.load8U(get(0), 0) },
        { ...one, name: 'store', body: [i32.store(get(0), 0, i32.const(0x1234)), get(0)] },
      ],
      1,
      2,
    );
    const { load, store, memory } = instantiate<{
      load(at: number): number;
      store(at: number): number;
      memory: { grow(pages: number): number };
    }>(code)!;
    memory.grow(1);
    store(65536);
    expect([load(65536), load(65537), load(65538)]).toEqual([0x34, 0x12, 0]);
    expect(() => memory.grow(1)).toThrow();
  });
  test('a body longer than one byte of length can tell', () => {
    const sum = Array(5000)
      .fill(1)
      .reduce<Code>((left, one) => i32.add(left, i32.const(one)), get(0));
    expect(program(sum).run(7, 0)).toBe(5007);
  });
});

describe('what cannot be run is undefined', () => {
  test('an ill-typed body', () => {
    const body = i32.add(get(0), v128.const(Array(16).fill(0)));
    const code = assemble({ name: 'run', parameters: 2, returns: true, locals: [], body, pages: 1 });
    expect(instantiate(code)).toBeUndefined();
  });
  test('anything without WebAssembly', () => {
    const code = assemble({ name: 'run', parameters: 2, returns: true, locals: [], body: get(0), pages: 1 });
    expect(instantiate(code)).toBeDefined();
    vi.stubGlobal('WebAssembly', undefined);
    expect(instantiate(code)).toBeUndefined();
    vi.unstubAllGlobals();
  });
});

test.each([0, 1, 63, 64, 127, 128, 8191, 8192, 2 ** 20, 2 ** 31 - 1, -1, -64, -65, -8193, -(2 ** 31)])(
  'constant %i',
  (n) => {
    expect(program(i32.const(n)).run(0, 0)).toBe(n);
  },
);

test.each([0, 127, 128, 16383, 16384, 65532])('offset %i of a load and a store', (offset) => {
  const { run, memory } = program([i32.store(get(0), offset, get(1)), i32.load(get(0), offset)]);
  expect(run(0, -123456789)).toBe(-123456789);
  expect(new DataView(memory.buffer).getInt32(offset, true)).toBe(-123456789);
});

describe('control', () => {
  test('a loop repeats while its condition holds', () => {
    const body = [loop(set(2, i32.add(get(2), get(1))), repeatIf(tee(0, i32.add(get(0), i32.const(-1))))), get(2)];
    expect(program(body).run(6, 7)).toBe(42);
  });
  test('an arm may repeat the loop around it', () => {
    const body = [loop(when(i32.ltU(get(0), get(1)), set(0, i32.add(get(0), i32.const(10))), repeat(1))), get(0)];
    expect(program(body).run(3, 35)).toBe(43);
    expect(program(body).run(35, 3)).toBe(35);
  });
  test('a block is left from a loop within', () => {
    const body = [
      block(loop(leaveIf(i32.geU(get(0), get(1)), 1), set(0, i32.add(get(0), i32.const(10))), repeat(0))),
      block(when(i32.eq(get(0), i32.const(43)), leave(1)), set(0, i32.const(1))),
      get(0),
    ];
    expect(program(body).run(3, 35)).toBe(43);
    expect(program(body).run(3, 5)).toBe(1);
  });
  test('one of two values', () => {
    expect(program(select(get(0), get(1), i32.const(5))).run(2, 9)).toBe(9);
    expect(program(select(get(0), get(1), i32.const(5))).run(0, 9)).toBe(5);
  });
});

test.each<[string, (a: Code, b: Code) => Code, number, number, number]>([
  ['ne', i32.ne, 5, 6, 1],
  ['eq', i32.eq, 5, 6, 0],
  ['ltU', i32.ltU, 1, -1, 1],
  ['gtU', i32.gtU, 1, -1, 0],
  ['leU', i32.leU, -1, -1, 1],
  ['geU', i32.geU, 1, -1, 0],
  ['i32 sub', i32.sub, 3, 5, -2],
  ['mul', i32.mul, 0x10001, 0x10001, 0x20001],
  ['i32 and', i32.and, 6, 3, 2],
  ['i32 or', i32.or, 6, 3, 7],
  ['i32 xor', i32.xor, 6, 3, 5],
  ['i32 ctz', (a) => i32.ctz(a), 40, 0, 3],
  ['i32 popcnt', (a) => i32.popcnt(a), -2, 0, 31],
  ['shl', i32.shl, 3, 4, 48],
  ['shrU', i32.shrU, -1, 28, 15],
  ['eqz', (a) => i32.eqz(a), 0, 0, 1],
  ['and', (a, b) => i32.wrap(i64.and(i64.extendU(a), i64.extendU(b))), 6, 3, 2],
  ['or', (a, b) => i32.wrap(i64.or(i64.extendU(a), i64.extendU(b))), 6, 3, 7],
  ['sub', (a, b) => i32.wrap(i64.sub(i64.extendU(a), i64.extendU(b))), 6, 3, 3],
  ['ctz', (a) => i32.wrap(i64.ctz(i64.shl(i64.extendU(a), i64.const(40)))), 6, 0, 41],
  ['popcnt', (a) => i32.wrap(i64.popcnt(i64.extendU(a))), -1, 0, 32],
  ['i64 eqz', (a) => i64.eqz(i64.extendU(a)), 7, 0, 0],
])('%s', (_, operation, left, right, result) => {
  expect(program(operation(get(0), get(1))).run(left, right)).toBe(result);
});

/** The vector instruction on the 16 bytes at 0 and at 16. */
function vectors(operation: (a: Code, b: Code) => Code, left: readonly number[], right: readonly number[]): number[] {
  const operands = [v128.load(i32.const(0), 0), v128.load(i32.const(0), 16)] as const;
  const { run, memory } = program([v128.store(i32.const(32), 0, operation(...operands)), get(0)]);
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(left);
  bytes.set(right, 16);
  run(0, 0);
  return [...bytes.subarray(32, 48)];
}

describe('vectors', () => {
  const count = Array.from({ length: 16 }, (_, i) => i);
  const words = (...values: number[]) => [...new Uint8Array(Int32Array.from(values).buffer)];
  const sevens = Array<number>(16).fill(7);
  test.each<[string, (a: Code, b: Code) => Code, number[], number[], number[]]>([
    ['and', v128.and, count, sevens, count.map((i) => i & 7)],
    ['or', v128.or, count, sevens, count.map((i) => i | 7)],
    ['xor', v128.xor, count, sevens, count.map((i) => i ^ 7)],
    ['eq', i8x16.eq, count, sevens, count.map((i) => (i === 7 ? 255 : 0))],
    ['ltS', i8x16.ltS, count, sevens, count.map((i) => (i < 7 ? 255 : 0))],
    ['leU', i8x16.leU, count.map((i) => i * 17), sevens, count.map((i) => (i === 0 ? 255 : 0))],
    ['sub', i8x16.sub, count, sevens, count.map((i) => (i + 249) & 255)],
    [
      'load64Zero',
      () => v128.load64Zero(i32.const(0), 4),
      count,
      [],
      [4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    ['swizzle', i8x16.swizzle, count.map((i) => 2 * i), count.map((i) => 15 - i), count.map((i) => 30 - 2 * i)],
    [
      'shuffle',
      (a, b) =>
        i8x16.shuffle(
          a,
          b,
          count.map((i) => 31 - i),
        ),
      sevens,
      count,
      count.toReversed(),
    ],
    ['splat', () => i8x16.splat(i32.const(300)), [], [], Array(16).fill(44)],
    ['const', () => v128.const(count), [], [], count],
    ['load32Splat', () => v128.load32Splat(i32.const(0), 4), words(1, 2, 3, 4), [], words(2, 2, 2, 2)],
    ['add', i32x4.add, words(1, -1, 3, 2 ** 31 - 1), words(1, 2, 3, 1), words(2, 1, 6, -(2 ** 31))],
    ['shl', (a) => i32x4.shl(a, i32.const(4)), words(1, -1, 0, 3), [], words(16, -16, 0, 48)],
    ['shrU', (a) => i32x4.shrU(a, i32.const(28)), words(1, -1, 0, 2 ** 30), [], words(0, 15, 0, 4)],
  ])('%s', (_, operation, left, right, result) => {
    expect(vectors(operation, left, right)).toEqual(result);
  });
  test('bitmask', () => {
    const { run, memory } = program(i8x16.bitmask(v128.load(get(0), 0)));
    new Uint8Array(memory.buffer).set([0x80, 0x7f, 0xff], 1);
    expect(run(0, 0)).toBe(0b1010);
  });
});
