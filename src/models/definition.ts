import type { z } from 'zod';
import type { Hierarchy } from '../hierarchies/definition.ts';
import type { Classes } from '../table/classes.ts';
import type { OptionProblem } from '../transforms/definition.ts';

/** A privacy model bound to the classes of a table. */
export interface Criterion {
  /** Does class `c` satisfy the model? */
  satisfied(c: number): boolean;
  /**
   * For models of the whole table: do classes `kept` satisfy it together? Leaving out the class of fewest individuals never turns yes
   * into no, so the smallest classes are the ones to suppress; but for models that no suppression can satisfy, of which that is never
   * turned into yes.
   */
  holds?(kept: Iterable<number>): boolean;
  /** The value of the model's parameters that classes `kept` reach: what the manifest states as measured. */
  measure(kept: Iterable<number>): Record<string, number>;
}

/** What models may ask for. */
export interface ModelResources {
  /** A hierarchy of the policy by its name. */
  hierarchy(name: string): Hierarchy;
}

export interface ModelDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  /** Author, title, venue, year and where in it the definition stands. */
  readonly source: string;
  readonly options: Schema;
  /** Options that do not go together. */
  check?(options: z.output<Schema>): readonly OptionProblem[];
  /** Fields whose values the model needs in each class. `path` leads to the name within the options. */
  sensitive?(options: z.output<Schema>): readonly { readonly field: string; readonly path: readonly string[] }[];
  /** Compares with a table of the population: `classes.population` is there. */
  readonly population?: boolean;
  /** Asks which class somebody of the population is in: it must be one at most, so that labels of classes must not overlap. */
  readonly partition?: boolean;
  /** Has a meaning where nulls match every value: all that it asks is that a class match `least`, if `classes.matching` is there. */
  readonly wildcards?: boolean;
  /** Hierarchies of the policy that the model asks for. */
  hierarchies?(options: z.output<Schema>): readonly { readonly name: string; readonly path: readonly string[] }[];
  /** What the manifest states as required. */
  required(options: z.output<Schema>): Record<string, number | string>;
  /** No class of fewer records satisfies the model. */
  least(options: z.output<Schema>): number;
  /** Where two classes are joined and one of them satisfies the model, the whole does. */
  monotone(options: z.output<Schema>): boolean;
  /** Throws a Failure when the data holds values that the options have no place for. */
  bind(options: z.output<Schema>, classes: Classes, resources: ModelResources): Criterion;
}

export function defineModel<Schema extends z.ZodType>(definition: ModelDefinition<Schema>): ModelDefinition<Schema> {
  return definition;
}
