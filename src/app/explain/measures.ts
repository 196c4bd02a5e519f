import { measureMeanings } from '../../risk/measure-meanings.ts';
import { defineTopics } from './definition.ts';

export const measureTopics = defineTopics({
  name: 'measures',
  one: 'measure',
  summary: 'What `anon measure` finds, and `--fail-if` compares.',
  topics: async () =>
    measureMeanings.map(({ name, summary, source }) => ({
      name,
      summary,
      examples: [{ written: `anon measure DATA --quasi FIELDS --fail-if "${name} > NUMBER"` }],
      facts: source === undefined ? [] : [['source', source]],
    })),
});
