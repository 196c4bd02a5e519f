import { z } from 'zod';
import { Kind } from '../table/column.ts';
import { defineTransform } from './definition.ts';

export const redact = defineTransform({
  name: 'redact',
  summary: 'Put the same fixed text, or no value, in the place of every value.',
  options: z.strictObject({
    with: z
      .union([z.string(), z.null()])
      .default(null)
      .describe('Text for every value; without it, no value: JSON `null`, in CSV an empty field.'),
  }),
  examples: [
    { input: 'Ada Lovelace', output: null },
    { options: { with: '[removed]' }, input: 'Ada Lovelace', output: '[removed]' },
  ],
  traits: {
    kinds: ['any'],
    reversible: 'no',
    keeps: { format: 'no', order: 'no', uniqueness: 'no', distribution: 'no' },
  },
  whole: true,
  // No value is one of every type.
  produces: (options, type) => (options.with === null ? type : 'string'),
  bind: (options) => () => options.with,
  bindBytes(options) {
    const text = Buffer.from(options.with ?? '');
    return (input, output) => {
      for (let i = 0; i < input.count; i++) {
        if (options.with === null) output.null();
        else output.copy(Kind.text, text, 0, text.length);
      }
    };
  },
});
