import { z } from 'zod';
import { fail } from '../base/diagnostic.ts';
import type { Classes } from '../table/classes.ts';
import { defineModel } from './definition.ts';
import { atMost, highest, lowest, stated } from './figures.ts';
import { populationOf } from './population.ts';

export const deltaPresence = defineModel({
  name: 'delta-presence',
  summary:
    'The share of the population (`privacy.population`) that is in the data lies within bounds in every class, so that nobody learns who is in it.',
  source: 'Nergiz, Atzori, Clifton, Hiding the presence of individuals from shared databases, SIGMOD 2007, δ-presence',
  options: z.strictObject({
    min: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe(
        'Smallest allowed share. Above 0 each individual of the population must be in a class that is written, so that none is suppressed.',
      ),
    max: z
      .number()
      .gt(0)
      .max(1)
      .describe('Largest allowed share: individuals in the data / individuals in the population.'),
  }),
  check: ({ min, max }) =>
    min <= max ? [] : [{ path: ['min'], message: '`min` is above `max`', hint: 'write the smaller share first' }],
  population: true,
  partition: true,
  required: ({ min, max }) => ({ min, max }),
  // One individual of the data may stand among any number of the population.
  least: () => 1,
  // The share of a joined class lies between those of its parts: one that is too large, or too small, may spoil the whole.
  monotone: () => false,
  /**
   * Presence is asked of everybody in the population: those of a class without individuals of the data have share 0, as have those whose
   * class is suppressed.
   */
  bind({ min, max }, classes) {
    requireWithin(classes);
    const { size, individuals } = populationOf(classes);
    const share = (c: number): number => classes.size(c) / size(c);
    const absent = (kept: Iterable<number>): number => {
      let rest = individuals;
      for (const c of kept) rest -= size(c);
      return rest;
    };
    return {
      satisfied: (c) => atMost(min, share(c)) && atMost(share(c), max),
      // Suppression only makes more of the population absent.
      ...(min > 0 ? { holds: (kept: Iterable<number>) => absent(kept) === 0 } : {}),
      measure: (kept) => ({
        min: absent(kept) > 0 ? 0 : stated(lowest(kept, share)),
        max: stated(highest(kept, share)),
        population: individuals,
      }),
    };
  },
});

/** The model is about data that was taken out of the population. Throws a Failure where that cannot be. */
function requireWithin(classes: Classes): void {
  const { size } = populationOf(classes);
  let short = 0;
  for (let c = 0; c < classes.count; c++) if (classes.size(c) > size(c)) short++;
  if (short === 0) return;
  const what = short === 1 ? '1 class has' : `${short} classes have`;
  throw fail('POLICY-MEANING', `the population does not contain the data: ${what} fewer individuals in it`, {
    hint: 'give the table that the data was taken from, with the records of the data, written as they are there',
  });
}
