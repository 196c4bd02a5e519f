import { z } from 'zod';
import type { Registry } from '../base/registry.ts';
import { formats } from '../formats/index.ts';
import type { HierarchyDefinition } from '../hierarchies/definition.ts';
import { hierarchies } from '../hierarchies/index.ts';
import { licenseOptionsSchema } from '../license/options.ts';
import type { ModelDefinition } from '../models/definition.ts';
import { models } from '../models/index.ts';
import { fieldTypes, type TransformDefinition } from '../transforms/definition.ts';
import { transforms } from '../transforms/index.ts';
import { conditionSchema } from './conditions.ts';
import { normalizations, orphanRules, roles } from './policy.ts';
import { inputSchema, splitSchema } from './schema-files.ts';
import { attackerOptions } from './schema-population.ts';
import { searchOptions } from './schema-search.ts';
import { undecided } from './undecided.ts';

/** The definitions that a policy may name. */
export interface Registries {
  readonly transforms: Registry<TransformDefinition>;
  readonly models: Registry<ModelDefinition>;
  readonly hierarchies: Registry<HierarchyDefinition>;
}

export const builtIn: Registries = { transforms, models, hierarchies };

/** A definition of a registry with its parsed options. */
export interface Chosen<D> {
  readonly definition: D;
  readonly options: unknown;
}

export type PolicySchema = ReturnType<typeof buildSchema>;
/** The sections of a policy as they come out of their schemas. */
export type Sections = z.output<PolicySchema>;
export type FieldOptions = NonNullable<Sections['fields']>[string];

/**
 * The whole policy. The parser and the JSON Schema for editors are both read off it; what takes more than one value to see is
 * checked by `checkMeaning`.
 */
export function policySchema(registries: Registries): PolicySchema {
  const schema = schemas.get(registries) ?? buildSchema(registries);
  schemas.set(registries, schema);
  return schema;
}

const schemas = new WeakMap<Registries, PolicySchema>();

function buildSchema(registries: Registries) {
  const table = tableOf(registries);
  return z
    .strictObject({
      policy: z.literal('anon/v1').describe('Version of the policy language.'),
      name: text.describe('Name of this policy; goes into the manifest.'),
      version: text.describe('Version of this policy, in quotes; goes into the manifest.'),
      keys: z
        .record(name, keyReference)
        .prefault({})
        .describe('Where keys come from: references only, never a key itself.'),
      reproducible: z
        .union([z.boolean(), z.strictObject({ key: reference.describe('Name in `keys`.') })])
        .default(false)
        .describe('Random transforms repeat for the same key, policy and input. `true` takes the only key.'),
      defaults: defaults.prefault({}).describe('Rules for all fields.'),
      domains: z
        .record(name, domain)
        .prefault({})
        .describe('The same input gives the same output wherever a domain is used.'),
      hierarchies: z
        .record(name, hierarchyOf(registries.hierarchies.all))
        .prefault({})
        .describe('From a value to ever more general ones.'),
      input: table.shape.input,
      fields: table.shape.fields.optional(),
      sample: table.shape.sample,
      privacy: table.shape.privacy,
      tables: z
        .record(tableName, table)
        .optional()
        .meta({ minProperties: 1 })
        .describe('In place of `input`, `fields`, `sample` and `privacy`: these for each of several tables, by name.'),
      checks: z
        .strictObject({
          leak: z
            .enum(['fail', 'report'])
            .default('fail')
            .describe('What happens when values of identifier fields are found in the output.'),
        })
        .prefault({})
        .describe('Checks of the written output.'),
      license: licenseOptionsSchema.optional().describe('Terms of the license that goes with the data.'),
      output: output.prefault({}).describe('How the output is written.'),
    })
    .meta({ title: 'anon policy', oneOf: [{ required: ['fields'] }, { required: ['tables'], not: besideTables }] });
}

/** What one table of a policy has of its own. */
function tableOf(registries: Registries) {
  return z.strictObject({
    input: inputSchema.prefault({}).describe('How the input is read.'),
    fields: z
      .record(z.string(), fieldOf(registries.transforms.all))
      .meta({ minProperties: 1 })
      .describe('Every field of the data: by column name, glob (`*_name`), or JSON path (`$.a.b[*].c`).'),
    sample: sample.optional().describe('Release some of the records only. Default: all.'),
    privacy: privacyOf(registries.models.all).optional().describe('What the output must satisfy.'),
  });
}

/** JSON Schema, draft 2020-12, for editors: accepts every policy that the parser accepts. */
export function policyJsonSchema(registries: Registries = builtIn): object {
  const schema = z.toJSONSchema(policySchema(registries), { io: 'input', unrepresentable: 'any', reused: 'inline' });
  const { $schema, ...rest } = schema;
  return { $schema, $id: 'urn:anon:policy:v1:schema', ...rest };
}

const text = z.string().min(1).max(200);
const name = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/)
  .describe('Letters, digits, `_`, `.` and `-`, beginning with a letter.');
/** Without dots: `patients.patient_id` is a field of a table. Also the name of the data file. */
const tableName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
  .describe('Letters, digits, `_` and `-`, beginning with a letter.');
const besideTables = { anyOf: ['input', 'sample', 'privacy'].map((section) => ({ required: [section] })) };
const reference = z.string().min(1);

const keyReference = z.union([
  z.strictObject({ file: z.string().min(1).describe('Path, relative to the policy; `~/` is the home directory.') }),
  z.strictObject({
    env: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .describe('Name of an environment variable.'),
  }),
  z.strictObject({
    exec: z.array(z.string().min(1)).min(1).describe('A command and its arguments; runs only with --allow-exec.'),
  }),
]);

const nulls = z.enum(['keep', 'transform', 'reject']).describe('What happens to values that are null.');
const invalid = z.enum(['reject', 'redact']).describe('What happens to a value that the transform cannot read.');

const defaults = z.strictObject({
  unlisted: z
    .enum(['reject', 'drop', 'redact', 'keep'])
    .default('reject')
    .describe('What happens to fields that the policy does not name. `keep` also needs --allow-unlisted.'),
  nulls: nulls.default('keep'),
  invalid: invalid.default('reject'),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/)
    .default('en')
    .describe('Language tag of made-up values.'),
});

const domain = z.strictObject({
  key: reference.describe('Name in `keys`.'),
  normalize: z
    .array(z.enum(normalizations).meta({ title: 'normalization' }))
    .default([])
    .describe('Done to a value, in this order, before it is keyed.'),
  scope: z.enum(['licensee', 'global']).default('licensee').describe('`licensee`: other licensees get other tokens.'),
});

const sample = z
  .strictObject({
    share: z.number().gt(0).lt(1).optional().describe('Probability with which each record, or individual, stays.'),
    records: z
      .int()
      .min(1)
      .optional()
      .describe('In place of `share`: exactly so many records, or all if there are fewer.'),
    per: reference
      .optional()
      .describe('Field whose equal values make records stay or go together. Default: the unit of `privacy`.'),
  })
  .refine(({ share, records }) => (share === undefined) !== (records === undefined), {
    error: 'a sample has either a `share` or a number of `records`',
  });

const output = z.strictObject({
  format: z
    .enum(['same', ...formats.names])
    .default('same')
    .describe('Format of the data files; `same` is that of the input. A table takes fields with one value only.'),
  encoding: z
    .enum(['same', 'utf-8'])
    .default('same')
    .describe('Encoding of the output: that of the input, or UTF-8, which has every character.'),
  compress: z.enum(['none', 'gzip']).default('none').describe('Compression of the data files.'),
  level: z.int().min(1).max(9).optional().describe('How hard gzip tries: 1 is fast, 9 makes it smallest. Default: 6.'),
  order: z
    .enum(['same', 'shuffled'])
    .default('same')
    .describe(
      'Order of the records: that of the input, or a random one within each file, as a file in order of time tells the time of its records.',
    ),
  split: splitSchema.optional().describe('Write several files: a new one begins before one would be larger than this.'),
  sign: z
    .union(keyReference.options.slice(0, 2))
    .optional()
    .describe('Where the key that signs the license comes from.'),
});

function fieldOf(definitions: readonly TransformDefinition[]) {
  const one = z.union([wordOf(definitions), oneOf('transform', definitions)]);
  const steps = z.union([...one.options, z.array(one).min(1)]);
  return z.strictObject({
    role: z.enum(roles).meta({ title: 'role' }).describe('What the field tells about a person.'),
    type: z.enum(fieldTypes).meta({ title: 'type' }).optional().describe('What the values are. Default: text.'),
    transform: steps.describe('What happens to the values: one transform, or a list done in order.'),
    when: conditionSchema
      .optional()
      .describe(
        '`transform` is for values whose record meets this condition alone; `else` says what happens to others.',
      ),
    else: steps.optional().describe('What happens to the values of records that do not meet `when`.'),
    nulls: nulls.optional(),
    invalid: invalid.optional(),
    references: reference
      .optional()
      .describe('`TABLE.FIELD` of another table: the values that are written must stand among those that it writes.'),
    'on-orphan': z
      .enum(orphanRules)
      .optional()
      .describe(
        'With `references`: leave records out whose value does not (`drop`, the default), fail, or report them.',
      ),
  });
}

function privacyOf(definitions: readonly ModelDefinition[]) {
  return z.strictObject({
    unit: reference.optional().describe('Field that names the individual. Default: one record is one individual.'),
    models: z.array(oneOf('model', definitions)).min(1).describe('Models that must all hold.'),
    ...attackerOptions,
    'on-violation': z
      .enum(['drop', 'fail'])
      .default('drop')
      .describe('Drop the records of individuals in classes that violate a model, or fail.'),
    'max-suppression': z.number().min(0).max(1).default(0.05).describe('Largest share of records that may be dropped.'),
    search: searchOptions,
  });
}

/** Hierarchies are told apart by the option that bears the definition's name. */
function hierarchyOf(definitions: readonly HierarchyDefinition[]) {
  return z
    .union(
      definitions.map((definition) =>
        definition.options
          .transform((options): Chosen<HierarchyDefinition> => ({ definition, options }))
          .describe(definition.summary),
      ),
    )
    .meta({ title: 'hierarchy' });
}

/** `drop`: the definitions that need no options, by their name alone, and `reject`. */
function wordOf(definitions: readonly TransformDefinition[]) {
  const words = [...definitions.filter((definition) => definition.options.safeParse({}).success), undecided];
  return z
    .enum(words.map((definition) => definition.name))
    .meta({ title: 'transform' })
    .transform((word): Chosen<TransformDefinition> => {
      const definition = words.find((candidate) => candidate.name === word)!;
      return { definition, options: definition.options.parse({}) };
    });
}

/** `{ mask: { … } }`: a map with one key, the name of a definition, and its options. */
function oneOf<D extends TransformDefinition | ModelDefinition>(title: string, definitions: readonly D[]) {
  const shape = Object.fromEntries(
    definitions.map((definition) => [definition.name, definition.options.optional().describe(definition.summary)]),
  );
  return z
    .strictObject(shape)
    .refine((value) => Object.keys(value).length === 1, { error: `write one ${title} here; a list takes several` })
    .meta({ title, minProperties: 1, maxProperties: 1 })
    .transform((value): Chosen<D> => {
      const [[word, options]] = Object.entries(value) as [[string, unknown]];
      return { definition: definitions.find((definition) => definition.name === word)!, options };
    });
}
