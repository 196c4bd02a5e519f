import type { AddressedRandom } from './addressed-random.ts';

/** Random bytes that one draw takes. */
export const drawBytes = 4;

/** A whole number in [0, bound), each as likely; 1 ≤ bound ≤ 2^32. */
export type BoundedDraw = (bound: number) => number;

/**
 * Draws one after the other from a stream of `drawBytes` bytes an address, from address 0 on. 32 bits are taken modulo `bound`;
 * the at most bound - 1 highest values, with which the lower results would be more likely, are drawn again (less than half of
 * all draws, whatever the bound).
 */
export function boundedDraws(random: AddressedRandom): BoundedDraw {
  let address = 0;
  return (bound) => {
    const fair = all - (all % bound);
    for (;;) {
      const at = random.at(address++);
      const bits = random.bytes.readUInt32LE(at);
      if (bits < fair) return bits % bound;
    }
  };
}

/**
 * Put values[from, to) into random order, each order as likely (R. A. Fisher and F. Yates, "Statistical Tables", 1938; R.
 * Durstenfeld, "Algorithm 235: Random permutation", CACM 7, 1964).
 */
export function shuffle(values: Int32Array, from: number, to: number, draw: BoundedDraw): void {
  for (let last = to - 1; last > from; last--) {
    const other = from + draw(last - from + 1);
    const value = values[last]!;
    values[last] = values[other]!;
    values[other] = value;
  }
}

const all = 2 ** 32;
