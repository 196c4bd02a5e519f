import { highest, lowest } from '../models/figures.ts';
import type { Classes, PopulationClasses } from '../table/classes.ts';
import type { Measurement } from './measures.ts';

/** What is stated of the classes in a table of the population. */
export function populationFigures(
  classes: Classes,
  population: PopulationClasses,
): NonNullable<Measurement['populationTable']> {
  const { individuals, size } = population;
  const all = Array.from({ length: classes.count }, (_, c) => c);
  const outside = all.reduce((sum, c) => sum + Math.max(0, classes.size(c) - size(c)), 0);
  const share = (c: number) => classes.size(c) / size(c);
  const covered = all.reduce((sum, c) => sum + size(c), 0);
  return {
    individuals,
    k: lowest(all, sizeAtLeast(classes, population)),
    outside,
    presence: outside > 0 ? null : { min: covered < individuals ? 0 : lowest(all, share), max: highest(all, share) },
  };
}

/** Sizes in the population, where a class has at least the individuals that the data shows. */
export function sizeAtLeast(classes: Classes, { size }: PopulationClasses): (c: number) => number {
  return (c) => Math.max(size(c), classes.size(c));
}
