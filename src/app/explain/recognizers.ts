import { recognizers } from '../../detect/index.ts';
import { defineTopics } from './definition.ts';

const written = (text: string) => JSON.stringify(text);

export const recognizerTopics = defineTopics({
  name: 'recognizers',
  one: 'recognizer',
  summary: 'Personal data that is found in values and within free text.',
  topics: async () =>
    recognizers.all.map(({ name, summary, source, examples }) => ({
      name,
      summary,
      facts: [
        ['finds', examples.found.map(written).join('; ')],
        ['does not find', examples.not.map(written).join('; ')],
        ['source', source],
      ],
    })),
});
