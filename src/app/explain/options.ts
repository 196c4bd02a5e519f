import { z } from 'zod';
import type { TopicOption } from './definition.ts';
import { written } from './written.ts';

/** The options of a schema, and those of an option that is a map, one level deep. None where the schema is no object. */
export function optionsOf(options: z.ZodType): TopicOption[] {
  return membersOf(schemaOf(options), '').flatMap(([option, member]) => [
    option,
    ...membersOf(member, `${option.name}.`).map(([inner]) => inner),
  ]);
}

/** The JSON Schema of what is written in a policy. */
export function schemaOf(options: z.ZodType): Schema {
  return z.toJSONSchema(options, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;
}

/** What of a JSON Schema is shown. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

function membersOf({ properties = {}, required = [] }: Schema, prefix: string): [TopicOption, Schema][] {
  return Object.entries(properties).map(([name, member]) => {
    const words = wordsOf(member);
    const option: TopicOption = {
      name: prefix + name,
      type: typeOf(member),
      required: required.includes(name) && member.default === undefined,
      ...(member.default === undefined ? {} : { default: written(member.default) }),
      does: member.description ?? '',
      ...(words.length === 0 ? {} : { words }),
    };
    return [option, member];
  });
}

function typeOf({ type, const: only, enum: words, items, anyOf }: Schema): string {
  if (only !== undefined) return written(only);
  if (words !== undefined) return 'word';
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeOf))].join(' or ');
  if (items !== undefined) return `list of ${typeOf(items)}`;
  return [type ?? 'any']
    .flat()
    .map((one) => typeNames[one] ?? one)
    .join(' or ');
}

const typeNames: Readonly<Record<string, string>> = { string: 'text', object: 'map', null: 'null' };

function wordsOf({ enum: words, items, anyOf = [] }: Schema): string[] {
  if (words !== undefined) return words.map(written);
  if (items !== undefined) return wordsOf(items);
  return anyOf.flatMap(wordsOf);
}
