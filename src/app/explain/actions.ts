import { actions } from '../../license/actions.ts';
import { defineTopics } from './definition.ts';

export const actionTopics = defineTopics({
  name: 'actions',
  one: 'action',
  summary: 'What a license permits or prohibits, and `anon verify --action` states.',
  topics: async () =>
    Object.entries(actions).map(([name, does]) => ({
      name,
      summary: `To ${does}.`,
      examples: [
        { written: `permissions: [${name}]`, gives: 'allows it' },
        { written: `prohibitions: [${name}]`, gives: 'forbids it, whatever is permitted' },
      ],
    })),
});
