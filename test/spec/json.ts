/** Strict JSON as README.md says it under "The bundle, for other programs": of that text alone, nothing of `src`. */

// biome-ignore lint/suspicious/noExplicitAny: JSON from outside, held against a schema by whoever reads it
export type Json = any;

/** Why a bundle is refused. */
export class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export function refuse(code: string): never {
  throw new Refusal(code);
}

const maxBytes = 4 << 20;
const maxDepth = 64;
const maxMembers = 100_000;

/** Throws a Refusal: LIMIT, or `code`. `longest`: bytes that a string may have. */
export function strictJson(bytes: Buffer, code: string, longest = 1 << 20): Json {
  if (bytes.length > maxBytes) refuse('LIMIT');
  const text = decoded(bytes, code);
  let at = 0;
  let count = 0;
  const take = (form: RegExp): string => {
    form.lastIndex = at;
    const found = form.exec(text)?.[0] ?? refuse(code);
    at += found.length;
    return found;
  };
  const skip = () => take(/[ \t\r\n]*/y);
  const next = (mark: string): boolean => {
    skip();
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const string = (): string => {
    const quoted = take(/"(?:[^"\\\0-\x1f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y);
    if (Buffer.byteLength(quoted) - 2 > longest) refuse('LIMIT');
    const value: string = JSON.parse(quoted);
    return /\p{Surrogate}/u.test(value) ? refuse(code) : value;
  };
  const number = (): number => {
    const written = take(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
    const value = Number(written);
    const lost = Number.isInteger(value) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
    return lost || Object.is(value, -0) || (value === 0 && /^[0.]*[1-9]/.test(written)) ? refuse(code) : value;
  };
  /** What stands between commas up to `end`. */
  const all = (end: string, read: () => void): void => {
    if (next(end)) return;
    do {
      if (++count > maxMembers) refuse('LIMIT');
      skip();
      read();
    } while (next(','));
    if (!next(end)) refuse(code);
  };
  const value = (depth: number): Json => {
    skip();
    const first = text[at] ?? refuse(code);
    if ((first === '{' || first === '[') && depth > maxDepth) refuse('LIMIT');
    if (first === '"') return string();
    if (/[-0-9]/.test(first)) return number();
    if (next('[')) {
      const list: Json[] = [];
      all(']', () => list.push(value(depth + 1)));
      return list;
    }
    if (next('{')) {
      const members = new Map<string, Json>();
      all('}', () => {
        const name = string();
        if (name === '__proto__' || members.has(name) || !next(':')) refuse(code);
        members.set(name, value(depth + 1));
      });
      return Object.fromEntries(members);
    }
    return JSON.parse(take(/true|false|null/y));
  };
  const whole = value(1);
  skip();
  return at < text.length ? refuse(code) : whole;
}

function decoded(bytes: Buffer, code: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.startsWith('\ufeff') ? refuse(code) : text;
  } catch {
    return refuse(code);
  }
}
