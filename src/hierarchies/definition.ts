import type { z } from 'zod';

/** From a value to its ancestors. Level 0 is the value itself, `height` the root. */
export interface Hierarchy {
  readonly height: number;
  /** The ancestor of `text` at `level` (0 … height), or null when the hierarchy does not know the value. */
  ancestor(text: string, level: number): string | null;
}

/** One way of building a hierarchy from options in the policy. */
export interface HierarchyDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly options: Schema;
  readonly examples: readonly {
    readonly options: unknown;
    readonly input: string;
    /** Labels at level 0, 1, … height. */
    readonly levels: readonly string[];
  }[];
  build(options: z.output<Schema>): Hierarchy;
}

export function defineHierarchy<Schema extends z.ZodType>(
  definition: HierarchyDefinition<Schema>,
): HierarchyDefinition<Schema> {
  return definition;
}
