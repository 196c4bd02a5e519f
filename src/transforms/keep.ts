import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { defineTransform, Numeral } from './definition.ts';

export const keep = defineTransform({
  name: 'keep',
  summary: 'Leave the value as it is, byte for byte.',
  options: z.strictObject({}),
  examples: [
    { input: 'female', output: 'female' },
    { input: '007', output: '007' },
  ],
  traits: {
    kinds: ['any'],
    reversible: 'yes',
    keeps: { format: 'yes', order: 'yes', uniqueness: 'yes', distribution: 'yes' },
  },
  effect: 'none',
  produces: (_, type) => type,
  bind: () => (cell) => (cell.kind === Kind.number ? new Numeral(cell.text) : cell.text),
});
