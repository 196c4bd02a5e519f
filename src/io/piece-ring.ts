import { piecesKept } from '../release/bundle-source.ts';

/** Bytes of the pieces that a file is read in. */
export const pieceBytes = 1 << 20;

/**
 * Memory for the pieces of a file, the same again after as many as a `BundleSource` keeps: fresh memory for each costs a third of the
 * time that SHA-256 takes, in page faults and garbage.
 */
export function createPieceRing(): () => Buffer {
  const pieces: Buffer[] = [];
  let at = 0;
  return () => {
    if (pieces.length <= piecesKept) pieces.push(Buffer.allocUnsafeSlow(pieceBytes));
    return pieces[at++ % (piecesKept + 1)]!;
  };
}
