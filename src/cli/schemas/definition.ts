import { z } from 'zod';
import { durationForm, instantForm } from '../../base/time.ts';
import { duration, fixedDuration, instant } from '../../license/values.ts';

/** A document that anon reads or writes, for the programs of others. */
export interface SchemaDefinition {
  /** `statement`. */
  readonly name: string;
  /** One sentence: what it is, and where it stands. */
  readonly summary: string;
  /** JSON Schema, draft 2020-12, of all that is accepted; every member has a description. */
  schema(): JsonSchema;
}

export type JsonSchema = z.core.JSONSchema.JSONSchema;

interface Document {
  readonly name: string;
  readonly summary: string;
  readonly shape: z.ZodType;
  /**
   * What each member means that the shape does not describe itself, by its path: `subject[].digest` of elements, `principals.*.keys` of
   * members whose names are free, `event(decision)` of the alternative whose `type` that is. Apart from the shape, which every run of
   * `verify` has to load. `''`: what readers check of the whole, beyond the schema.
   */
  readonly words: Words;
}

export type Words = Readonly<Record<string, string>>;

/** The schema is read off the shape. Its `schema` throws an Error for a member without a word and a word without a member: defects. */
export function defineDocument({ name, summary, shape, words }: Document): SchemaDefinition {
  return {
    name,
    summary,
    schema() {
      const { $schema, ...rest } = z.toJSONSchema(shape, {
        io: 'input',
        unrepresentable: 'any',
        reused: 'inline',
        override: ({ zodSchema, jsonSchema }) => {
          const form = forms.get(zodSchema);
          if (form !== undefined) Object.assign(jsonSchema, form);
        },
      });
      const used = new Set<string>();
      const described = withWord(rest as JsonSchema, '', { words, used });
      const unused = Object.keys(words).filter((path) => !used.has(path));
      if (unused.length > 0) throw new Error(`${name} has no member ${unused.join(', ')}`);
      const description = [summary, described.description ?? []].flat().join(' ');
      return {
        $schema: $schema!,
        $id: `urn:anon:${name}:v1:schema`,
        title: `anon ${name.replace('-', ' ')}`,
        ...described,
        description,
      };
    },
  };
}

/** The same words for a part that stands in several places. */
export function under(path: string, words: Words): Words {
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [`${path}.${name}`, word]));
}

/** What zod checks with a function: the pattern is that of the function, which also asks that there be such a time. */
const forms = new Map<unknown, JsonSchema>([
  [instant, { format: 'date-time', pattern: instantForm.source }],
  [duration, { format: 'duration', pattern: durationForm.source }],
  [fixedDuration, { format: 'duration', pattern: durationForm.source }],
]);

interface Dictionary {
  readonly words: Words;
  /** Paths whose word was needed. */
  readonly used: Set<string>;
}

function withWord(schema: JsonSchema, path: string, dictionary: Dictionary): JsonSchema {
  // What alternatives share is said once: `event.license` for `event(decision).license`.
  const known = [path, path.replace(/\([^)]*\)\./, '.')].find((at) => dictionary.words[at] !== undefined);
  if (known !== undefined) dictionary.used.add(known);
  return { ...(known !== undefined && { description: dictionary.words[known]! }), ...inside(schema, path, dictionary) };
}

function inside(schema: JsonSchema, path: string, dictionary: Dictionary): JsonSchema {
  const part = (member: unknown, at: string): JsonSchema => withWord(member as JsonSchema, at, dictionary);
  const { properties, items, additionalProperties, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => {
          const at = path === '' ? name : `${path}.${name}`;
          const described = part(member, at);
          if (described.description === undefined) throw new Error(`nothing says what ${at} means`);
          return [name, described];
        }),
      ),
    }),
    ...(items && { items: part(items, `${path}[]`) as JsonSchema & object[] }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: part(additionalProperties, `${path}.*`) }),
    ...(anyOf && { anyOf: anyOf.map((one) => inside(one as JsonSchema, path, dictionary)) }),
    ...(oneOf && { oneOf: oneOf.map((one) => part(one, `${path}(${typeOf(one as JsonSchema)})`)) }),
  };
}

function typeOf({ properties }: JsonSchema): string {
  return String((properties?.type as JsonSchema | undefined)?.const);
}
