import { fail } from '../../base/diagnostic.ts';
import { didYouMean } from '../../base/suggest.ts';
import type { JsonSchema } from './definition.ts';
import { schemas } from './index.ts';

/** The JSON Schema of the document of this name. Throws USAGE where there is none. */
export function findSchema(name: string): JsonSchema {
  const found = schemas.get(name);
  if (found !== undefined) return found.schema();
  throw fail('USAGE', `there is no schema of \`${name}\``, {
    hint: didYouMean(name, schemas.names) ?? `there are ${schemas.names.join(', ')}`,
  });
}
