import { z } from 'zod';
import { charactersOf } from '../base/characters.ts';
import { Kind, textAt } from '../table/column.ts';
import {
  defineHierarchy,
  type Hierarchy,
  inlineForm,
  root,
  type WriteAncestors,
  writeKnown,
  writeRoot,
} from './definition.ts';

/** Characters are what a reader sees as one: extended grapheme clusters (Unicode UAX #29). A value that is no longer than the prefix stays whole. */
export const prefix = defineHierarchy({
  name: 'prefix',
  summary: 'Codes by their first characters; each further character becomes `*`.',
  options: z.strictObject({
    prefix: z
      .array(z.int().min(0))
      .min(1)
      .refine(decreasing, 'each length must be less than the one before')
      .describe('How many characters, as a reader sees them, each level keeps, in decreasing order: `[5, 3, 1]`.'),
  }),
  examples: [
    { options: { prefix: [3, 1] }, input: '12345', levels: ['12345', '123**', '1****', root] },
    { options: { prefix: [3] }, input: 'E1', levels: ['E1', 'E1', root] },
    { options: { prefix: [2] }, input: 'Äß🇨🇭é', levels: ['Äß🇨🇭é', 'Äß**', root] },
  ],
  inline: inlineForm(
    z.int().min(0).describe('How many characters, as a reader sees them, to keep; each further one becomes `*`.'),
    (length) => ({ prefix: [length] }),
    [{ value: 2, input: 'SW1A', output: 'SW**' }],
  ),
  build: (options) => buildPrefixes(options.prefix),
});

function buildPrefixes(lengths: readonly number[]): Hierarchy {
  const height = lengths.length + 1;
  return {
    height,
    of: 'codes',
    ancestor(text, level) {
      if (level === 0) return text;
      if (level === height) return root;
      return shortened(text, lengths[level - 1]!);
    },
    ancestorBytes: (level) =>
      level === 0 ? writeKnown(any) : level === height ? writeRoot(any) : writePrefix(lengths[level - 1]!),
  };
}

const any = () => true;

function shortened(text: string, kept: number): string {
  const characters = charactersOf(text);
  return characters.slice(0, kept).join('') + '*'.repeat(Math.max(0, characters.length - kept));
}

function writePrefix(kept: number): WriteAncestors {
  return (input, output) => {
    const bytes = input.bytes;
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      const to = input.end[i]!;
      output.reserve(to - from);
      const target = output.bytes;
      const begin = output.length;
      let at = begin;
      let left = kept;
      let k = from;
      for (; k < to; k++) {
        const byte = bytes[k]!;
        if (byte >= beyondLatin) break;
        const continues = (byte & 0xc0) === 0x80;
        if (!continues) left--;
        if (left >= 0) target[at++] = byte;
        else if (!continues) target[at++] = asterisk;
      }
      if (k === to) {
        output.length = at;
        output.close(Kind.text, begin);
      } else output.text(Kind.text, shortened(textAt(input, i), kept));
    }
  };
}

const asterisk = 0x2a;
/** Lead bytes from here on are of code points from U+0300 on; each of those below is a character beside any other of them. */
const beyondLatin = 0xcc;

function decreasing(lengths: readonly number[]): boolean {
  return lengths.every((length, i) => i === 0 || length < lengths[i - 1]!);
}
