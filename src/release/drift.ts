import type { Diagnostic } from '../base/diagnostic.ts';
import { nearest } from '../base/suggest.ts';
import { transforms } from '../transforms/index.ts';
import type { StatedRelease } from './integrity.ts';
import { orderOfRecords, tablesOf } from './tables.ts';

/** A field of the source, and what becomes of it in the output. */
export interface FieldShape {
  readonly name: string;
  /** Its values, changed or not, are in the output. */
  readonly released: boolean;
  /** Of the output's values; undefined where the output does not say. */
  readonly type: string | undefined;
}

/** The fields of a table; of the only one, without a name. */
export interface TableShape {
  readonly table: string | undefined;
  readonly fields: readonly FieldShape[];
}

/** The fields of a release: its lists of transforms have those that were dropped too, its schema the types of columns. */
export function shapesOf({ statement: { predicate }, schema }: StatedRelease): readonly TableShape[] {
  return tablesOf(predicate).map(({ name: table, files, transforms: stated }) => {
    const types = new Map(files.flatMap((file) => schema.get(file) ?? []).map(({ name, type }) => [name, type]));
    const fields = stated.flatMap(({ field, technique }) => {
      if (field === orderOfRecords) return [];
      const released = !technique.some((name) => transforms.get(name)?.effect === 'drop');
      return [{ name: field, released, type: released ? types.get(field) : undefined }];
    });
    return { table, fields };
  });
}

/** All ways in which tables are not those of an earlier release. `undefined` is the name of an only table. */
export function tableDriftOf(
  before: readonly (string | undefined)[],
  after: readonly (string | undefined)[],
): readonly Diagnostic[] {
  if (before.includes(undefined) !== after.includes(undefined)) {
    const [was, is] = before.includes(undefined) ? ['one table', 'several'] : ['several tables', 'one'];
    return [drift(`the earlier release is of ${was} and this one of ${is}`)];
  }
  const [old, now] = [before, after].map((names) => names.filter((name) => name !== undefined)) as [string[], string[]];
  const added = now.filter((name) => !old.includes(name));
  const gone = old.filter((name) => !now.includes(name));
  return [
    ...gone.map((name) => {
      const renamed = nearest(name, added);
      const hint = renamed === undefined ? undefined : `is it \`${renamed}\` now?`;
      return drift(`table \`${name}\` of the earlier release is not there`, hint);
    }),
    ...added.map((name) => drift(`table \`${name}\` is not in the earlier release`)),
  ];
}

/** All ways in which the fields of a table are not those of an earlier release. */
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
