import { z } from 'zod';
import { defineModel } from './definition.ts';
import { atMost, highest, stated } from './figures.ts';

export const betaLikeness = defineModel({
  name: 'beta-likeness',
  summary: 'In no class is a value of a sensitive field much more frequent than in all records, relative to that.',
  source:
    'Cao, Karras, Publishing microdata with a robust privacy guarantee, PVLDB 5(11), 2012, basic and enhanced β-likeness',
  options: z.strictObject({
    beta: z.number().gt(0).describe('Largest gain of a frequency p in a class over q in all records: (p − q) / q.'),
    variant: z
      .enum(['basic', 'enhanced'])
      .default('enhanced')
      .describe('`enhanced` bounds the gain of frequent values further: by −ln q.'),
    sensitive: z.string().min(1).describe('The sensitive field.'),
  }),
  sensitive: ({ sensitive }) => [{ field: sensitive, path: ['sensitive'] }],
  required: ({ beta, variant, sensitive }) => ({ beta, variant, sensitive }),
  // A gain of 1 / q − 1 may be allowed, and then a record alone may stay.
  least: () => 1,
  // A value that gains too much in one part may still gain too much in the whole.
  monotone: () => false,
  bind({ beta, variant, sensitive }, classes) {
    const { counts: all, total } = classes.distribution(sensitive);
    const enhanced = variant === 'enhanced';

    /** Calls `each` with the gain of every value that gains, and how often it occurs in all records. */
    function gains(c: number, each: (gain: number, count: number) => void): void {
      const { codes, counts } = classes.histogram(sensitive, c);
      const records = classes.records(c);
      for (let i = 0; i < codes.length; i++) {
        const count = all[codes[i]!]!;
        // p / q − 1 as a quotient of whole numbers: exact where it is zero.
        const gain = (counts[i]! * total - count * records) / (count * records);
        if (gain > 0) each(gain, count);
      }
    }

    return {
      satisfied(c) {
        let fine = true;
        gains(c, (gain, count) => {
          const limit = enhanced ? Math.min(beta, Math.log(total / count)) : beta;
          if (!atMost(gain, limit)) fine = false;
        });
        return fine;
      },
      measure(kept) {
        const most = (c: number): number => {
          let largest = 0;
          gains(c, (gain) => {
            largest = Math.max(largest, gain);
          });
          return largest;
        };
        return { beta: stated(highest(kept, most)) };
      },
    };
  },
});
