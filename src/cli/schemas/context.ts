import { statedUseSchema } from '../../license/use.ts';
import { defineDocument } from './definition.ts';

export const context = defineDocument({
  name: 'context',
  summary: 'A stated use: a JSON file for `--context`, or the payload of one that is signed.',
  shape: statedUseSchema,
  words: {
    '': 'Beyond this schema: `expires` is later than `issued`; one that is signed has `audience` and `expires`.',
  },
});
