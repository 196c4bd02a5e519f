import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createHmacBatch } from '../../src/crypto/hmac.ts';
import { compress, initialState } from '../../src/crypto/sha256-block.ts';

interface Vector {
  readonly n: number;
  readonly key: string;
  readonly data: string;
  readonly hmac_sha256: string;
  readonly truncated_to_bytes: number | null;
}
const { vectors } = JSON.parse(readFileSync(new URL('../vectors/rfc4231.json', import.meta.url), 'utf8')) as {
  vectors: readonly Vector[];
};

function hmac(key: Uint8Array, message: Uint8Array): Buffer {
  const out = Buffer.alloc(32);
  createHmacBatch(key).digest(message, 0, message.length, out, 0);
  return out;
}

describe('RFC 4231 §4', () => {
  test('has seven cases, one of them cut to 128 bits and two with keys longer than a block', () => {
    expect(vectors.map((v) => v.truncated_to_bytes)).toEqual([null, null, null, null, 16, null, null]);
    expect(vectors.filter((v) => v.key.length > 128)).toHaveLength(2);
  });
  test.each(vectors)('case $n', ({ key, data, hmac_sha256, truncated_to_bytes }) => {
    const digest = hmac(Buffer.from(key, 'hex'), Buffer.from(data, 'hex'));
    expect(digest.subarray(0, truncated_to_bytes ?? 32).toString('hex')).toBe(hmac_sha256);
  });
});

test('one block of SHA-256: the example of FIPS 180-4, "abc"', () => {
  const block = new Int32Array(16);
  block[0] = 0x61626380;
  block[15] = 24;
  const state = Int32Array.from(initialState);
  compress(state, block, state);
  const digest = Buffer.alloc(32);
  state.forEach((word, i) => {
    digest.writeInt32BE(word, 4 * i);
  });
  expect(digest).toEqual(createHash('sha256').update('abc').digest());
});

test('every message length around the block boundaries equals node:crypto', () => {
  const key = Buffer.alloc(32, 7);
  const message = Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 151) & 0xff));
  for (let length = 0; length <= 300; length++) {
    const part = message.subarray(0, length);
    expect(hmac(key, part)).toEqual(createHmac('sha256', key).update(part).digest());
  }
});

test.each([0, 1, 63, 64, 65, 128])('a key of %i bytes equals node:crypto', (length) => {
  const key = Buffer.alloc(length, 'key');
  expect(hmac(key, Buffer.from('message'))).toEqual(createHmac('sha256', key).update('message').digest());
});

/** One batch of all messages, with a byte behind the digests that must stay. */
function digestAll(key: Uint8Array, messages: readonly Uint8Array[], vectored?: boolean): Buffer {
  const bytes = Buffer.concat(messages);
  const end = new Int32Array(messages.length);
  let at = 0;
  messages.forEach((message, i) => {
    at += message.length;
    end[i] = at;
  });
  const start = end.map((to, i) => to - messages[i]!.length);
  const out = Buffer.alloc(32 * messages.length + 1, 0xee);
  createHmacBatch(key, vectored).digestAll(bytes, start, end, messages.length, out);
  return out;
}

function expected(key: Uint8Array, messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat([...messages.map((m) => createHmac('sha256', key).update(m).digest()), Buffer.of(0xee)]);
}

describe.each([
  ['four at a time', true],
  ['one at a time', false],
])('batches, %s', (_, vectored) => {
  const key = Buffer.from('a key of no special length');
  const message = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 151 + length) & 0xff));

  test.each(vectors)('RFC 4231 case $n', ({ key, data, hmac_sha256, truncated_to_bytes }) => {
    const out = digestAll(Buffer.from(key, 'hex'), Array(5).fill(Buffer.from(data, 'hex')), vectored);
    for (let i = 0; i < 5; i++) {
      expect(out.subarray(32 * i, 32 * i + (truncated_to_bytes ?? 32)).toString('hex')).toBe(hmac_sha256);
    }
  });
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('%i messages of the same length', (count) => {
    for (const length of [0, 17, 55, 56, 64]) {
      const messages = Array.from({ length: count }, (_, i) => Buffer.alloc(length, 65 + i));
      expect(digestAll(key, messages, vectored)).toEqual(expected(key, messages));
    }
  });
  test('all lengths from 0 to 300, up, down and mixed', () => {
    const up = Array.from({ length: 301 }, (_, length) => message(length));
    const mixed = Array.from({ length: 301 }, (_, i) => message((i * 137) % 301));
    for (const messages of [up, up.toReversed(), mixed]) {
      expect(digestAll(key, messages, vectored)).toEqual(expected(key, messages));
    }
  });
  test('more messages than are taken at once', () => {
    for (const length of [512, 513, 1600]) {
      const messages = Array.from({ length }, (_, i) => Buffer.from(`${i}`.repeat(i % 17)));
      expect(digestAll(key, messages, vectored)).toEqual(expected(key, messages));
    }
  });
  test('any key and any batch equal node:crypto', () => {
    const message = fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(message, { maxLength: 9 }), (key, messages) => {
        expect(digestAll(key, messages, vectored)).toEqual(expected(key, messages));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
  test('the key of a batch is its own', () => {
    const [a, b] = [createHmacBatch(Buffer.from('a'), vectored), createHmacBatch(Buffer.from('b'), vectored)];
    const slices = [Buffer.from('message'), Int32Array.of(0), Int32Array.of(7), 1] as const;
    const outs = [a, b, a].map((batch) => {
      const out = Buffer.alloc(32);
      batch.digestAll(...slices, out);
      return out;
    });
    expect(outs).toEqual(['a', 'b', 'a'].map((key) => createHmac('sha256', key).update('message').digest()));
  });
});

test('without WebAssembly a batch is hashed all the same', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  vi.resetModules();
  try {
    const { lanes } = await import('../../src/crypto/sha256-lanes.ts');
    const fresh = await import('../../src/crypto/hmac.ts');
    expect(lanes()).toBeNull();
    const out = Buffer.alloc(32);
    fresh.createHmacBatch(Buffer.from('k')).digestAll(Buffer.from('v'), Int32Array.of(0), Int32Array.of(1), 1, out);
    expect(out).toEqual(createHmac('sha256', 'k').update('v').digest());
  } finally {
    vi.unstubAllGlobals();
    vi.resetModules();
  }
});

test('keys do not disturb each other', () => {
  const [a, b] = [createHmacBatch(Buffer.from('a')), createHmacBatch(Buffer.from('b'))];
  const message = Buffer.from('message');
  const [first, second, third] = [Buffer.alloc(32), Buffer.alloc(32), Buffer.alloc(32)];
  a.digest(message, 0, 7, first, 0);
  b.digest(message, 0, 7, second, 0);
  a.digest(message, 0, 7, third, 0);
  expect(third).toEqual(first);
  expect(second).toEqual(createHmac('sha256', 'b').update(message).digest());
});
