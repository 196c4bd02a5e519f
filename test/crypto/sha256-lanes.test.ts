import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, initialState } from '../../src/crypto/sha256-block.ts';
import { capacity, type Lanes, lanes, longest } from '../../src/crypto/sha256-lanes.ts';

// Node has had 128-bit vectors since version 16.
const vectors = lanes() as Lanes;

function useKey(key: Uint8Array): void {
  [0x36, 0x5c].forEach((pad, i) => {
    const block = Buffer.alloc(64, pad);
    key.forEach((byte, at) => {
      block[at]! ^= byte;
    });
    const words = Int32Array.from({ length: 16 }, (_, at) => block.readInt32BE(4 * at));
    compress(Int32Array.from(initialState), words, vectors.keyStates.subarray(8 * i, 8 * i + 8));
  });
}

/** Puts the messages in; what stands behind each is `filler`. */
function put(messages: readonly Uint8Array[], filler: number): void {
  vectors.messages.fill(filler);
  messages.forEach((message, i) => {
    vectors.messages.set(message, 64 * i);
    vectors.sizes[i] = message.length;
  });
}

function digests(count: number): Buffer[] {
  return Array.from({ length: count }, (_, i) => Buffer.from(vectors.digests.slice(32 * i, 32 * i + 32)));
}

test('there is one instance', () => {
  expect(lanes()).toBe(vectors);
});

test('every length in every lane, whatever stands behind the message', () => {
  const key = Buffer.alloc(32, 7);
  useKey(key);
  for (let length = 0; length <= longest; length++) {
    const messages = [0, 1, 2, 3].map((lane) => Buffer.alloc((length + 19 * lane) % (longest + 1), 0x81 + lane));
    for (const filler of [0, 0x80, 0xff]) {
      put(messages, filler);
      vectors.run(1);
      expect(digests(4)).toEqual(messages.map((m) => createHmac('sha256', key).update(m).digest()));
    }
  }
});

test('any messages, as many as fit', () => {
  const short = fc.uint8Array({ maxLength: longest });
  const key = fc.uint8Array({ maxLength: 64 });
  fc.assert(
    fc.property(key, fc.array(short, { minLength: 1, maxLength: 20 }), (key, some) => {
      const messages = Array.from({ length: capacity }, (_, i) => some[i % some.length]!);
      useKey(key);
      put(messages, 0xaa);
      vectors.run(capacity / 4);
      const expected = some.map((m) => createHmac('sha256', key).update(m).digest());
      expect(digests(capacity)).toEqual(messages.map((_, i) => expected[i % some.length]));
    }),
    { seed: 3, numRuns: 30 },
  );
});

test('writes the digests of the groups that were asked for, and nothing else', () => {
  useKey(Buffer.from('key'));
  put(Array(12).fill(Buffer.from('message')), 0);
  vectors.digests.fill(0x55);
  const before = [vectors.messages, vectors.sizes, vectors.keyStates].map((part) => Buffer.from(part.slice().buffer));
  vectors.run(2);
  expect(digests(8)).toEqual(Array(8).fill(createHmac('sha256', 'key').update('message').digest()));
  expect(vectors.digests.subarray(32 * 8).every((byte) => byte === 0x55)).toBe(true);
  expect([vectors.messages, vectors.sizes, vectors.keyStates].map((part) => Buffer.from(part.slice().buffer))).toEqual(
    before,
  );
});
