import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, spaced, type Tree, value } from '../formats/json-trees.ts';
import { type Done, failureOf, type Job, random, run } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const drop = '{ role: insensitive, transform: drop }';
const redact = '{ role: insensitive, transform: { redact: { with: "X,Y" } } }';
const keepAll = `defaults: { unlisted: keep }\nfields: { "$.none.*": ${keep} }`;

const runJson = (policy: string, input: string, more: Partial<Job> = {}): Promise<Done> =>
  run({ policy, input, format: 'json', ...more });

/** Records in an array, in every layout; `front` and `behind` are what the document has around it. */
const space = fc.constantFrom('', ' ', '\n', '\r\n  ', '\t');
interface Layout {
  readonly front: string;
  readonly behind: string;
  readonly spaces: readonly (readonly [string, string])[];
}
const layout: fc.Arbitrary<Layout> = fc.record({
  front: fc.constantFrom('[', ' [', '{"total": 3, "items":[', '{\n  "meta" : {"by": "é"},\n  "a": {"items": ['),
  behind: fc.constantFrom(']', '\n]\n', ' ] '),
  spaces: fc.array(fc.tuple(space, space), { minLength: 12, maxLength: 12 }),
});

function documentOf({ front, behind, spaces }: Layout, records: readonly string[]): string {
  const inner = records.map((record, i) => `${spaces[i]![0]}${record}${spaces[i]![1]}`).join(',');
  return `${front}${inner}${behind}${closing(front)}`;
}

function closing(front: string): string {
  return front.includes('"a"') ? ' , "next": null}\n}\n' : front.includes('items') ? ', "done":true}' : '';
}

function inputOf(front: string, around: string): string {
  const records = front.includes('"a"') ? '$.a.items[*]' : front.includes('items') ? '$.items[*]' : '$[*]';
  return `input: { format: json, records: "${records}", around: ${around} }\n`;
}

function recordsIn(text: string): readonly Json[] {
  const parsed = JSON.parse(text);
  return Array.isArray(parsed) ? parsed : (parsed.items ?? parsed.a.items);
}

const trees = fc.array(fc.tuple(value, fc.infiniteStream(fc.nat(5))), { minLength: 1, maxLength: 6 });

describe('a JSON document', () => {
  it('is the same, byte for byte, where everything is kept', async () => {
    await fc.assert(
      fc.asyncProperty(layout, trees, fc.nat(), async (made, values, pieces) => {
        const input = documentOf(
          made,
          values.map(([tree, numbers]) => spaced(tree, numbers)),
        );
        const { text } = await runJson(inputOf(made.front, 'keep') + keepAll, input, { pieces });
        expect(text).toBe(input);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('keeps numbers, escapes and the order of keys', async () => {
    const input =
      '[\n  {"b":12345678901234567890,"a":1.10,"__proto__":{"x":"\\u00e9\\/"}},\n  {"1":-0,"0":1E+400}\n]\n';
    expect((await runJson(keepAll, input)).text).toBe(input);
  });

  it('is what JSON.parse says with members dropped and replaced', async () => {
    const policy = `defaults: { unlisted: keep }\nfields: { "$.a": ${drop}, "$.b": ${redact}, "$.none.*": ${keep} }`;
    await fc.assert(
      fc.asyncProperty(layout, trees, fc.nat(), async (made, values, pieces) => {
        fc.pre(values.some(([tree]) => 'a' in tree) && values.some(([tree]) => 'b' in tree));
        const input = documentOf(
          made,
          values.map(([tree, numbers]) => spaced(tree, numbers)),
        );
        const { text } = await runJson(inputOf(made.front, 'keep') + policy, input, { pieces });
        const expected = values.map(([tree]) => {
          const { a, ...left } = tree;
          return 'b' in left && left.b !== null ? { ...left, b: 'X,Y' } : left;
        });
        expect(JSON.stringify(recordsIn(text).map(sorted))).toBe(JSON.stringify(expected.map(sorted)));
      }),
      { numRuns: 150, seed: 2 },
    );
  });

  it('without the records that are suppressed is JSON.parse(…).filter, in the layout that it had', async () => {
    const policy = `fields:
  "$.g": { role: quasi-identifier, transform: keep }
  "$.n": ${keep}
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }
`;
    let first = 0;
    await fc.assert(
      fc.asyncProperty(
        layout,
        fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 12 }),
        fc.nat(),
        async (made, groups, pieces) => {
          const lonely = (g: number) => groups.filter((other) => other === g).length < 2;
          fc.pre(groups.some((g) => !lonely(g)));
          if (lonely(groups[0]!)) first++;
          const texts = groups.map((g, i) => `{"n":${i}.0 , "g":"${g}"}`);
          const input = documentOf(made, texts);
          const { text, result } = await runJson(inputOf(made.front, 'keep') + policy, input, { pieces });
          const left = groups.flatMap((g, i) => (lonely(g) ? [] : [i]));
          expect(recordsIn(text)).toEqual(recordsIn(input).filter((_, i) => left.includes(i)));
          // What stands in front of the first record that is left, and what stands behind each, is as it was.
          const inner = left.map((i) => texts[i]!);
          const between = left.map((i, n) => {
            const [before] = made.spaces[i]!;
            return n === 0 ? before : `${made.spaces[i - 1]![1]},${before}`;
          });
          const end = `${made.spaces[groups.length - 1]![1]}${made.behind}${closing(made.front)}`;
          expect(text).toBe(`${made.front}${inner.map((record, n) => between[n]! + record).join('')}${end}`);
          expect(result.records.suppressed).toBe(groups.length - left.length);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
    expect(first).toBeGreaterThan(50);
  });

  it('is read and written in blocks, and measured as it is written', async () => {
    const next = random(5);
    const rows = Array.from({ length: 9000 }, (_, i) => ({
      id: `person ${i}`,
      g: Math.floor(next() * 3000),
      note: 'é"\n'.repeat(Math.floor(next() * 80)),
    }));
    const input = JSON.stringify(rows, null, 2);
    expect(input.length).toBeGreaterThan(2 << 20);
    const policy = `fields: { "$.id": { role: identifier, transform: drop }, "$.g": { role: quasi-identifier, transform: keep }, "$.note": ${keep} }
privacy: { models: [ { k-anonymity: { k: 3 } } ], max-suppression: 1 }`;
    const { text, result } = await runJson(policy, input, { pieces: 7, leakCheck: true });
    const counts = new Map<number, number>();
    for (const { g } of rows) counts.set(g, (counts.get(g) ?? 0) + 1);
    const left = rows.filter(({ g }) => counts.get(g)! >= 3).map(({ g, note }) => ({ g, note }));
    expect(text).toBe(JSON.stringify(left, null, 2));
    expect(result.records).toEqual({ source: 9000, written: left.length, suppressed: 9000 - left.length });
    expect(result.written!.count).toBe(new Set(left.map(({ g }) => g)).size);
    expect(result.leak).toMatchObject({ findings: [], records: left.length });
  });

  it('is one record where it is an object', async () => {
    const input = '{ "a" : 1.0, "b": [ {"c": "x"}, {"c": "y"} ] }\n';
    const policy = `fields: { "$.a": ${keep}, "$.b[*].c": ${redact} }`;
    const { text, result } = await runJson(policy, input);
    expect(text).toBe('{ "a" : 1.0, "b": [ {"c": "X,Y"}, {"c": "X,Y"} ] }\n');
    expect(result.records.source).toBe(1);
  });

  it.each(['[]', ' [ ]\n', '{"items": []}', ' \n'])('without records is refused: %s', async (input) => {
    const records = input.includes('items') ? 'input: { records: "$.items[*]" }\n' : '';
    const refusal = await failureOf({ policy: `${records}fields: { "$.a": ${keep} }`, input, format: 'json' });
    expect(refusal.code).toBe('DATA-EMPTY');
  });
});

describe('members around the records', () => {
  const people = [
    { name: 'Ada Lovelace', city: 'London' },
    { name: 'Grace Hopper', city: 'New York' },
    { name: 'Alan Turing', city: 'Wilmslow' },
  ];
  const policy = (around: string) =>
    `input: { records: "$.items[*]", around: ${around} }\nfields: { "$.name": { role: identifier, transform: drop }, "$.city": ${keep} }`;
  const inFront = JSON.stringify({ by: 'told by ada LOVELACE herself', items: people });
  const behind = JSON.stringify({ items: people, tags: [{ 'Ada\u0020Lovelace': 1 }] });
  const escaped = behind.replace('Ada ', 'A\\u0064a\\u0020');

  it.each([
    ['in front', inFront],
    ['behind, in a key', behind],
    ['behind, in escapes', escaped],
  ])('are searched for identifiers where they are kept: %s', async (_, input) => {
    const { result } = await runJson(policy('keep'), input, { leakCheck: true });
    expect(result.leak!.findings).toEqual([{ identifier: undefined, field: '$', firstRow: 0, records: 1 }]);
  });

  it('hold none where they are dropped', async () => {
    for (const input of [inFront, behind]) {
      const { text, result } = await runJson(policy('drop'), input, { leakCheck: true });
      expect(result.leak!.findings).toEqual([]);
      expect(JSON.parse(text)).toEqual({ items: people.map(({ city }) => ({ city })) });
    }
  });

  it('are nothing but null where they are redacted', async () => {
    const { text, result } = await runJson(policy('redact'), inFront, { leakCheck: true });
    expect(result.leak!.findings).toEqual([]);
    expect(JSON.parse(text)).toEqual({ by: null, items: people.map(({ city }) => ({ city })) });
  });

  it('are refused otherwise', async () => {
    expect(await failureOf({ policy: policy('reject'), input: inFront, format: 'json' })).toMatchObject({
      code: 'DATA-FIELDS',
      message: '`$.by` stands outside of the records',
    });
  });
});

/** `JSON.parse` puts keys that look like numbers first. */
function sorted(json: Json): Json {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return json;
  const entries = Object.entries(json as Tree).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inner]));
}
