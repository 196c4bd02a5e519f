import { z } from 'zod';
import { defineModel } from './definition.ts';

export const kAnonymity = defineModel({
  name: 'k-anonymity',
  summary: 'Every individual shares its quasi-identifiers with at least k − 1 others.',
  source: 'Sweeney, k-anonymity: a model for protecting privacy, IJUFKS 10(5), 2002, definition 3',
  options: z.strictObject({ k: z.int().min(2).describe('Smallest allowed class, in individuals.') }),
  least: ({ k }) => k,
  monotone: () => true,
  required: ({ k }) => ({ k }),
  bind: ({ k }, classes) => ({
    satisfied: (c) => classes.size(c) >= k,
    measure(kept) {
      let least = Number.POSITIVE_INFINITY;
      for (const c of kept) least = Math.min(least, classes.size(c));
      return { k: Number.isFinite(least) ? least : 0 };
    },
  }),
});
