import type { Opened, RecordLayout } from './batch.ts';
import { jsonEncoder } from './json-encoder.ts';
import { formatPath } from './json-path.ts';

/** Records as objects without white space; what stands around and between them is given. */
export function jsonLayout(
  names: readonly string[],
  opened: Opened,
  around: { readonly head: string; readonly between: string; readonly end: string; readonly tail: string },
): RecordLayout {
  return {
    head: Buffer.from(around.head),
    tail: Buffer.from(around.tail),
    between: Buffer.from(around.between),
    end: Buffer.from(around.end),
    before: names.map((name, i) => Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    behind: Buffer.from('}'),
    encoder: jsonEncoder,
    opened,
    selectors: names.map((name) => formatPath([name])),
  };
}
