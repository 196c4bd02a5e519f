import type { z } from 'zod';
import { type Column, type ColumnBuffer, Kind, textAt } from '../table/column.ts';

/** From a value to its ancestors. Level 0 is the value itself, `height` the root. */
export interface Hierarchy {
  readonly height: number;
  /** What its values are, where it knows: codes, whose characters count, or amounts. */
  readonly of?: 'codes' | 'numbers';
  /** All values that the hierarchy knows, where it lists them; one that is built by rule knows more than could be listed. */
  readonly domain?: readonly string[];
  /** The ancestor of `text` at `level` (0 … height), or null when the hierarchy does not know the value. */
  ancestor(text: string, level: number): string | null;
  /** The same on bytes, for one level: equal to `ancestor` value for value. */
  ancestorBytes?(level: number): WriteAncestors;
}

/** Writes the ancestor of each value of `input`, whatever its kind: text, or invalid where the hierarchy does not know it. */
export type WriteAncestors = (input: Column, output: ColumnBuffer) => void;

/** A level that is chosen when the data has been seen. Until then it is 0: the values themselves. */
export interface LevelChoice {
  readonly hierarchy: Hierarchy;
  /** Levels from `lowest` to `highest` may be chosen. */
  readonly lowest: number;
  readonly highest: number;
  /** What the field counts in the measure of information loss, against 1 for the others. */
  readonly weight: number;
  level: number;
  /** Where each record has a level of its own: that of a record of the input, by its number from 0. In place of `level`. */
  levelOf?: ((record: number) => number) | undefined;
}

/** The root's label wherever a hierarchy is built by rule. */
export const root = '*';

/** One way of building a hierarchy from options in the policy. */
export interface HierarchyDefinition<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly options: Schema;
  readonly examples: readonly {
    readonly options: unknown;
    /** Texts of the files that the options name. */
    readonly files?: Readonly<Record<string, string>>;
    readonly input: string;
    /** Labels at level 0, 1, … height. */
    readonly levels: readonly string[];
  }[];
  /** For hierarchies that can be written where they are used. */
  readonly inline?: InlineForm<z.output<Schema>>;
  /** Files that `build` reads, relative to the policy. */
  files?(options: z.output<Schema>): readonly string[];
  /** `file` gives the bytes of one of `files`. Throws a Failure where a file does not make a hierarchy. */
  build(options: z.output<Schema>, file: (path: string) => Buffer): Hierarchy;
}

/**
 * How a hierarchy of one level between value and root is written where it is used: `{ date: year }`, a value under the hierarchy's
 * name.
 */
export interface InlineForm<Options> {
  /** Of the value. */
  readonly schema: z.ZodType;
  /** The hierarchy's options for a value that `schema` gave out. */
  options(value: unknown): Options;
  readonly examples: readonly {
    readonly value: unknown;
    readonly input: string | number;
    readonly output: string;
    readonly note?: string;
  }[];
}

export function inlineForm<Schema extends z.ZodType, Options>(
  schema: Schema,
  options: (value: z.output<Schema>) => Options,
  examples: InlineForm<Options>['examples'],
): InlineForm<Options> {
  // What the schema gives out is all that comes in.
  return { schema, options: (value) => options(value as z.output<Schema>), examples };
}

export function defineHierarchy<Schema extends z.ZodType>(
  definition: HierarchyDefinition<Schema>,
): HierarchyDefinition<Schema> {
  return definition;
}

/** What writes ancestors at `level`: the hierarchy's own byte form, or `ancestor` on decoded text. */
export function ancestorWriter(hierarchy: Hierarchy, level: number): WriteAncestors {
  return (
    hierarchy.ancestorBytes?.(level) ??
    ((input, output) => {
      for (let i = 0; i < input.count; i++) {
        const label = hierarchy.ancestor(textAt(input, i), level);
        if (label === null) output.invalid();
        else output.text(Kind.text, label);
      }
    })
  );
}

/** Level 0: the values that `known` accepts, as they stand. */
export function writeKnown(known: (bytes: Buffer, from: number, to: number) => boolean): WriteAncestors {
  return (input, output) => {
    for (let i = 0; i < input.count; i++) {
      const from = input.start[i]!;
      const to = input.end[i]!;
      if (known(input.bytes, from, to)) output.copy(Kind.text, input.bytes, from, to);
      else output.invalid();
    }
  };
}

/** The highest level: the root for the values that `known` accepts. */
export function writeRoot(known: (bytes: Buffer, from: number, to: number) => boolean): WriteAncestors {
  return (input, output) => {
    for (let i = 0; i < input.count; i++) {
      if (known(input.bytes, input.start[i]!, input.end[i]!)) output.text(Kind.text, root);
      else output.invalid();
    }
  };
}
