import { pitmanUniques } from './pitman.ts';
import type { SizeFrequencies } from './size-frequencies.ts';
import { snbUniques } from './slide-negative-binomial.ts';
import { zayatzUniques } from './zayatz.ts';

/** Sampling fraction up to which Pitman's model was the most accurate in the study. */
const pitmanFraction = 0.1;

/** Individuals estimated to be unique in the population; null where a model has no estimate for these classes. */
export interface PopulationUniqueness {
  /** Individuals in the population. */
  readonly population: number;
  readonly samplingFraction: number;
  readonly zayatz: number | null;
  readonly pitman: number | null;
  readonly snb: number | null;
  /** The model that the rule chooses. */
  readonly model: 'zayatz' | 'pitman' | 'snb';
  /** Its estimate. */
  readonly uniques: number;
  /** Its estimate / population. */
  readonly share: number;
}

/**
 * Population uniques by three models, and by the rule of Dankar, El Emam, Neisa and Roffey, Estimating the re-identification risk of
 * clinical data sets, BMC Medical Informatics and Decision Making 12:66, 2012: up to a sampling fraction of 0.1 Pitman's, above it the
 * smaller of Zayatz's and SNB's. Where the chosen model has no estimate, Zayatz's, which always has one.
 */
export function populationUniqueness(sample: SizeFrequencies, population: number): PopulationUniqueness {
  const zayatz = sample.individuals === 0 ? 0 : zayatzUniques(sample, population);
  const pitman = pitmanUniques(sample, population);
  const snb = snbUniques(sample, population);
  const samplingFraction = sample.individuals / population;
  const chosen = (): readonly ['zayatz' | 'pitman' | 'snb', number] => {
    if (samplingFraction <= pitmanFraction && pitman !== null) return ['pitman', pitman];
    if (samplingFraction > pitmanFraction && snb !== null && snb < zayatz) return ['snb', snb];
    return ['zayatz', zayatz];
  };
  const [model, uniques] = chosen();
  return { population, samplingFraction, zayatz, pitman, snb, model, uniques, share: uniques / population };
}
