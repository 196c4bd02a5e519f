import { type DateFormat, dayAt, layoutOf, putDay } from './dates.ts';
import type { Notation } from './notation.ts';

const iso = layoutOf('YYYY-MM-DD');

/** Dates in another order than ISO 8601 has them; a time of day may follow, and stays as it is. Undefined for ISO 8601 itself. */
export function dateNotation(format: DateFormat): Notation | undefined {
  if (format === 'YYYY-MM-DD') return undefined;
  const layout = layoutOf(format);
  const template = Buffer.from(format);
  const isoTemplate = Buffer.from('YYYY-MM-DD');
  return {
    folds: false,
    words: `dates are written ${format} here (\`input: { date-format: … }\`)`,
    described: { format: strptimeOf(format) },
    read: rewriter(layout, iso, isoTemplate),
    write: rewriter(iso, layout, template),
  };
}

type Layout = ReturnType<typeof layoutOf>;

/** Writes dates of one layout in another. */
function rewriter(source: Layout, wanted: Layout, template: Uint8Array): Notation['read'] {
  return (bytes, from, to, target, at) => {
    const day = dayAt(bytes, from, to, source);
    if (day < 0) return -1;
    for (let i = 0; i < wanted.size; i++) target[at + i] = template[i]!;
    putDay(target, at, wanted, day);
    let end = at + wanted.size;
    for (let p = from + source.size; p < to; p++) target[end++] = bytes[p]!;
    return end;
  };
}

/** As Table Schema has patterns of dates: those of the C function. */
function strptimeOf(format: DateFormat): string {
  return format.replace('YYYY', '%Y').replace('MM', '%m').replace('DD', '%d');
}
