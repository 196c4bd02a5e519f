import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath } from '../../src/formats/json-path.ts';
import { type Json, spaced, type Tree, value } from '../formats/json-trees.ts';
import { csvOf, type Done, records, run } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const drop = '{ role: insensitive, transform: drop }';
const redact = '{ role: insensitive, transform: { redact: { with: "X,Y" } } }';

const names = ['a', 'b c', 'é', 'd"d', '__proto__', '7'];
const bare = fc
  .array(fc.constantFrom('a', '007', '1.10', ' ', 'é', 'e\u0301', '🙂', '\t', ';', "'", '\u00a0'), { maxLength: 4 })
  .map((parts) => parts.join(''));
const quoted = fc
  .array(fc.constantFrom('a', ',', '""', '\n', '\r\n', '\r', 'ü', ' ', '12345678901234567890'), { maxLength: 5 })
  .map((parts) => `"${parts.join('')}"`);

/** A table as it stands in a file: raw[r][c] are the bytes of a field. */
const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.record({
    mark: fc.constantFrom('', '\ufeff'),
    end: fc.constantFrom('\n', '\r\n'),
    ended: fc.boolean(),
    width: fc.constant(width),
    raw: fc.array(fc.array(fc.oneof(bare, quoted), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 8,
    }),
    actions: fc.array(fc.constantFrom(keep, drop, redact), { minLength: width, maxLength: width }),
    pieces: fc.nat(),
  }),
);

interface Table {
  readonly mark: string;
  readonly end: string;
  readonly ended: boolean;
  readonly raw: readonly (readonly string[])[];
}

function textOf({ mark, end, ended, raw }: Table, columns: readonly number[]): string {
  const head = columns.map((c) => (names[c]!.includes('"') ? '"d""d"' : names[c]!)).join(',');
  const lines = raw.map((row) => columns.map((c) => row[c]!).join(','));
  return `${mark}${[head, ...lines].join(end)}${ended ? end : ''}`;
}

function fieldsOf(width: number, actionOf: (c: number) => string): string {
  const rules = names.slice(0, width).map((name, c) => `  ${JSON.stringify(name)}: ${actionOf(c)}\n`);
  return `fields:\n${rules.join('')}`;
}

/** What a blank line is differs between readers, so files of one column have their own tests. */
const noBlankLine = ({ raw, width }: { raw: string[][]; width: number }) =>
  width > 1 || raw.every(([only]) => only !== '' && only !== '""');

describe('bytes that nothing changes', () => {
  it('are the same where every CSV column is kept', async () => {
    await fc.assert(
      fc.asyncProperty(table.filter(noBlankLine), async (made) => {
        const input = textOf(made, [...Array(made.width).keys()]);
        const { text } = await run({ policy: fieldsOf(made.width, () => keep), input, pieces: made.pieces });
        expect(text).toBe(input);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('are the same, and in order, beside CSV columns that are dropped or changed', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (made) => {
        const { width, actions, raw } = made;
        const left = actions.flatMap((action, c) => (action === drop ? [] : [c]));
        fc.pre(left.length > 0);
        // A blank line at the end of the input is none.
        fc.pre(width > 1 || made.ended || raw.at(-1)![0] !== '');
        const { text, output, result } = await run({
          policy: fieldsOf(width, (c) => actions[c]!),
          input: textOf(made, [...Array(width).keys()]),
          pieces: made.pieces,
        });
        const replaced = raw.map((row) =>
          row.map((field, c) => {
            if (field === '' || field === '""') return left.length === 1 ? '""' : field;
            return actions[c] === redact ? '"X,Y"' : field;
          }),
        );
        expect(text).toBe(textOf({ ...made, raw: replaced }, left));
        expect(records(output)).toHaveLength(raw.length + 1);
        expect(result.records).toEqual({ source: raw.length, written: raw.length, suppressed: 0 });
      }),
      { numRuns: 250, seed: 2 },
    );
  });

  it('are the same where every field of NDJSON is kept, listed or not', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(), async (input, pieces) => {
        const policy = `defaults: { unlisted: keep }\nfields: { "$.none.*": ${keep} }`;
        expect((await runJson(policy, input, pieces)).text).toBe(input);
      }),
      { numRuns: 150, seed: 3 },
    );
  });

  it('are the same beside members of NDJSON that are dropped or changed', async () => {
    const rawValues = [
      '1.10',
      '12345678901234567890',
      '-0',
      '1E+400',
      '"\\u00e9"',
      '"\\/"',
      'true',
      '{"__proto__" : 1}',
    ];
    const space = fc.constantFrom('', ' ', '\t', '  ');
    const keys = ['a', 'A', 'á', 'a\u0301', '__proto__', 'constructor', ' a', 'a.b', 'a[0]'];
    const member = fc.record({
      value: fc.constantFrom(...rawValues, '[1 , 2]', '[]', '{}'),
      action: fc.constantFrom('keep', 'drop', 'redact'),
      spaces: fc.tuple(space, space, space),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(member, { minLength: 1, maxLength: keys.length }), async (members) => {
        const raw = ({ spaces: [a, b] }: (typeof members)[number], i: number, said: string) =>
          `${a}${JSON.stringify(keys[i])}${b}:${b}${said}`;
        const input = `{${members.map((m, i) => raw(m, i, m.value)).join(',')}} \r\n`;
        const rules = members.map(
          ({ action }, i) => `  ${JSON.stringify(formatPath([keys[i]!]))}: ${{ keep, drop, redact }[action]}\n`,
        );
        fc.pre(members.some(({ action }) => action !== 'drop'));
        // Containers are kept with what is in them only where nothing is said of them.
        fc.pre(members.every(({ action, value }) => action !== 'keep' || !/[{[]/.test(value)));
        const { text } = await runJson(`fields:\n${rules.join('')}`, input);
        const left = members.flatMap((m, i) =>
          m.action === 'drop' ? [] : [raw(m, i, m.action === 'redact' ? '"X,Y"' : m.value)],
        );
        // Spaces go with the member that is dropped.
        const plain = (json: string) => json.replace(/(?<=[{,])\s+/g, '');
        expect(plain(text)).toBe(plain(`{${left.join(',')}} \r\n`));
      }),
      { numRuns: 200, seed: 4 },
    );
  });
});

describe('drop', () => {
  it('leaves JSON that is what JSON.parse says without the paths', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), async (input, choices) => {
        const trees = input.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as Tree]));
        const next = choices[Symbol.iterator]();
        const choose = (n: number) => (next.next().value ?? 0) % n;
        const paths = disjoint([0, 1, 2].flatMap(() => pathIn(trees[choose(trees.length)]!, choose) ?? []));
        fc.pre(paths.length > 0);
        const rules = paths.map((path) => `  ${JSON.stringify(selectorOf(path))}: ${drop}\n`);
        const { text } = await runJson(`defaults: { unlisted: keep }\nfields:\n${rules.join('')}`, input);
        const expected = trees.map((tree) =>
          JSON.stringify(paths.reduce<Json>((left, path) => without(left, path), tree)),
        );
        const written = text.split('\n').filter((line) => line.trim() !== '');
        expect(written.map((line) => JSON.stringify(JSON.parse(line)))).toEqual(expected);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('leaves `""`, not a blank line, of a column that is alone', async () => {
    const { text } = await run({ policy: `fields: { a: ${keep}, b: ${drop} }`, input: 'a,b\nx,1\n,2\n"",3\n' });
    expect(text).toBe('a\nx\n""\n""\n');
  });

  it('leaves `""` of a changed value that becomes null in a column that is alone', async () => {
    const none = '{ role: insensitive, transform: redact }';
    const { text } = await run({ policy: `fields: { a: ${none}, b: ${drop} }`, input: 'a,b\nx,1\n"y",2\n' });
    expect(text).toBe('a\n""\n""\n');
  });
});

describe('values that are written', () => {
  const written = fc
    .array(fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é'), { maxLength: 6 })
    .map((p) => p.join(''));

  it('are read by csv-parse as they were meant', async () => {
    await fc.assert(
      fc.asyncProperty(
        written,
        fc.array(fc.tuple(written, written), { minLength: 1, maxLength: 5 }),
        async (text, rows) => {
          fc.pre(text !== '');
          const policy = `fields: { a: ${keep}, b: { role: insensitive, nulls: transform, transform: { redact: { with: ${JSON.stringify(text)} } } } }`;
          const { output } = await run({ policy, input: csvOf([['a', 'b'], ...rows]) });
          expect(records(output)).toEqual([['a', 'b'], ...rows.map(([a]) => [a, text])]);
        },
      ),
      { numRuns: 100, seed: 6 },
    );
  });

  it('are read by JSON.parse as they were meant', async () => {
    await fc.assert(
      fc.asyncProperty(written, async (text) => {
        const policy = `fields: { "$.a": ${keep}, "$.b": { role: insensitive, nulls: transform, transform: { redact: { with: ${JSON.stringify(text)} } } } }`;
        const { text: output } = await runJson(policy, '{"a":1.10,"b":null}\n{"b":[1],"a":"x"}\n');
        expect(
          output
            .split('\n')
            .slice(0, 2)
            .map((line) => JSON.parse(line).b),
        ).toEqual([text, text]);
        expect(output).toContain('1.10');
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

const lines = fc
  .tuple(
    fc.array(value, { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat({ max: 5 }), { minLength: 7, maxLength: 7 }),
    fc.constantFrom('\n', '\r\n', '\n\n'),
    fc.boolean(),
  )
  .map(([trees, numbers, end, ended]) => {
    const cycle = (function* () {
      for (;;) yield* numbers;
    })();
    return trees.map((tree) => spaced(tree, cycle)).join(end) + (ended ? end : '');
  });

function runJson(policy: string, input: string, pieces = 1): Promise<Done> {
  return run({ policy, input, pieces, format: 'ndjson' });
}

const each = Symbol('[*]');
type Path = readonly (string | typeof each)[];

/** A way into a tree, to any value in it; undefined when it is empty. */
function pathIn(tree: Json, choose: (n: number) => number): Path[] | undefined {
  const path: (string | typeof each)[] = [];
  let at: Json = tree;
  while (at !== null && typeof at === 'object' && (path.length === 0 || choose(3) > 0)) {
    const inner: [string | typeof each, Json][] = Array.isArray(at) ? at.map((one) => [each, one]) : Object.entries(at);
    if (inner.length === 0) break;
    const [key, below] = inner[choose(inner.length)]!;
    path.push(key);
    at = below;
  }
  return path.length === 0 ? undefined : [path];
}

function disjoint(paths: readonly Path[]): Path[] {
  const begins = (long: Path, short: Path) => short.every((key, i) => long[i] === key);
  return paths.filter((path, i) =>
    paths.every((other, j) => i === j || !begins(path, other) || (begins(other, path) && i < j)),
  );
}

function selectorOf(path: Path): string {
  return formatPath(path.map((key) => (key === each ? 0 : key)));
}

function without(json: Json, [key, ...rest]: Path): Json {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) {
    if (key !== each) return json;
    return rest.length === 0 ? [] : json.map((one) => without(one, rest));
  }
  return Object.fromEntries(
    Object.entries(json).flatMap(([name, inner]) =>
      name !== key ? [[name, inner]] : rest.length === 0 ? [] : [[name, without(inner, rest)]],
    ),
  );
}
