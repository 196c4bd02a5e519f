/**
 * The syntax of patterns: regular expressions of ECMAScript with `u`, without what a finite automaton cannot do (back
 * references, lookarounds) and without what a pattern that always covers the whole text has no use for (anchors, lazy
 * quantifiers).
 */
export type PatternNode =
  | { readonly kind: 'set'; readonly has: CharacterSet }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly parts: readonly PatternNode[] }
  /** `max` is Infinity where there is no bound. */
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number };

/** Is the code point in the set? */
export type CharacterSet = (codePoint: number) => boolean;

/** What is wrong with a pattern, and where: offset in UTF-16 units. */
export interface PatternProblem {
  readonly message: string;
  readonly at: number;
}

export function parsePattern(text: string): PatternNode | PatternProblem {
  const reader: Reader = { text, at: 0 };
  try {
    const node = choice(reader);
    if (reader.at < text.length) throw new Refused('`)` without `(`', reader.at);
    return node;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { message: error.message, at: error.at };
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

class Refused extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

function choice(reader: Reader): PatternNode {
  const parts = [sequence(reader)];
  while (take(reader, '|')) parts.push(sequence(reader));
  return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
}

function sequence(reader: Reader): PatternNode {
  const parts: PatternNode[] = [];
  while (reader.at < reader.text.length && reader.text[reader.at] !== '|' && reader.text[reader.at] !== ')') {
    parts.push(quantified(reader));
  }
  return { kind: 'sequence', parts };
}

function quantified(reader: Reader): PatternNode {
  const part = atom(reader);
  const bounds = quantifier(reader);
  return bounds === undefined ? part : { kind: 'repeat', part, ...bounds };
}

function quantifier(reader: Reader): { min: number; max: number } | undefined {
  if (take(reader, '*')) return { min: 0, max: Infinity };
  if (take(reader, '+')) return { min: 1, max: Infinity };
  if (take(reader, '?')) return { min: 0, max: 1 };
  if (reader.text[reader.at] !== '{') return undefined;
  const found = matchAt(/\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/y, reader);
  if (found === undefined) throw new Refused('a count is written `{2}`, `{2,}` or `{2,5}`', reader.at);
  const min = Number(found[1]);
  const max = found[2] === undefined ? min : found[3] === undefined ? Infinity : Number(found[3]);
  if (max < min) throw new Refused('the counts are in the wrong order', reader.at);
  reader.at += found[0].length;
  return { min, max };
}

function atom(reader: Reader): PatternNode {
  const { text, at } = reader;
  const character = text[at]!;
  if (take(reader, '(')) return group(reader, at);
  if (take(reader, '[')) return set(characterClass(reader, at));
  if (take(reader, '.')) return set((c) => c !== 0x0a && c !== 0x0d && c !== 0x2028 && c !== 0x2029);
  if (character === '\\') return set(escapedSet(reader));
  if (character === '^' || character === '$') {
    throw new Refused(`a pattern covers the whole value: leave \`${character}\` out, or write \`\\${character}\``, at);
  }
  if ('*+?{'.includes(character)) throw new Refused(`nothing to repeat before \`${character}\``, at);
  if (character === '}' || character === ']') throw new Refused(`write \`\\${character}\``, at);
  return set(only(literal(reader)));
}

function group(reader: Reader, open: number): PatternNode {
  if (take(reader, '?') && !take(reader, ':')) throw new Refused('groups are written `(…)` or `(?:…)`', open);
  const inside = choice(reader);
  if (!take(reader, ')')) throw new Refused('`(` without `)`', open);
  return inside;
}

function characterClass(reader: Reader, open: number): CharacterSet {
  const negated = take(reader, '^');
  const members: CharacterSet[] = [];
  while (!take(reader, ']')) {
    if (reader.at >= reader.text.length) throw new Refused('`[` without `]`', open);
    const from = reader.at;
    const first = member(reader);
    if (reader.text[reader.at] !== '-' || reader.text[reader.at + 1] === ']') {
      members.push(typeof first === 'number' ? only(first) : first);
      continue;
    }
    reader.at++;
    const last = reader.at < reader.text.length ? member(reader) : Number.NaN;
    if (typeof first !== 'number' || typeof last !== 'number' || !(first <= last)) {
      throw new Refused('a range goes from one character up to another', from);
    }
    members.push((c) => c >= first && c <= last);
  }
  return (c) => members.some((has) => has(c)) !== negated;
}

function member(reader: Reader): CharacterSet | number {
  if (reader.text[reader.at] !== '\\') return literal(reader);
  const code = escapedCode(reader);
  return code ?? escapedSet(reader);
}

function escapedSet(reader: Reader): CharacterSet {
  const code = escapedCode(reader);
  if (code !== undefined) return only(code);
  const { at } = reader;
  const found = matchAt(/\\(?:[dDwWsS]|[pP]\{[A-Za-z_]+(?:=[A-Za-z_]+)?\})/y, reader);
  const single = found && characterTest(found[0]);
  if (single === undefined) throw new Refused('unknown escape', at);
  reader.at += found![0].length;
  return (c) => single.test(String.fromCodePoint(c));
}

/** One character at a time is all that a RegExp is asked here. */
function characterTest(escaped: string): RegExp | undefined {
  try {
    return new RegExp(`^${escaped}$`, 'u');
  } catch {
    return undefined; // a property that Unicode does not know
  }
}

/** The character that an escape stands for; undefined when it stands for several. */
function escapedCode(reader: Reader): number | undefined {
  const found = matchAt(/\\(?:([tnrfv])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|([^\w\s]))/uy, reader);
  if (found === undefined) return undefined;
  const [all, letter, byte, unit, point, itself] = found;
  const hex = byte ?? unit ?? point;
  const code = hex === undefined ? (controls[letter!] ?? itself!.codePointAt(0)!) : Number.parseInt(hex, 16);
  if (code > 0x10ffff) throw new Refused('there is no such character', reader.at);
  reader.at += all.length;
  return code;
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

function literal(reader: Reader): number {
  const code = reader.text.codePointAt(reader.at)!;
  reader.at += code > 0xffff ? 2 : 1;
  return code;
}

function set(has: CharacterSet): PatternNode {
  return { kind: 'set', has };
}

function only(code: number): CharacterSet {
  return (c) => c === code;
}

function take(reader: Reader, character: string): boolean {
  if (reader.text[reader.at] !== character) return false;
  reader.at++;
  return true;
}

function matchAt(expression: RegExp, { text, at }: Reader): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
