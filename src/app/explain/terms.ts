import { z } from 'zod';
import { constraints } from '../../license/constraints/index.ts';
import { defineTopics } from './definition.ts';
import { optionsOf } from './options.ts';

export const termTopics = defineTopics({
  name: 'terms',
  one: 'term of a license',
  summary: 'Who may use the data, for what, where and how, under `license`.',
  topics: async () =>
    constraints.all.map(({ name, summary, options }) => ({
      name,
      summary,
      options: optionsOf(z.strictObject({ ...options })),
    })),
});
