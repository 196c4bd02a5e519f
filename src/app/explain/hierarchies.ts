import { hierarchies } from '../../hierarchies/index.ts';
import { defineTopics } from './definition.ts';
import { optionsOf } from './options.ts';
import { written } from './written.ts';

export const hierarchyTopics = defineTopics({
  name: 'hierarchies',
  one: 'hierarchy',
  summary: 'From values to ever broader ones, under `hierarchies` or in `generalize`.',
  topics: async () =>
    hierarchies.all.map(({ name, summary, options, examples }) => ({
      name,
      summary,
      options: optionsOf(options),
      examples: examples.map((example) => ({
        written: written(example.options),
        gives: example.levels.map((label) => JSON.stringify(label)).join(', then '),
      })),
    })),
});
