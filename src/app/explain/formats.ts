import { formats } from '../../formats/index.ts';
import { defineTopics } from './definition.ts';

export const formatTopics = defineTopics({
  name: 'formats',
  one: 'format',
  summary: 'Files that can be read and written.',
  topics: async () =>
    formats.all.map(({ name, summary, extensions, mediaType }) => ({
      name,
      summary,
      facts: [
        ['file names', extensions.map((extension) => `.${extension}`).join(', ')],
        ['media type', mediaType],
      ],
    })),
});
