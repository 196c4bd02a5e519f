import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Matcher, Slices, Texts } from '../../../src/engine/leak/matcher.ts';
import { createPlainMatcher } from '../../../src/engine/leak/plain-matcher.ts';
import { SourceValues } from '../../../src/engine/leak/source-values.ts';
import { vectorMatcher } from '../../../src/engine/leak/vector-matcher.ts';

const plain = createPlainMatcher();
const vectors = vectorMatcher()!;

function slicesOf(texts: readonly string[], between = ''): Slices {
  const parts = texts.map((text) => Buffer.from(text));
  const bytes = Buffer.concat(parts.flatMap((part) => [part, Buffer.from(between)]));
  const start = new Int32Array(texts.length);
  const end = new Int32Array(texts.length);
  let at = 0;
  parts.forEach(({ length }, i) => {
    start[i] = at;
    end[i] = at + length;
    at += length + between.length;
  });
  return { bytes, start, end, count: texts.length };
}

/** Each text as its words. */
function wordsIn({ count, bytes, start, first }: Texts): string[][] {
  return Array.from({ length: count }, (_, t) =>
    Array.from({ length: first[t + 1]! - first[t]! }, (_, w) => {
      const word = first[t]! + w;
      return Buffer.from(bytes.subarray(start[word], start[word + 1])).toString();
    }),
  );
}

/** Everything that a matcher says of texts in which values are searched; offsets from where each text begins. */
function answers(matcher: Matcher, values: Slices, texts: Slices, among: Int32Array, source: SourceValues) {
  matcher.begin(source.filter);
  const own = matcher.read(values)!;
  const searched = matcher.read(texts, unescaped)!;
  const prints = [...matcher.fingerprints(own)];
  const lengths = prints.filter((_, i) => i % 5 === 3);
  const occurrences: number[][] = [];
  matcher.occurrences(own, among, searched, (v, t, at) => {
    occurrences.push([v, t, at - searched.start[searched.first[t]!]!]);
  });
  const candidates: number[][] = [];
  matcher.candidates(searched, source.filter, (t, w, next) => {
    candidates.push([t, w - searched.first[t]!, next - searched.first[t]!]);
  });
  return {
    own: wordsIn(own),
    searched: wordsIn(searched),
    prints: prints.filter((_, i) => lengths[Math.floor(i / 5)]! > 0),
    lengths,
    occurrences,
    candidates,
  };
}

const unescaped = (bytes: Buffer, from: number, to: number) =>
  Buffer.from(bytes.toString('utf8', from, to).replaceAll('\\n', '\n').replaceAll('\\', ''));

function sealed(values: Slices): SourceValues {
  const source = new SourceValues();
  source.add(plain.fingerprints(plain.read(values)!), everyRecord(values.count), { units: undefined, firstRecord: 0 });
  source.seal();
  return source;
}

const pieces = [
  'ab',
  'ABab',
  'Z',
  '@',
  '[',
  '`',
  '{',
  '/',
  ':',
  '09',
  '2024',
  ' ',
  '-',
  'é',
  'e\u0301',
  '\\n',
  '美',
  '\u{1d160}',
  'İ',
];
const text = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces.slice(0, 13)) }, fc.constantFrom(...pieces)), {
    maxLength: 40,
  })
  .map((some) => some.join(''));

describe('vectors and plain JavaScript', () => {
  it('say the same of any texts', () => {
    const seen = { occurrences: 0, candidates: 0 };
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 8 }), fc.constantFrom('', 'a', '"'), (rows, between) => {
        const values = slicesOf(rows.map(([value]) => value.slice(0, 1 + (value.length % 24))));
        const texts = slicesOf(
          rows.map(([value, around], i) => (i % 3 === 2 ? around : `${value}${around} ${value}`)),
          between,
        );
        const among = Int32Array.from(rows, (_, i) => (i % 5 === 4 ? -1 : (i * 7) % rows.length));
        const source = sealed(values);
        const found = answers(plain, values, texts, among, source);
        expect(answers(vectors, values, texts, among, source)).toEqual(found);
        seen.occurrences += found.occurrences.length;
        seen.candidates += found.candidates.length;
      }),
      { numRuns: 1500, seed: 4 },
    );
    expect(Math.min(seen.occurrences, seen.candidates)).toBeGreaterThan(1000);
  });

  it('say the same where there is more to list than is listed at once', () => {
    const values = slicesOf(['aaaa', 'abcd'.repeat(3), 'aaaaaaaaa']);
    const texts = slicesOf(['a'.repeat(9000), 'ab cd '.repeat(9000), 'a '.repeat(5000)]);
    const among = Int32Array.of(0, 1, 2);
    const source = sealed(values);
    const found = answers(plain, values, texts, among, source);
    expect(found.occurrences.length).toBeGreaterThan(15_000);
    expect(found.candidates.length).toBeGreaterThan(8000);
    expect(answers(vectors, values, texts, among, source)).toEqual(found);
  });

  it('say the same of texts for which the memory has to grow, and of another filter', () => {
    const many = Array.from({ length: 30_000 }, (_, i) => `person ${i * 7919} of ${i % 100}, called Nr-${i}`);
    const values = slicesOf(many.map((one) => one.slice(0, 16)));
    const among = Int32Array.from(many, (_, i) => i);
    const source = sealed(values);
    const found = answers(plain, values, slicesOf(many), among, source);
    expect(found.occurrences).toHaveLength(30_000);
    expect(answers(vectors, values, slicesOf(many), among, source)).toEqual(found);
    const other = sealed(slicesOf(['nothing of this']));
    expect(answers(vectors, values, slicesOf(many), among, other).candidates).toEqual([]);
  });

  it('find the only owner of a value, not one of several', () => {
    const values = slicesOf(['Ada Lovelace', 'Grace Hopper', 'ada-lovelace', 'short']);
    for (const matcher of [plain, vectors]) {
      matcher.begin();
      const texts = matcher.read(values)!;
      const source = new SourceValues();
      const prints = matcher.fingerprints(texts);
      source.add(prints, everyRecord(prints.length), { units: undefined, firstRecord: 0 });
      source.seal();
      const owned = [0, 1, 2, 3].map((t) => {
        const [from, to] = [texts.start[texts.first[t]!]!, texts.start[texts.first[t + 1]!]!];
        return source.hasOneOwner(texts.bytes, from, to, prints[5 * t + 2]!);
      });
      expect(owned).toEqual([false, true, false, false]);
      expect(source.size).toBe(2);
    }
  });
});

function everyRecord(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
