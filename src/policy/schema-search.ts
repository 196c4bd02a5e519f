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
      .default(20_000_000_000)
      .describe('With `global`: tuples that may be grouped before the best that was found is taken.'),
  })
  .prefault({})
  .describe('How the levels of hierarchies are chosen that the policy leaves open.');
