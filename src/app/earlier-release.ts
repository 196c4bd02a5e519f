import { at, type Diagnostic, Failure } from '../base/diagnostic.ts';
import { openBundle } from '../io/bundle-files.ts';
import { driftOf, type FieldShape, shapesOf, tableDriftOf } from '../release/drift.ts';
import { readRelease, type StatedRelease } from '../release/integrity.ts';
import { statedAround, statedName } from './stated-fields.ts';
import type { OpenTable } from './table-run.ts';

/**
 * Read a bundle, a directory or tar, that is whole; who made it is not asked. Throws a Failure with the code that verify would deny by, or
 * that says why it cannot be read.
 */
export async function readBundle(path: string): Promise<StatedRelease> {
  const { source, close } = await openBundle(path);
  try {
    return await readRelease(source);
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: path }) : error;
  } finally {
    await close();
  }
}

/** Throws a Failure of code DRIFT unless tables and their fields are those of the earlier release. */
export function requireSameFields(earlier: StatedRelease, tables: readonly OpenTable[]): void {
  const before = shapesOf(earlier);
  const changed = tableDriftOf(
    before.map(({ table }) => table),
    tables.map(({ policy }) => policy.table),
  );
  const drift = [
    ...changed,
    ...tables.flatMap((table) => {
      const same = before.find((shape) => shape.table === table.policy.table);
      const found = same === undefined ? [] : driftOf(same.fields, shapesIn(table));
      return found.map((diagnostic) => ({ ...diagnostic, place: { file: table.files.first.source.name } }));
    }),
  ];
  const last = drift.at(-1);
  if (last === undefined) return;
  const hint =
    'nothing was written; correct data or policy, or leave out --against for a release that is meant to differ';
  const hinted: Diagnostic = { ...last, hint: last.hint === undefined ? hint : `${last.hint} ${hint}` };
  throw new Failure([...drift.slice(0, -1), hinted]);
}

function shapesIn(table: OpenTable): FieldShape[] {
  const flat = !table.outputFormat.paths;
  const fields = table.plan.fields.map((field): FieldShape => {
    const released = field.action !== 'drop';
    return { name: statedName(field), released, type: released && flat ? (field.produces ?? 'string') : undefined };
  });
  return [...fields, ...statedAround(table).map(({ field }) => ({ name: field, released: true, type: undefined }))];
}
