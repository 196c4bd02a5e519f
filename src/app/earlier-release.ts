import { at, type Diagnostic, Failure } from '../base/diagnostic.ts';
import { openBundle } from '../io/bundle-files.ts';
import type { Plan } from '../policy/plan.ts';
import { driftOf, shapesOf } from '../release/drift.ts';
import { readRelease, type StatedRelease } from '../release/integrity.ts';
import { statedName } from './release.ts';

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

/** Throws a Failure of code DRIFT unless the plan's fields are those of the earlier release. `flat`: the output has columns. */
export function requireSameFields(earlier: StatedRelease, { fields }: Plan, flat: boolean): void {
  const shapes = fields.map((field) => {
    const released = field.action !== 'drop';
    return { name: statedName(field), released, type: released && flat ? (field.produces ?? 'string') : undefined };
  });
  const drift = driftOf(shapesOf(earlier), shapes);
  const last = drift.at(-1);
  if (last === undefined) return;
  const hint =
    'nothing was written; correct data or policy, or leave out --against for a release that is meant to differ';
  const hinted: Diagnostic = { ...last, hint: last.hint === undefined ? hint : `${last.hint} ${hint}` };
  throw new Failure([...drift.slice(0, -1), hinted]);
}
