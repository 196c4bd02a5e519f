import { type Example, type TransformDefinition, traitsOf } from '../../transforms/definition.ts';
import { transforms } from '../../transforms/index.ts';
import type { Reversal } from '../../transforms/traits.ts';
import { defineTopics, type Topic, type TopicExample } from './definition.ts';
import { optionsOf } from './options.ts';
import { writtenUse } from './written.ts';

export const transformTopics = defineTopics({
  name: 'transforms',
  one: 'transform',
  summary: 'What a policy does to the values of a field.',
  topics: async () => transforms.all.map(topicOf),
});

function topicOf(definition: TransformDefinition): Topic {
  const options = definition.options.parse(definition.examples[0]!.options ?? {});
  const { kinds, reversible, keeps } = traitsOf(definition, options);
  const random = typeof definition.random === 'function' ? definition.random(options) : definition.random;
  return {
    name: definition.name,
    summary: definition.summary,
    options: optionsOf(definition.options),
    examples: definition.examples.map((example) => exampleOf(definition, example)),
    facts: [
      ['made for', kinds.join(', ')],
      ['reversible', reversals[reversible]],
      ['same result every run', random ? 'only where the policy says `reproducible`' : 'yes, under the same keys'],
      [
        'keeps',
        Object.entries(keeps)
          .map(([what, kept]) => `${what}: ${kept}`)
          .join(', '),
      ],
    ],
  };
}

const reversals: Readonly<Record<Reversal, string>> = {
  no: 'no',
  guess: 'by trying values, with the key',
  key: 'with the key',
  map: 'with the list',
  yes: 'yes',
};

function exampleOf({ name, effect }: TransformDefinition, { options, input, output, note }: Example): TopicExample {
  const from = JSON.stringify(input);
  const aside = note === undefined ? '' : ` (${note})`;
  const gives =
    effect === 'drop' ? `${from} is left out` : output === undefined ? '' : `${from} becomes ${textOf(output)}${aside}`;
  return { written: writtenUse(name, options), gives: gives === '' ? `makes of ${from} ${note}` : gives };
}

function textOf(output: string | number | null): string {
  return output === null ? 'no value' : JSON.stringify(output);
}
