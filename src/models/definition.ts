import type { z } from 'zod';
import type { Classes } from '../table/classes.ts';

/** A privacy model bound to the classes of a table. */
export interface Criterion {
  /** Does class `c` satisfy the model? */
  satisfied(c: number): boolean;
  /** The value of the model's parameters that classes `kept` reach: what the manifest states as measured. */
  measure(kept: Iterable<number>): Record<string, number>;
}

export interface ModelDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  /** Author, title, venue, year and where in it the definition stands. */
  readonly source: string;
  readonly options: Schema;
  /** Fields whose values the model needs in each class. `path` leads to the name within the options. */
  sensitive?(options: z.output<Schema>): readonly { readonly field: string; readonly path: readonly string[] }[];
  /** No class of fewer individuals satisfies the model. Default: 1. */
  least?(options: z.output<Schema>): number;
  /** When classes are joined of which one satisfies the model, the whole does. Default: it may not. */
  monotone?(options: z.output<Schema>): boolean;
  /** What the manifest states as required. */
  required(options: z.output<Schema>): Record<string, number | string>;
  bind(options: z.output<Schema>, classes: Classes): Criterion;
}

export function defineModel<Schema extends z.ZodType>(definition: ModelDefinition<Schema>): ModelDefinition<Schema> {
  return definition;
}
