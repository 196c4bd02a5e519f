import { z } from 'zod';
import { defineModel } from './definition.ts';

export const lDiversity = defineModel({
  name: 'l-diversity',
  summary: 'Every class holds at least l distinct values of a sensitive field.',
  source: 'Machanavajjhala, Gehrke, Kifer, Venkitasubramaniam, l-Diversity: privacy beyond k-anonymity, ICDE 2006, §3',
  options: z.strictObject({
    l: z.int().min(2).describe('Fewest allowed distinct values in a class.'),
    variant: z.enum(['distinct']).default('distinct').describe('How diversity is counted.'),
    sensitive: z.string().min(1).describe('The sensitive field.'),
  }),
  sensitive: ({ sensitive }) => [{ field: sensitive, path: ['sensitive'] }],
  least: ({ l }) => l,
  monotone: ({ variant }) => variant === 'distinct',
  required: ({ l, variant, sensitive }) => ({ l, variant, sensitive }),
  bind: ({ l, sensitive }, classes) => ({
    satisfied: (c) => classes.histogram(sensitive, c).codes.length >= l,
    measure(kept) {
      let least = Number.POSITIVE_INFINITY;
      for (const c of kept) least = Math.min(least, classes.histogram(sensitive, c).codes.length);
      return { l: Number.isFinite(least) ? least : 0 };
    },
  }),
});
