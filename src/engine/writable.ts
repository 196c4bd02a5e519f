import { fail } from '../base/diagnostic.ts';
import type { Locate } from './locator.ts';
import type { Spliced } from './splice.ts';

/**
 * Throws DATA-ENCODING for the first record that holds a character which the output's encoding has not: transforms make values
 * that the input did not hold. `firstRecord`: records of the input before the batch.
 */
export function checkWritable(
  spliced: Spliced,
  firstRecord: number,
  refused: (text: Buffer) => number,
  locate: Locate,
): void {
  const { bytes, length, records, start, source } = spliced;
  const offset = refused(bytes.subarray(0, length));
  if (offset < 0) return;
  let n = 0;
  while (n + 1 < records && start[n + 1]! <= offset) n++;
  const field = locate(spliced, n, (text) => refused(text) >= 0);
  throw fail('DATA-ENCODING', 'a new value has a character that the encoding of the output has not', {
    place: { row: firstRecord + source[n]! + 1, ...(field === undefined ? {} : { field }) },
    hint: 'write the output in UTF-8: `output: { encoding: utf-8 }`',
  });
}
