import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { apply } from '../../src/app/apply.ts';
import { preview } from '../../src/app/preview.ts';
import { previewJson, renderPreview } from '../../src/cli/preview.ts';
import type { Terminal } from '../../src/io/terminal.ts';

const terminal: Terminal = {
  env: {},
  color: false,
  now: () => 0,
  out: async () => {},
  send: async () => true,
  err: () => {},
  askSecret: async () => null,
};

const head = `policy: anon/v1
name: test
version: "1"
keys: { k: { file: ./k.key } }
domains: { person: { key: k, scope: global } }
`;
const fieldsOf = (name: (field: string) => string) => `fields:
  "${name('id')}": { role: identifier, transform: { tokenize: { domain: person } } }
  "${name('n')}": { role: insensitive, transform: keep }
  "${name('age')}": { role: quasi-identifier, transform: keep }
`;
const columns = head + fieldsOf((name) => name);
const paths = head + fieldsOf((name) => `$.${name}`);
const shuffled = (more = '') => `output: { order: shuffled${more} }\n`;

interface Person {
  readonly id: string;
  readonly n: number;
  readonly age: number;
}

const people = (count: number, from = 0): Person[] =>
  Array.from({ length: count }, (_, i) => ({ id: `person-${from + i}`, n: from + i, age: 30 + (i % 2) }));
const delimited = (rows: readonly Person[], by: string) =>
  `id${by}n${by}age\n${rows.map(({ id, n, age }) => [id, n, age].join(by)).join('\n')}`;
const ndjson = (rows: readonly Person[]) => rows.map((row) => JSON.stringify(row)).join('\r\n');
const json = (rows: readonly Person[]) => JSON.stringify(rows, null, 2);

/** Run the policy; the texts of the files that were written, by name. */
async function written(policy: string, files: Readonly<Record<string, string | Buffer>>) {
  const root = mkdtempSync(join(tmpdir(), 'anon-order-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, content] of Object.entries({ 'p.yaml': policy, 'k.key': Buffer.alloc(32, 7), ...files })) {
    writeFileSync(join(root, name), content, { mode: 0o600 });
  }
  const out = join(root, 'out');
  const common = { policy: join(root, 'p.yaml'), format: undefined, allowExec: false, allowUnlisted: false };
  const inputs = Object.keys(files).map((name) => join(root, name));
  const request = {
    ...common,
    input: inputs,
    target: { kind: 'data' as const, path: out },
    replace: true,
    key: undefined,
    passphraseFile: undefined,
    report: undefined,
  };
  const run = async () => {
    const outcome = await apply(request, terminal);
    const texts = readdirSync(out).map((name): [string, string] => {
      const bytes = readFileSync(join(out, name));
      return [name, (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()];
    });
    return { outcome, texts: new Map(texts) };
  };
  const look = () => preview({ ...common, input: inputs, shown: 3, maxRecords: undefined, source: false }, terminal);
  return { ...(await run()), run, look, dryRun: () => apply({ ...request, dryRun: true }, terminal) };
}

const numbersOfTable = (text: string, delimiter = ',') =>
  (parse(text, { columns: true, delimiter }) as { n: string }[]).map(({ n }) => Number(n));
const inOrder = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

describe('order: shuffled', () => {
  const rows = people(200);

  it.each([
    ['x.csv', columns, delimited(rows, ','), (text: string) => numbersOfTable(text)],
    ['x.tsv', columns, delimited(rows, '\t'), (text: string) => numbersOfTable(text, '\t')],
    [
      'x.ndjson',
      paths,
      ndjson(rows),
      (text: string) =>
        text
          .trim()
          .split('\r\n')
          .map((line) => JSON.parse(line).n),
    ],
    ['x.json', paths, json(rows), (text: string) => JSON.parse(text).map(({ n }: Person) => n)],
  ])(
    'of %s has the records that the order of the input has, each with its values',
    async (name, policy, data, read) => {
      const same = (await written(policy, { [name]: data })).texts.get(name)!;
      const other = (await written(policy + shuffled(), { [name]: data })).texts.get(name)!;
      expect(read(same)).toEqual(upTo(200));
      expect(read(other)).not.toEqual(upTo(200));
      expect(inOrder(read(other))).toEqual(upTo(200));
      // Of records without what stands between them, every byte is there.
      const bare = (text: string) => text.split(/\n/).map((line) => line.replace(/[,\r]+$/, ''));
      if (name !== 'x.json') expect(bare(other.trim()).sort()).toEqual(bare(same.trim()).sort());
      else
        expect(
          JSON.stringify(
            JSON.parse(other).sort((a: Person, b: Person) => a.n - b.n),
            null,
            2,
          ),
        ).toBe(same);
    },
  );

  it('goes with another format, gzip and a split', async () => {
    const { texts } = await written(
      `${paths}output: { order: shuffled, format: csv, compress: gzip, split: { records: 60 } }\n`,
      {
        'x.ndjson': gzipSync(ndjson(rows)),
      },
    );
    expect([...texts.keys()]).toEqual([1, 2, 3, 4].map((n) => `x-000${n}.csv.gz`));
    const numbers = [...texts.values()].map((text) => numbersOfTable(text));
    expect(numbers.map(({ length }) => length)).toEqual([60, 60, 60, 20]);
    expect(inOrder(numbers.flat())).toEqual(upTo(200));
    // The first file has records of the whole input: the chance of none behind the first hundred is 2^-60.
    expect(Math.max(...numbers[0]!)).toBeGreaterThan(100);
  });

  it('keeps records in the file of their input, and in their table', async () => {
    const files = { 'a.csv': delimited(rows, ','), 'b.csv': delimited(people(50, 1000), ',') };
    const { texts } = await written(columns + shuffled(), files);
    expect(inOrder(numbersOfTable(texts.get('a.csv')!))).toEqual(upTo(200));
    expect(inOrder(numbersOfTable(texts.get('b.csv')!))).toEqual(upTo(50, 1000));

    const fields = fieldsOf((name) => name).replace(/^/gm, '    ');
    const tables = `${head}tables:\n  a:\n${fields}\n  b:\n${fields}\n${shuffled()}reproducible: true\n`;
    const several = await written(tables, { 'a.csv': delimited(rows, ','), 'b.csv': delimited(rows, ',') });
    const [a, b] = ['a.csv', 'b.csv'].map((name) => numbersOfTable(several.texts.get(name)!));
    expect(inOrder(a!)).toEqual(upTo(200));
    expect(inOrder(b!)).toEqual(upTo(200));
    // Tables of equal records have orders of their own.
    expect(a).not.toEqual(b);
  });

  it('goes with a sample and with suppression', async () => {
    const alone = [...rows, { id: 'person-alone', n: 999, age: 99 }];
    const more = `sample: { records: 120 }\nprivacy: { models: [{ k-anonymity: { k: 2 } }] }\n${shuffled()}`;
    const { outcome, texts } = await written(columns + more, { 'x.csv': delimited(alone, ',') });
    const numbers = numbersOfTable(texts.get('x.csv')!);
    const { written: count, suppressed, sampled } = outcome.result.records;
    expect(count + suppressed).toBe(sampled);
    expect(sampled).toBe(120);
    expect(numbers).toHaveLength(count);
    expect(new Set(numbers).size).toBe(count);
    expect(numbers).not.toContain(999);
    expect(numbers).not.toEqual(inOrder(numbers));
  });

  it('is drawn anew in each run, and repeats where the policy says so', async () => {
    const files = { 'x.csv': delimited(rows, ',') };
    const fresh = await written(columns + shuffled(), files);
    expect((await fresh.run()).texts).not.toEqual(fresh.texts);
    const fixed = await written(`${columns}${shuffled()}reproducible: true\n`, files);
    expect((await fixed.run()).texts).toEqual(fixed.texts);
    expect(fixed.texts).not.toEqual(fresh.texts);
  });

  it('is stated by a dry run and a preview', async () => {
    const { dryRun, look, texts } = await written(columns + shuffled(), { 'x.csv': delimited(rows, ',') });
    const { tables, files } = (await dryRun()).dryRun!;
    expect(tables[0]!.fields.at(-1)).toEqual({
      field: '(order of the records)',
      role: 'insensitive',
      technique: ['shuffled'],
      reversible: false,
      reproducible: false,
      parameters: { shuffled: { within: 'file' } },
    });
    expect(files[0]!.bytes).toBe(texts.get('x.csv')!.length);
    const seen = await look();
    expect(seen.tables[0]!.fields.map(({ field }) => field)).toEqual(['id', 'n', 'age']);
    const style = { width: 200, color: false, quiet: false };
    expect(renderPreview(seen, style)).toContain('records will be in random order; these are the first of the input\n');
    expect(JSON.parse(previewJson(seen))).toMatchObject({ order: 'shuffled' });
  });
});
