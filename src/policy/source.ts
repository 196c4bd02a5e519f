import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { type Diagnostic, Failure, fail, type Place } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';
import type { PathInPolicy } from './policy.ts';
import { secretLines, secretLinesOfText } from './secrets.ts';
import { yamlProblems } from './yaml-problems.ts';

const largestBytes = 1 << 20;
/** Far beyond any policy, and so that the parser needs little memory. */
const deepestNesting = 200;

/** Which end of `key: value` a problem is about. */
export type Part = 'key' | 'value';

/** A policy file as data, with the way back to its lines. */
export interface Source {
  /** Plain objects, arrays, strings, numbers, booleans and null; no cycles. */
  readonly data: unknown;
  /** Keys of the map at `path` in the order of the file; none when there is no map. */
  keysAt(path: PathInPolicy): readonly string[];
  /** Where `path` stands, or the deepest part of it that exists. */
  place(path: PathInPolicy, part?: Part): Place;
  problem(code: FailureCode, path: PathInPolicy, message: string, hint?: string, part?: Part): Diagnostic;
}

/**
 * Read one YAML 1.2 document of the core schema: string keys, no duplicate keys, merge keys, tags or cycles, at most 100 aliases
 * and 1 MiB. `sections` are the known keys of its root. Throws a Failure that holds every problem.
 */
export function readSource(bytes: Uint8Array, file: string, sections: readonly string[]): Source {
  const text = decoded(bytes, file);
  const counter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    strict: true,
    // Compares every key with every other; `yamlProblems` looks for duplicates itself.
    uniqueKeys: false,
    stringKeys: true,
    merge: false,
    prettyErrors: false,
    lineCounter: counter,
  });
  const lines = text.split(/\r?\n/);
  const malformed = document.errors.length > 0;
  const secret = malformed ? secretLinesOfText(lines, sections) : secretLines(document, counter, sections);

  const diagnostic = (
    code: FailureCode,
    range: readonly number[],
    message: string,
    hint: string | undefined,
  ): Diagnostic => {
    const { line, col } = counter.linePos(range[0]!);
    const shown = lines[line - 1] ?? '';
    const width = Math.max(1, Math.min(range[1]! - range[0]!, shown.length - col + 1));
    return {
      code,
      message,
      place: { file, line, column: col },
      ...(hint === undefined ? {} : { hint }),
      ...(secret.has(line) || shown.trim() === '' ? {} : { excerpt: { text: shown, width } }),
    };
  };

  const found = yamlProblems(document, text).sort((a, b) => a.at - b.at);
  const problems = found.map(({ at, message, hint }) => {
    const word = /^[^\s:,[\]{}]*/.exec(text.slice(at, at + 80))![0];
    return diagnostic('POLICY-YAML', [at, at + word.length], message, hint);
  });
  if (problems.length > 0) throw new Failure(problems);

  const range = (path: PathInPolicy, part: Part) => rangeOf(document, path, part) ?? [0, 0];
  return {
    data: document.toJS({ maxAliasCount: -1 }),
    keysAt(path) {
      const node = resolved(document, nodeAt(document, path));
      return isMap(node) ? node.items.map((pair) => keyText(pair.key)) : [];
    },
    place(path, part = 'value') {
      const { line, col } = counter.linePos(range(path, part)[0]!);
      return { file, line, column: col };
    },
    problem(code, path, message, hint, part = 'value') {
      const { excerpt, ...rest } = diagnostic(code, range(path, part), message, hint);
      // What is wrong with the policy as a whole is wrong with no line of it.
      return path.length === 0 || excerpt === undefined ? rest : { ...rest, excerpt };
    },
  };
}

function decoded(bytes: Uint8Array, file: string): string {
  if (bytes.length > largestBytes) {
    throw fail('POLICY-YAML', 'the policy is larger than 1 MiB', {
      place: { file },
      hint: 'keep lists and hierarchies in files of their own',
    });
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail('POLICY-YAML', 'the policy is not UTF-8', { place: { file }, hint: 'save the file as UTF-8' });
  }
  if (isDeep(text)) throw fail('POLICY-YAML', 'the policy is nested too deeply', { place: { file } });
  return text;
}

/** More brackets open, or list items begun on one line, than the limit; brackets in quotes count too. */
function isDeep(text: string): boolean {
  let open = 0;
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    open = Math.max(0, open + ('[{'.includes(bracket[0]) ? 1 : -1));
    if (open > deepestNesting) return true;
  }
  return new RegExp(`(?:[-?:][ \\t]+){${deepestNesting}}`).test(text);
}

/** Offsets of the key or the value at `path`; a map or list is pointed at by its key. */
function rangeOf(document: Document, path: PathInPolicy, part: Part): readonly number[] | undefined {
  let node: unknown = document.contents;
  let key: Node | undefined;
  for (const step of path) {
    const parent = resolved(document, node);
    if (isMap(parent)) {
      const pair = pairsOf(parent).get(String(step));
      if (!pair) break;
      key = pair.key as Node;
      node = pair.value;
    } else if (isSeq(parent) && parent.items[Number(step)] !== undefined) {
      key = undefined;
      node = parent.items[Number(step)];
    } else break;
  }
  const value = node as Node | null;
  const small = isAlias(value) || (isScalar(value) && value.range && value.range[1] > value.range[0]);
  if (key?.range && (part === 'key' || !small)) return key.range;
  return value?.range ?? undefined;
}

function nodeAt(document: Document, path: PathInPolicy): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    const parent = resolved(document, node);
    if (isMap(parent)) node = pairsOf(parent).get(String(step))?.value;
    else if (isSeq(parent)) node = parent.items[Number(step)];
    else return undefined;
  }
  return node;
}

function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

const pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

/** The pairs of a map by key, so that finding one does not take as long as the map. */
function pairsOf(map: YAMLMap): Map<string, Pair> {
  const known = pairs.get(map) ?? new Map(map.items.map((pair) => [keyText(pair.key), pair]));
  pairs.set(map, known);
  return known;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
