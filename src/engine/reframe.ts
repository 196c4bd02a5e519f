import type { Opened, RecordLayout } from '../formats/batch.ts';
import { RecordBuffer } from './record-buffer.ts';
import type { Spliced } from './splice.ts';

/** Puts records that are values by themselves into the frame of another format; their values stay as they are written. */
export function createReframer(copyBare: NonNullable<Opened['copyBare']>, { between, end }: RecordLayout) {
  const out = new RecordBuffer();
  let any = false;
  return (spliced: Spliced): Spliced => {
    out.begin(spliced.records);
    for (let n = 0; n < spliced.records; n++) {
      const from = spliced.start[n]!;
      const to = spliced.start[n + 1]!;
      out.next(spliced.source[n]!);
      if (any) out.append(between);
      any = true;
      out.reserve(to - from);
      out.length = copyBare(spliced.bytes, from, to, out.bytes, out.length);
      out.append(end);
    }
    return out.end();
  };
}
