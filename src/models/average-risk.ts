import { z } from 'zod';
import { defineModel } from './definition.ts';
import { atMost, stated } from './figures.ts';

export const averageRisk = defineModel({
  name: 'average-risk',
  summary:
    'The risk of being recognized, 1 / class size, is small on average over all individuals. Where it is not, the smallest classes are suppressed.',
  source:
    'El Emam, Guide to the de-identification of personal health information, CRC Press, 2013, ch. 16 (average prosecutor risk)',
  options: z.strictObject({
    max: z.number().gt(0).lt(1).describe('Largest allowed average: classes / individuals.'),
  }),
  required: ({ max }) => ({ max }),
  // Classes of any size may stay beside larger ones.
  least: () => 1,
  // It is no property of single classes.
  monotone: () => false,
  bind({ max }, classes) {
    const riskOf = (kept: Iterable<number>): number => {
      let count = 0;
      let individuals = 0;
      for (const c of kept) {
        count++;
        individuals += classes.size(c);
      }
      return count === 0 ? 0 : count / individuals;
    };
    return {
      satisfied: () => true,
      // The smallest class is no larger than the mean, so without it the mean is no smaller.
      holds: (kept) => atMost(riskOf(kept), max),
      measure: (kept) => ({ max: stated(riskOf(kept)) }),
    };
  },
});
