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
  if (!Number.isInteger(bits)) return baseDigits(characters, length);
  return bits === 4 && length % 2 === 0 ? wholeBytes(characters, length) : bitGroups(characters, bits, length);
}

/** Both characters of each two digits, the first one in the high byte. */
function pairsOf(characters: Uint8Array): Uint16Array {
  const pairs = new Uint16Array(characters.length ** 2);
  let n = 0;
  for (const first of characters) for (const second of characters) pairs[n++] = (first << 8) | second;
  return pairs;
}

/** Hex, in half the time of groups in general. */
function wholeBytes(characters: Uint8Array, length: number): TokenEncoder {
  const pairs = pairsOf(characters);
  return (digest, at, out, outAt) => {
    for (let from = at, to = outAt, end = outAt + length; to < end; to += 2) {
      const pair = pairs[digest[from++]!]!;
      out[to] = pair >>> 8;
      out[to + 1] = pair;
    }
  };
}

function bitGroups(characters: Uint8Array, width: number, length: number): TokenEncoder {
  const pairs = pairsOf(characters);
  const mask = pairs.length - 1;
  return (digest, at, out, outAt) => {
    // Bits that were written already leave at the top.
    let held = 0;
    let bits = 0;
    let from = at;
    let to = outAt;
    for (const last = outAt + length - 1; to < last; to += 2) {
      for (; bits < 2 * width; bits += 8) held = (held << 8) | digest[from++]!;
      bits -= 2 * width;
      const pair = pairs[(held >>> bits) & mask]!;
      out[to] = pair >>> 8;
      out[to + 1] = pair;
    }
    if (to === outAt + length) return;
    if (bits < width) {
      held = (held << 8) | digest[from]!;
      bits += 8;
    }
    out[to] = characters[(held >>> (bits - width)) & (characters.length - 1)]!;
  };
}

/**
 * The digest is a sum of 16 words of 16 bits times powers of 65536. The powers are kept in base `divisor`, as many of its
 * digits as the text needs, so that the digits of the sum are products to be added up, and one carry each.
 */
function baseDigits(characters: Uint8Array, length: number): TokenEncoder {
  const base = characters.length;
  const pairs = pairsOf(characters);
  // An even number of characters to a digit, which is below 2^32: sums of 16 products stay below 2^52, and carries below
  // 2^20, so that all of them are exact in doubles, floors of quotients too.
  const step = 2 * Math.floor(16 / Math.log2(base));
  const divisor = base ** step;
  const powers = Float64Array.from({ length: 16 * Math.ceil(length / step) }, (_, i) =>
    Number((65536n ** BigInt(15 - (i % 16)) / BigInt(divisor) ** BigInt(i >> 4)) % BigInt(divisor)),
  );
  const inverse = 1 / pairs.length;
  const words = new Float64Array(16);
  return (digest, at, out, outAt) => {
    for (let i = 0; i < 16; i++) words[i] = (digest[at + 2 * i]! << 8) | digest[at + 2 * i + 1]!;
    let carry = 0;
    let to = outAt + length;
    for (let n = 0; to > outAt; ) {
      let sum = carry;
      for (let i = 0; i < 16; i++) sum += words[i]! * powers[n++]!;
      carry = Math.floor(sum / divisor);
      let rest = sum - carry * divisor;
      for (let i = 0; i < step && to > outAt; i += 2) {
        // The half keeps the product's rounding error from mattering where the quotient is whole.
        const quotient = Math.floor((rest + 0.5) * inverse);
        const pair = pairs[rest - quotient * pairs.length]!;
        rest = quotient;
        out[--to] = pair;
        if (to > outAt) out[--to] = pair >>> 8;
      }
    }
  };
}
