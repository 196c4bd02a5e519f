import { Failure } from '../base/diagnostic.ts';
import type { Hierarchy, HierarchyDefinition } from '../hierarchies/definition.ts';
import { type FieldType, type TransformDefinition, traitsOf } from '../transforms/definition.ts';
import { comparisonsOf } from './conditions.ts';
import type { PathInPolicy } from './policy.ts';
import type { Chosen } from './schema.ts';
import type { Part } from './source.ts';
import { stepsOf } from './steps.ts';
import type { View } from './views.ts';

type Report = (path: PathInPolicy, message: string, hint?: string, part?: Part) => void;

/**
 * How numbers are written: options that do not go together, and fields that are read as numbers and are not said to hold any. Without a
 * type, `1.234` would be taken for a little more than one.
 */
export function checkNotations({ sections, entries }: Pick<View, 'sections' | 'entries'>, error: Report): void {
  checkSeparators(sections.input, ['input'], error);
  checkSeparators(sections.privacy?.population, ['privacy', 'population'], error);
  const { decimal = '.', thousands } = sections.input ?? {};
  if (decimal === '.' && thousands === undefined) return;
  const told = new Set<string>();
  const refuse = (field: string, path: PathInPolicy, type: FieldType | undefined): void => {
    if ((type !== undefined && type !== 'string') || told.has(field) || !entries.fields.has(field)) return;
    told.add(field);
    const message = `\`${field}\` is read as a number, and \`input\` says how fields of type number are written`;
    error(path, message, 'add `type: number`, or `type: integer`, to the field');
  };
  for (const [selector, field] of entries.fields) {
    for (const { step, path } of stepsOf(selector, field)) {
      if (readsNumbers(step, entries.hierarchies)) refuse(selector, path, field.type);
    }
    for (const { comparison, path } of field.when ? comparisonsOf(field.when, ['fields', selector, 'when']) : []) {
      const { field: name, equals, in: among = [], less, greater } = comparison;
      const bounds = [equals, less, greater, ...among];
      if (bounds.some((bound) => typeof bound === 'number')) refuse(name, path, entries.fields.get(name)?.type);
    }
  }
}

interface Separators {
  readonly decimal?: string | undefined;
  readonly thousands?: string | undefined;
}

function checkSeparators({ decimal = '.', thousands }: Separators = {}, path: PathInPolicy, error: Report): void {
  if (thousands !== decimal) return;
  const hint = decimal === '.' ? 'add `decimal: ","`' : 'write `thousands: "."`';
  error([...path, 'thousands'], `\`${decimal}\` separates thousands, and decimals too`, hint);
}

function readsNumbers(
  { definition, options }: Chosen<TransformDefinition>,
  hierarchies: ReadonlyMap<string, Partial<Chosen<HierarchyDefinition>>>,
): boolean {
  if (traitsOf(definition, options).kinds.includes('number')) return true;
  const hierarchy = (name: string): Hierarchy => {
    const { definition, options } = hierarchies.get(name) ?? {};
    // One of a file lists its values.
    return definition === undefined || definition.files !== undefined ? listed : definition.build(options, unread);
  };
  try {
    return definition.target?.(options, { hierarchy })?.hierarchy.of === 'numbers';
  } catch (error) {
    // What is wrong with the options is told by their own check.
    if (error instanceof Failure) return false;
    throw error;
  }
}

const listed: Hierarchy = { height: 0, ancestor: (text) => text };

function unread(): never {
  throw new Error('a hierarchy reads a file that it does not name');
}
