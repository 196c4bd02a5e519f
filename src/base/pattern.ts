import { type CharacterSet, type PatternNode, type PatternProblem, parsePattern } from './pattern-syntax.ts';

export type { PatternProblem };

/** Does the UTF-8 text bytes[from, to) match, from its first to its last character? */
export type Pattern = (bytes: Uint8Array, from: number, to: number) => boolean;

/**
 * Regular expressions as finite automata: one step per character of the text whatever the pattern, so that no value can make
 * one slow. Positions of the pattern follow one another (Glushkov, "The abstract theory of automata", 1961); sets of them are
 * the states of a deterministic automaton, which are made as texts need them.
 */
export function compilePattern(text: string): Pattern | PatternProblem {
  const node = parsePattern(text);
  if ('message' in node) return node;
  const positions = createPositions();
  const whole = build(node, positions);
  if (whole === undefined)
    return { message: `the pattern is too large: its counts make more than ${most} parts`, at: 0 };
  return automaton(positions, whole);
}

/** Characters of the pattern, counts written out. */
const most = 1000;

interface Positions {
  readonly sets: CharacterSet[];
  /** Positions that may come behind each. */
  readonly follow: Set<number>[];
}

function createPositions(): Positions {
  return { sets: [], follow: [] };
}

/** Positions at which a part of the pattern may begin and end. */
interface Span {
  readonly empty: boolean;
  readonly first: readonly number[];
  readonly last: readonly number[];
}

const nothing: Span = { empty: true, first: [], last: [] };

/** Undefined when there are too many positions. */
function build(node: PatternNode, positions: Positions): Span | undefined {
  switch (node.kind) {
    case 'set': {
      const position = positions.sets.push(node.has) - 1;
      positions.follow.push(new Set());
      return position < most ? { empty: false, first: [position], last: [position] } : undefined;
    }
    case 'sequence':
      return inRow(node.parts, positions);
    case 'choice': {
      let span: Span = { empty: false, first: [], last: [] };
      for (const part of node.parts) {
        const one = build(part, positions);
        if (one === undefined) return undefined;
        span = {
          empty: span.empty || one.empty,
          first: [...span.first, ...one.first],
          last: [...span.last, ...one.last],
        };
      }
      return span;
    }
    case 'repeat':
      return repeated(node.part, node.min, node.max, positions);
  }
}

function inRow(parts: readonly PatternNode[], positions: Positions): Span | undefined {
  let span = nothing;
  for (const part of parts) {
    const next = build(part, positions);
    if (next === undefined) return undefined;
    span = joined(span, next, positions);
  }
  return span;
}

/** `x{2,4}` is `x x x? x?`; `x{2,}` is `x x+`. */
function repeated(part: PatternNode, min: number, max: number, positions: Positions): Span | undefined {
  const copies = max === Infinity ? Math.max(min, 1) : max;
  let span = nothing;
  for (let n = 1; n <= copies; n++) {
    const before = positions.sets.length;
    const one = build(part, positions);
    if (one === undefined) return undefined;
    if (max === Infinity && n === copies) link(one.last, one.first, positions);
    span = joined(span, n > min ? { ...one, empty: true } : one, positions);
    // Further copies of what has no characters add nothing.
    if (positions.sets.length === before) break;
  }
  return span;
}

function joined(before: Span, next: Span, positions: Positions): Span {
  link(before.last, next.first, positions);
  return {
    empty: before.empty && next.empty,
    first: before.empty ? [...before.first, ...next.first] : before.first,
    last: next.empty ? [...before.last, ...next.last] : next.last,
  };
}

function link(from: readonly number[], to: readonly number[], { follow }: Positions): void {
  for (const position of from) for (const next of to) follow[position]!.add(next);
}

interface State {
  /** Positions that the next character may be at. */
  readonly next: readonly number[];
  readonly accepts: boolean;
  /** State behind each ASCII character; undefined: not known yet. */
  readonly ascii: (State | undefined)[];
}

/** States that are remembered at a time. */
const mostStates = 2000;

function automaton({ sets, follow }: Positions, { empty, first, last }: Span): Pattern {
  const ends = new Set(last);
  const states = new Map<string, State>();
  const start = stateOf(first, empty);
  const dead = stateOf([], false);

  return (bytes, from, to) => {
    let state = start;
    for (let at = from; at < to && state !== dead; ) {
      const byte = bytes[at]!;
      if (byte < 0x80) {
        state = state.ascii[byte] ?? step(state, byte);
        at++;
      } else {
        const size = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        state = step(state, codePointAt(bytes, at, size));
        at += size;
      }
    }
    return state.accepts;
  };

  function step(state: State, codePoint: number): State {
    const matched = state.next.filter((position) => sets[position]!(codePoint));
    const next = new Set(matched.flatMap((position) => [...follow[position]!]));
    const behind = stateOf(
      [...next].sort((a, b) => a - b),
      matched.some((position) => ends.has(position)),
    );
    if (codePoint < 0x80) state.ascii[codePoint] = behind;
    return behind;
  }

  function stateOf(next: readonly number[], accepts: boolean): State {
    const key = `${accepts}${next.join()}`;
    let state = states.get(key);
    if (state === undefined) {
      if (states.size > mostStates) {
        for (const known of states.values()) known.ascii.fill(undefined);
        states.clear();
      }
      state = { next, accepts, ascii: new Array<State | undefined>(0x80).fill(undefined) };
      states.set(key, state);
    }
    return state;
  }
}

/** Of well-formed UTF-8. */
function codePointAt(bytes: Uint8Array, at: number, size: number): number {
  const low = (i: number): number => bytes[at + i]! & 0x3f;
  const high = bytes[at]!;
  if (size === 2) return ((high & 0x1f) << 6) | low(1);
  if (size === 3) return ((high & 0x0f) << 12) | (low(1) << 6) | low(2);
  return ((high & 0x07) << 18) | (low(1) << 12) | (low(2) << 6) | low(3);
}
