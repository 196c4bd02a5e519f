import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAddressedRandom, deriveStreamKey } from '../../src/crypto/addressed-random.ts';
import { readDecimal } from '../../src/table/decimal.ts';
import {
  type Example,
  INVALID,
  NEXT,
  Numeral,
  type TransformDefinition,
  traitsOf,
} from '../../src/transforms/definition.ts';
import { transforms } from '../../src/transforms/index.ts';
import { microaggregate } from '../../src/transforms/microaggregate.ts';
import { checkForms, type Input, type Result, runTable, testResources } from './harness.ts';

/** What the definitions promise, held against what they do to values like those of their examples. */
describe.each(transforms.all)('$name keeps its promises', (definition) => {
  const claims = [...(definition.examples as Case[]), ...(discouraged[definition.name] ?? [])].map((example) => ({
    example,
    ...claimsOf(definition, example),
  }));

  it.each(Object.keys(always) as Property[])('%s: `yes` holds for any values', async (property) => {
    for (const { example, keeps } of claims) {
      if (keeps[property] !== 'yes') continue;
      await prepared(definition, example);
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const pairs = pairsOf(definition, example, sampleFor(property, example, drawsFrom(seed)));
          expect(always[property](pairs), JSON.stringify(example.options)).toBe(true);
        }),
        { numRuns: 20 },
      );
    }
  });

  it.each(Object.keys(always) as Property[])('%s: less is said only where less holds', async (property) => {
    // What a group costs does not show in one field.
    const modest = claims.filter(({ keeps, options }) => keeps[property] !== 'yes' && !definition.group?.(options));
    const held: boolean[] = [];
    for (const { example } of modest) {
      await prepared(definition, example);
      held.push(always[property](pairsOf(definition, example, sampleFor(property, example, drawsFrom(1)))));
    }
    expect(modest.length > 0 && held.every(Boolean)).toBe(false);
  });

  it.each(Object.keys(partly) as Property[])('%s: `partly` is more than nothing', async (property) => {
    for (const { example, keeps } of claims) {
      if (keeps[property] !== 'partly') continue;
      await prepared(definition, example);
      const pairs = pairsOf(definition, example, sampleFor(property, example, drawsFrom(1)));
      expect(partly[property](pairs), JSON.stringify(example.options)).toBe(true);
    }
  });

  it('results differ from run to run exactly where they are random', async () => {
    for (const { example, options } of claims) {
      await prepared(definition, example);
      const values = sampleFor('distribution', example, drawsFrom(2));
      const [first, second] = ['one run', 'another'].map((run) => resultsOf(definition, example, values, run));
      const random = typeof definition.random === 'function' ? definition.random(options) : definition.random;
      if (random) expect(first).not.toEqual(second);
      else expect(first).toEqual(second);
    }
  });

  it('equal values have equal results where results may be remembered', async () => {
    for (const { example, options } of claims) {
      const { deterministic, bindTable, references } = definition;
      const remembered = typeof deterministic === 'function' ? deterministic(options) : deterministic;
      const looksAside = references?.(options).some(({ section }) => section === 'fields');
      if (!remembered || bindTable !== undefined || looksAside) continue;
      await prepared(definition, example);
      expect(isFunction(pairsOf(definition, example, sampleFor('distribution', example, drawsFrom(3))))).toBe(true);
    }
  });

  it('a key leads back to values exactly where there is one', async () => {
    for (const { example, options, reversible } of claims) {
      const isKeyed = definition.references?.(options).some(({ section }) => section === 'domains') ?? false;
      expect(['guess', 'key'].includes(reversible)).toBe(isKeyed);
      if (reversible === 'yes') {
        const pairs = pairsOf(definition, example, sampleFor('distribution', example, drawsFrom(4)));
        expect(pairs.every(({ from, to }) => textOf(from) === textOf(to))).toBe(true);
      }
      const { random } = definition;
      const isRandom = typeof random === 'function' ? random(options) : random;
      // What differs for all values and is the same in every run is a list that leads back.
      if (reversible === 'no' && !isRandom) expect(traitsOf(definition, options).keeps.uniqueness).not.toBe('yes');
    }
  });
});

interface Case extends Example {
  /** All that the sample holds; otherwise values like the input are made up. */
  readonly values?: readonly Input[];
}

/** Options that show what is not promised, and that no document should show. */
const discouraged: Readonly<Record<string, readonly Case[]>> = {
  pram: [{ options: { keep: 0.8, values: [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'] }, input: 'A' }],
  'redact-text': [{ input: '2024-02-29', values: ['2024-02-29', '2024-03-01', '5 days'] }],
  tokenize: [{ options: { domain: 'patient', alphabet: 'digits', length: 2 }, input: 'ada@example.com' }],
};

it('microaggregate gives up the order of a field for the sake of others of its group', () => {
  const below = drawsFrom(1);
  const fields = [1, 2].map(() => Array.from({ length: 100 }, () => String(below(1000))));
  const resources = testResources();
  const options = { k: 5, with: 'vitals' };
  const [results] = runTable(fields.map((inputs) => ({ definition: microaggregate, options, inputs, resources })));
  const pairs = fields[0]!.map((from, i): Pair => ({ from, to: results![i]! }));
  expect(always.order(pairs)).toBe(false);
  expect(partly.order(pairs)).toBe(true);
});

type Property = 'format' | 'order' | 'uniqueness' | 'distribution';
interface Pair {
  readonly from: Input;
  readonly to: Result;
}

const always: Record<Property, (pairs: readonly Pair[]) => boolean> = {
  format(pairs) {
    const values = new Set(pairs.map(({ from }) => textOf(from)));
    return pairs.every(({ from, to }) => isLike(textOf(from), textOf(to)) || values.has(textOf(to)));
  },
  order(pairs) {
    if (pairs.some(({ to }) => textOf(to) === null)) return false;
    const sorted = pairs.toSorted((a, b) => compare(textOf(a.from)!, textOf(b.from)!));
    /** The greatest results of the values before this one, and of those before that are smaller than it. */
    let [greatest, ofSmaller, value]: (string | undefined)[] = [];
    return sorted.every(({ from, to }) => {
      if (value === undefined || compare(value, textOf(from)!) !== 0) ofSmaller = greatest;
      value = textOf(from)!;
      if (greatest === undefined || compare(textOf(to)!, greatest) > 0) greatest = textOf(to)!;
      return ofSmaller === undefined || compare(textOf(to)!, ofSmaller) >= 0;
    });
  },
  // The sample holds each value once.
  uniqueness: (pairs) => new Set(pairs.map(({ to }) => textOf(to))).size === pairs.length,
  distribution: (pairs) =>
    same(
      pairs.map(({ from }) => textOf(from)),
      pairs.map(({ to }) => textOf(to)),
    ),
};

const partly: Record<Property, (pairs: readonly Pair[]) => boolean> = {
  format: (pairs) =>
    pairs.filter(({ from, to }) => {
      const [before, after] = [textOf(from)!, textOf(to)!];
      return before.length === after.length || sortOf(before) === sortOf(after);
    }).length >
    pairs.length / 4,
  order: (pairs) => areNeighbours(pairs) || rankCorrelation(pairs) > 0.5,
  uniqueness: (pairs) => new Set(pairs.map(({ to }) => textOf(to))).size > pairs.length / 20,
  distribution: (pairs) =>
    isFunction(pairs) ||
    quantileDistance(pairs) < 0.5 ||
    pairs.filter(({ from, to }) => textOf(from) === textOf(to)).length > pairs.length / 2,
};

function claimsOf(definition: TransformDefinition, { options: given = {} }: Example) {
  const options = definition.options.parse(given);
  return { options, ...traitsOf(definition, options) };
}

async function prepared(definition: TransformDefinition, { options = {} }: Example): Promise<void> {
  await definition.prepare?.(definition.options.parse(options), 'en');
}

function pairsOf(definition: TransformDefinition, example: Example, values: readonly Input[]): Pair[] {
  const results = resultsOf(definition, example, values, 'a run');
  const pairs = values.map((from, i): Pair => ({ from, to: results[i] === NEXT ? resultOf(from) : results[i]! }));
  // Not every number of five digits is a ZIP code.
  const readable = pairs.filter(({ to }) => to !== INVALID);
  expect(readable.length).toBeGreaterThan(pairs.length / 10);
  return readable;
}

/** With records of twenty subjects; `run` tells the randomness of one run from that of another. */
function resultsOf(definition: TransformDefinition, example: Example, values: readonly Input[], run: string): Result[] {
  const { options = {}, type, peers = {} } = example;
  const parsed = definition.options.parse(options);
  const fields = (definition.references?.(parsed) ?? []).filter(({ section }) => section === 'fields');
  const names = new Set([...Object.keys(peers), ...fields.map(({ name }) => name)]);
  const given = Object.fromEntries([...names].map((name) => [name, values.map((_, i) => `subject ${i % 20}`)]));
  const key = Buffer.alloc(32, run);
  const resources = {
    ...testResources({ ...(type && { type }), peers: given }),
    random: (purpose: string, bytes: number) => createAddressedRandom(deriveStreamKey(key, 'field', purpose), bytes),
  };
  return checkForms(definition, options, values, resources);
}

const distinctValues = 300;

/** Values like the example's, each once for uniqueness, and some far more often than others elsewhere. */
function sampleFor(property: Property, example: Case, below: (n: number) => number): Input[] {
  const distinct = distinctLike(example, below);
  if (property === 'uniqueness') return distinct;
  return Array.from({ length: 2 * distinctValues }, () => {
    const unit = below(1e6) / 1e6;
    return distinct[Math.floor(distinct.length * unit * unit)]!;
  });
}

function distinctLike(example: Case, below: (n: number) => number): Input[] {
  const listed = listedIn(example);
  const found = new Map<string, Input>();
  if (listed.length > 0) for (const value of listed) found.set(textOf(value)!, value);
  else for (let i = 0; i < distinctValues; i++) found.set(...entryOf(alike(example, below)));
  return [...found.values()];
}

function entryOf(value: Input): [string, Input] {
  return [textOf(value)!, value];
}

/** The values that options list, and some that they do not where they say what becomes of those. */
function listedIn({ options, input, values: all }: Case): readonly Input[] {
  if (all !== undefined) return all;
  const { groups, map, matrix, values, others } = (options ?? {}) as {
    groups?: { values: string[] }[];
    map?: object;
    matrix?: object;
    values?: string[];
    others?: string;
  };
  if (values !== undefined) return values;
  if (groups !== undefined) return groups.flatMap((group) => group.values);
  const names = Object.keys(map ?? matrix ?? {});
  return others === undefined ? names : [...names, 'X', 'Y', 'Z', 'AB'].concat(String(input));
}

function alike({ options, input }: Example, below: (n: number) => number): Input {
  const text = String(input);
  const day = new Date(Date.UTC(1900 + below(130), below(12), 1 + below(28))).toISOString().slice(0, 10);
  if (/^\d{4}-\d\d-\d\d/.test(text)) return day + text.slice(10);
  if (/^\d\d\.\d\d\.\d{4}$/.test(text)) return day.split('-').reverse().join('.');
  const number = /^-?(?:0|[1-9]\d{0,7})(?:\.(\d+))?$/.exec(text);
  if (number !== null) {
    const decimals = number[1]?.length ?? 0;
    const { top = 0 } = (options ?? {}) as { top?: number };
    const most = Math.max(200, 2 * Math.max(top, Math.abs(Number(text))) * 10 ** decimals);
    const drawn = (below(most) / 10 ** decimals).toFixed(decimals);
    const signed = text.startsWith('-') && Number(drawn) > 0 ? `-${drawn}` : drawn;
    return typeof input === 'number' ? new Numeral(signed) : signed;
  }
  return text
    .replace(/\d/g, () => String(below(10)))
    .replace(/[a-z]/g, () => String.fromCharCode(97 + below(26)))
    .replace(/[A-Z]/g, () => String.fromCharCode(65 + below(26)));
}

/** The generator of Park and Miller ("Random number generators: good ones are hard to find", CACM 31, 1988): samples that come again. */
function drawsFrom(seed: number): (n: number) => number {
  let state = (Math.abs(seed) % 2_147_483_646) + 1;
  return (n) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * n);
  };
}

function textOf(value: Input | Result): string | null {
  if (typeof value === 'symbol') throw new Error('the sample holds a value that the transform cannot read');
  if (value === null) return null;
  return value instanceof Numeral ? value.digits : String(value);
}

function resultOf(value: Input): Result {
  return value instanceof Numeral ? value : textOf(value);
}

function isLike(before: string | null, after: string | null): boolean {
  if (before === null || after === null) return before === after;
  const sort = sortOf(before);
  if ((sort === 'number' || sort === 'date') && sort === sortOf(after)) return true;
  return shapeOf(before) === shapeOf(after);
}

function sortOf(text: string): string {
  if (readDecimal(text) !== null) return 'number';
  if (numberOf(text) !== null) return 'date';
  if (/^[^@\s]+@[^@\s]+$/.test(text)) return 'address';
  return /^[\p{L}\p{M}.,'’ -]+$/u.test(text) ? 'words' : `${text.length} characters`;
}

function shapeOf(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Nd}/gu, '0');
}

function compare(a: string, b: string): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== null && y !== null) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of a number or a date. */
function numberOf(text: string): number | null {
  if (readDecimal(text) !== null) return Number(text);
  const iso = text.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
  return /^\d{4}-\d\d-\d\d(?:$|T)/.test(iso) ? Date.parse(iso.slice(0, 10)) : null;
}

function same(before: readonly unknown[], after: readonly unknown[]): boolean {
  return JSON.stringify([...before].sort()) === JSON.stringify([...after].sort());
}

function isFunction(pairs: readonly Pair[]): boolean {
  const found = new Map<string | null, string | null>();
  return pairs.every(({ from, to }) => {
    const [value, result] = [textOf(from), textOf(to)];
    if (!found.has(value)) found.set(value, result);
    return found.get(value) === result;
  });
}

/** Do equal results stand in one run when the pairs are sorted by their values? */
function areNeighbours(pairs: readonly Pair[]): boolean {
  const sorted = pairs.toSorted((a, b) => compare(textOf(a.from)!, textOf(b.from)!)).map(({ to }) => textOf(to));
  const runs = sorted.filter((result, i) => i === 0 || result !== sorted[i - 1]);
  return new Set(runs).size === runs.length && runs.length > 1;
}

/** Spearman's. */
function rankCorrelation(pairs: readonly Pair[]): number {
  const [x, y] = [ranksOf(pairs.map(({ from }) => textOf(from)!)), ranksOf(pairs.map(({ to }) => textOf(to)!))];
  const mean = (pairs.length - 1) / 2;
  const product = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + (value - mean) * (b[i]! - mean), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

/** Equal values share the mean of their ranks. */
function ranksOf(texts: readonly string[]): number[] {
  const sorted = texts.toSorted(compare);
  return texts.map((text) => (sorted.indexOf(text) + sorted.lastIndexOf(text)) / 2);
}

/** The largest difference of the two empirical distribution functions (Kolmogorov and Smirnov); 1 for what is no number. */
function quantileDistance(pairs: readonly Pair[]): number {
  const [before, after] = [pairs.map(({ from }) => textOf(from)), pairs.map(({ to }) => textOf(to))].map((texts) =>
    texts.map((text) => (text === null ? null : numberOf(text))),
  );
  if ([...before!, ...after!].includes(null)) return 1;
  const share = (numbers: readonly (number | null)[], limit: number) =>
    numbers.filter((number) => number! <= limit).length / numbers.length;
  return Math.max(...before!.map((limit) => Math.abs(share(before!, limit!) - share(after!, limit!))));
}
