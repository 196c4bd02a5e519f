import type { TransformDefinition } from '../transforms/definition.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';

/** The steps of a field's transform, each with its path and the path of its options. */
export function stepsOf(
  selector: string,
  { transform = [] }: Partial<FieldOptions>,
): { readonly step: Chosen<TransformDefinition>; readonly path: PathInPolicy; readonly options: PathInPolicy }[] {
  const base = ['fields', selector, 'transform'];
  const steps = Array.isArray(transform) ? transform : [transform];
  return steps.map((step, i) => {
    const path = Array.isArray(transform) ? [...base, i] : base;
    return { step, path, options: [...path, step.definition.name] };
  });
}
