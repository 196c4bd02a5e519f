import { sha256 } from '../../crypto/digest.ts';

/** Merkle tree of RFC 6962 §2.1 with SHA-256, grown leaf by leaf. Holds 64 bytes for each leaf. */
export interface MerkleTree {
  readonly size: number;
  /** Adds the hash of the next leaf. */
  add(leafHash: Buffer): void;
  /** The 32-byte tree head over the first `size` leaves; all of them when left out. */
  root(size?: number): Buffer;
}

/** `MTH({d(0)}) = SHA-256(0x00 || d(0))`. */
export function leafHash(leaf: Uint8Array): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x00), leaf]));
}

export function createMerkleTree(): MerkleTree {
  /** Heads of all complete subtrees of 2^level leaves. */
  const levels: Buffer[][] = [[]];
  const leaves = levels[0]!;
  return {
    get size() {
      return leaves.length;
    },
    add(leaf) {
      leaves.push(leaf);
      for (let level = 0; levels[level]!.length % 2 === 0; level++) {
        const heads = levels[level]!;
        levels[level + 1] ??= [];
        levels[level + 1]!.push(nodeHash(heads.at(-2)!, heads.at(-1)!));
      }
    },
    root(size = leaves.length) {
      if (size > leaves.length) throw new RangeError('the tree has fewer leaves');
      // A tree of n leaves splits at the largest power of two below n: its left sides are complete, one for each bit that is set in n.
      let head: Buffer | undefined;
      for (let level = 0, complete = size; complete > 0; level++, complete = Math.floor(complete / 2)) {
        if (complete % 2 === 0) continue;
        const left = levels[level]![complete - 1]!;
        head = head === undefined ? left : nodeHash(left, head);
      }
      return head ?? sha256(Buffer.alloc(0));
    },
  };
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x01), left, right]));
}
