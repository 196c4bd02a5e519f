import { z } from 'zod';
import { measures } from '../search/measures/index.ts';
import { recodings } from './policy.ts';

export const searchOptions = z
  .strictObject({
    recoding: z
      .enum(recodings)
      .meta({ title: 'recoding' })
      .default('global')
      .describe('`global`: one level for all values of a field. `local`: each class has levels of its own.'),
    measure: z
      .enum(measures.names)
      .meta({ title: 'measure' })
      .default(measures.names[0]!)
      .describe('Information loss that is made least.'),
    budget: z
      .int()
      .min(1)
      .default(3_000_000_000)
      .describe(
        'Steps, of some 10 ns each, after which the best that was found is taken. Steps are counted, not timed: the same data gives the same levels.',
      ),
  })
  .prefault({})
  .describe('How the levels of hierarchies are chosen that the policy leaves open.');
