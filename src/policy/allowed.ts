import type { z } from 'zod';
import type { PathInPolicy } from './policy.ts';

/** What a schema allows at one place, over all ways to write it. */
export interface Allowed {
  /** Keys of a map. */
  readonly keys: readonly string[];
  /** Fixed words. */
  readonly words: readonly string[];
  /** What the keys or words are called. */
  readonly title: string | undefined;
  readonly description: string | undefined;
}

/** Read off `schema` what may stand at `path` within its input. */
export function allowedAt(schema: z.ZodType, path: PathInPolicy): Allowed {
  let here = ways(schema);
  for (const step of path) here = here.flatMap((way) => inner(way.schema, step)).flatMap((next) => ways(next));
  return {
    keys: [...new Set(here.flatMap(({ schema }) => Object.keys(def(schema).shape ?? {})))],
    words: [
      ...new Set(
        here.flatMap(({ schema }) => Object.values(def(schema).entries ?? def(schema).values ?? {})).map(String),
      ),
    ],
    title: here.find((way) => way.title !== undefined)?.title,
    description: here.find((way) => way.description !== undefined)?.description,
  };
}

interface Way {
  readonly schema: z.ZodType;
  readonly title: string | undefined;
  readonly description: string | undefined;
}

/** What of `data` can be read by itself when it cannot be read as a whole: the members of a map that stand on their own. */
export function readableParts<T>(schema: z.ZodType<T>, data: unknown): Partial<T> {
  const parts: Record<string, unknown> = {};
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return parts as Partial<T>;
  for (const way of ways(schema)) {
    for (const [name, member] of Object.entries(def(way.schema).shape ?? {})) {
      const value = Object.hasOwn(data, name) ? (data as Record<string, unknown>)[name] : undefined;
      const result = member.safeParse(value);
      if (result.success) parts[name] = result.data;
    }
  }
  return parts as Partial<T>;
}

/** The parts of zod's schema definitions that lead inwards. */
interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly items?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/** zod types each kind of definition by itself; here any of their parts may be there or not. */
function def(schema: z.ZodType): Def {
  return schema.def as unknown as Def;
}

/** The schema without wrappers, each member of a union; what a wrapper says about itself goes before what is inside. */
function ways(schema: z.ZodType, outer?: Way): Way[] {
  const { innerType, options, in: input } = def(schema);
  const meta = schema.meta();
  const way = {
    schema,
    title: outer?.title ?? meta?.title,
    description: outer?.description ?? meta?.description,
  };
  const within = options ?? (innerType ? [innerType] : input ? [input] : undefined);
  return within === undefined ? [way] : within.flatMap((next) => ways(next, way));
}

function inner(schema: z.ZodType, step: string | number): z.ZodType[] {
  const { shape, element, items, valueType } = def(schema);
  if (typeof step === 'number') return [items?.[step] ?? element].filter((found) => found !== undefined);
  return [shape && Object.hasOwn(shape, step) ? shape[step] : valueType].filter((found) => found !== undefined);
}
