import { z } from 'zod';
import { defineModel } from './definition.ts';
import { lowest } from './figures.ts';
import { populationOf } from './population.ts';

export const kMap = defineModel({
  name: 'k-map',
  summary:
    'Every individual shares its quasi-identifiers with at least k of a population (`privacy.population`), however few of them are in the data.',
  source:
    'Sweeney, Computational disclosure control: a primer on data privacy protection, MIT, 2001, k-map; El Emam, Dankar, Protecting privacy using k-anonymity, JAMIA 15(5), 2008',
  options: z.strictObject({
    k: z.int().min(2).describe('Smallest allowed class of the population, in individuals of it.'),
  }),
  population: true,
  required: ({ k }) => ({ k }),
  // One individual of the data may stand for any number of the population.
  least: () => 1,
  // The population of a joined class is that of its parts, and of classes that the data does not have.
  monotone: () => true,
  bind({ k }, classes) {
    const { size, individuals } = populationOf(classes);
    return {
      satisfied: (c) => size(c) >= k,
      measure: (kept) => ({ k: lowest(kept, size), population: individuals }),
    };
  },
});
