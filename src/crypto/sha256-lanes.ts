import {
  assemble,
  type Code,
  i8x16,
  i32,
  i32x4,
  instantiate,
  local,
  loop,
  repeat,
  repeatIf,
  v128,
  when,
} from '../base/wasm.ts';
import { roundConstants } from './sha256-block.ts';

/** HMAC-SHA256 of many short messages at once, by a WebAssembly function, and the memory that it works on. */
export interface Lanes {
  /** Message i begins at 64 * i; what stands behind it does not matter. */
  readonly messages: Uint8Array;
  /** The size of message i in bytes, at most `longest`. */
  readonly sizes: Int32Array;
  /** The states of SHA-256 after the key's inner and outer block, 8 words each. */
  readonly keyStates: Int32Array;
  /** The HMAC of message i is at 32 * i. */
  readonly digests: Uint8Array;
  /** Writes the digests of messages 0 up to 4 * groups. 0 < 4 * groups <= capacity. */
  run(groups: number): void;
}

/** Messages that are taken at once; with their digests they fit into one page of memory. */
export const capacity = 512;

/** Largest message that is one block with its padding, in bytes. */
export const longest = 55;

let shared: Lanes | null | undefined;

/**
 * The one instance: whoever uses it fills its memory and reads the digests without yielding. Null where there is no
 * WebAssembly with 128-bit vectors.
 */
export function lanes(): Lanes | null {
  if (shared === undefined) shared = build() ?? null;
  return shared;
}

// The memory in bytes; the round constants are at its beginning.
const keyStatesAt = 4 * 64;
const sizesAt = keyStatesAt + 4 * 16;
const messagesAt = sizesAt + 4 * capacity;
const digestsAt = messagesAt + 64 * capacity;

function build(): Lanes | undefined {
  const code = assemble({
    name: 'run',
    parameters: 1,
    returns: false,
    locals: [
      [4, i32.type],
      [30, v128.type],
    ],
    body: body(),
    pages: 1,
  });
  const instance = instantiate<Pick<Lanes, 'run'> & { memory: { buffer: ArrayBuffer } }>(code);
  if (instance === undefined) return undefined;
  const { run, memory } = instance;
  new Int32Array(memory.buffer).set(roundConstants);
  return {
    run,
    messages: new Uint8Array(memory.buffer, messagesAt, 64 * capacity),
    sizes: new Int32Array(memory.buffer, sizesAt, capacity),
    keyStates: new Int32Array(memory.buffer, keyStatesAt, 16),
    digests: new Uint8Array(memory.buffer, digestsAt, 32 * capacity),
  };
}

const { get, set, tee } = local;
const { add, shl, shrU } = i32x4;
const { and, or, xor } = v128;

// Locals. `at` is where the group's messages begin, from `messagesAt` on; sizes and digests follow from it. `pass` is 0 for
// the inner and 32 for the outer hash: where its key state begins. `round` is where the round's constant is.
const [groups, at, end, pass, round] = [0, 1, 2, 3, 4] as const;
// Each vector holds the same word of four hashes.
const state = [5, 6, 7, 8, 9, 10, 11, 12];
const words = [13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28];
const differences = [29, 30];
const spare = [31, 32, 33, 34] as const;

/**
 * For each group of four messages: two compressions without going back to JavaScript. Each makes four turns of sixteen rounds,
 * with state and schedule in locals; that is faster than 64 rounds written out, which are more than a processor's cache of
 * decoded instructions holds, and compiled sooner.
 */
function body(): Code {
  return [
    set(end, i32.shl(get(groups), i32.const(8))),
    loop(
      loadMessages(),
      set(pass, i32.const(0)),
      loop(
        state.map((s, i) => set(s, keyWord(i))),
        compression(),
        state.map((s, i) => set(s, add(get(s), keyWord(i)))),
        when(i32.eqz(get(pass)), loadInnerHash(), set(pass, i32.const(32)), repeat(1)),
      ),
      storeDigests(),
      repeatIf(i32.ltU(tee(at, i32.add(get(at), i32.const(256))), get(end))),
    ),
  ];
}

function keyWord(i: number): Code {
  return v128.load32Splat(get(pass), keyStatesAt + 4 * i);
}

/** FIPS 180-4 §6.2.2 on four blocks. */
function compression(): Code {
  const turns = words.map((_, t) => t);
  return [
    set(differences[1]!, xor(get(state[1]!), get(state[2]!))),
    set(round, i32.const(0)),
    loop(
      turns.map(oneRound),
      when(
        i32.ne(get(round), i32.const(4 * 48)),
        turns.map(nextWord),
        set(round, i32.add(get(round), i32.const(4 * 16))),
        repeat(1),
      ),
    ),
  ];
}

/** Step 3. The working variables change roles instead of places: h becomes T1, d takes it up, h becomes T1 + T2. */
function oneRound(t: number): Code {
  const role = (i: number) => state[(i - t) & 7]!;
  const [a, b, d, e, f, g, h] = [0, 1, 3, 4, 5, 6, 7].map((i) => get(role(i))) as [
    Code,
    Code,
    Code,
    Code,
    Code,
    Code,
    Code,
  ];
  // Maj(a, b, c) = ((a ^ b) & (b ^ c)) ^ b, and this round's a ^ b is the next one's b ^ c.
  const difference = tee(differences[t & 1]!, xor(a, b));
  const majority = xor(and(difference, get(differences[(t + 1) & 1]!)), b);
  const choice = xor(g, and(e, xor(f, g)));
  const constant = v128.load32Splat(get(round), 4 * t);
  return [
    set(role(7), add(add(add(h, get(words[t]!)), constant), add(xors(rotr(e, 6), rotr(e, 11), rotr(e, 25)), choice))),
    set(role(3), add(d, h)),
    set(role(7), add(h, add(xors(rotr(a, 2), rotr(a, 13), rotr(a, 22)), majority))),
  ];
}

/** Step 1: the word of the schedule sixteen after word t, in its place. */
function nextWord(t: number): Code {
  const [w0, w1, w9, w14] = [0, 1, 9, 14].map((i) => get(words[(t + i) & 15]!)) as [Code, Code, Code, Code];
  const sigma0 = xors(rotr(w1, 7), rotr(w1, 18), [shrU(w1, i32.const(3))]);
  const sigma1 = xors(rotr(w14, 17), rotr(w14, 19), [shrU(w14, i32.const(10))]);
  return set(words[t]!, add(add(w0, sigma0), add(w9, sigma1)));
}

/** A rotation to the right, as two terms of a sum modulo 2. */
function rotr(value: Code, bits: number): Code[] {
  return [shrU(value, i32.const(bits)), shl(value, i32.const(32 - bits))];
}

function xors(...terms: Code[][]): Code {
  return terms.flat().reduce((sum, term) => xor(sum, term));
}

/** Four messages with their padding (FIPS 180-4 §5.1.1): a one bit, zeros, and the length in bits. */
function loadMessages(): Code {
  const sizes = i32.shrU(get(at), i32.const(4));
  const four = [0, 1, 2, 3];
  const padded = (lane: number, part: number): Code => {
    const place = v128.const(bytes.map((i) => 16 * part + i));
    const size = get(state[lane]!);
    const message = and(v128.load(get(at), messagesAt + 64 * lane + 16 * part), i8x16.ltS(place, size));
    return bigEndian(or(message, and(i8x16.eq(place, size), v128.const(bytes.map(() => 0x80)))));
  };
  return [
    four.map((lane) => set(state[lane]!, i8x16.splat(i32.load(sizes, sizesAt + 4 * lane)))),
    four.map((part) => [
      four.map((lane) => set(words[4 * part + lane]!, padded(lane, part))),
      transpose(words.slice(4 * part, 4 * part + 4)),
    ]),
    // The key's block is part of the length.
    set(words[15]!, add(splat(64 * 8), shl(v128.load(sizes, sizesAt), i32.const(3)))),
  ];
}

/** The inner hash and its padding are the second and last block of the outer hash. */
function loadInnerHash(): Code {
  return [
    state.map((s, i) => set(words[i]!, get(s))),
    set(words[8]!, splat(0x80000000)),
    words.slice(9, 15).map((word) => set(word, splat(0))),
    set(words[15]!, splat((64 + 32) * 8)),
  ];
}

function storeDigests(): Code {
  const digests = i32.shrU(get(at), i32.const(1));
  return [
    transpose(state.slice(0, 4)),
    transpose(state.slice(4)),
    state.map((s, i) => v128.store(digests, digestsAt + 32 * (i & 3) + 16 * (i >> 2), bigEndian(get(s)))),
  ];
}

const bytes = Array.from({ length: 16 }, (_, i) => i);

function splat(word: number): Code {
  return v128.const(bytes.map((i) => (word >>> (8 * (i & 3))) & 0xff));
}

function bigEndian(value: Code): Code {
  return i8x16.swizzle(value, v128.const(bytes.map((i) => i ^ 3)));
}

/** Four vectors of four words: word j of vector i becomes word i of vector j. */
function transpose(vectors: readonly number[]): Code {
  const [a, b, c, d] = vectors as [number, number, number, number];
  const [e, f, g, h] = spare;
  // Words of the two operands by their numbers from 0 to 7.
  const pick = (left: number, right: number, order: readonly number[]) =>
    i8x16.shuffle(
      get(left),
      get(right),
      order.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]),
    );
  return [
    [set(e, pick(a, b, [0, 4, 1, 5])), set(f, pick(a, b, [2, 6, 3, 7]))],
    [set(g, pick(c, d, [0, 4, 1, 5])), set(h, pick(c, d, [2, 6, 3, 7]))],
    [set(a, pick(e, g, [0, 1, 4, 5])), set(b, pick(e, g, [2, 3, 6, 7]))],
    [set(c, pick(f, h, [0, 1, 4, 5])), set(d, pick(f, h, [2, 3, 6, 7]))],
  ];
}
