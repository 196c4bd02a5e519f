/**
 * WebAssembly modules of functions on one memory, put together from expressions that are named as in the text format. Only
 * the instructions that the project uses are here (WebAssembly Core Specification 2.0 §5.4).
 */

/** Bytes of instructions, in order. An expression leaves one value on the stack. */
export type Code = number | Uint8Array | readonly Code[];

export const local = {
  get: (index: number): Code => [0x20, index],
  set: (index: number, value: Code): Code => [value, 0x21, index],
  /** Sets the local and leaves its value. */
  tee: (index: number, value: Code): Code => [value, 0x22, index],
};

/** `repeat(n)` inside begins the n-th loop around it anew. */
export const loop = (...body: Code[]): Code => [0x03, 0x40, body, 0x0b];
export const repeatIf = (condition: Code, depth = 0): Code => [condition, 0x0d, depth];
/** Inside the arms a loop around the whole is one deeper. */
export const when = (condition: Code, ...body: Code[]): Code => [condition, 0x04, 0x40, body, 0x0b];
export const repeat = (depth: number): Code => [0x0c, depth];
/** `leaveIf` and `leave` go behind the n-th block around them; loops and arms are counted too. */
export const block = (...body: Code[]): Code => [0x02, 0x40, body, 0x0b];
export const leaveIf = (condition: Code, depth = 0): Code => repeatIf(condition, depth);
export const leave = (depth: number): Code => repeat(depth);
/** `yes` or `no`, both of which are evaluated. */
export const select = (condition: Code, yes: Code, no: Code): Code => [yes, no, condition, 0x1b];

const binary =
  (...opcode: number[]) =>
  (left: Code, right: Code): Code => [left, right, opcode];
const unary =
  (...opcode: number[]) =>
  (value: Code): Code => [value, opcode];

export const i32 = {
  type: 0x7f,
  const: (value: number): Code => [0x41, signed(value)],
  eqz: unary(0x45),
  eq: binary(0x46),
  ne: binary(0x47),
  ltU: binary(0x49),
  gtU: binary(0x4b),
  leU: binary(0x4d),
  geU: binary(0x4f),
  ctz: unary(0x68),
  popcnt: unary(0x69),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  xor: binary(0x73),
  shl: binary(0x74),
  shrU: binary(0x76),
  wrap: unary(0xa7),
  /** Aligned or not. */
  load: (address: Code, offset: number): Code => [address, 0x28, 0, unsigned(offset)],
  load8U: (address: Code, offset: number): Code => [address, 0x2d, 0, unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [address, value, 0x36, 2, unsigned(offset)],
};

export const i64 = {
  type: 0x7e,
  const: (value: number): Code => [0x42, signed(value)],
  eqz: unary(0x50),
  ctz: unary(0x7a),
  popcnt: unary(0x7b),
  sub: binary(0x7d),
  and: binary(0x83),
  or: binary(0x84),
  shl: binary(0x86),
  extendU: unary(0xad),
};

/** The opcode of a vector instruction: a prefix and its number in LEB128. */
const vector = (number: number): number[] => [0xfd, ...unsigned(number)];

export const v128 = {
  type: 0x7b,
  const: (bytes: Iterable<number>): Code => [vector(0x0c), [...bytes]],
  load: (address: Code, offset: number): Code => [address, vector(0x00), 0, unsigned(offset)],
  /** Four copies of the 32 bits at the address. */
  load32Splat: (address: Code, offset: number): Code => [address, vector(0x09), 0, unsigned(offset)],
  /** 64 bits at the address, and zeros. */
  load64Zero: (address: Code, offset: number): Code => [address, vector(0x5d), 0, unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [address, value, vector(0x0b), 0, unsigned(offset)],
  and: binary(...vector(0x4e)),
  or: binary(...vector(0x50)),
  xor: binary(...vector(0x51)),
};

export const i8x16 = {
  /** Bytes of both by their numbers from 0 to 31. */
  shuffle: (left: Code, right: Code, bytes: readonly number[]): Code => [left, right, vector(0x0d), bytes],
  swizzle: binary(...vector(0x0e)),
  splat: unary(...vector(0x0f)),
  eq: binary(...vector(0x23)),
  ltS: binary(...vector(0x25)),
  leU: binary(...vector(0x2a)),
  sub: binary(...vector(0x71)),
  bitmask: unary(...vector(0x64)),
};

export const i32x4 = {
  shl: binary(...vector(0xab)),
  shrU: binary(...vector(0xad)),
  add: binary(...vector(0xae)),
};

/** An exported function; its parameters are the first locals. */
export interface WasmFunction {
  readonly name: string;
  /** Parameters, all i32, of which there are fewer than 64. */
  readonly parameters: number;
  /** One i32, or nothing. */
  readonly returns: boolean;
  /** Further locals: how many of which type. */
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: Code;
}

/** The bytes of a module (§5.5) that exports one function, and `memory` of `pages` × 64 KiB. */
export function assemble({ pages, ...only }: WasmFunction & { readonly pages: number }): Uint8Array {
  return assembleAll([only], pages, pages);
}

/** As `assemble`, of several functions; the memory may grow up to `mostPages`. */
export function assembleAll(functions: readonly WasmFunction[], pages: number, mostPages: number): Uint8Array {
  const types = functions.map(({ parameters, returns }) => [
    [0x60, parameters, Array<number>(parameters).fill(i32.type)],
    returns ? [1, i32.type] : 0,
  ]);
  const count = functions.length;
  return flat([
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, [count, types]),
    section(3, [count, functions.map((_, f) => f)]),
    section(5, [1, 1, unsigned(pages), unsigned(mostPages)]),
    section(7, [count + 1, functions.map(({ name }, f) => [text(name), 0, f]), text('memory'), 2, 0]),
    section(10, [count, functions.map(({ locals, body }) => sized([locals.length, locals, body, 0x0b]))]),
  ]);
}

/** The part of WebAssembly that is used here; its types are known to TypeScript in browsers only. */
declare const WebAssembly: {
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
  validate(code: Uint8Array): boolean;
};

/** What the module exports, or undefined where there is no WebAssembly or it lacks an instruction that the module uses. */
export function instantiate<Exports extends object>(code: Uint8Array): Exports | undefined {
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(code)) return undefined;
  // The caller knows what it has assembled.
  return new WebAssembly.Instance(new WebAssembly.Module(code)).exports as Exports;
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

function text(name: string): Code {
  return sized([...Buffer.from(name)]);
}

function flat(code: Code): Uint8Array {
  const bytes = new Uint8Array(sizeOf(code));
  write(code, bytes, 0);
  return bytes;
}

function sizeOf(code: Code): number {
  if (typeof code === 'number') return 1;
  if (code instanceof Uint8Array) return code.length;
  let size = 0;
  for (let i = 0; i < code.length; i++) {
    const part = code[i]!;
    size += typeof part === 'number' ? 1 : sizeOf(part);
  }
  return size;
}

/** Returns where the code ends. */
function write(code: Code, to: Uint8Array, at: number): number {
  if (typeof code === 'number') {
    to[at] = code;
    return at + 1;
  }
  if (code instanceof Uint8Array) {
    to.set(code, at);
    return at + code.length;
  }
  let end = at;
  for (let i = 0; i < code.length; i++) {
    const part = code[i]!;
    if (typeof part === 'number') to[end++] = part;
    else end = write(part, to, end);
  }
  return end;
}

/** LEB128 of 0 up to 2^32 - 1. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** LEB128 of a signed integer of 32 bits: the highest bit of the last byte's seven is the sign. */
function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
