import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const license = `license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 9998-12-31 }
`;

const policy = `policy: anon/v1
name: contacts
version: "1"
fields:
  country: { role: insensitive, transform: keep }
  phone:
    role: identifier
    transform: { mask: { keep-last: 2 } }
    when: { field: country, in: [US, CA] }
    else: redact
  age:
    role: sensitive
    type: integer
    transform: { redact: { with: "90+" } }
    when: { field: age, greater: 89 }
    else: keep
${license}`;

const csv = 'country,phone,age\nUS,5551234567,34\nDE,03012345678,"89"\nCA,4165551234,090\n,6505551234,91\n';

const jsonPolicy = `policy: anon/v1
name: contacts
version: "1"
fields:
  "$.id": { role: insensitive, transform: keep }
  "$.contacts[*].type": { role: insensitive, transform: keep }
  "$.contacts[*].value":
    role: identifier
    transform: { mask: { keep-last: 2 } }
    when: { field: "$.contacts[*].type", equals: phone }
    else: redact
`;

describe('a condition', () => {
  it('decides record by record', async () => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write('x.csv', csv);
    const { status, stdout, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout']);
    expect(stdout).toBe('country,phone,age\nUS,********67,34\nDE,,"89"\nCA,********34,90+\n,,90+\n');
    expect(stderr).toBe('standard output: 4 records written\n  leak check: nothing found\n');
    expect(status).toBe(0);
  });

  it('decides element by element', () => {
    const space = workspace();
    space.write('policy.yaml', jsonPolicy);
    const line =
      '{"id": 1.0, "contacts": [ {"value":"5551234567","type":"phone"}, {"type":"mail","value":"ada@x.example"} ]}\n';
    const args = ['apply', 'policy.yaml', '-', '--format', 'ndjson', '--stdout'];
    const { status, stdout } = space.run(args, { input: line });
    expect(stdout).toBe(
      '{"id": 1.0, "contacts": [ {"value":"********67","type":"phone"}, {"type":"mail","value":null} ]}\n',
    );
    expect(status).toBe(0);
  });

  it('stands in the license with both of its sides, and the bundle verifies', async () => {
    const space = workspace();
    space.write('policy.yaml', policy);
    space.write('x.csv', csv);
    expect((await space.call(['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'out'])).status).toBe(0);
    const envelope = JSON.parse(readFileSync(join(space.dir, 'out/license.intoto.json'), 'utf8'));
    const { predicate } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    expect(predicate.transforms[1]).toMatchObject({
      field: 'phone',
      technique: ['mask', 'redact'],
      parameters: {
        mask: { 'keep-last': 2 },
        when: { field: 'country', in: ['US', 'CA'] },
        else: [{ redact: { with: null } }],
      },
    });
    expect(predicate.transforms[2].technique).toEqual(['redact', 'keep']);
    expect(readFileSync(join(space.dir, 'out/LICENSE.md'), 'utf8')).toContain(
      '"phone" (identifier): mask, or else redact;',
    );
    expect(readFileSync(join(space.dir, 'out/datapackage.json'), 'utf8')).toContain('"type": "string"');
    const use = ['--trust', 'issuer.pub', '--organization', 'urn:org:example', '--purpose', 'AcademicResearch'];
    expect(await space.call(['verify', 'out', ...use, '--quiet'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('on a hidden field is warned of, and on one that is not there refused', async () => {
    const space = workspace();
    space.write('x.csv', csv);
    space.write(
      'policy.yaml',
      policy.replace(
        'country: { role: insensitive, transform: keep }',
        'country: { role: sensitive, transform: drop }',
      ),
    );
    const hidden = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout']);
    expect(hidden.status).toBe(0);
    expect(hidden.stderr).toContain('warning[POLICY-MEANING]: the output hides `country`');
    space.write('policy.yaml', policy.replace('field: country', 'field: contry'));
    const absent = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout']);
    expect(absent).toMatchObject({ status: 2, stdout: '' });
    expect(absent.stderr).toContain('did you mean `country`?');
  });
});
