import { models } from '../../models/index.ts';
import { defineTopics } from './definition.ts';
import { optionsOf } from './options.ts';

export const modelTopics = defineTopics({
  name: 'models',
  one: 'privacy model',
  summary: 'What must hold of the classes of the output, under `privacy: { models: [...] }`.',
  topics: async () =>
    models.all.map(({ name, summary, source, options, population }) => ({
      name,
      summary,
      options: optionsOf(options),
      facts: [...(population ? [['needs', 'a table of the population'] as const] : []), ['source', source]],
    })),
});
