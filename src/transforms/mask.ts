import { z } from 'zod';
import { charactersOf } from '../base/characters.ts';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { defineTransform } from './definition.ts';
import { type Shown, shown, shownOptions } from './shown.ts';

/**
 * Characters are what a reader sees as one: extended grapheme clusters (Unicode UAX #29), so that no half of a letter or emoji
 * is shown. Only a carriage return and line feed count as two, unless text that must be segmented surrounds them.
 */
export const mask = defineTransform({
  name: 'mask',
  summary: 'Replace characters, keeping some at either end; if more than half would show, none is kept.',
  options: z.strictObject({
    ...shownOptions,
    with: z
      .string()
      .regex(/^[^\p{C}\p{Z}\p{M}]$/u, 'must be one printable character')
      .default('*')
      .describe('The character that takes the place of each hidden one.'),
    skip: z
      .enum(['none', 'punctuation'])
      .default('none')
      .describe('`punctuation`: punctuation, spaces and signs such as `+` stay as they stand and are not counted.'),
  }),
  examples: [
    { options: { 'keep-last': 4 }, input: '4111111111111111', output: '************1111' },
    { options: { 'keep-last': 4, skip: 'punctuation' }, input: '+1-555-555-1234', output: '+*-***-***-1234' },
    { options: { 'keep-last': 4, skip: 'punctuation' }, input: '123-45-6789', output: '***-**-6789' },
    { options: { 'keep-first': 1, with: 'x' }, input: 'Zoë', output: 'Zxx' },
    { options: { 'keep-last': 4 }, input: '1234567', output: '*******', note: 'four of seven are more than half' },
    { options: { 'keep-last': 2 }, input: 4711, output: '**11' },
  ],
  traits: {
    kinds: ['text'],
    reversible: 'no',
    keeps: { format: 'partly', order: 'no', uniqueness: 'no', distribution: 'partly' },
  },
  bind(options) {
    const maskText = textMasker(options);
    return (cell) => maskText(cell.text);
  },
  bindBytes: byteMasker,
});

interface Options extends Shown {
  readonly with: string;
  readonly skip: 'none' | 'punctuation';
}

function textMasker(options: Options): (text: string) => string {
  const counts = (character: string) => options.skip === 'none' || hides.test(character);
  return (text) => {
    const characters = charactersOf(text);
    const total = characters.reduce((sum, character) => sum + (counts(character) ? 1 : 0), 0);
    const { first, last } = shown(options, total);
    let seen = 0;
    let masked = '';
    for (const character of characters) {
      if (!counts(character)) masked += character;
      else {
        seen++;
        masked += seen <= first || seen > last ? character : options.with;
      }
    }
    return masked;
  };
}

/** What tells something by itself, pictures and what a name may be written in by marks alone among it. */
const hides =
  /[\p{L}\p{N}\p{M}\p{Alphabetic}\p{Co}\p{Cn}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Script=Braille}]/u;

/** ASCII by the byte, which is exact: no two characters of it are seen as one. Other text goes through `textMasker`. */
function byteMasker(options: Options): (input: Column, output: ColumnBuffer) => void {
  const maskText = textMasker(options);
  const hidden = options.with.charCodeAt(0);
  const ascii = hidden < 0x80;
  // What becomes of each byte, with `counted` where it counts.
  const table = Int32Array.from({ length: 256 }, (_, code) =>
    options.skip === 'none' || hides.test(String.fromCharCode(code)) ? counted | hidden : code,
  );
  return (input, output) => {
    const source = viewOf(input.bytes);
    let written = output.bytes;
    let target = viewOf(written);
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      const size = input.end[i]! - from;
      output.reserve(size);
      if (output.bytes !== written) {
        written = output.bytes;
        target = viewOf(written);
      }
      const at = output.length;
      const total = ascii ? hideAll(source, from, size, target, at, table) : -1;
      if (total < 0) {
        output.text(Kind.text, maskText(textAt(input, i)));
        continue;
      }
      const { first, last } = shown(options, total);
      showSome(source, from, target, at, table, first, 1);
      showSome(source, from + size - 1, target, at + size - 1, table, total - last, -1);
      output.length = at + size;
      output.close(Kind.text, at);
    }
  };
}

const counted = 0x100;

/**
 * Hides all that counts among `size` bytes and returns how many did, or -1 if any is not ASCII. Reads and writes four bytes at
 * a time, which takes half as long as one by one.
 */
function hideAll(
  source: DataView,
  from: number,
  size: number,
  target: DataView,
  at: number,
  table: Int32Array,
): number {
  let total = 0;
  let all = 0;
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    const word = source.getInt32(from + i, true);
    all |= word;
    const a = table[word & 0xff]!;
    const b = table[(word >>> 8) & 0xff]!;
    const c = table[(word >>> 16) & 0xff]!;
    const d = table[word >>> 24]!;
    total += (a >> 8) + (b >> 8) + (c >> 8) + (d >> 8);
    target.setInt32(at + i, (a & 0xff) | ((b & 0xff) << 8) | ((c & 0xff) << 16) | (d << 24), true);
  }
  for (; i < size; i++) {
    const byte = source.getUint8(from + i);
    all |= byte;
    const a = table[byte]!;
    total += a >> 8;
    target.setUint8(at + i, a);
  }
  return (all & 0x80808080) === 0 ? total : -1;
}

/** Puts back the first `count` bytes that count, from `from` on in steps of `step`. */
function showSome(
  source: DataView,
  from: number,
  target: DataView,
  at: number,
  table: Int32Array,
  count: number,
  step: 1 | -1,
): void {
  for (let i = 0, left = count; left > 0; i += step) {
    const byte = source.getUint8(from + i);
    if (table[byte]! < counted) continue;
    target.setUint8(at + i, byte);
    left--;
  }
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
