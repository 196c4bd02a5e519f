import { tmpdir } from 'node:os';
import { basename, resolve } from 'node:path';
import { fail } from '../base/diagnostic.ts';
import { formats } from '../formats/index.ts';
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
  /** Names, without what follows their first dot, of the files that are written, where there are several: tables, or inputs of one. */
  readonly outputs: readonly string[];
}

/** Check that output and report can be written where they are wanted. Returns a folder for temporary files: that of the output. */
export async function checkPlaces({ target, report, replace, reads, outputs }: Places): Promise<string> {
  let folder = tmpdir();
  if (target.kind !== 'stdout' && !(target.kind === 'tar' && target.path === '-')) {
    if (report !== undefined && resolve(report) === resolve(target.path)) {
      throw fail('USAGE', 'the report and the output have the same name', { place: { file: report } });
    }
    const kind = target.kind === 'tar' ? 'file' : 'directory';
    const replaceable = target.kind === 'bundle' ? isBundle : (names: readonly string[]) => isDataAlone(names, outputs);
    folder = await checkTarget(target.path, { kind, replace, reads, replaceable });
  }
  if (report !== undefined) await checkTarget(report, { kind: 'file', replace, reads });
  return folder;
}

const folders = ['data', 'attestations'];

function isBundle(names: readonly string[]): boolean {
  return names.includes(envelopeName) && names.every((name) => hasPlace(name) || folders.includes(name));
}

/**
 * One file for each output, or what it was split into: files of a format, with equal names but for their numbers, which count from 1.
 * There is one output, or those that are `known`.
 */
function isDataAlone(names: readonly string[], known: readonly string[]): boolean {
  if (names.length === 1) return true;
  const outputs = new Map<string, string[]>();
  for (const name of names) {
    const whole = stemOf(name);
    const stem = known.includes(whole) ? whole : (numberedFile.exec(name)?.[1] ?? whole);
    outputs.set(stem, [...(outputs.get(stem) ?? []), name]);
  }
  const isOne = (files: readonly string[]) => files.length === 1 || isSplit(files);
  if (known.length === 0) return outputs.size === 1 && isSplit(names);
  return [...outputs].every(([stem, files]) => known.includes(stem.replace(/^data-/, '')) && isOne(files));
}

/** The name of a file without what follows its first dot. */
export function stemOf(path: string): string {
  return basename(path).replace(/\..*$/s, '');
}

function isSplit(names: readonly string[]): boolean {
  const parts = names.map((name) => numberedFile.exec(name));
  const numbers = parts.map((part) => Number(part?.[2])).sort((a, b) => a - b);
  return (
    new Set(parts.map((part) => (part === null ? '' : `${part[1]}/${part[3]}`))).size === 1 &&
    numbers.every((number, i) => number === i + 1)
  );
}

const extensions = formats.all.flatMap((format) => format.extensions).join('|');
const numberedFile = new RegExp(`^(.*)-(\\d{4})(\\.(?:${extensions})(?:\\.gz)?)$`, 's');
