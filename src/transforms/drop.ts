import { z } from 'zod';
import { defineTransform } from './definition.ts';

export const drop = defineTransform({
  name: 'drop',
  summary: 'Leave the field out: a CSV column with its name, a JSON member with its key.',
  options: z.strictObject({}),
  examples: [{ input: 'Ada Lovelace', output: null, note: 'the field itself is gone' }],
  traits: {
    kinds: ['any'],
    reversible: 'no',
    keeps: { format: 'no', order: 'no', uniqueness: 'no', distribution: 'no' },
  },
  effect: 'drop',
  whole: true,
  bind: () => () => null,
});
