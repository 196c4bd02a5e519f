import { addOnNames, templateNames } from '../../license/templates.ts';
import { readTemplate } from '../templates.ts';
import { defineTopics } from './definition.ts';

export const templateTopics = defineTopics({
  name: 'templates',
  one: 'license template',
  summary: 'Terms that a license takes by name.',
  topics: () =>
    Promise.all(
      [...templateNames, ...addOnNames].map(async (name) => {
        const { summary, for: whom } = await readTemplate(name, '.');
        return {
          name,
          summary,
          examples: [{ written: `license: { use: [${name}] }` }],
          facts: [['for', whom] as const],
        };
      }),
    ),
});
