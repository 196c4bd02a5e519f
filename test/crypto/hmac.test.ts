import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
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

test('any key and any batch of slices equal node:crypto', () => {
  const batches = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), batches, (key, messages) => {
      const bytes = Buffer.concat(messages);
      const end = Int32Array.from(
        messages,
        (
          (at) => (m: Uint8Array) =>
            (at += m.length)
        )(0),
      );
      const start = end.map((to, i) => to - messages[i]!.length);
      const out = Buffer.alloc(32 * messages.length + 1, 0xee);
      createHmacBatch(key).digestAll(bytes, start, end, messages.length, out);
      const expected = messages.map((m) => createHmac('sha256', key).update(m).digest());
      expect(out).toEqual(Buffer.concat([...expected, Buffer.of(0xee)]));
    }),
    { seed: 1, numRuns: 200 },
  );
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
