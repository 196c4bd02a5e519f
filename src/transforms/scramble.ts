import { z } from 'zod';
import { charactersOf } from '../base/characters.ts';
import { createDraws, type Draws } from '../crypto/draws.ts';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';
import { defineTransform, type OptionProblem, type Resources } from './definition.ts';
import { type Alphabet, substitutesOf } from './scramble-alphabets.ts';
import { type Shown, shown, shownOptions } from './shown.ts';

const options = z.strictObject({
  domain: z
    .string()
    .min(1)
    .optional()
    .describe('Domain whose key chooses the characters, by the whole value: equal values become equal ones.'),
  random: z.literal(true).optional().describe('In place of `domain`: characters are drawn anew for every value.'),
  ...shownOptions,
});
type Options = z.output<typeof options>;

/**
 * Substitution that keeps the class of each character (see `substitutesOf`); each is drawn by itself, so that two values that differ in
 * one character have nothing in common. No value with a letter or digit becomes itself. It hides nothing but the characters: length, case
 * and punctuation stay, nothing leads back to the value, and two values may become the same one. What is counted for `keep-first`
 * and `keep-last` are the letters, digits and pictures.
 */
export const scramble = defineTransform({
  name: 'scramble',
  summary:
    'Put random letters in the place of letters and digits in that of digits. Length, case and punctuation show; it is no encryption.',
  options,
  examples: [
    { options: { domain: 'staff' }, input: 'AB-1234', note: 'two capital letters, `-` and four digits' },
    { options: { random: true, 'keep-first': 1 }, input: 'Zoë', note: '`Z` and two small letters' },
  ],
  traits: ({ random }) => ({
    kinds: ['text'],
    reversible: random ? 'no' : 'guess',
    keeps: { format: 'yes', order: 'no', uniqueness: 'no', distribution: random ? 'no' : 'partly' },
  }),
  deterministic: ({ random }) => random !== true,
  costly: true,
  invents: true,
  random: ({ random }) => random === true,
  references: ({ domain }) => (domain === undefined ? [] : [{ section: 'domains', name: domain, path: ['domain'] }]),
  check: sourceProblems,
  bind(options, resources) {
    const draws = createDraws();
    const begin = seeder(options, resources, draws);
    return ({ text, ordinal }) => {
      begin(text, ordinal);
      return scrambled(text, options, draws);
    };
  },
  bindBytes(options, resources) {
    const draws = createDraws();
    const write = asciiWriter(options, draws);
    const run = (input: Column, output: ColumnBuffer, begin: (i: number) => void) => {
      for (let i = 0; i < input.count; i++) {
        begin(i);
        if (write(input, i, output)) continue;
        begin(i);
        output.text(Kind.text, scrambled(textAt(input, i), options, draws));
      }
    };
    if (options.domain === undefined) {
      const random = resources.random(technique, seedBytes);
      return (input, output) =>
        run(input, output, (i) => {
          const at = random.at(input.base + input.index[i]!);
          draws.begin(random.bytes, at);
        });
    }
    const prf = resources.prf(technique, options.domain);
    let seeds = Buffer.alloc(0);
    return (input, output) => {
      if (seeds.length < input.count * seedBytes) seeds = Buffer.allocUnsafeSlow(input.count * 2 * seedBytes);
      prf.digestColumn(input, seeds);
      run(input, output, (i) => draws.begin(seeds, i * seedBytes));
    };
  },
});

const technique = 'scramble';
const seedBytes = 32;

function sourceProblems({ domain, random }: Options): OptionProblem[] {
  if (domain !== undefined && random !== undefined) {
    return [{ path: ['random'], message: 'characters come from a domain or from `random: true`, not both' }];
  }
  if (domain !== undefined || random !== undefined) return [];
  const hint = 'write `domain: NAME` with a name of the section `domains`';
  return [{ path: [], message: 'characters come from a domain or from `random: true`; neither is given', hint }];
}

function seeder(options: Options, resources: Resources, draws: Draws): (text: string, ordinal: number) => void {
  if (options.domain === undefined) {
    const random = resources.random(technique, seedBytes);
    return (_, ordinal) => {
      const at = random.at(ordinal);
      draws.begin(random.bytes, at);
    };
  }
  const prf = resources.prf(technique, options.domain);
  return (text) => draws.begin(prf.digest(prf.normalize(text)), 0);
}

function scrambled(text: string, options: Shown, draws: Draws): string {
  const isKept = keptCharacters(text, options);
  const codes: number[] = [];
  let changed = false;
  /** Where the last drawn character stands in `codes`. */
  let last = -1;
  let lastAlphabet: Alphabet | undefined;
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const substitutes = isKept(at) ? undefined : substitutesOf(code);
    at += character.length;
    if (substitutes === undefined) codes.push(code);
    else if (substitutes === null) changed = true;
    else {
      const drawn = substitutes.letters[draws.below(substitutes.letters.length)]!;
      changed ||= drawn !== code;
      last = codes.push(drawn) - 1;
      lastAlphabet = substitutes;
    }
  }
  if (!changed && lastAlphabet !== undefined) {
    const { letters } = lastAlphabet;
    codes[last] = letters[another(letters.indexOf(codes[last]!), letters.length, draws)]!;
  }
  return codes.map((code) => String.fromCodePoint(code)).join('');
}

/** Any of the others, each as likely. */
function another(index: number, size: number, draws: Draws): number {
  return (index + 1 + draws.below(size - 1)) % size;
}

/** Is the code unit at an offset part of a character at either end that stays? */
function keptCharacters(text: string, options: Shown): (offset: number) => boolean {
  if (options['keep-first'] + options['keep-last'] === 0) return () => false;
  const characters = charactersOf(text);
  const counts = characters.map((character) => Array.from(character).some(isReplaced));
  const { first, last } = shown(options, counts.filter(Boolean).length);
  const kept: boolean[] = [];
  let seen = 0;
  for (const [i, character] of characters.entries()) {
    if (counts[i]) seen++;
    const stays = counts[i]! && (seen <= first || seen > last);
    for (let unit = 0; unit < character.length; unit++) kept.push(stays);
  }
  return (offset) => kept[offset]!;
}

function isReplaced(character: string): boolean {
  return substitutesOf(character.codePointAt(0)!) !== undefined;
}

/** `scrambled` on bytes, for ASCII alone; false, with nothing written, for other text. */
function asciiWriter(options: Shown, draws: Draws): (input: Column, i: number, output: ColumnBuffer) => boolean {
  const first = Uint8Array.from({ length: 128 }, (_, code) => substitutesOf(code)?.letters[0] ?? 0);
  const sizes = Uint8Array.from({ length: 128 }, (_, code) => substitutesOf(code)?.letters.length ?? 0);
  return (input, i, output) => {
    const { bytes } = input;
    const from = input.start[i]!;
    const to = input.end[i]!;
    let total = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x80) return false;
      if (sizes[byte] !== 0) total++;
    }
    const kept = shown(options, total);
    output.reserve(to - from);
    const target = output.bytes;
    const begin = output.length;
    const shift = begin - from;
    let seen = 0;
    let changed = false;
    let last = -1;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      const size = sizes[byte]!;
      target[at + shift] = byte;
      if (size === 0 || ++seen <= kept.first || seen > kept.last) continue;
      const drawn = first[byte]! + draws.below(size);
      if (drawn !== byte) changed = true;
      target[at + shift] = drawn;
      last = at + shift;
    }
    if (!changed && last >= 0) {
      const byte = target[last]!;
      target[last] = first[byte]! + another(byte - first[byte]!, sizes[byte]!, draws);
    }
    output.length = begin + to - from;
    output.close(Kind.text, begin);
    return true;
  };
}
