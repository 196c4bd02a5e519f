import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as anon from '../src/index.ts';

const policy = `
policy: anon/v1
name: library
version: "1"
fields:
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 40, 80] } } }
privacy:
  models: [{ k-anonymity: { k: 2 } }]
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  valid: { from: 2026-01-01, until: 2026-12-31 }
`;
const day = Date.parse('2026-06-01T12:00:00Z');

describe('the library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anon-library-'));
  const at = (name: string) => join(folder, name);
  const terminal: anon.Terminal = { ...anon.createTerminal(), env: { HOME: folder }, now: () => day };
  const use: anon.StatedUse = { organization: 'urn:org:example-university', action: 'use', safeguards: [] };

  beforeAll(async () => {
    writeFileSync(at('policy.yaml'), policy);
    writeFileSync(at('people.csv'), 'name,age\nAda Example,36\nGrace Example,39\nAlan Example,41\nKurt Example,71\n');
    await anon.generateKey(
      { path: at('issuer.key'), type: 'signing', passphraseFile: undefined, plain: true },
      terminal,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const apply = (target: anon.Target, input = 'people.csv') =>
    anon.apply(
      {
        policy: at('policy.yaml'),
        input: at(input),
        format: undefined,
        target,
        replace: false,
        key: at('issuer.key'),
        passphraseFile: undefined,
        report: undefined,
        allowExec: false,
        allowUnlisted: false,
      },
      terminal,
    );

  it('makes a bundle, and verifies it on disk and in memory', async () => {
    const { result, license } = await apply({ kind: 'bundle', path: at('bundle') });
    expect(result.records).toEqual({ source: 4, written: 4, suppressed: 0 });
    expect(readFileSync(at('bundle/data/people.csv'), 'utf8')).toBe('age\n"[0,40)"\n"[0,40)"\n"[40,80)"\n"[40,80)"\n');

    const stored = await anon.verify(
      { bundle: at('bundle'), trust: at('issuer.pub'), use: { ...use }, state: at('state') },
      terminal,
    );
    expect(stored).toMatchObject({ decision: 'allow', license });

    const names = readdirSync(at('bundle'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(at('bundle/').length));
    const files = new Map(names.map((name) => [name, readFileSync(at(`bundle/${name}`))]));
    const publicKey = anon.parsePublicPem(readFileSync(at('issuer.pub'), 'utf8'));
    const ask = (now: number) =>
      anon.verifyBundle(anon.memoryBundle(files), {
        grounds: anon.fixedGrounds(anon.trustOfKey(publicKey), now),
        use,
        stateful: false,
      });
    expect(await ask(day)).toMatchObject({ decision: 'allow', license });
    expect(await ask(Date.parse('2027-01-01T00:00:00Z'))).toMatchObject({ decision: 'deny', code: 'EXPIRED' });
  });

  it('throws failures that say what is wrong and where', async () => {
    writeFileSync(at('ragged.csv'), 'name,age\nAda Example,36\nGrace Example\n');
    const refused = await apply({ kind: 'data', path: at('data') }, 'ragged.csv').catch((error) => error);
    expect(refused).toBeInstanceOf(anon.Failure);
    expect(refused.diagnostics[0]).toMatchObject({ code: 'DATA-RAGGED', place: { row: 2 } });
    expect(anon.failures[refused.code as anon.FailureCode].exit).toBe(2);
  });

  it('reads policies, and knows the words that they may use', async () => {
    const loaded = await anon.loadPolicy(at('policy.yaml'));
    const parsed = anon.parsePolicy(Buffer.from(policy), { file: 'policy.yaml', directory: folder });
    expect(loaded.digest).toBe(parsed.digest);
    expect(anon.policyJsonSchema()).toMatchObject({ title: 'anon policy' });
    expect(anon.transforms.names).toContain('generalize');
    expect(anon.hierarchies.names).toContain('intervals');
    expect(anon.models.names).toContain('k-anonymity');
    expect(anon.formats.names).toContain('ndjson');
  });
});
