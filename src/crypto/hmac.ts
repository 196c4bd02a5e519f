import { compress, initialState } from './sha256-block.ts';
import { capacity, lanes, longest } from './sha256-lanes.ts';

/**
 * HMAC-SHA256 (RFC 2104, FIPS 198-1) under one key, made for many short messages: the two padded key blocks are
 * hashed once, so that a message of up to 55 bytes costs two compressions, and nothing is allocated per message. Batches
 * of such messages take a third of the time by compressing four at once.
 */
export interface HmacBatch {
  /** The 32 bytes of the HMAC of bytes[from, to) go to out[outAt, outAt + 32). */
  digest(bytes: Uint8Array, from: number, to: number, out: Uint8Array, outAt: number): void;
  /** The HMAC of bytes[start[i], end[i]) goes to out[32 * i, 32 * i + 32), for each i below `count`. */
  digestAll(bytes: Uint8Array, start: Int32Array, end: Int32Array, count: number, out: Uint8Array): void;
}

/**
 * @param key of any length; one longer than a block of 64 bytes is hashed first (RFC 2104 §2)
 * @param vectored false: without WebAssembly, as where there is none
 */
export function createHmacBatch(key: Uint8Array, vectored = true): HmacBatch {
  const inner = new Int32Array(8);
  const outer = new Int32Array(8);
  const short = key.length > blockBytes ? sha256(key) : key;
  keyState(short, 0x36, inner);
  keyState(short, 0x5c, outer);

  const digest: HmacBatch['digest'] = (bytes, from, to, out, outAt) => {
    hashRest(inner, blockBytes, bytes, from, to);
    // The inner hash and its padding are the second and last block of the outer hash.
    for (let i = 0; i < 8; i++) words[i] = state[i]!;
    words[8] = 0x80000000;
    for (let i = 9; i < 15; i++) words[i] = 0;
    words[15] = (blockBytes + 32) * 8;
    compress(outer, words, state);
    writeState(out, outAt);
  };
  const one: HmacBatch['digestAll'] = (bytes, start, end, count, out) => {
    for (let i = 0; i < count; i++) digest(bytes, start[i]!, end[i]!, out, 32 * i);
  };
  const four: HmacBatch['digestAll'] = (bytes, start, end, count, out) => {
    const vectors = lanes();
    if (vectors === null) return one(bytes, start, end, count, out);
    const { messages, sizes, keyStates, digests, run } = vectors;
    const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const target = new DataView(messages.buffer, messages.byteOffset, messages.byteLength);
    keyStates.set(inner);
    keyStates.set(outer, 8);
    for (let i = 0; i < count; ) {
      const first = i;
      let n = 0;
      for (; i < count && n < capacity; i++) {
        const from = start[i]!;
        const size = end[i]! - from;
        if (size > longest) {
          digest(bytes, from, from + size, out, 32 * i);
          continue;
        }
        let j = 0;
        const to = blockBytes * n;
        for (; j + 4 <= size; j += 4) target.setInt32(to + j, source.getInt32(from + j));
        for (; j < size; j++) messages[to + j] = bytes[from + j]!;
        sizes[n] = size;
        places[n++] = i;
      }
      // Up to three more than were asked for.
      if (n > 0) run((n + 3) >> 2);
      if (n === i - first) out.set(digests.subarray(0, 32 * n), 32 * first);
      else for (let j = 0; j < n; j++) out.set(digests.subarray(32 * j, 32 * j + 32), 32 * places[j]!);
    }
  };
  return { digest, digestAll: vectored ? four : one };
}

const blockBytes = 64;

// Working memory, shared by all keys: nothing below yields between filling and reading it.
const words = new Int32Array(16);
const state = new Int32Array(8);
const places = new Int32Array(capacity);

function sha256(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(32);
  hashRest(Int32Array.from(initialState), 0, bytes, 0, bytes.length);
  writeState(out, 0);
  return out;
}

/** The state after the key block, each byte XORed with `pad`. */
function keyState(key: Uint8Array, pad: number, to: Int32Array): void {
  const block = new Uint8Array(blockBytes).fill(pad);
  for (let i = 0; i < key.length; i++) block[i]! ^= key[i]!;
  loadBlock(block, 0);
  compress(Int32Array.from(initialState), words, to);
}

/**
 * Leaves in `state` the hash of a message whose first `hashed` bytes have led to `before` and whose others are
 * bytes[from, to).
 */
function hashRest(before: Int32Array, hashed: number, bytes: Uint8Array, from: number, to: number): void {
  let current = before;
  let at = from;
  for (; to - at >= blockBytes; at += blockBytes) {
    loadBlock(bytes, at);
    compress(current, words, state);
    current = state;
  }
  // FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits as 64 bits at the end of a block.
  const rest = to - at;
  const whole = rest >> 2;
  for (let i = 0; i < whole; i++, at += 4) {
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  let last = 0x80 << (24 - 8 * (rest & 3));
  for (let i = 0; i < (rest & 3); i++) last |= bytes[at + i]! << (24 - 8 * i);
  words[whole] = last;
  for (let i = whole + 1; i < 16; i++) words[i] = 0;
  if (rest >= 56) {
    compress(current, words, state);
    current = state;
    for (let i = 0; i < 14; i++) words[i] = 0;
  }
  const length = hashed + to - from;
  words[14] = Math.floor(length / 0x20000000);
  words[15] = length << 3;
  compress(current, words, state);
}

function loadBlock(bytes: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4) {
    words[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  }
}

function writeState(out: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 8; i++, p += 4) {
    const word = state[i]!;
    out[p] = word >>> 24;
    out[p + 1] = word >>> 16;
    out[p + 2] = word >>> 8;
    out[p + 3] = word;
  }
}
