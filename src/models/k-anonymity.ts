import { z } from 'zod';
import { defineModel } from './definition.ts';
import { lowest } from './figures.ts';

export const kAnonymity = defineModel({
  name: 'k-anonymity',
  summary: 'Every individual shares its quasi-identifiers with at least k − 1 others.',
  source: 'Sweeney, k-anonymity: a model for protecting privacy, IJUFKS 10(5), 2002, definition 3',
  options: z.strictObject({ k: z.int().min(2).describe('Smallest allowed class, in individuals.') }),
  required: ({ k }) => ({ k }),
  // An individual has at least one record.
  least: ({ k }) => k,
  monotone: () => true,
  wildcards: true,
  bind({ k }, classes) {
    const size = classes.matching ?? ((c: number) => classes.size(c));
    return { satisfied: (c) => size(c) >= k, measure: (kept) => ({ k: lowest(kept, size) }) };
  },
});
