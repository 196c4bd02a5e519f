import { createBatch } from '../formats/batch.ts';
import type { PlannedField } from '../policy/plan.ts';
import type { Output } from './output.ts';
import type { RunRequest } from './request.ts';
import type { Spliced } from './splice.ts';

/**
 * Names the field of a written record whose text `holds` what is looked for: a made-up one only if no other does, or if several hold it
 * together only with its help. Undefined when no single field does.
 */
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
    const cells = Array.from({ length: batch.cells }, (_, c) => ({
      field: request.plan.fields[output.slots[batch.slot[c]!]!]!,
      text: batch.bytes.subarray(batch.start[c], batch.end[c]),
    }));
    const found =
      cells.find(({ field, text }) => !field.invents && holds(text)) ??
      cells.find(({ field, text }) => field.invents && holds(text)) ??
      inventedPart(cells, holds);
    return found === undefined || found.field.name === '' ? undefined : found.field.name;
  };
}

interface Located {
  readonly field: PlannedField;
  readonly text: Buffer;
}

/** What spans several cells is made up where they hold it together, and not without those that are made up. */
function inventedPart(cells: readonly Located[], holds: (text: Buffer) => boolean): Located | undefined {
  const invented = cells.find(({ field }) => field.invents);
  if (invented === undefined) return undefined;
  const holdTogether = (some: readonly Located[]) => holds(Buffer.concat(some.flatMap(({ text }) => [text, space])));
  return holdTogether(cells) && !holdTogether(cells.filter(({ field }) => !field.invents)) ? invented : undefined;
}

const space = Buffer.from(' ');
