import { createBatch } from '../formats/batch.ts';
import type { Output } from './output.ts';
import type { RunRequest } from './request.ts';
import type { Spliced } from './splice.ts';

/** Names the field of a written record whose text `holds` what is looked for; undefined when no single field does. */
export type Locate = (spliced: Spliced, record: number, holds: (text: Buffer) => boolean) => string | undefined;

/** Reads one written record again. Slow: for naming what was found. */
export function createLocator(request: RunRequest, output: Output): Locate {
  return (spliced, record, holds) => {
    const from = spliced.start[record]!;
    const size = spliced.start[record + 1]! - from;
    const batch = createBatch(size + 1);
    spliced.bytes.copy(batch.bytes, 0, from, from + size);
    batch.limit = size;
    output.opened.partScanner(output.request(() => true)).scan(batch, true);
    for (let c = 0; c < batch.cells; c++) {
      if (!holds(batch.bytes.subarray(batch.start[c], batch.end[c]))) continue;
      const name = request.plan.fields[output.slots[batch.slot[c]!]!]!.name;
      return name === '' ? undefined : name;
    }
    return undefined;
  };
}
