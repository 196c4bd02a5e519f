import { type Cipher, createCipheriv } from 'node:crypto';
import { type ChunkDigest, createChunkDigest, type FileFacts } from '../release/chunks.ts';

/** What happens to bytes on their way into a spool: they are digested file by file, and encrypted one behind the other. */
export interface Seal {
  /** The bytes may change once it is done. */
  write(bytes: Buffer): Promise<void>;
  /** What follows is one file, until `endFile`. */
  beginFile(): void;
  endFile(): Promise<FileFacts>;
  /** Until all that was written has been put. Throws what `put` has thrown. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Takes sealed bytes, which go behind those before. They may change once it is done. */
export type Put = (sealed: Uint8Array) => Promise<void>;

/** Bytes that are sealed at once. */
export const sealedBytes = 1 << 20;

/** AES-256-CTR that counts from block 0. */
export function createSpoolCipher(key: Uint8Array): Cipher {
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
}

/** Seals in this thread; the next piece is made while one is put. */
export function createSeal(key: Uint8Array, put: Put): Seal {
  const cipher = createSpoolCipher(key);
  let digest: ChunkDigest | undefined;
  let pending = Promise.resolve();
  return {
    async write(bytes) {
      digest?.update(bytes);
      for (let at = 0; at < bytes.length; at += sealedBytes) {
        await pending;
        pending = put(cipher.update(bytes.subarray(at, at + sealedBytes)));
        pending.catch(() => {});
      }
    },
    beginFile() {
      digest = createChunkDigest();
    },
    async endFile() {
      const facts = digest!.finish();
      digest = undefined;
      return facts;
    },
    flush: () => pending,
    close: async () => {},
  };
}
