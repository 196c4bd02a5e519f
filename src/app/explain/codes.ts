import { failures } from '../../base/failures.ts';
import { remedies } from '../../base/remedies.ts';
import { defineTopics } from './definition.ts';

export const codeTopics = defineTopics({
  name: 'codes',
  one: 'code of a failure',
  summary: 'Why anon says no, or nothing.',
  topics: async () =>
    Object.entries(failures).map(([code, { exit, meaning }]) => {
      const next = (remedies as Readonly<Record<string, string | undefined>>)[code];
      return {
        name: code,
        summary: `${meaning[0]!.toUpperCase()}${meaning.slice(1)}.`,
        facts: [
          ['exit status', exit === 1 ? '1: the answer is no' : '2: there is no answer'],
          ...(next === undefined ? [] : [['what to do', next] as const]),
        ],
      };
    }),
});
