import { z } from 'zod';
import { type Country, countries } from '../base/countries.ts';
import type { Context, Match, Recognizer } from '../detect/definition.ts';
import { recognizers } from '../detect/index.ts';
import { findOwn, type Needle, needlesOf } from '../detect/own-values.ts';
import { Kind } from '../table/column.ts';
import { defineTransform, Numeral } from './definition.ts';

const schema = z.strictObject({
  find: z
    .array(z.enum(recognizers.names))
    .default([...recognizers.names])
    .describe('What is looked for. Without `date`, dates stay.'),
  own: z
    .array(z.string().min(1))
    .optional()
    .describe(
      'Fields of the record whose values are looked for in the text; without it, all fields of role `identifier`.',
    ),
  countries: z
    .array(z.enum(Object.keys(countries) as [Country, ...Country[]]))
    .min(1)
    .optional()
    .describe(
      'Countries whose telephone numbers and national identifiers are looked for. Without it: telephone numbers as written in `US`, and the identifiers of every country that is known.',
    ),
  'replace-with': z
    .enum(['label', 'mask', 'remove'])
    .default('label')
    .describe(
      '`label`: what it was, such as `[EMAIL]`, or `[IDENTIFIER]` for own values; `mask`: a `*` for each character; `remove`: nothing.',
    ),
});
type Options = z.output<typeof schema>;

/**
 * Own values are found as the leak check finds them, so that a text does not fail it that went through here. Where something was found,
 * the text is written in Unicode normal form C; otherwise it stays as it is.
 */
export const redactText = defineTransform({
  name: 'redact-text',
  summary:
    'Replace personal data within free text: what recognizers find, and the own identifiers of the record. What they do not know, they miss.',
  options: schema,
  examples: [
    {
      input: 'Ada (ada@example.org, 213-373-4253) was seen on 2024-02-29.',
      peers: { name: 'Ada Lovelace' },
      output: '[IDENTIFIER] ([EMAIL], [PHONE]) was seen on [DATE].',
    },
    {
      options: { find: ['email'], own: ['mrn'], 'replace-with': 'mask' },
      input: 'MRN 00-4711: ada@example.org',
      peers: { mrn: '004711' },
      output: 'MRN *******: ***************',
    },
    { options: { own: [], find: ['ip', 'url'] }, input: 'no address in here', output: 'no address in here' },
  ],
  traits: {
    kinds: ['text'],
    reversible: 'no',
    keeps: { format: 'no', order: 'no', uniqueness: 'no', distribution: 'no' },
  },
  references: ({ own = [] }) => own.map((name, i) => ({ section: 'fields', name, path: ['own', i] })),
  parameters: ({ own = 'identifiers', ...options }) => ({ ...options, own }),
  async prepare({ find }) {
    for (const name of find) await recognizers.get(name)!.load?.();
  },
  bind(options, resources) {
    const redact = redactor(options);
    const own = options.own?.map((field) => resources.peer(field, true)) ?? resources.identifiers();
    return ({ text, kind, ordinal }) => {
      const redacted = redact(text, needlesOf(own.flatMap((peer) => peer.textsAt(ordinal))));
      return kind === Kind.number && redacted === text ? new Numeral(text) : redacted;
    };
  },
});

interface Labelled extends Match {
  readonly label: string;
}

/** What takes the place of a match, by the words of `replace-with`. */
const replacements: Record<Options['replace-with'], (match: string, label: string) => string> = {
  label: (_, label) => `[${label}]`,
  mask: (match) => '*'.repeat([...match].length),
  remove: () => '',
};

function redactor(options: Options): (text: string, needles: readonly Needle[]) => string {
  const used = recognizers.all.filter(({ name }) => options.find.includes(name));
  const context = { countries: options.countries };
  const replacement = replacements[options['replace-with']];
  return (text, needles) => {
    const plain = text.normalize('NFC');
    const found = used.flatMap((recognizer) => foundBy(recognizer, plain, context));
    const matches = united([...found, ...labelled(findOwn(plain, needles), ownLabel)]);
    if (matches.length === 0) return text;
    let written = '';
    let at = 0;
    // A label's letters keep apart what stands on both sides of it.
    const all = options['replace-with'] === 'label' ? matches : withOwnAround(matches, plain, needles);
    for (const { start, end, label } of all) {
      written += plain.slice(at, start) + replacement(plain.slice(start, end), label);
      at = end;
    }
    return written + plain.slice(at);
  };
}

const ownLabel = 'IDENTIFIER';

/** What a mask or nothing separates stands together where only letters count: `Ada **** Lovelace`. */
function withOwnAround(matches: readonly Labelled[], plain: string, needles: readonly Needle[]): readonly Labelled[] {
  let all = matches;
  for (let round = 0; round < mostRounds; round++) {
    const more = findOwn(plain, needles, all);
    if (more.length === 0) return all;
    all = united([...all, ...labelled(more, ownLabel)]);
  }
  return [{ start: 0, end: plain.length, label: ownLabel }];
}

/** A text of which ever more parts turn out to be own values goes as a whole. */
const mostRounds = 8;

function foundBy(recognizer: Recognizer, text: string, context: Context): Labelled[] {
  if (![...recognizer.needs].some((character) => text.includes(character))) return [];
  return labelled(recognizer.find(text, context), recognizer.name.toUpperCase());
}

function labelled(matches: readonly Match[], label: string): Labelled[] {
  return matches.map(({ start, end }) => ({ start, end, label }));
}

/** In ascending order; those that overlap become one, by the name of the first and longest, so that no rest of any stays. */
function united(matches: readonly Labelled[]): Labelled[] {
  const sorted = [...matches].sort((a, b) => a.start - b.start || b.end - a.end);
  const apart: Labelled[] = [];
  for (const match of sorted) {
    const last = apart.at(-1);
    if (last === undefined || match.start >= last.end) apart.push(match);
    else if (match.end > last.end) apart[apart.length - 1] = { ...last, end: match.end };
  }
  return apart;
}
