import { z } from 'zod';
import { Kind } from '../table/column.ts';
import {
  defineHierarchy,
  type Hierarchy,
  inlineForm,
  root,
  type WriteAncestors,
  writeKnown,
  writeRoot,
} from './definition.ts';
import { zip3Census2020 } from './zip3-census-2020.ts';

const counts = z.enum(['census-2020']);

/** United States ZIP codes under the HIPAA Safe Harbor rule, 45 CFR 164.514(b)(2)(i)(B). */
export const zip3 = defineHierarchy({
  name: 'zip3',
  summary: 'US ZIP codes by their first three digits, or `000` where 20,000 people or fewer live.',
  options: z.strictObject({
    zip3: counts.describe('The count of people: `census-2020`, the 2020 Census by ZCTA.'),
  }),
  examples: [
    { options: { zip3: 'census-2020' }, input: '85004', levels: ['85004', '850', root] },
    { options: { zip3: 'census-2020' }, input: '85004-1234', levels: ['85004-1234', '850', root] },
    { options: { zip3: 'census-2020' }, input: '05901', levels: ['05901', '000', root] },
  ],
  inline: inlineForm(
    counts.describe(
      'US ZIP codes by their first three digits, `000` where few live: `census-2020` says by which count.',
    ),
    (count) => ({ zip3: count }),
    [
      { value: 'census-2020', input: '85004-1234', output: '850' },
      { value: 'census-2020', input: '05901', output: '000', note: '20,000 people or fewer live in 059' },
    ],
  ),
  build: (options) => buildZip3(tables[options.zip3]),
});

const tables = { 'census-2020': zip3Census2020 };
const height = 2;
const pattern = /^\d{5}(-?\d{4})?$/;
const withheld = '000';

function buildZip3(ranges: readonly string[]): Hierarchy {
  const released = releasedOf(ranges);
  return {
    height,
    of: 'codes',
    ancestor(text, level) {
      if (!pattern.test(text)) return null;
      if (level === height) return root;
      return level === 0 ? text : released[Number(text.slice(0, 3))] === 1 ? text.slice(0, 3) : withheld;
    },
    ancestorBytes: (level) =>
      level === 0 ? writeKnown(isZip) : level === height ? writeRoot(isZip) : writeZip3(released),
  };
}

/** 1 for each prefix 000 to 999 that stands in one of the ranges. */
function releasedOf(lines: readonly string[]): Uint8Array {
  const released = new Uint8Array(1000);
  for (const range of lines.flatMap((line) => line.split(' '))) {
    const [first, last = first] = range.split('-');
    released.fill(1, Number(first), Number(last) + 1);
  }
  return released;
}

function writeZip3(released: Uint8Array): WriteAncestors {
  return (input, output) => {
    output.reserve(input.count * 3);
    const bytes = input.bytes;
    const target = output.bytes;
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      if (!isZip(bytes, from, input.end[i]!)) {
        output.invalid();
        continue;
      }
      const stays = released[digit(bytes, from) * 100 + digit(bytes, from + 1) * 10 + digit(bytes, from + 2)] === 1;
      const at = output.length;
      for (let k = 0; k < 3; k++) target[at + k] = stays ? bytes[from + k]! : zero;
      output.length = at + 3;
      output.close(Kind.text, at);
    }
  };
}

/** `pattern` on bytes. */
function isZip(bytes: Buffer, from: number, to: number): boolean {
  const size = to - from;
  if (size !== 5 && size !== 9 && size !== 10) return false;
  for (let i = 0; i < size; i++) {
    if (size === 10 && i === 5) {
      if (bytes[from + i] !== hyphen) return false;
    } else {
      const d = digit(bytes, from + i);
      if (d < 0 || d > 9) return false;
    }
  }
  return true;
}

function digit(bytes: Buffer, at: number): number {
  return bytes[at]! - zero;
}

const zero = 0x30;
const hyphen = 0x2d;
