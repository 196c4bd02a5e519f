import type { Diagnostic } from '../base/diagnostic.ts';
import { nearest } from '../base/suggest.ts';
import { transforms } from '../transforms/index.ts';
import type { StatedRelease } from './integrity.ts';

/** A field of the source, and what becomes of it in the output. */
export interface FieldShape {
  readonly name: string;
  /** Its values, changed or not, are in the output. */
  readonly released: boolean;
  /** Of the output's values; undefined where the output does not say. */
  readonly type: string | undefined;
}

/** The fields of a release: its list of transforms has those that were dropped too, its schema the types of columns. */
export function shapesOf({ statement, schema }: StatedRelease): readonly FieldShape[] {
  const types = new Map([...schema.values()].flat().map(({ name, type }) => [name, type]));
  return statement.predicate.transforms.map(({ field, technique }) => {
    const released = !technique.some((name) => transforms.get(name)?.effect === 'drop');
    return { name: field, released, type: released ? types.get(field) : undefined };
  });
}

/** All ways in which fields are not those of an earlier release. */
export function driftOf(before: readonly FieldShape[], after: readonly FieldShape[]): readonly Diagnostic[] {
  const old = new Map(before.map((shape) => [shape.name, shape]));
  const now = new Map(after.map((shape) => [shape.name, shape]));
  const added = after.filter(({ name }) => !old.has(name)).map(({ name }) => name);
  const gone = before.flatMap(({ name }) => {
    if (now.has(name)) return [];
    const renamed = nearest(name, added);
    const hint = renamed === undefined ? undefined : `is it \`${renamed}\` now?`;
    return [drift(`field \`${name}\` of the earlier release is not there`, hint)];
  });
  const others = after.flatMap(({ name, released, type }) => {
    const earlier = old.get(name);
    if (earlier === undefined) return [drift(`field \`${name}\` is not in the earlier release`)];
    if (released !== earlier.released) {
      const [was, would] = released ? ['dropped', 'released'] : ['released', 'dropped'];
      return [drift(`field \`${name}\` would be ${would}, and was ${was} in the earlier release`)];
    }
    if (type === undefined || earlier.type === undefined || type === earlier.type) return [];
    return [
      drift(`field \`${name}\` would be of type ${type}, and was of type ${earlier.type} in the earlier release`),
    ];
  });
  return [...gone, ...others];
}

function drift(message: string, hint?: string): Diagnostic {
  return { code: 'DRIFT', message, ...(hint === undefined ? {} : { hint }) };
}
