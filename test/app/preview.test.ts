import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ApplyRequest, apply } from '../../src/app/apply.ts';
import { type PreviewRequest, preview } from '../../src/app/preview.ts';
import { Failure } from '../../src/base/diagnostic.ts';
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

const fields = `fields:
  id: { role: identifier, transform: { tokenize: { domain: person } } }
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 20, 40, 60, 80] } } }
  note: { role: insensitive, transform: { replace: { map: { "a,b": changed }, others: next } } }
`;
const head = `policy: anon/v1
name: test
version: "1"
keys: { pseudonym: { file: ./pseudonym.key } }
domains: { person: { key: pseudonym, scope: global } }
`;
const privacy = 'privacy: { models: [{ k-anonymity: { k: 2 } }], max-suppression: 0.5 }\n';
const license = `license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 9998-12-31 }
`;

/** The last of them is alone in its class, and left out. */
const people = ['1,Ann,30,"a,b"', '2,Bob,31,', '3,Cid,10,text', '4,Dee,11,"x\u202ey"', '5,Eve,70,text'];
const csv = `id,name,age,note\n${people.join('\n')}\n`;

function world(files: Readonly<Record<string, string | Buffer>>) {
  const root = mkdtempSync(join(tmpdir(), 'anon-preview-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(root, { recursive: true });
  const all = { 'policy.yaml': head + fields + privacy + license, 'x.csv': csv, 'pseudonym.key': Buffer.alloc(32, 7) };
  for (const [name, content] of Object.entries({ ...all, ...files })) {
    writeFileSync(join(root, name), content, { mode: 0o600 });
  }
  const at = (name: string) => join(root, name);
  const look = (more: Partial<PreviewRequest> = {}) =>
    preview(
      {
        policy: at('policy.yaml'),
        input: [at('x.csv')],
        format: undefined,
        shown: 10,
        maxRecords: undefined,
        source: false,
        allowExec: false,
        allowUnlisted: false,
        ...more,
      },
      terminal,
    );
  const run = (more: Partial<ApplyRequest> = {}) =>
    apply(
      {
        policy: at('policy.yaml'),
        input: at('x.csv'),
        format: undefined,
        target: { kind: 'data', path: at('out') },
        replace: false,
        key: undefined,
        passphraseFile: undefined,
        report: undefined,
        allowExec: false,
        allowUnlisted: false,
        ...more,
      },
      terminal,
    );
  return { at, look, run, names: () => readdirSync(root).sort() };
}

const style = { width: 80, color: false, quiet: true };

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error instanceof Failure) return error;
  throw error ?? new Error('nothing failed');
}

describe('preview', () => {
  it('shows what apply writes', async () => {
    const { at, look, run } = world({});
    await run();
    const written = readFileSync(at('out/x.csv'), 'utf8');
    const { tables } = await look();
    const rows = JSON.parse(previewJson({ tables, partial: false, warnings: [] })).rows;
    const [names, ...records] = parse(written);
    expect(rows.map((row: object) => Object.keys(row))).toEqual(records.map(() => names));
    expect(rows.map((row: object) => Object.values(row).map((value) => value ?? ''))).toEqual(records);
  });

  it('counts what changed in all records that are written, and leaves the others out', async () => {
    const outcome = await world({}).look({ shown: 1 });
    const [table] = outcome.tables;
    expect(table!.rows.length).toBe(1);
    expect(table!.result.records).toMatchObject({ source: 5, written: 4, suppressed: 1 });
    expect(table!.fields.map(({ field, values, changed, dropped }) => [field, values, changed, dropped])).toEqual([
      ['id', 4, 4, false],
      ['name', 4, 4, true],
      ['age', 4, 4, false],
      ['note', 4, 1, false],
    ]);
    expect(outcome.partial).toBe(false);
  });

  it('marks what changed, escapes what would act on the terminal, and shows nothing of the source', async () => {
    const outcome = await world({}).look();
    const text = renderPreview(outcome, style);
    const cells = text.split('\n').map((line) => line.replace(/~?[A-Za-z0-9]{20,}/, 'TOKEN').trimEnd());
    expect(cells.map((line) => line.split(/ {2,}/))).toEqual([
      ['id', 'age', 'note'],
      ['TOKEN', '~[20,40)', '~changed'],
      ['TOKEN', '~[20,40)'],
      ['TOKEN', '~[0,20)', 'text'],
      ['TOKEN', '~[0,20)', 'x\\u{202e}y'],
      [''],
    ]);
    expect(text + previewJson(outcome)).not.toMatch(/Ann|Bob|a,b/);
  });

  it('shows the source beside it where that is asked for, dropped fields too', async () => {
    const outcome = await world({}).look({ shown: 1, source: true });
    expect(renderPreview(outcome, style)).toMatch(/\n-\s+1\s+Ann\s+30\s+a,b\n\+\s+~\w+\s+~\[20,40\)\s+~changed\n/);
    expect(renderPreview(outcome, { ...style, width: 24 })).toMatch(
      /record 1\n {2}- id {4}1\n {2}\+ id {4}~\w+…\n {2}- name {2}Ann\n {2}- age {3}30\n/,
    );
    // JSON never has it.
    expect(previewJson(outcome)).not.toContain('Ann');
  });

  it('measures a part alone where that is asked for, and says so', async () => {
    const { look } = world({});
    const part = await look({ maxRecords: 2 });
    expect(part.tables[0]!.result.records).toMatchObject({ source: 2, written: 2 });
    expect(part.partial).toBe(true);
    expect(renderPreview(part, { ...style, quiet: false })).toContain('measured on the first 2 records alone');
    const { code, exit, diagnostics } = await failureOf(look({ maxRecords: 1 }));
    expect([code, exit]).toEqual(['MODEL', 1]);
    expect(diagnostics[0]!.hint).toContain('first 1 records alone: leave --rows out');
  });

  it.each(['ndjson', 'json'])('reads a part of %s, and shows numbers as they are written', async (format) => {
    const policy = `${head}fields:
  "$.id": { role: identifier, transform: { tokenize: { domain: person } } }
  "$.n": { role: insensitive, transform: keep }
  "$.tags[*]": { role: insensitive, transform: keep }
  "$.rare": { role: insensitive, transform: keep }
`;
    const records = [
      '{"id": 1, "n": 12345678901234567890, "tags": ["a", true]}',
      '{"id": 2, "n": null}',
      '{"id": 3, "rare": 1}',
    ];
    const data = format === 'json' ? `[${records.join(',\n')}]` : `${records.join('\n')}\n`;
    const { at, look } = world({ 'policy.yaml': policy, [`x.${format}`]: data });
    const outcome = await look({ input: [at(`x.${format}`)], maxRecords: 2 });
    const { rows } = JSON.parse(previewJson(outcome));
    expect(previewJson(outcome)).toContain('"$.n":12345678901234567890,"$.tags[*]":["a",true]}');
    expect(Object.keys(rows[1])).toEqual(['$.id', '$.n']);
    expect(rows[1]['$.n']).toBeNull();
    expect(rows.length).toBe(2);
  });

  it('refuses what apply refuses', async () => {
    const { look } = world({
      'policy.yaml': head + fields,
      'x.csv': `id,name,age,note\n1,Katherine Worthington,30,Katherine Worthington\n`,
    });
    expect((await failureOf(look())).code).toBe('LEAK');
  });
});

describe('a dry run', () => {
  const bundle = (at: (name: string) => string) => ({
    target: { kind: 'bundle' as const, path: at('out') },
    dryRun: true,
  });

  it('writes nothing, needs no key, and names what it would write', async () => {
    const { at, run, names } = world({});
    const before = names();
    const report = at('report.json');
    const { dryRun, warnings, license: id, result } = await run({ ...bundle(at), report });
    expect(names()).toEqual(before);
    expect(warnings.map(({ code, severity }) => [code, severity])).toEqual([['KEY-MISSING', 'warning']]);
    expect(id).toBeUndefined();
    expect(result.records).toMatchObject({ written: 4, suppressed: 1 });
    expect(dryRun!.tables[0]).toMatchObject({ allowedSuppression: 2 });
    expect(dryRun!.tables[0]!.fields.map(({ field, technique }) => [field, ...technique])).toEqual([
      ['id', 'tokenize'],
      ['name', 'drop'],
      ['age', 'generalize'],
      ['note', 'replace'],
    ]);
    const paths = dryRun!.files.map(({ path }) => relative(at('.'), path));
    expect(paths).toEqual([
      'out/license.intoto.json',
      'out/LICENSE.md',
      'out/datapackage.json',
      'out/report.json',
      'out/data/x.csv.chunks',
      'out/data/x.csv',
      'report.json',
    ]);
  });

  it('states sizes that the run then has', async () => {
    const { at, run } = world({});
    const { dryRun } = await run({ dryRun: true, split: { records: 3 } });
    await run({ split: { records: 3 } });
    expect(dryRun!.files.map(({ path }) => relative(at('.'), path))).toEqual(['out/x-0001.csv', 'out/x-0002.csv']);
    for (const { path, bytes } of dryRun!.files) expect(readFileSync(path).length).toBe(bytes);
  });

  it('says which key is not there, and asks for none that is', async () => {
    const { at, run } = world({ 'issuer.key': 'is not read' });
    const missing = await run({ ...bundle(at), key: at('other.key') });
    expect(missing.warnings[0]).toMatchObject({ code: 'KEY-MISSING', place: { file: at('other.key') } });
    expect((await run({ ...bundle(at), key: at('issuer.key') })).warnings).toEqual([]);
  });

  it('fails as the run would', async () => {
    const { at, run } = world({ 'policy.yaml': head + fields + privacy.replace('0.5', '0.1') + license });
    expect((await failureOf(run(bundle(at)))).exit).toBe(1);
    const unlicensed = world({ 'policy.yaml': head + fields });
    expect((await failureOf(unlicensed.run(bundle(unlicensed.at)))).code).toBe('POLICY-MEANING');
  });
});
