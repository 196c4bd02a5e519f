import type { InputStream } from '../engine/source.ts';

const largestPiece = 1 << 20;

/** Reads the next piece while the last one is being worked on. `readAt` returns 0 at the end; `bytes` are all that are expected. */
export function readAhead(
  readAt: (target: Buffer, position: number) => Promise<number>,
  bytes = Number.POSITIVE_INFINITY,
): InputStream {
  const pieceBytes = Math.max(1, Math.min(largestPiece, bytes));
  let piece: Buffer = Buffer.allocUnsafeSlow(pieceBytes);
  let spare: Buffer = Buffer.allocUnsafeSlow(pieceBytes);
  let from = 0;
  let to = 0;
  let position = 0;
  let pending: Promise<number> | undefined;
  const request = (): void => {
    pending = readAt(spare, position);
    // A failure is thrown by the read that waits for it.
    pending.catch(() => {});
  };
  request();
  return {
    async read(target, at, size) {
      if (from === to && pending !== undefined) {
        to = await pending;
        [piece, spare] = [spare, piece];
        from = 0;
        position += to;
        pending = undefined;
        if (to > 0) request();
      }
      const length = Math.min(size, to - from);
      piece.copy(target, at, from, from + length);
      from += length;
      return length;
    },
    async close() {
      await pending?.catch(() => {});
    },
  };
}
