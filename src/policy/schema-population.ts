import { z } from 'zod';
import { inputSchema } from './schema-files.ts';

const populationSchema = z.strictObject({
  file: z.string().min(1).describe('Path, relative to the policy; plain or gzip.'),
  fields: z
    .record(z.string(), z.string().min(1))
    .prefault({})
    .describe('What quasi-identifiers, and the unit, are called in it, where that is not their name: `{ age: AGE }`.'),
  ...inputSchema.pick({
    format: true,
    'null-values': true,
    delimiter: true,
    dialect: true,
    header: true,
    records: true,
    encoding: true,
    decimal: true,
    thousands: true,
    'date-format': true,
  }).shape,
});

/** What models are told of those who might recognize somebody. */
export const attackerOptions = {
  population: populationSchema
    .optional()
    .describe(
      'A table of the population that the data was taken from, for `k-map` and `delta-presence`. What happens to quasi-identifiers happens to its values.',
    ),
  nulls: z
    .enum(['ordinary', 'wildcard'])
    .default('ordinary')
    .describe(
      'Quasi-identifiers that are null, or `*`: `ordinary` values, equal to their like alone, or `wildcard`: they match every value, for `k-anonymity`.',
    ),
};
