import { sha256 } from './digest.ts';

/** Whole numbers drawn one after the other from a seed of 32 random bytes: the same seed gives the same numbers. */
export interface Draws {
  /** Begin with the seed at bytes[at, at + 32). */
  begin(bytes: Buffer, at: number): void;
  /** 0 to size - 1, each with a probability of 1 / size up to 2^-24. */
  below(size: number): number;
}

/**
 * Each number takes 3 bytes r and is ⌊r × size / 2^24⌋: of the 2^24 values of r, ⌊2^24 / size⌋ or one more fall to each number. The first ten come
 * from the seed itself, ten further ones each from SHA-256(seed ‖ n) with n = 1, 2 … in 4 bytes, big-endian.
 */
export function createDraws(): Draws {
  const seeded = Buffer.alloc(36);
  let block: Buffer = seeded;
  let next = 0;
  let left = 0;
  let blocks = 0;
  const refill = () => {
    seeded.writeUInt32BE(++blocks, 32);
    block = sha256(seeded);
    next = 0;
    left = numbersPerBlock;
  };
  return {
    begin(bytes, at) {
      bytes.copy(seeded, 0, at, at + 32);
      block = seeded;
      next = 0;
      left = numbersPerBlock;
      blocks = 0;
    },
    below(size) {
      if (left === 0) refill();
      left--;
      const value = (block[next]! << 16) | (block[next + 1]! << 8) | block[next + 2]!;
      next += 3;
      return Math.floor((value * size) / 0x1000000);
    },
  };
}

const numbersPerBlock = 10;
