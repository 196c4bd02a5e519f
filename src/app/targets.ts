import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { checkTarget } from '../io/target.ts';
import { envelopeName, hasPlace } from '../release/layout.ts';

/** Where the output goes. */
export type Target =
  /** A bundle as a directory. */
  | { readonly kind: 'bundle'; readonly path: string }
  /** A bundle as one file; `-` is standard output. */
  | { readonly kind: 'tar'; readonly path: string }
  /** The data alone, without a license, in a directory. */
  | { readonly kind: 'data'; readonly path: string }
  | { readonly kind: 'stdout' };

export interface Places {
  readonly target: Target;
  /** Where the licensor's report goes. */
  readonly report: string | undefined;
  readonly replace: boolean;
  /** Files that the run reads. */
  readonly reads: readonly string[];
  /** Names of the tables that are written, where there are several. */
  readonly tables: readonly string[];
}

/** Check that output and report can be written where they are wanted. Returns a folder for temporary files: that of the output. */
export async function checkPlaces({ target, report, replace, reads, tables }: Places): Promise<string> {
  let folder = tmpdir();
  if (target.kind !== 'stdout' && !(target.kind === 'tar' && target.path === '-')) {
    if (report !== undefined && resolve(report) === resolve(target.path)) {
      throw fail('USAGE', 'the report and the output have the same name', { place: { file: report } });
    }
    const kind = target.kind === 'tar' ? 'file' : 'directory';
    const replaceable = target.kind === 'bundle' ? isBundle : (names: readonly string[]) => isDataAlone(names, tables);
    folder = await checkTarget(target.path, { kind, replace, reads, replaceable });
  }
  if (report !== undefined) await checkTarget(report, { kind: 'file', replace, reads });
  return folder;
}

const folders = ['data', 'attestations'];

function isBundle(names: readonly string[]): boolean {
  return names.includes(envelopeName) && names.every((name) => hasPlace(name) || folders.includes(name));
}

function isDataAlone(names: readonly string[], tables: readonly string[]): boolean {
  return names.length === 1 || names.every((name) => tables.includes(name.replace(/\..*$/, '')));
}
