import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/digest.ts';
import { parseEnvelope, verifyEnvelope } from '../../src/crypto/dsse.ts';
import { buildBundle, type StatementParts } from '../../src/release/build.ts';
import { orderMembers } from '../../src/release/layout.ts';
import { parseStatement } from '../../src/release/statement.ts';
import { dataBytes, keyOf, parts, releaseFile, sampleBundle, seed, statementOf, verify } from './sample.ts';

const name = 'data/patients.csv';
const file = releaseFile(name, dataBytes);

describe('buildBundle', () => {
  it('makes everything but the data, in the order of a bundle', () => {
    const { members } = buildBundle({ ...parts, files: [file], reportPage: '<!doctype html>' });
    expect(members.map((member) => member.name)).toEqual([
      'license.intoto.json',
      'LICENSE.md',
      'datapackage.json',
      'report.json',
      'report.html',
      'data/patients.csv.chunks',
    ]);
  });

  it('lists every file but the envelope by its digest', () => {
    const { members, statement } = buildBundle({ ...parts, files: [file] });
    const digests = new Map(members.map((member) => [member.name, sha256Hex(member.bytes)]));
    digests.delete('license.intoto.json');
    digests.set(name, sha256Hex(dataBytes));
    expect(statement.subject).toEqual(
      orderMembers([...digests.keys()]).map((subject) => ({ name: subject, digest: { sha256: digests.get(subject) } })),
    );
  });

  it('signs with the key that the statement names', () => {
    const { envelope, members, statement } = buildBundle({ ...parts, files: [file] });
    expect(members[0]!.bytes.toString()).toBe(envelope);
    const signed = parseEnvelope(Buffer.from(envelope));
    expect(verifyEnvelope(signed, [keyOf(seed)])).toEqual([keyOf(seed)]);
    expect(parseStatement(JSON.parse(signed.payload.toString()))).toEqual(statement);
    expect(statement.predicate.issuer.key).toBe(keyOf(seed).keyId);
  });

  it('makes the same bytes of the same parts', () => {
    const statement = Object.fromEntries(Object.entries(parts.statement).reverse()) as unknown as StatementParts;
    expect(buildBundle({ ...parts, statement, files: [file] })).toEqual(buildBundle({ ...parts, files: [file] }));
  });

  it('gives another id to other data, and shows it in LICENSE.md', () => {
    const one = sampleBundle();
    const two = sampleBundle(new Map([[name, Buffer.from('x\n')]]));
    const [idOne, idTwo] = [one, two].map((files) => statementOf(files).predicate.id);
    expect(idOne).not.toBe(idTwo);
    expect(two.get('LICENSE.md')!.toString()).toContain(idTwo);
  });

  it('describes each file in datapackage.json', () => {
    const files = sampleBundle(
      new Map([
        [name, dataBytes],
        ['data/b/empty.csv', Buffer.alloc(0)],
      ]),
    );
    const { resources } = JSON.parse(files.get('datapackage.json')!.toString());
    expect(resources.map(({ path, bytes, hash }: Record<string, unknown>) => [path, bytes, hash])).toEqual([
      [name, dataBytes.length, `sha256:${sha256Hex(dataBytes)}`],
      ['data/b/empty.csv', 0, `sha256:${sha256Hex(Buffer.alloc(0))}`],
    ]);
  });

  it.each([
    ['no files', [], 'SCHEMA'],
    ['a file outside of data/', [{ ...file, name: 'patients.csv' }], 'SUBJECT'],
    ['a file twice', [file, file], 'SUBJECT'],
    ['a name that is not allowed', [{ ...file, name: 'data/../x' }], 'PATH'],
    ['names that differ in case only', [file, { ...file, name: 'data/Patients.csv' }], 'PATH'],
  ])('refuses %s', (_, files, code) => {
    expect(() => buildBundle({ ...parts, files })).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a statement that could not be read again', () => {
    const statement = { ...parts.statement, notAfter: parts.statement.notBefore };
    expect(() => buildBundle({ ...parts, statement, files: [file] })).toThrow(
      expect.objectContaining({ code: 'SCHEMA' }),
    );
  });
});

it('a bundle of many files, large and empty, verifies', async () => {
  const data = new Map([
    ['data/empty.csv', Buffer.alloc(0)],
    ['data/a/large.csv', Buffer.alloc((1 << 20) + 1, 'x')],
    ['data/whole.csv', Buffer.alloc(1 << 20, 'y')],
    ['data/whole.csv.gz', Buffer.from('z')],
  ]);
  expect(await verify(sampleBundle(data))).toMatchObject({ decision: 'allow', code: null });
});
