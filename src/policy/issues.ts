import type { z } from 'zod';
import { didYouMean } from '../base/suggest.ts';
import { type Allowed, allowedAt, readableParts } from './allowed.ts';
import type { PathInPolicy } from './policy.ts';
import type { Part } from './source.ts';

/** Something wrong at a path. */
export interface Problem {
  readonly path: PathInPolicy;
  /** Default: the value. */
  readonly part?: Part;
  readonly message: string;
  readonly hint?: string;
}

export interface Read<T> {
  /** Undefined when there are problems. */
  readonly value: T | undefined;
  /** What can be read in spite of problems elsewhere. */
  readonly parts: Partial<T>;
  readonly problems: readonly Problem[];
}

/** Parse `data`, which stands at `base` of the policy, and put every issue into words. */
export function read<S extends z.ZodType>(schema: S, data: unknown, base: PathInPolicy): Read<z.output<S>> {
  // An empty default leaves only the messages that a schema gives itself.
  const result = schema.safeParse(data, { error: () => '' });
  if (result.success) return { value: result.data, parts: result.data as Partial<z.output<S>>, problems: [] };
  const problems = withoutEchoes(result.error.issues)
    .flatMap((issue) => worded(issue, data, schema, []))
    .map((problem) => named({ ...problem, path: [...base, ...problem.path] }));
  return { value: undefined, parts: readableParts(schema as z.ZodType<z.output<S>>, data), problems };
}

/** A rule about a map as a whole says nothing new where one of its keys is not known. */
function withoutEchoes(issues: readonly Issue[]): Issue[] {
  const unknown = new Set(issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.path.join('\0') : [])));
  return issues.filter((issue) => issue.code !== 'custom' || !unknown.has(issue.path.join('\0')));
}

type Issue = z.core.$ZodIssue;
/** A message that begins with the name of what it is about, which is known only with the whole path. */
type Unnamed = Omit<Problem, 'message'> & { readonly message: string | ((name: string, parent: string) => string) };

function worded(issue: Issue, root: unknown, schema: z.ZodType, base: PathInPolicy): Unnamed[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const value = valueAt(root, path);
  const allowed = allowedAt(schema, path);
  const one = (message: Unnamed['message'], hint?: string, part: Part = 'value'): Unnamed[] => [
    { path, part, message, ...(hint === undefined ? {} : { hint }) },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, allowed));
    case 'invalid_union':
      return issue.errors.length === 0 ? one(...wrongWord(value, allowed)) : union(issue, root, schema, path);
    case 'invalid_value': {
      const [message, hint] = wrongWord(value, { ...allowed, words: issue.values.map(String) });
      return one(message, hintIn(issue.message) ?? hint);
    }
    case 'invalid_type':
      if (value === undefined) return [absent(path, allowed, typeNames[issue.expected])];
      return one(...wrongType(value, [typeNames[issue.expected] ?? issue.expected], allowed));
    case 'invalid_key': {
      const known = 'a name has letters, digits, `_`, `.` and `-`, and begins with a letter';
      return one((name) => `${name} cannot be a name`, known, 'key');
    }
    case 'too_small':
    case 'too_big':
      return one((name) => `${name} ${sizeRule(issue)}`);
    case 'not_multiple_of':
      return one((name) => `${name} must be a multiple of ${issue.divisor}`);
    default:
      return one((name) => ruled(name, issue.message, allowed.description));
  }
}

/** Of the ways to write a value, tell about the one that was meant. */
function union(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  root: unknown,
  schema: z.ZodType,
  path: PathInPolicy,
): Unnamed[] {
  const value = valueAt(root, path);
  const allowed = allowedAt(schema, path);
  if (value === undefined) return [absent(path, allowed, undefined)];
  const fitting = issue.errors.filter((issues) => !issues.some((inner) => otherType(inner, value)));
  if (fitting.length === 0) {
    const types = [...new Set(issue.errors.flat().flatMap((inner) => expectedTypes(inner)))];
    const [message, hint] = wrongType(value, types, allowed);
    return [{ path, message, ...(hint === undefined ? {} : { hint }) }];
  }
  const lacking = fitting.map((issues) => issues.flatMap((inner) => missing(inner, value)));
  const complete = fitting.filter((_, i) => fitting.length === 1 || lacking[i]!.length === 0);
  if (complete.length === 0) {
    const names = [...new Set(lacking.flat())];
    const key = Object.keys(value as object).find((candidate) => !allowed.keys.includes(candidate));
    if (key !== undefined) return [unknownKey(path, key, { ...allowed, keys: names })];
    return [{ path, part: 'key', message: (name) => `${name} needs one of ${listed(names)}` }];
  }
  const [best] = complete.sort((a, b) => a.length - b.length);
  return withoutEchoes(best!).flatMap((inner) => worded(inner, root, schema, path));
}

/** Something that must be there is not; `type` says what it is where no description does. */
function absent(path: PathInPolicy, { description }: Allowed, type: string | undefined): Unnamed {
  const what = description ? sentence(description) : type;
  const hint = what && `${quoted(path.at(-1))}: ${what}`;
  return { path, part: 'key', message: (name, parent) => `${parent} needs ${name}`, ...(hint ? { hint } : {}) };
}

/** What a vocabulary has to say itself about a word that it does not know: it may know better than the spelling. */
function hintIn(message: string): string | undefined {
  return /^must be a known [^:]*: (.+)$/.exec(message)?.[1];
}

function unknownKey(path: PathInPolicy, key: string, allowed: Allowed): Unnamed {
  const inner = [...path, key];
  const hint = didYouMean(key, allowed.keys) ?? choices(allowed.keys);
  const what = allowed.title;
  return {
    path: inner,
    part: 'key',
    message: (_, parent) => (what ? `unknown ${what} ${quoted(key)}` : `unknown option ${quoted(key)} of ${parent}`),
    ...(hint === undefined ? {} : { hint }),
  };
}

function wrongWord(value: unknown, allowed: Allowed): [Unnamed['message'], string | undefined] {
  const { words, title, keys } = allowed;
  const known = [...new Set([...words, ...keys])];
  const hint = (typeof value === 'string' ? didYouMean(value, known) : undefined) ?? choices(known);
  if (value === undefined) return [(name, parent) => `${parent} needs ${name}`, hint];
  if (typeof value === 'string' && keys.includes(value)) {
    return [`${title ?? 'option'} ${quoted(value)} needs options`, `write \`{ ${value}: { … } }\``];
  }
  if (typeof value === 'object') return [(name) => `${name} must be a word, not ${typeOf(value)}`, hint];
  return [title ? `unknown ${title} ${quoted(value)}` : (name) => `${name} cannot be ${quoted(value)}`, hint];
}

function wrongType(
  value: unknown,
  types: readonly string[],
  { keys }: Allowed,
): [Unnamed['message'], string | undefined] {
  const expected = types.length > 1 ? `${types.slice(0, -1).join(', ')} or ${types.at(-1)}` : types[0];
  if (value === null) return [(name) => `${name} has no value`, `give it ${expected}, or leave the line out`];
  const hint =
    expected === 'text' && typeof value !== 'object'
      ? 'put it in double quotes'
      : typeof value === 'string' && keys.includes(value)
        ? `write \`{ ${value}: { … } }\``
        : expected === 'a map' && keys.length > 0
          ? `its options are ${listed(keys)}`
          : undefined;
  return [(name) => `${name} must be ${expected}, not ${typeOf(value, expected)}`, hint];
}

function named(problem: Unnamed): Problem {
  const { path, message } = problem;
  if (typeof message === 'string') return { ...problem, message };
  const last = path.at(-1);
  const isMissing = problem.part === 'key';
  const name = typeof last === 'number' ? `item ${last + 1} of ${nameOf(path.slice(0, -1))}` : quoted(last);
  return {
    ...problem,
    message: message(isMissing || last !== undefined ? name : 'the policy', nameOf(path.slice(0, -1))),
  };
}

/** The last name on the way to `path`. */
function nameOf(path: PathInPolicy): string {
  const name = path.findLast((step) => typeof step === 'string');
  return name === undefined ? 'the policy' : quoted(name);
}

function sizeRule(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): string {
  const least = issue.code === 'too_small';
  const bound = Number(least ? issue.minimum : issue.maximum);
  const side = least ? 'at least' : 'at most';
  if (issue.origin === 'string') {
    return least && bound === 1 ? 'must not be empty' : `must have ${side} ${bound} characters`;
  }
  if (issue.origin === 'array' || issue.origin === 'set') {
    return least && bound === 1 ? 'needs at least one item' : `must have ${side} ${bound} items`;
  }
  if (issue.inclusive === false) return `must be ${least ? 'greater' : 'less'} than ${bound}`;
  return `must be ${side} ${bound}`;
}

/** The rule that a schema gives itself, or its description. */
function ruled(name: string, message: string, description: string | undefined): string {
  if (/^(must|needs|cannot|may) /.test(message)) return `${name} ${message}`;
  if (message !== '') return `${name}: ${message}`;
  return description ? `${name} is not of the right form: ${sentence(description)}` : `${name} is not allowed`;
}

/** A description as the end of a sentence. */
function sentence(description: string): string {
  const text = description.replace(/\.$/, '');
  return /^[A-Z][a-z ]/.test(text) ? text[0]!.toLowerCase() + text.slice(1) : text;
}

const typeNames: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function typeOf(value: unknown, expected?: string): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'number' && !Number.isFinite(value)) return 'infinity or no number';
  return typeof value === 'string'
    ? 'text'
    : typeof value !== 'number'
      ? `\`${value}\``
      : expected === typeNames.int
        ? 'a fraction'
        : 'a number';
}

/** The issue says that the value itself, not something in it, is of another type. */
function otherType(issue: Issue, value: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  if (issue.code === 'invalid_value') return issue.values.every((allowed) => typeof allowed !== typeof value);
  return (
    issue.code === 'invalid_union' &&
    issue.errors.length > 0 &&
    issue.errors.every((issues) => issues.some((inner) => otherType(inner, value)))
  );
}

function expectedTypes(issue: Issue): string[] {
  if (issue.code === 'invalid_type') return [typeNames[issue.expected] ?? issue.expected];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(expectedTypes);
  return issue.code === 'invalid_value' ? ['a word'] : [];
}

/** Names that the map `value` should have had. */
function missing(issue: Issue, value: unknown): string[] {
  const [step, ...deeper] = issue.path;
  const lacks = step !== undefined && deeper.length === 0 && valueAt(value, [String(step)]) === undefined;
  return lacks ? [String(step)] : [];
}

function valueAt(root: unknown, path: PathInPolicy): unknown {
  let value = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

function quoted(word: unknown): string {
  const text = String(word);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

function choices(words: readonly string[]): string | undefined {
  return words.length === 0 ? undefined : words.length === 1 ? `write ${quoted(words[0])}` : `one of ${listed(words)}`;
}

/** The first of the words, if there are many. */
export function listed(words: readonly string[], most = 16): string {
  return [...words.slice(0, most).map(quoted), ...(words.length > most ? ['…'] : [])].join(', ');
}
