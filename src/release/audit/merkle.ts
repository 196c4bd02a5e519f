import { sha256 } from '../../crypto/digest.ts';

/** Merkle tree of RFC 6962 §2.1 with SHA-256, grown leaf by leaf. Holds 64 to 128 bytes for each leaf. */
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
  /** Heads of all complete subtrees of 2^level leaves, one behind the other: an object for each of millions would take five times as much. */
  const levels: Hashes[] = [];
  const levelAt = (level: number): Hashes => (levels[level] ??= createHashes());
  return {
    get size() {
      return levelAt(0).count;
    },
    add(leaf) {
      levelAt(0).push(leaf);
      for (let level = 0; levels[level]!.count % 2 === 0; level++) {
        const heads = levels[level]!;
        levelAt(level + 1).push(nodeHash(heads.at(heads.count - 2), heads.at(heads.count - 1)));
      }
    },
    root(size = levelAt(0).count) {
      if (size > levelAt(0).count) throw new RangeError('the tree has fewer leaves');
      // A tree of n leaves splits at the largest power of two below n: its left sides are complete, one for each bit that is set in n.
      let head: Buffer | undefined;
      for (let level = 0, complete = size; complete > 0; level++, complete = Math.floor(complete / 2)) {
        if (complete % 2 === 0) continue;
        const left = levels[level]!.at(complete - 1);
        head = head === undefined ? left : nodeHash(left, head);
      }
      return Buffer.from(head ?? sha256(Buffer.alloc(0)));
    },
  };
}

const hashBytes = 32;

/** Hashes in one run of bytes that grows. */
interface Hashes {
  readonly count: number;
  push(hash: Buffer): void;
  /** Valid until the next `push`. */
  at(index: number): Buffer;
}

function createHashes(): Hashes {
  let bytes = Buffer.alloc(2 * hashBytes);
  let count = 0;
  return {
    get count() {
      return count;
    },
    push(hash) {
      if (count * hashBytes === bytes.length) bytes = Buffer.concat([bytes, Buffer.alloc(bytes.length)]);
      hash.copy(bytes, count * hashBytes);
      count++;
    },
    at: (index) => bytes.subarray(index * hashBytes, (index + 1) * hashBytes),
  };
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(Buffer.concat([Buffer.of(0x01), left, right]));
}
