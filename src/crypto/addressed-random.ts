import { createCipheriv, hkdfSync } from 'node:crypto';

/** Random bits addressed by the ordinal of a value: the same address gives the same bits, in both passes. */
export interface AddressedRandom {
  /**
   * Offset in `bytes` at which the bits of this address begin. Call again for every address: `bytes` is a moving
   * window.
   */
  at(ordinal: number): number;
  readonly bytes: Buffer;
}

/**
 * A stream of `bytesPerValue` bytes for each address below 2^48: the keystream of AES-256-CTR (NIST SP 800-38A §6.5)
 * from counter zero, cut into strides. Any order of addresses works; ascending ones are cheap.
 *
 * @param key 32 bytes
 * @param bytesPerValue 1 … 65536. The stride is the next power of two, so that no value straddles two windows.
 */
export function createAddressedRandom(key: Uint8Array, bytesPerValue: number): AddressedRandom {
  if (!Number.isInteger(bytesPerValue) || bytesPerValue < 1 || bytesPerValue > windowBytes) {
    throw new RangeError('a value takes 1 to 65536 random bytes');
  }
  const valuesPerWindow = windowBytes >> Math.ceil(Math.log2(bytesPerValue));
  const stride = windowBytes / valuesPerWindow;
  let window = Number.NaN;
  const random = {
    bytes: Buffer.alloc(0) as Buffer,
    at(ordinal: number): number {
      const wanted = Math.floor(ordinal / valuesPerWindow);
      if (wanted !== window) {
        if (!(ordinal >= 0 && ordinal < maxOrdinal)) throw new RangeError('a random address is an integer below 2^48');
        random.bytes = keystream(key, wanted);
        window = wanted;
      }
      return (ordinal - wanted * valuesPerWindow) * stride;
    },
  };
  return random;
}

/**
 * A key of 32 bytes for the stream of one field and purpose. The names are length-prefixed in HKDF's info (RFC 5869
 * §3.2), so that no two pairs share a key.
 */
export function deriveStreamKey(secret: Uint8Array, field: string, purpose: string): Buffer {
  const info = [Buffer.from('anon/v1/random/')];
  for (const name of [field, purpose]) {
    const bytes = Buffer.from(name);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    info.push(length, bytes);
  }
  return Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), Buffer.concat(info), 32));
}

/**
 * Uniform in the open interval (0, 1), from 7 bytes at `at`: an odd multiple of 2^-53, the midpoint of one of 2^52
 * equal cells. So neither end is hit, and u and 1 - u are equally likely, without rounding.
 */
export function unit53(bytes: Uint8Array, at: number): number {
  const high = (bytes[at]! << 18) | (bytes[at + 1]! << 10) | (bytes[at + 2]! << 2) | (bytes[at + 3]! >>> 6);
  const low = ((bytes[at + 3]! & 0x3f) << 20) | (bytes[at + 4]! << 12) | (bytes[at + 5]! << 4) | (bytes[at + 6]! >>> 4);
  return (high * 2 ** 26 + low + 0.5) * 2 ** -52;
}

const windowBytes = 65536;
const maxOrdinal = 2 ** 48;
const zeros = Buffer.alloc(windowBytes);

function keystream(key: Uint8Array, window: number): Buffer {
  const counter = Buffer.alloc(16);
  // A window is 2^12 blocks of 16 bytes; window < 2^48, so the block number takes at most 60 bits of the counter's 128.
  counter.writeBigUInt64BE(BigInt(window) << 12n, 8);
  return createCipheriv('aes-256-ctr', key, counter).update(zeros);
}
