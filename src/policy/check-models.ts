import type { ModelDefinition } from '../models/definition.ts';
import type { Report } from './check-groups.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';

type Models = readonly Chosen<ModelDefinition>[];

/** What is known of the rest of the policy. */
interface Known {
  /** Does the field exist, with one value in a record? Reports it when not. */
  single(field: string, place: PathInPolicy): boolean;
  /** Message and hint where there is no such hierarchy. */
  unknownHierarchy(name: string): [string, string] | undefined;
}

/** Options of models that do not go together, and what models name elsewhere in the policy. */
export function checkModels(
  models: Models,
  fields: ReadonlyMap<string, Partial<FieldOptions>>,
  error: Report,
  known: Known,
): void {
  models.forEach(({ definition, options }, i) => {
    const base = ['privacy', 'models', i, definition.name];
    for (const { path, message, hint } of definition.check?.(options) ?? []) error([...base, ...path], message, hint);
    for (const { name, path } of definition.hierarchies?.(options) ?? []) {
      const problem = known.unknownHierarchy(name);
      if (problem !== undefined) error([...base, ...path], ...problem);
    }
    for (const { field, path } of definition.sensitive?.(options) ?? []) {
      const place = [...base, ...path];
      if (!known.single(field, place)) continue;
      const role = fields.get(field)?.role;
      if (role === undefined || role === 'sensitive') continue;
      error(place, `field \`${field}\` has role ${role}, not sensitive`, 'change its role, or name a sensitive field');
    }
  });
}

/** Names of the hierarchies that models use. */
export function hierarchiesOfModels(models: Models): string[] {
  return models.flatMap(({ definition, options }) => (definition.hierarchies?.(options) ?? []).map(({ name }) => name));
}
