import { fail } from '../base/diagnostic.ts';
import type { ScanRequest, Slot } from './batch.ts';
import { KeyTable } from './json-keys.ts';
import { globMatches, type PathSegment, parsePath } from './json-path.ts';

/** What to do with a single value. */
export const Leaf = { emit: 0, mark: 1, pass: 2, refuse: 3 } as const;
/** What to do with an object or array that is not empty: look inside, take it as one value, or refuse it. */
export const Inside = { descend: 0, take: 1, refuse: 2 } as const;

/** The location of a whole record. Throws when a selector is not a path. */
export function compileSelectors(request: ScanRequest): Location {
  const top = createNode();
  request.slots.forEach((slot, i) => {
    if (i !== request.unlisted) addSelector(top, slot.selector, i);
  });
  return locationOf({ request, made: new Map(), numbers: new Map() }, [top], 0);
}

/** A place in the tree of selectors. */
interface Node {
  readonly keys: Map<string, Node>;
  readonly globs: Map<string, Node>;
  each: Node | undefined;
  /** The slots whose selectors end here. */
  readonly ends: { readonly slot: number; readonly glob: boolean }[];
}

function createNode(): Node {
  return { keys: new Map(), globs: new Map(), each: undefined, ends: [] };
}

function addSelector(top: Node, selector: string, slot: number): void {
  const path = parsePath(selector);
  if (!Array.isArray(path)) {
    const hint = `character ${path.at + 1}; a path looks like \`$.patient.id\` or \`$.visits[*].date\``;
    throw fail('POLICY-MEANING', `\`${selector}\` is not a JSON path: ${path.message}`, { hint });
  }
  if (path.length === 0) {
    throw fail('POLICY-MEANING', '`$` is the whole record, not a field', { hint: 'name its fields: `$.id`' });
  }
  let node = top;
  for (const segment of path) node = child(node, segment);
  node.ends.push({ slot, glob: path.some((segment) => segment.kind === 'glob') });
}

function child(node: Node, segment: PathSegment): Node {
  if (segment.kind === 'each') {
    node.each ??= createNode();
    return node.each;
  }
  const [children, key] = segment.kind === 'key' ? [node.keys, segment.key] : [node.globs, segment.pattern];
  return entryOf(children, key, createNode);
}

/** What the selectors say of the values at a location, without what is below it. */
interface Meaning {
  /** One of `Leaf`. */
  readonly leaf: number;
  /** One of `Inside`. */
  readonly inside: number;
  /** `null` and empty containers pass: selectors lead on from here. */
  readonly hollow: boolean;
  /** Slots that lead on from here and want to know of that. */
  readonly classed: readonly number[];
  /** Of the request, or -1. */
  readonly slot: number;
  /** A second slot that matches as well as `slot`, or -1. */
  readonly rival: number;
}

const ignored: Meaning = { leaf: Leaf.pass, inside: Inside.descend, hollow: true, classed: [], slot: -1, rival: -1 };

/**
 * A location in a record: what all selectors together say about the values there, and where keys lead from it. Locations are
 * made as the data needs them, one for each set of selectors that are still in play, so that scanning costs one step per key
 * however many selectors there are. A location belongs to one depth; at most one object is open there at a time.
 */
export class Location implements Meaning {
  readonly leaf: number;
  readonly inside: number;
  readonly hollow: boolean;
  readonly classed: readonly number[];
  readonly slot: number;
  readonly rival: number;
  readonly #compiled: Compiled;
  readonly #depth: number;
  /** Undefined where nothing matters any more, because the value is taken as a whole. */
  readonly #nodes: readonly Node[] | undefined;
  #keys: KeyTable<Location> | undefined;
  #element: Location | undefined;
  /** Where all keys lead that no selector names outright, if it does not depend on the key. */
  #unnamed: Location | undefined;

  constructor(compiled: Compiled, nodes: readonly Node[] | undefined, depth: number) {
    const meaning = nodes === undefined ? ignored : meaningOf(nodes, compiled.request, depth === 0);
    this.leaf = meaning.leaf;
    this.inside = meaning.inside;
    this.hollow = meaning.hollow;
    this.classed = meaning.classed;
    this.slot = meaning.slot;
    this.rival = meaning.rival;
    this.#compiled = compiled;
    this.#depth = depth;
    this.#nodes = nodes;
  }

  /** The keys of objects here. */
  get keys(): KeyTable<Location> {
    if (this.#keys === undefined) {
      const named = new Set(this.#nodes?.flatMap((node) => [...node.keys.keys()]));
      const known = [...named].map((key) => [key, this.member(key)] as const);
      this.#keys = new KeyTable(known, this as Location);
    }
    return this.#keys;
  }

  /** Where `key` leads. */
  member(key: string): Location {
    const nodes = this.#nodes?.flatMap((node) => membersOf(node, key));
    return locationOf(this.#compiled, nodes, this.#depth + 1);
  }

  /** Where the key bytes[from, to) leads, which no selector names outright. */
  unnamed(bytes: Buffer, from: number, to: number): Location {
    if (this.#unnamed !== undefined) return this.#unnamed;
    if (this.#nodes?.some((node) => [...node.globs.keys()].some((pattern) => pattern !== '*'))) {
      return this.member(bytes.toString('utf8', from, to));
    }
    const nodes = this.#nodes?.flatMap((node) => node.globs.get('*') ?? []);
    this.#unnamed = locationOf(this.#compiled, nodes, this.#depth + 1);
    return this.#unnamed;
  }

  /** Where the elements of an array here are. */
  get element(): Location {
    if (this.#element === undefined) {
      const nodes = this.#nodes?.flatMap((node) => node.each ?? []);
      this.#element = locationOf(this.#compiled, nodes, this.#depth + 1);
    }
    return this.#element;
  }

  /** The same depth, where nothing matters any more. */
  get ignored(): Location {
    return locationOf(this.#compiled, undefined, this.#depth);
  }
}

interface Compiled {
  readonly request: ScanRequest;
  readonly made: Map<string, Location>;
  readonly numbers: Map<Node, number>;
}

function locationOf(compiled: Compiled, nodes: readonly Node[] | undefined, depth: number): Location {
  const { made, numbers } = compiled;
  const set = nodes?.map((node) => entryOf(numbers, node, () => numbers.size)).join();
  return entryOf(made, `${depth}:${set}`, () => new Location(compiled, nodes, depth));
}

function membersOf(node: Node, key: string): Node[] {
  const found = [...node.globs].filter(([pattern]) => globMatches(pattern, key)).map(([, next]) => next);
  const named = node.keys.get(key);
  return named === undefined ? found : [named, ...found];
}

function meaningOf(nodes: readonly Node[], request: ScanRequest, top: boolean): Meaning {
  const { slots, unlisted } = request;
  const deeper = top || nodes.some((node) => node.keys.size > 0 || node.globs.size > 0 || node.each !== undefined);
  const ends = nodes.flatMap((node) => node.ends);
  const exact = ends.filter((end) => !end.glob);
  // Exact selectors beat globs; among equals none is better.
  const [first, second] = exact.length > 0 ? exact : ends;
  const refused = deeper ? Inside.descend : Inside.refuse;

  if (first !== undefined && second !== undefined) {
    const whole = slots[first.slot]!.whole || slots[second.slot]!.whole;
    const inside = whole ? Inside.refuse : refused;
    return { leaf: Leaf.refuse, inside, hollow: false, classed: [], slot: first.slot, rival: second.slot };
  }
  if (first !== undefined) {
    const slot = slots[first.slot]!;
    const inside = slot.whole ? Inside.take : refused;
    return { leaf: leafOf(slot), inside, hollow: false, classed: [], slot: first.slot, rival: -1 };
  }
  const passing = { hollow: deeper, classed: nodes.flatMap((node) => classedBelow(node, slots)), rival: -1 };
  if (unlisted === 'reject') return { ...passing, leaf: Leaf.refuse, inside: Inside.descend, slot: -1 };
  const slot = slots[unlisted]!;
  const inside = slot.whole && !deeper ? Inside.take : Inside.descend;
  return { ...passing, leaf: leafOf(slot), inside, slot: unlisted };
}

/** The slots below `node` that are counted into classes; elements of arrays never are. */
function classedBelow(node: Node, slots: ScanRequest['slots']): number[] {
  return [...node.keys.values()].flatMap((next) => [
    ...next.ends.filter(({ slot }) => slots[slot]!.classed).map(({ slot }) => slot),
    ...classedBelow(next, slots),
  ]);
}

function leafOf(slot: Slot): number {
  return slot.wanted ? Leaf.emit : Leaf.mark;
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
