import { sha256 } from '../../crypto/digest.ts';

/** Merkle tree of RFC 6962 §2.1 with SHA-256, grown leaf by leaf. */
export interface MerkleTree {
  readonly size: number;
  /** Adds the hash of the next leaf. */
  add(leafHash: Buffer): void;
  /** The 32-byte tree head over all leaves so far. */
  root(): Buffer;
}

/** `MTH({d(0)}) = SHA-256(0x00 || d(0))`. */
export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x00), leaf]));
}

/**
 * Holds the heads of the complete subtrees only, largest first: one for each bit that is set in the size. The tree of n leaves splits at the
 * largest power of two below n, so that these are its left sides.
 */
export function createMerkleTree(): MerkleTree {
  const heads: Buffer[] = [];
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(leaf) {
      let head = leaf;
      for (let carry = size; carry % 2 === 1; carry = (carry - 1) / 2) head = nodeHash(heads.pop()!, head);
      heads.push(head);
      size++;
    },
    root() {
      if (heads.length === 0) return sha256(Buffer.alloc(0));
      return heads.reduceRight((right, left) => nodeHash(left, right));
    },
  };
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x01), left, right]));
}
