/** Digests written in an alphabet, cut to a length. */

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';

/** The digits of each alphabet by their value. */
export const alphabets = {
  hex: `${digits}abcdef`,
  /** RFC 4648 §6 in lower case. */
  base32: `${lower}234567`,
  /** Without 0, O, I and l, in the order that Bitcoin made usual. */
  base58: `123456789${upper.replace(/[IO]/g, '')}${lower.replace('l', '')}`,
  /** RFC 4648 §5. */
  base64url: `${upper}${lower}${digits}-_`,
  digits,
  letters: lower,
  alphanumeric: `${digits}${lower}`,
} as const;
export type Alphabet = keyof typeof alphabets;

export const alphabetNames = Object.keys(alphabets) as [Alphabet, ...Alphabet[]];

/** Bits that one character holds. */
export function bitsPerCharacter(alphabet: Alphabet): number {
  return Math.log2(alphabets[alphabet].length);
}

/** Characters for at least 128 bits. */
export function defaultLength(alphabet: Alphabet): number {
  return Math.ceil(128 / bitsPerCharacter(alphabet));
}

/**
 * Longest text that a digest of 256 bits gives. Where the alphabet's size N is no power of two the text is the digest
 * modulo N^length; up to 192 bits of it, no text is likelier than another by more than a factor of 1 + 2^-64.
 */
export function maxLength(alphabet: Alphabet): number {
  const bits = bitsPerCharacter(alphabet);
  return Math.floor((Number.isInteger(bits) ? 256 : 192) / bits);
}

/** Writes `length` ASCII characters to out[outAt …] for the digest of 32 bytes at `at`. */
export type TokenEncoder = (digest: Uint8Array, at: number, out: Uint8Array, outAt: number) => void;

/**
 * Alphabets of 2^n characters write the digest's bits in groups of n from its first bit on, as RFC 4648 does: 64
 * characters of hex are the digest in hex, fewer its beginning. The others write the last `length` digits of the
 * digest as a big-endian number in base N, highest first.
 */
export function tokenEncoder(alphabet: Alphabet, length: number): TokenEncoder {
  const characters = Buffer.from(alphabets[alphabet], 'latin1');
  const bits = bitsPerCharacter(alphabet);
  return Number.isInteger(bits) ? bitGroups(characters, bits, length) : baseDigits(characters, length);
}

function bitGroups(characters: Uint8Array, width: number, length: number): TokenEncoder {
  const mask = characters.length - 1;
  return (digest, at, out, outAt) => {
    let held = 0;
    let bits = 0;
    for (let i = 0, p = at; i < length; i++) {
      if (bits < width) {
        // Bits that were written already leave at the top.
        held = (held << 8) | digest[p++]!;
        bits += 8;
      }
      bits -= width;
      out[outAt + i] = characters[(held >>> bits) & mask]!;
    }
  };
}

function baseDigits(characters: Uint8Array, length: number): TokenEncoder {
  const base = characters.length;
  // As many digits at a time as fit into 31 bits.
  const step = Math.floor(31 / Math.log2(base));
  const divisor = base ** step;
  const limbs = new Float64Array(16);
  return (digest, at, out, outAt) => {
    for (let i = 0; i < 16; i++) limbs[i] = (digest[at + 2 * i]! << 8) | digest[at + 2 * i + 1]!;
    let p = outAt + length;
    let first = 0;
    while (p > outAt) {
      // Long division by `divisor`. Dividends stay below 2^47 and quotients below 2^16, so that the floor of the
      // double is exact.
      let remainder = 0;
      for (let i = first; i < 16; i++) {
        const dividend = remainder * 65536 + limbs[i]!;
        const quotient = Math.floor(dividend / divisor);
        limbs[i] = quotient;
        remainder = dividend - quotient * divisor;
      }
      while (first < 15 && limbs[first] === 0) first++;
      for (let i = 0; i < step && p > outAt; i++) {
        const rest = (remainder / base) | 0;
        out[--p] = characters[remainder - rest * base]!;
        remainder = rest;
      }
    }
  };
}
