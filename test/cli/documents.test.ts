import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { jsonPolicy } from './refused.ts';
import { workspace } from './session.ts';

const input = `{
  "source": "ward 7",
  "patients": [
    { "id": 1, "name": "Ada", "age": 31, "note": "\\u00e9" },
    { "id": 2, "name": "Bob", "age": 99, "note": 1.10 },
    { "id": 3, "name": "Cy", "age": 39, "note": [] },
    { "id": 4, "name": "Di", "age": 35, "note": 12345678901234567890 }
  ],
  "next": null
}
`;
const policyWith = (around: string) =>
  jsonPolicy
    .replace('fields:', `input: { records: "$.patients[*]", around: ${around} }\nfields:`)
    .replace('transform: { tokenize: { domain: person } }', 'transform: drop')
    .replace('{ k: 2 } }]', '{ k: 2 } }], max-suppression: 0.5');

describe('a session with a JSON document', () => {
  it('leaves what the policy does not name as it stands', async () => {
    const space = workspace();
    space.write('policy.yaml', policyWith('keep'));
    space.write('x.json.gz', gzipSync(input));
    const args = ['apply', 'policy.yaml', 'x.json.gz', '--out', 'bundle', '--key', 'issuer.key', '--allow-unlisted'];
    expect(await space.call(args)).toMatchObject({ status: 0, stdout: expect.any(String) });
    const read = (name: string) => readFileSync(join(space.dir, 'bundle', name), 'utf8');
    expect(read('data/x.json')).toBe(`{
  "source": "ward 7",
  "patients": [
    { "age": "[20,40)", "note": "\\u00e9" },
    { "age": "[20,40)", "note": [] },
    { "age": "[20,40)", "note": 12345678901234567890 }
  ],
  "next": null
}
`);
    const { resources } = JSON.parse(read('datapackage.json'));
    expect(resources[0]).toMatchObject({ path: 'data/x.json', format: 'json', mediatype: 'application/json' });
    const statement = JSON.parse(Buffer.from(JSON.parse(read('license.intoto.json')).payload, 'base64').toString());
    expect(statement.predicate.transforms.at(-1)).toEqual({
      field: '(what stands around the records)',
      parameters: {},
      reversible: false,
      role: 'insensitive',
      technique: ['keep'],
    });
    expect(statement.predicate.privacy.suppressed).toEqual({ of: 4, records: 1 });
    const use = ['--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
    expect((await space.call(['verify', 'bundle', '--trust', 'issuer.pub', ...use])).status).toBe(0);
  });

  it('keeps members around the records only where the command line says so, too', async () => {
    const space = workspace();
    space.write('policy.yaml', policyWith('keep'));
    space.write('x.json', input);
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.json', '--stdout']);
    expect(status).toBe(2);
    expect(stderr).toContain('`around: keep` needs --allow-unlisted');
    expect(space.run(['apply', 'policy.yaml', 'x.json', '--stdout'])).toEqual({ status, stdout: '', stderr });
  });

  it('stops where they hold an identifier of a record', async () => {
    const space = workspace();
    space.write('policy.yaml', policyWith('keep'));
    space.write('x.json', input.replace('ward 7', 'told by Ada Lovelace').replace('"Ada"', '"Ada Lovelace"'));
    const { status, stdout, stderr } = await space.call([
      'apply',
      'policy.yaml',
      'x.json',
      '--stdout',
      '--allow-unlisted',
    ]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/x\.json: error\[LEAK\]: identifiers .* around the records\n/);
    expect(stderr).not.toContain('Ada');
  });

  it.each([
    ['drop', '{\n  "patients": ['],
    ['redact', '{\n  "source": null,\n  "patients": ['],
  ])('writes nothing of their values otherwise: %s', async (around, begin) => {
    const space = workspace();
    space.write('policy.yaml', policyWith(around));
    space.write('x.json', input);
    const { status, stdout } = await space.call(['apply', 'policy.yaml', 'x.json', '--stdout']);
    expect(status).toBe(0);
    expect(stdout.slice(0, begin.length)).toBe(begin);
    expect(JSON.parse(stdout).patients).toHaveLength(3);
  });

  it('takes a policy for records in a document for no other format', async () => {
    const space = workspace();
    space.write('policy.yaml', policyWith('drop'));
    space.write('x.ndjson', '{"id":1}\n');
    const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.ndjson', '--stdout']);
    expect(status).toBe(2);
    expect(stderr).toContain('the policy says what a record is, and ndjson has none to choose');
  });
});
