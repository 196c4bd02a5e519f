import { createHash, createHmac } from 'node:crypto';

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** 64 lower-case hex digits. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** SHA-256 of bytes that come in pieces; `digest` or `hex` may be called once and ends it. */
export interface Sha256 {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
  hex(): string;
}

export function createSha256(): Sha256 {
  const hash = createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => hash.digest(),
    hex: () => hash.digest('hex'),
  };
}

/**
 * `length` bytes (at most 255 * 32) derived from `key` for the use that `info` names: HKDF with SHA-256 and empty salt (RFC 5869). Written out
 * because node's own takes no `info` beyond 1024 bytes, and ours holds identifiers of any length.
 */
export function hkdfSha256(key: Uint8Array, info: string, length = 32): Buffer {
  if (length > 255 * 32) throw new RangeError('HKDF-SHA256 yields at most 8160 bytes');
  const extracted = hmac(Buffer.alloc(32), key);
  const blocks: Buffer[] = [];
  let block = Buffer.alloc(0);
  for (let i = 1; blocks.length * 32 < length; i++) {
    block = hmac(extracted, block, Buffer.from(info, 'utf8'), Buffer.of(i));
    blocks.push(block);
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function hmac(key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer<ArrayBuffer> {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest() as Buffer<ArrayBuffer>;
}
