import type { Batch } from './batch.ts';
import { COMMA, isSpace } from './json-tokens.ts';

/**
 * What to remove for a dropped member or element, so that what is left is JSON whichever go. One behind a member that stays takes
 * the comma before it; the first that is left takes the comma behind it, if there is one.
 */
export function jsonRemoval(batch: Batch, cell: number, removed: number): readonly [begin: number, end: number] {
  const { bytes } = batch;
  const begin = batch.memberStart[cell]!;
  const end = batch.outerEnd[cell]!;
  let before = begin;
  while (before > removed && isSpace(bytes[before - 1]!)) before--;
  // At `removed` the comma went with the member before, which was itself the first: this one is the first that is left.
  if (before > removed && bytes[before - 1] === COMMA) return [before - 1, end];
  let behind = end;
  while (isSpace(bytes[behind]!)) behind++;
  if (bytes[behind] !== COMMA) return [begin, end];
  behind++;
  while (isSpace(bytes[behind]!)) behind++;
  return [begin, behind];
}
