import { describe, expect, it } from 'vitest';
import { envelopeName } from '../../src/release/layout.ts';
import { tarBundle } from '../../src/release/tar-bundle.ts';
import { verifyBundle } from '../../src/release/verify.ts';
import { options, packTar, statementOf } from '../release/sample.ts';
import { bundle } from './attacks.ts';

const tar = packTar(bundle);
const signed = statementOf(bundle);
const envelopeAt = tar.indexOf(bundle.get(envelopeName)!);
const envelopeEnd = envelopeAt + bundle.get(envelopeName)!.length;

/** Numerical Recipes' linear congruential generator: the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Mutation = (bytes: Buffer, next: (below: number) => number) => Buffer;

/** Mostly in or before the envelope: behind it the signature holds, which takes a hundred times as long to find out. */
function place(next: (below: number) => number): number {
  return next(next(8) === 0 ? tar.length : envelopeEnd);
}

const mutations: readonly Mutation[] = [
  (bytes, next) => changed(bytes, place(next), (byte) => byte ^ (1 << next(8))),
  (bytes, next) => changed(bytes, place(next), () => next(256)),
  (bytes, next) => changed(bytes, envelopeAt + next(envelopeEnd - envelopeAt), () => 0x20 + next(95)),
  (bytes, next) => bytes.subarray(0, next(bytes.length)),
  (bytes, next) => spliced(bytes, next(bytes.length), next(600), Buffer.alloc(0)),
  (bytes, next) => spliced(bytes, next(bytes.length), 0, Buffer.alloc(1 + next(600), next(256))),
  (bytes, next) => {
    const from = next(bytes.length);
    return spliced(bytes, next(bytes.length), 0, bytes.subarray(from, from + 1 + next(600)));
  },
  (bytes, next) => {
    const blocks = bytes.length / 512;
    const [one, other] = [512 * next(blocks), 512 * next(blocks)];
    const result = Buffer.from(bytes);
    bytes.copy(result, one, other, other + 512);
    bytes.copy(result, other, one, one + 512);
    return result;
  },
];

describe('10,000 mutations of a bundle', () => {
  it('release nothing, or exactly what was signed', { timeout: 120_000 }, async () => {
    const next = numbers(1);
    const seen = { deny: 0, allow: 0, same: 0 };
    for (let i = 0; i < 10_000; i++) {
      const bytes = mutations[i % mutations.length]!(tar, next);
      if (bytes.equals(tar)) {
        seen.same++;
        continue;
      }
      const source = tarBundle({ size: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) });
      const { decision, released } = await verifyBundle(source, options);
      seen[decision]++;
      if (decision === 'deny') expect(released).toBeUndefined();
      else {
        // Of the envelope DSSE leaves some text free: the key's hint, and what else stands beside the payload.
        expect(bytes.length).toBe(tar.length);
        expect(bytes.subarray(envelopeEnd).equals(tar.subarray(envelopeEnd))).toBe(true);
        expect(released?.statement).toEqual(signed);
      }
    }
    expect(seen.deny + seen.allow + seen.same).toBe(10_000);
    expect(seen.deny).toBeGreaterThan(9000);
  });
});

function changed(bytes: Buffer, at: number, to: (byte: number) => number): Buffer {
  const result = Buffer.from(bytes);
  result[at] = to(result[at]!);
  return result;
}

function spliced(bytes: Buffer, at: number, remove: number, insert: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)]);
}
