import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { alphabets } from '../crypto/token-alphabets.ts';
import { ColumnBuffer, Kind as ValueKind } from '../table/column.ts';
import { defineTransform, INVALID, Numeral, type OptionProblem } from './definition.ts';
import type { Node } from './fake/grammar.ts';
import { kindNames, kinds } from './fake/kinds.ts';
import { fakerVersion, loadedLocale, loadLocale, localeHint, localeNameOf } from './fake/locales.ts';
import { makerOf } from './fake/maker.ts';
import { type Chooser, cellSeeds, columnSeeds } from './fake/seeds.ts';
import { collisionBound } from './tokenize.ts';

const options = z.strictObject({
  as: z
    .enum(kindNames)
    .meta({ title: 'method of faker' })
    .describe('What to make up, by the name that faker has for it.'),
  domain: z
    .string()
    .min(1)
    .optional()
    .describe('Domain whose key chooses: equal values are replaced by equal ones wherever it is used.'),
  random: z.literal(true).optional().describe('In place of `domain`: chosen at random, for equal values too.'),
  per: z
    .string()
    .min(1)
    .optional()
    .describe(
      'With `domain`: field of the record whose value chooses, in place of this one, such as the id of a patient.',
    ),
  unique: z
    .literal(true)
    .optional()
    .describe('No two different values become the same: a token of 13 characters tells them apart.'),
  locale: z.string().min(1).optional().describe('Language tag of the words; default: that of the policy.'),
});
type Options = z.output<typeof options>;

export const fake = defineTransform({
  name: 'fake',
  summary: 'Replace values by made-up ones, from the word lists of faker.',
  options,
  examples: [
    {
      options: { as: 'person.fullName', domain: 'patient' },
      input: 'Ada Lovelace',
      note: 'a full name; another one under each key',
    },
    {
      options: { as: 'internet.email', domain: 'patient' },
      input: 'ada@lovelace.net',
      note: 'an address at `example.com`, `.net` or `.org`',
    },
    {
      options: { as: 'internet.email', domain: 'patient', unique: true },
      input: 'ada@lovelace.net',
      note: 'an address that nobody else gets',
    },
    { options: { as: 'location.city', random: true, locale: 'de' }, input: 'London', note: 'a German town' },
  ],
  traits: ({ random, per, unique }) => ({
    kinds: ['text', 'category'],
    reversible: random ? 'no' : 'guess',
    keeps: {
      format: 'partly',
      order: 'no',
      uniqueness: unique && per === undefined ? 'yes' : 'no',
      distribution: random || per !== undefined ? 'no' : 'partly',
    },
  }),
  deterministic: ({ random }) => random !== true,
  costly: true,
  invents: true,
  random: ({ random }) => random === true,
  references: ({ domain, per }) => [
    ...(domain === undefined ? [] : [{ section: 'domains' as const, name: domain, path: ['domain'] }]),
    ...(per === undefined ? [] : [{ section: 'fields' as const, name: per, path: ['per'] }]),
  ],
  check: (options) => [...sourceProblems(options), ...uniqueProblems(options), ...localeProblems(options)],
  async prepare(options, locale) {
    await loadLocale(options.locale ?? locale);
    grammarOf(options, locale);
  },
  parameters(options) {
    const bits = uniqueBits(options);
    return { ...options, ...(bits === undefined ? {} : { tokenBits: bits }) };
  },
  provenance(options, locale) {
    const { name } = loadedLocale(options.locale ?? locale);
    const words = `sha256:${wordsDigest(grammarOf(options, locale))}`;
    return { locale: name, faker: fakerVersion, words };
  },
  figures(options, values) {
    const bits = uniqueBits(options);
    return bits === undefined ? {} : { tokenBits: bits, collisionBound: collisionBound(bits, values) };
  },
  produces: ({ as }) => kinds[as]!.produces ?? 'string',
  bind(options, resources) {
    const maker = makerOf(grammarOf(options, resources.locale), kindOfValues(options));
    const seed = cellSeeds(chooserOf(options), resources, maker.seedBytes);
    const output = new ColumnBuffer(1, maker.bytes);
    return (cell) => {
      const found = seed(cell);
      if (found === null) return INVALID;
      output.length = 0;
      maker.write(found.bytes, found.at, output);
      const text = output.bytes.toString('utf8', 0, output.length);
      return maker.kind === ValueKind.number ? new Numeral(text) : text;
    };
  },
  bindBytes(options, resources) {
    const maker = makerOf(grammarOf(options, resources.locale), kindOfValues(options));
    const seeds = columnSeeds(chooserOf(options), resources, maker.seedBytes);
    return (input, output) => {
      const seed = seeds(input);
      for (let i = 0; i < input.count; i++) {
        const at = seed.at(i);
        if (at < 0) {
          output.invalid();
          continue;
        }
        output.reserve(maker.bytes);
        const from = output.length;
        maker.write(seed.bytes, at, output);
        output.close(maker.kind, from);
      }
    };
  },
});

/** SHA-256 of everything that values of this grammar are made from: lists, in their order, and patterns. */
export function wordsDigest(grammar: Node): string {
  return sha256Hex(Buffer.from(JSON.stringify(grammar)));
}

/** Throws a Failure when the locale has no words for it. */
export function grammarOf(
  { as, unique, locale: own }: Pick<Options, 'as' | 'unique' | 'locale'>,
  locale: string,
): Node {
  const found = loadedLocale(own ?? locale);
  const grammar = kinds[as]!.grammar(found, (separator) => (unique === true ? { seq: [separator, token] } : ''));
  if (grammar !== null) return grammar;
  throw fail('POLICY-MEANING', `locale \`${found.name}\` has no words for \`${as}\``, {
    hint: 'give the step a `locale` of its own, such as `locale: en`',
  });
}

/** 65 bits: among ten million values two are alike with a probability below 2 in a million. */
const tokenLength = 13;
const token: Node = { chars: alphabets.base32, count: tokenLength };

/** Each kind of values has a function of its own, but for those that describe one person together. */
function chooserOf({ as, domain, per }: Options): Chooser {
  return { technique: `fake:${kinds[as]!.chosenBy ?? as}`, domain, per };
}

function kindOfValues({ as }: Options): ValueKind {
  return kinds[as]!.produces === 'number' ? ValueKind.number : ValueKind.text;
}

/** Bits by which `unique` tells values apart; undefined: they may be alike. */
function uniqueBits({ as, unique }: Options): number | undefined {
  if (unique !== true) return undefined;
  const { unique: means } = kinds[as]!;
  return typeof means === 'number' ? means : 5 * tokenLength;
}

function sourceProblems({ domain, random, per }: Options): OptionProblem[] {
  if (domain === undefined && random === undefined) {
    const hint = 'write `domain: NAME` with a name of the section `domains`';
    return [{ path: [], message: 'values are chosen by a domain or by `random: true`; neither is given', hint }];
  }
  if (random === undefined) return [];
  if (domain !== undefined) {
    return [{ path: ['random'], message: 'values are chosen by a domain or by `random: true`, not both' }];
  }
  return per === undefined ? [] : [{ path: ['per'], message: 'what is chosen at random is chosen by no field' }];
}

function uniqueProblems({ as, unique }: Options): OptionProblem[] {
  if (unique !== true || kinds[as]!.unique !== 'none') return [];
  const able = kindNames.filter((name) => kinds[name]!.unique !== 'none');
  const hint = `\`unique\` goes with ${able
    .slice(0, 8)
    .map((name) => `\`${name}\``)
    .join(', ')} and others`;
  return [{ path: ['unique'], message: `\`${as}\` has no room for a token`, hint }];
}

function localeProblems({ locale }: Options): OptionProblem[] {
  if (locale === undefined || localeNameOf(locale) !== undefined) return [];
  return [
    { path: ['locale'], message: `there are no word lists for the locale \`${locale}\``, hint: localeHint(locale) },
  ];
}
