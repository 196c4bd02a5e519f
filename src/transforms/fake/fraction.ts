/**
 * A number u in [0, 1), written in words of 32 bits, from which choices are taken one after the other. A choice among n is the whole
 * part of n·u; what is behind the point decides the next one (the decoder of an arithmetic code with equal
 * frequencies). So no bits are drawn again and none are wasted: when u is uniform over W words, and all choices together
 * have no more than 2^b outcomes, none of these is likelier than 1 + 2^(b - 32 W) times another.
 */
export class Fraction {
  /** Most significant first. Doubles: products with n stay below 2^53. */
  readonly #words: Float64Array;

  constructor(words: number) {
    this.#words = new Float64Array(words);
  }

  /** Take u from the bytes at `at`, 4 to a word, big-endian. */
  load(bytes: Buffer, at: number): void {
    const words = this.#words;
    for (let i = 0, from = at; i < words.length; i++, from += 4) {
      words[i] = ((bytes[from]! << 24) | (bytes[from + 1]! << 16) | (bytes[from + 2]! << 8) | bytes[from + 3]!) >>> 0;
    }
  }

  /** A choice among `n`, 1 … `maxChoices`: 0 … n - 1. */
  below(n: number): number {
    const words = this.#words;
    let carry = 0;
    for (let i = words.length - 1; i >= 0; i--) {
      const product = words[i]! * n + carry;
      carry = Math.floor(product * inverse);
      words[i] = product - carry * base;
    }
    return carry;
  }
}

export const maxChoices = 2 ** 20;

const base = 2 ** 32;
const inverse = 2 ** -32;
