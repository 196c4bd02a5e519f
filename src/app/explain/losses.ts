import { measures } from '../../search/measures/index.ts';
import { defineTopics } from './definition.ts';

export const lossTopics = defineTopics({
  name: 'losses',
  one: 'measure of information loss',
  summary: 'What a search for levels makes as small as it can.',
  topics: async () => measures.all.map(({ name, summary, source }) => ({ name, summary, facts: [['source', source]] })),
});
