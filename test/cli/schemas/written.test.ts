import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemas } from '../../../src/cli/schemas/index.ts';
import type { Json } from '../../release/sample.ts';
import { type Workspace, workspace } from '../session.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validators = new Map<string, ValidateFunction>(
  schemas.all.filter(({ name }) => name !== 'policy').map(({ name, schema }) => [name, ajv.compile(schema())]),
);

const use = ['--organization', 'urn:org:example-university', '--purpose', 'AcademicResearch', '--region', 'DE'];
const policy = `policy: anon/v1
name: cohort
version: "1.0"
sample: { share: 0.9 }
hierarchies: { age: { intervals: [0, 20, 40, 60, 80], then: [2] } }
fields:
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age } } }
  zip: { role: quasi-identifier, transform: { generalize: { prefix: 2 } } }
  note: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1, search: { recoding: local } }
license:
  licensor: { id: "urn:org:example-hospital", name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  purposes: [AcademicResearch]
  regions: [EEA]
  valid: { from: 2020-01-01, until: 2099-12-31 }
  duties: [ report-breach, delete-on-expiry ]
  limits: { exports: 3 }
  status: { max-age: P1D }
`;

/** Everything that a house writes in a day, by the name of its schema. */
const written: [name: string, document: Json][] = [];

beforeAll(async () => {
  const space: Workspace = workspace(afterAll);
  const { call, write, dir } = space;
  const read = (name: string): Json => JSON.parse(readFileSync(join(dir, name), 'utf8'));
  const ok = async (line: string, status = 0): Promise<string> => {
    const done = await call(line.split(' '));
    expect(done.status, done.stderr).toBe(status);
    return done.stdout;
  };
  const sealed = (name: string, file: string): void => {
    const envelope = read(file);
    written.push(['envelope', envelope], [name, JSON.parse(Buffer.from(envelope.payload, 'base64').toString())]);
  };
  const env = { ANON_PSEUDONYM_KEY: Buffer.alloc(32, 7).toString('base64') };
  write('policy.yaml', policy);
  const rows = Array.from({ length: 60 }, (_, i) => `Name ${i},${(i * 7) % 80},1${i % 7}34${i % 3},n${i % 4}\n`);
  write('people.csv', `name,age,zip,note\n${rows.join('')}`);
  const tables = readFileSync('policies/tables.yaml', 'utf8').replace(
    /file: \S+pseudonym\.key/,
    'env: ANON_PSEUDONYM_KEY',
  );
  write('tables.yaml', tables);
  for (const name of ['patients.csv', 'visits.csv']) write(name, readFileSync(`examples/clinic/${name}`));
  for (const name of ['root', 'revoker', 'university']) await ok(`keys generate ${name}.key --plain`);

  await ok('apply policy.yaml people.csv --out bundle --key issuer.key --state state');
  const clinic =
    'apply tables.yaml patients=patients.csv visits=visits.csv --out clinic --key issuer.key --state state';
  expect((await call(clinic.split(' '), { env })).status).toBe(0);
  await ok('trust create trust.json --root urn:person:ada=root.pub --sign root.key');
  for (const [id, key, role] of [
    ['urn:org:example-hospital', 'issuer', 'issuer --datasets people*'],
    ['urn:person:rosa', 'revoker', 'revoker'],
    ['urn:org:example-university', 'university', 'recipient'],
  ])
    await ok(`trust add trust.json --principal ${id} --key ${key}.pub --role ${role} --sign root.key`);
  await ok('revoke revocations.json --sign revoker.key --state state');
  await ok(
    'revoke revocations.json --digest 00000000000000000000000000000000000000000000000000000000000000aa --reason test --sign revoker.key --state state',
  );
  await ok(`context sign ${use.join(' ')} --license * --valid-for P1D --key university.key --out use.json`);
  const checked = '--trust trust.json --revocations revocations.json --state state --json';
  written.push(
    ['answer', JSON.parse(await ok(`verify bundle --context use.json ${checked}`))],
    ['answer', JSON.parse(await ok(`verify bundle ${use.join(' ').replace('DE', 'US')} ${checked}`, 1))],
    ['answer', JSON.parse(await ok(`export bundle --to out ${use.join(' ')} ${checked}`))],
    ['problems', JSON.parse(await ok('verify nothing --trust issuer.pub --json', 2))],
    ['problems', JSON.parse(await ok('apply policy.yaml issuer.pub --out none --key issuer.key --json', 2))],
  );
  await ok('audit checkpoint --key issuer.key --state state');
  for (const bundle of ['bundle', 'clinic']) {
    sealed('statement', `${bundle}/license.intoto.json`);
    written.push(['data-package', read(`${bundle}/datapackage.json`)], ['report', read(`${bundle}/report.json`)]);
  }
  sealed('trust', 'trust.json');
  sealed('revocations', 'revocations.json');
  sealed('context', 'use.json');
  const log = join(dir, 'state/audit/entries/000000');
  for (const entry of readdirSync(log))
    written.push(['audit-entry', JSON.parse(readFileSync(join(log, entry), 'utf8'))]);
});

describe('the schemas of documents', () => {
  it('take all that is written', () => {
    expect(new Set(written.map(([name]) => name))).toEqual(new Set(validators.keys()));
    for (const [name, document] of written) {
      const validate = validators.get(name)!;
      validate(document);
      expect(validate.errors, name).toBeNull();
    }
    const events = written.flatMap(([name, { event }]) => (name === 'audit-entry' ? [event.type] : []));
    const types = ['state-reset', 'license-issued', 'decision', 'export-start', 'export-end', 'checkpoint'];
    expect(events).toEqual(expect.arrayContaining([...types, 'revocations-changed']));
  });

  it('refuse a member too many, and a value of another type, wherever they stand', () => {
    for (const [name, document] of written) {
      const validate = validators.get(name)!;
      for (const [path, parent, member] of members(document)) {
        if (open.test(`${name} ${path.join('.')}`)) continue;
        const kept = parent[member];
        parent[member] = { surprise: [] };
        expect(validate(document), `${name} ${path.join('.')}`).toBe(false);
        parent[member] = kept;
        const isOpen = name === 'envelope' || name === 'report';
        if (isOpen || typeof kept !== 'object' || kept === null || Array.isArray(kept)) continue;
        kept.surprise = [];
        expect(validate(document), `${name} ${path.join('.')}, one more`).toBe(false);
        delete kept.surprise;
      }
      expect(validate(document)).toBe(true);
    }
  });

  it('refuse a document that lacks a member, but for those that it need not have', () => {
    const optional = new Set<string>();
    for (const [name, document] of written) {
      const validate = validators.get(name)!;
      for (const [path, parent, member] of members(document)) {
        if (open.test(`${name} ${path.join('.')}`) || Array.isArray(parent)) continue;
        const kept = parent[member];
        delete parent[member];
        if (validate(document)) optional.add(`${name} ${path.map((at) => (/^\d+$/.test(at) ? '*' : at)).join('.')}`);
        parent[member] = kept;
      }
    }
    // What may be left out is said in the reference; of what stands in every bundle it is this.
    expect([...optional].filter((path) => /^(envelope|trust|revocations|answer|problems) /.test(path)).sort()).toEqual(
      [
        'answer checks.*.code',
        'envelope signatures.*.keyid',
        'revocations entries.*.reinstated',
        'revocations previous',
        'trust principals.urn:org:example-hospital.datasets',
        'trust principals.urn:org:example-hospital',
        'trust principals.urn:org:example-university',
        'trust principals.urn:person:ada',
        'trust principals.urn:person:rosa',
      ].sort(),
    );
  });
});

/** Where any JSON may stand: the report holds more than what its schema names. */
const open =
  /parameters|^report (?:tables\.\d+\.)?(?!(?:report|records|models|quasiIdentifiers|classes|risk|fields|leakCheck)$)/;

/** Each member and element of a document, with the object or array that it stands in. */
function members(value: Json, path: string[] = []): [path: string[], parent: Json, member: string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name): [string[], Json, string][] => [
    [[...path, name], value, name],
    ...members(value[name], [...path, name]),
  ]);
}
