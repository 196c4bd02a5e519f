import { hkdfSync } from 'node:crypto';
import { fail } from '../base/diagnostic.ts';
import { createHmacBatch } from './hmac.ts';

export type Normalization = 'trim' | 'nfc' | 'nfkc' | 'lowercase';

/** Slices of UTF-8: value i is bytes[start[i], end[i]). A `Column` is one. */
export interface Slices {
  readonly bytes: Buffer;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly count: number;
}

/** A keyed pseudorandom function of one technique in one domain: HMAC-SHA256 over normalized UTF-8. */
export interface DomainPrf {
  /** The domain's normalization, as the policy lists it. */
  normalize(text: string): string;
  /** 32 bytes for one value that is normalized already. */
  digest(normalized: string): Buffer;
  /**
   * Normalize each value of the column and write its 32 bytes to out[32 * i]. `out` holds at least 32 * count bytes.
   */
  digestColumn(column: Slices, out: Buffer): void;
}

/**
 * The function of `technique` in `domain` for one licensee. Its key is HKDF-SHA256 (RFC 5869, no salt) of the
 * domain's key with the info `anon/v1/<technique>/<domain>/<licensee>`.
 *
 * @param licensee its id; empty where all licensees share one function (`scope: global`)
 * @param normalize steps in the order in which they are taken
 * @throws Error when technique or domain hold a `/`: two different functions could then share their info
 */
export function derivePrf(
  key: Uint8Array,
  technique: string,
  domain: string,
  licensee: string,
  normalize: readonly Normalization[],
): DomainPrf {
  for (const name of [technique, domain]) {
    if (name.includes('/')) throw new Error('names of techniques and domains hold no /');
  }
  const info = `anon/v1/${technique}/${domain}/${licensee}`;
  const hmac = createHmacBatch(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), info, 32)));
  const normalized = normalizer(normalize);
  const copies = createCopies(normalize, normalized);
  return {
    normalize: normalized,
    digest(text) {
      const bytes = Buffer.from(text);
      const out = Buffer.allocUnsafe(32);
      hmac.digest(bytes, 0, bytes.length, out, 0);
      return out;
    },
    digestColumn(column, out) {
      const { bytes, start, end, count } = column;
      if (normalize.length === 0) return hmac.digestAll(bytes, start, end, count, out);
      for (let i = 0; i < count; i += copiesAtOnce) {
        const some = copies(column, i);
        hmac.digestAll(some.bytes, some.start, some.end, some.count, out.subarray(32 * i));
      }
    },
  };
}

/**
 * The key in a key file: 32 bytes written as base64 (standard alphabet, padded, at most a newline behind), else the
 * file's raw bytes.
 *
 * @throws Failure KEY-FORMAT for fewer than 16 bytes
 */
export function readKeyBytes(raw: Buffer): Buffer {
  if (base64Key.test(raw.toString('latin1'))) return Buffer.from(raw.toString('latin1'), 'base64');
  if (raw.length < 16) {
    throw fail('KEY-FORMAT', 'a key needs at least 16 bytes', {
      hint: 'a key is 32 random bytes, such as `openssl rand -base64 32` prints',
    });
  }
  return raw;
}

/** 43 digits of 6 bits hold 258: the last digit's two low bits are zero. */
const base64Key = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\n?$/;

/** The text after these steps, in their order. */
export function normalizer(steps: readonly Normalization[]): (text: string) => string {
  const functions = steps.map((step) => normalizations[step]);
  return (text) => {
    let result = text;
    for (const normalize of functions) result = normalize(result);
    return result;
  };
}

const normalizations: Record<Normalization, (text: string) => string> = {
  trim: (text) => text.trim(),
  nfc: (text) => text.normalize('NFC'),
  nfkc: (text) => text.normalize('NFKC'),
  lowercase: (text) => text.toLowerCase(),
};

/** Normalized copies are made of so many values at a time: they stay in the processor's cache until they are hashed. */
const copiesAtOnce = 512;

/** Returns a function that normalizes a column's values from `first` on; the copies last until its next call. */
function createCopies(steps: readonly Normalization[], normalized: (text: string) => string) {
  const trims = steps.includes('trim');
  const lowers = steps.includes('lowercase');
  const copied = Uint8Array.from({ length: 256 }, (_, byte) => (lowers && isUpper(byte) ? byte | 0x20 : byte));
  const start = new Int32Array(copiesAtOnce);
  const end = new Int32Array(copiesAtOnce);
  let target = Buffer.alloc(0);
  let length = 0;
  const reserve = (bytes: number) => {
    if (length + bytes <= target.length) return;
    const grown = Buffer.allocUnsafeSlow(2 * (length + bytes));
    target.copy(grown, 0, 0, length);
    target = grown;
  };
  return (column: Slices, first: number): Slices => {
    const { bytes } = column;
    const count = Math.min(copiesAtOnce, column.count - first);
    length = 0;
    for (let i = 0; i < count; i++) {
      let from = column.start[first + i]!;
      let to = column.end[first + i]!;
      // On ASCII the Unicode normal forms change nothing, and the order of the other two does not matter.
      if (trims) {
        while (from < to && isWhite(bytes[from]!)) from++;
        while (from < to && isWhite(bytes[to - 1]!)) to--;
      }
      reserve(to - from);
      let at = length;
      let all = 0;
      for (let j = from; j < to; j++) {
        const byte = bytes[j]!;
        all |= byte;
        target[at++] = copied[byte]!;
      }
      if (all >= 0x80) {
        const text = normalized(bytes.toString('utf8', column.start[first + i]!, column.end[first + i]!));
        reserve(3 * text.length);
        at = length + target.write(text, length);
      }
      start[i] = length;
      end[i] = at;
      length = at;
    }
    return { bytes: target, start, end, count };
  };
}

function isUpper(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

/**
 * The ASCII part of what String.prototype.trim removes: tab, line feed, vertical tab, form feed, carriage return,
 * space.
 */
function isWhite(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
