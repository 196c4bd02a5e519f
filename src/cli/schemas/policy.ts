import { policyJsonSchema } from '../../policy/schema.ts';
import type { JsonSchema, SchemaDefinition } from './definition.ts';

export const policy: SchemaDefinition = {
  name: 'policy',
  summary: 'A policy, for editors.',
  schema: () => policyJsonSchema() as JsonSchema,
};
