import { nearest } from '../base/suggest.ts';
import { type PathProblem, type PathSegment, parsePath, pathKind } from '../formats/json-path.ts';
import type { FieldRule } from './policy.ts';

/** What a selector names: one column, columns by a glob, or a place in a JSON record. */
export interface Selector {
  readonly kind: 'exact' | 'path' | 'glob';
  /** The steps of a well-formed JSON path. */
  readonly path?: readonly PathSegment[];
  readonly problem?: PathProblem;
}

export function readSelector(selector: string): Selector {
  if (!isPath(selector)) return { kind: /[*?]/.test(selector) ? 'glob' : 'exact' };
  const path = parsePath(selector);
  return Array.isArray(path) ? { kind: pathKind(selector), path } : { kind: 'path', problem: path };
}

export function isPath(selector: string): boolean {
  return /^\$($|[.[])/.test(selector);
}

/** May a JSON path name more than one value of a record? */
export function isRepeated(selector: string): boolean {
  return readSelector(selector).path?.some((segment) => segment.kind !== 'key') ?? false;
}

/** How many containers are open within the element that two fields share, the element itself included. */
export interface SharedElement {
  readonly own: number;
  readonly other: number;
}

/**
 * The innermost repeated element that holds both fields: of `$.a[*].b.c` and `$.a[*].d`, the elements of `$.a`. Undefined where
 * one `own` may have several `other` beside it.
 */
export function sharedElement(own: string, other: string): SharedElement | undefined {
  const [mine = [], theirs = []] = [readSelector(own).path, readSelector(other).path];
  const shared = theirs.findLastIndex((segment) => segment.kind !== 'key') + 1;
  const same = theirs.slice(0, shared).every((segment, i) => JSON.stringify(segment) === JSON.stringify(mine[i]));
  const levels = { own: mine.length - shared, other: theirs.length - shared };
  return same && levels.own > 0 && levels.other > 0 ? levels : undefined;
}

/** What the column is called that a field becomes in a table: `$.patient.id` is `patient.id`; `path` says that it is a path. */
export function columnNameOf(name: string, path: boolean): string {
  const segments = path ? readSelector(name).path : undefined;
  return segments?.map((segment) => (segment.kind === 'key' ? segment.key : '*')).join('.') ?? name;
}

/** Equal for selectors that name the same fields by other words: `**` for `*`, `$['a']` for `$.a`. */
export function canonicalSelector(selector: string): string {
  const { kind, path } = readSelector(selector);
  if (path) return JSON.stringify(path);
  return kind === 'glob' ? selector.replace(/[*?]*\*[*?]*/g, (run) => `*${run.replaceAll('*', '')}`) : selector;
}

export type ColumnProblem =
  /** No selector names the column; what happens is the policy's `unlisted`. */
  | { readonly kind: 'unlisted'; readonly column: string; readonly index: number }
  /** An error: two globs name the column, and no exact name does. */
  | {
      readonly kind: 'two-globs';
      readonly column: string;
      readonly index: number;
      readonly fields: readonly FieldRule[];
    }
  /** An error: no column has this name. `suggestion` is the nearest column that is not named. */
  | { readonly kind: 'absent'; readonly field: FieldRule; readonly suggestion: string | undefined }
  /** A warning: the glob decides over no column. */
  | { readonly kind: 'glob-unused'; readonly field: FieldRule };

/**
 * Which rule holds for each column of a table: an exact name beats a glob. Globs cover the whole name, by case: `*` is any run of
 * characters, `?` one character.
 */
export function resolveColumns(
  fields: readonly FieldRule[],
  columns: readonly string[],
): { readonly slotOf: (FieldRule | undefined)[]; readonly problems: ColumnProblem[] } {
  const exact = new Map(fields.filter(({ kind }) => kind === 'exact').map((field) => [field.selector, field]));
  const globs = fields
    .filter(({ kind }) => kind === 'glob')
    .map((field) => ({ field, matches: matcherOf(field.selector) }));
  const problems: ColumnProblem[] = [];

  const slotOf = columns.map((column, index) => {
    const named = exact.get(column);
    if (named) return named;
    const found = globs.filter(({ matches }) => matches(column)).map(({ field }) => field);
    if (found.length === 0) problems.push({ kind: 'unlisted', column, index });
    if (found.length > 1) problems.push({ kind: 'two-globs', column, index, fields: found });
    return found.length === 1 ? found[0] : undefined;
  });

  const known = new Set(columns);
  const free = columns.filter((column) => !exact.has(column));
  for (const field of exact.values()) {
    if (known.has(field.selector)) continue;
    problems.push({ kind: 'absent', field, suggestion: nearest(field.selector, free) });
  }
  for (const { field, matches } of globs) {
    if (!columns.some(matches)) problems.push({ kind: 'glob-unused', field });
  }
  return { slotOf, problems };
}

/**
 * Match by walking both texts once, going back only to the last `*`: no pattern takes more than |glob| · |name| steps, as a
 * regular expression could.
 */
function matcherOf(glob: string): (name: string) => boolean {
  const pattern = [...glob];
  return (text) => {
    const name = [...text];
    let p = 0;
    let n = 0;
    let star = -1;
    let resume = 0;
    while (n < name.length) {
      if (pattern[p] === '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else return false;
    }
    while (pattern[p] === '*') p++;
    return p === pattern.length;
  };
}
