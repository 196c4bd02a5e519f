import { defineCommand, isSet } from '../definition.ts';

/** Where standard output is no terminal. */
const usualColumns = 80;

export const explainCommand = defineCommand({
  name: 'explain',
  summary:
    'Explain a transform, hierarchy, privacy model, measure, license term, failure code or the like; without a name, list all.',
  arguments: [
    {
      name: 'name',
      summary: 'what to explain, or the name of a group',
      optional: true,
      suggestions: async () => (await import('../../app/explain.ts')).explainable(),
    },
  ],
  options: [{ flags: '--json', summary: 'print as JSON' }],
  examples: [
    { command: 'anon explain mask', does: 'shows the options of the transform, and what it makes of examples' },
    { command: 'anon explain STALE', does: 'says what the code means, and what to do next' },
    { command: 'anon explain models', does: 'lists the privacy models, a sentence for each' },
  ],
  async run(invocation, terminal) {
    const { explain } = await import('../../app/explain.ts');
    const explained = await explain(invocation.arguments.name);
    const { explainedJson, renderExplained } = await import('../topics.ts');
    const width = Math.max(40, terminal.columns ?? usualColumns);
    await terminal.out(isSet(invocation, 'json') ? explainedJson(explained) : renderExplained(explained, width));
    return 0;
  },
});
