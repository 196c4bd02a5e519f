/**
 * Paths that say where a value stands in a JSON record: `$.patient.id`, `$.visits[*].date`, `$['odd key']`. A subset of JSONPath
 * (RFC 9535) without indexes, slices, filters and `..`. `[*]` stands for the elements of an array and `.*` for the members of an
 * object; a `*` within a dotted name stands for any run of characters (`$.*_name`). Within quotes it is an ordinary character.
 */
export type PathSegment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'glob'; readonly pattern: string }
  | { readonly kind: 'each' };

/** What is wrong with a path, and where: offset in UTF-16 units. */
export interface PathProblem {
  readonly message: string;
  readonly at: number;
}

/** The segments behind `$`; none for `$` itself. */
export function parsePath(text: string): PathSegment[] | PathProblem {
  if (text[0] !== '$') return { message: 'a path begins with `$`', at: 0 };
  const segments: PathSegment[] = [];
  let at = 1;
  while (at < text.length) {
    const step = text[at] === '[' ? bracketed(text, at) : dotted(text, at);
    if ('message' in step) return step;
    segments.push(step.segment);
    at = step.end;
  }
  return segments;
}

/** The canonical path of a place in a record; a number stands for an element of an array, whichever it is. */
export function formatPath(keys: readonly (string | number)[]): string {
  return `$${keys.map((key) => (typeof key === 'number' ? '[*]' : formatKey(key))).join('')}`;
}

/** Whether a path names its keys one by one, or has a `*` in place of a key or in it. */
export function pathKind(text: string): 'path' | 'glob' {
  const segments = parsePath(text);
  return Array.isArray(segments) && segments.some((segment) => segment.kind === 'glob') ? 'glob' : 'path';
}

/** Whether a key matches a glob, from its first to its last character. */
export function globMatches(pattern: string, key: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return key === first;
  if (key.length < first.length + last.length || !key.startsWith(first) || !key.endsWith(last)) return false;
  const end = key.length - last.length;
  let at = first.length;
  for (const part of rest) {
    const found = key.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

type Step = { readonly segment: PathSegment; readonly end: number } | PathProblem;

const name = /[\p{L}_][\p{L}\p{M}\p{N}_-]*/uy;
const nameOrGlob = /[\p{L}_*][\p{L}\p{M}\p{N}_*-]*/uy;

function dotted(text: string, at: number): Step {
  if (text[at] !== '.') {
    return { message: 'expected `.` or `[`; a key with other characters than letters is written `["key"]`', at };
  }
  if (text[at + 1] === '.') return { message: '`..` is not supported: name each level', at };
  const found = matchAt(nameOrGlob, text, at + 1);
  if (found === undefined) return { message: 'expected a name; other keys are written `["key"]`', at: at + 1 };
  const end = at + 1 + found.length;
  return { segment: found.includes('*') ? { kind: 'glob', pattern: found } : { kind: 'key', key: found }, end };
}

function bracketed(text: string, at: number): Step {
  const next = text[at + 1];
  if (next === "'" || next === '"') return quoted(text, at + 1, next);
  if (text.startsWith('[*]', at)) return { segment: { kind: 'each' }, end: at + 3 };
  if (/^\[-?\d/.test(text.slice(at, at + 3))) {
    return { message: 'elements of an array cannot be told apart: write `[*]`', at: at + 1 };
  }
  return { message: 'expected `[*]` or a key in quotes', at: at + 1 };
}

const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '/': '/',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

function quoted(text: string, open: number, quote: string): Step {
  let key = '';
  let at = open + 1;
  while (text[at] !== quote) {
    const c = text[at];
    if (c === undefined) return { message: 'the quotes are not closed', at: open };
    if (c !== '\\') {
      key += c;
      at++;
      continue;
    }
    const code = matchAt(/u[0-9a-fA-F]{4}/y, text, at + 1);
    const plain = Object.hasOwn(escapes, text[at + 1] ?? '') ? escapes[text[at + 1]!] : undefined;
    if (code === undefined && plain === undefined) return { message: 'unknown escape', at };
    key += plain ?? String.fromCharCode(Number.parseInt(code!.slice(1), 16));
    at += plain === undefined ? 6 : 2;
  }
  if (/\p{Cs}/u.test(key)) return { message: 'half of a surrogate pair', at: open };
  if (text[at + 1] !== ']') return { message: 'expected `]`', at: at + 1 };
  return { segment: { kind: 'key', key }, end: at + 2 };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function formatKey(key: string): string {
  return matchAt(name, key, 0) === key
    ? `.${key}`
    : `['${key.replace(/['\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeOf)}']`;
}

function escapeOf(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`;
  let escaped = '';
  for (let i = 0; i < character.length; i++) escaped += `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return escaped;
}
