import { z } from 'zod';
import { defineModel } from './definition.ts';
import { atMost, stated } from './figures.ts';

export const uniqueness = defineModel({
  name: 'uniqueness',
  summary:
    'Few individuals are alone in their class. Where they are too many, as many as needed are suppressed, and no others.',
  source:
    'Dankar, El Emam, Neisa, Roffey, Estimating the re-identification risk of clinical data sets, BMC Medical Informatics and Decision Making 12:66, 2012 (sample uniqueness)',
  options: z.strictObject({
    max: z.number().min(0).lt(1).describe('Largest allowed share of individuals that are alone in their class.'),
  }),
  required: ({ max }) => ({ max }),
  // Some may be alone.
  least: () => 1,
  // It is no property of single classes.
  monotone: () => false,
  bind({ max }, classes) {
    const shareOf = (kept: Iterable<number>): number => {
      let alone = 0;
      let individuals = 0;
      for (const c of kept) {
        const size = classes.size(c);
        individuals += size;
        if (size === 1) alone++;
      }
      return individuals === 0 ? 0 : alone / individuals;
    };
    return {
      satisfied: () => true,
      // The smallest classes are those of one individual, as long as there are any.
      holds: (kept) => atMost(shareOf(kept), max),
      measure: (kept) => ({ max: stated(shareOf(kept)) }),
    };
  },
});
