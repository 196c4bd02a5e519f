import type { TransformDefinition } from '../transforms/definition.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen, FieldOptions } from './schema.ts';

/** A step of a field, with its path and the path of its options. */
export interface PlacedStep {
  readonly step: Chosen<TransformDefinition>;
  readonly path: PathInPolicy;
  readonly options: PathInPolicy;
}

/** All steps of a field: those of `transform`, then those of `else`. */
export function stepsOf(selector: string, field: Partial<FieldOptions>): PlacedStep[] {
  return [...branchOf(selector, field, 'transform'), ...branchOf(selector, field, 'else')];
}

export function branchOf(selector: string, field: Partial<FieldOptions>, branch: 'transform' | 'else'): PlacedStep[] {
  const base = ['fields', selector, branch];
  const steps = field[branch] ?? [];
  return [steps].flat().map((step, i) => {
    const path = Array.isArray(steps) ? [...base, i] : base;
    return { step, path, options: [...path, step.definition.name] };
  });
}
