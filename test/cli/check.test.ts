import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';
import { strictXml } from './strict-xml.ts';

const policy = `policy: anon/v1
name: check
version: "1"
hierarchies:
  icd: { file: icd.csv }
fields:
  id: { role: identifier, transform: { tokenize: { random: true } } }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 50, 90] } } }
  diagnosis: { role: sensitive, transform: { generalize: { hierarchy: icd, level: 1 } } }
  contact: { role: insensitive, transform: keep }
  gone: { role: insensitive, transform: drop }
  "*_x": { role: insensitive, transform: drop }
privacy: { models: [ { k-anonymity: { k: 3 } } ] }
`;
const data = `id,age,diagnosis,contact,extra
1,30,A01,none,x
2,forty,A01,ada@example.org,x
3,50,Z99,none,x
4,sixty,Z99,none,x
`;

function prepared() {
  const space = workspace();
  space.write('policy.yaml', policy);
  space.write('data.csv', data);
  space.write('icd.csv', 'A01;A;*\n');
  return space;
}

describe('anon check', () => {
  it('says all that is wrong between a policy and its data, without a value', () => {
    const { status, stdout, stderr } = prepared().run(['check', 'policy.yaml', 'data.csv']);
    expect(status).toBe(1);
    expect(stderr).toBe('');
    expect(stdout).toMatchInlineSnapshot(`
      "data.csv: header, field extra: error[DATA-FIELDS]: column 5, \`extra\`, is not named in the policy
        hint: name it under \`fields\` (\`transform: drop\` leaves it out), or set \`defaults: { unlisted: drop }\`
      policy.yaml:11:3: error[DATA-FIELDS]: the data has no column \`gone\`
        11 |   gone: { role: insensitive, transform: drop }
           |   ^^^^
      data.csv: row 2, field age: error[DATA-VALUE]: values are not of type integer: 2 times, first in rows 2, 4
        hint: integers are written 1234, without thousands separators, or as \`input\` says (\`thousands\`); \`invalid: redact\` leaves them empty; \`input: { null-values: … }\` names texts, such as NULL, that stand for no value
      data.csv: row 3, field diagnosis: error[HIERARCHY]: hierarchy \`icd\` does not know values of the field: 2 times, first in rows 3, 4
        hint: add a row for each, or put them in order before they are generalized

      policy.yaml:10:44: warning[recognized-data]: \`contact\` is released as it is, and email was recognized once, in row 2
        10 |   contact: { role: insensitive, transform: keep }
           |                                            ^^^^
        hint: drop the field, or \`redact-text\`
      policy.yaml:13:22: warning[small-k]: at k = 3 an individual may be recognized with a probability of 0.33
        13 | privacy: { models: [ { k-anonymity: { k: 3 } } ] }
           |                      ^^^^^^^^^^^^^^^^^^^^^^^^^
        hint: k = 5 at least; 11 or 12 for data that is published
      policy.yaml:12:3: warning[POLICY-MEANING]: no column matches this glob
        12 |   "*_x": { role: insensitive, transform: drop }
           |   ^^^^^

      policy.yaml:9:33: note[sensitive-without-model]: no model looks at the values of \`diagnosis\` within a class
        9 |   diagnosis: { role: sensitive, transform: { generalize: { hierarchy: icd, level: 1 } } }
          |                                 ^^^^^^^^^
        hint: add \`l-diversity\` or \`t-closeness\` for it

      policy.yaml, data.csv (4 records): 4 errors, 3 warnings, 1 note
      "
    `);
    expect(stdout).not.toMatch(/forty|sixty|Z99|ada@/);
  });

  it('gives all problems of a policy at their places, and 1; 2 for what is no policy or is not there', async () => {
    const space = workspace();
    space.write('wrong.yaml', policy.replace('role: insensitive', 'role: unknown').replace('k: 3', 'k: 1'));
    const { status, stdout } = await space.call(['check', 'wrong.yaml', '--json']);
    expect(status).toBe(1);
    const { ok, findings } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(findings.map(({ rule, line }: { rule: string; line: number }) => [rule, line])).toEqual([
      ['POLICY-SHAPE', 10],
      ['POLICY-SHAPE', 13],
    ]);
    expect((await space.call(['check', 'absent.yaml'])).status).toBe(2);
    space.write('broken.yaml', 'policy: [anon/v1\n');
    const broken = await space.call(['check', 'broken.yaml', '--format', 'sarif']);
    expect(broken.status).toBe(2);
    expect(JSON.parse(broken.stdout).runs[0]).toMatchObject({
      invocations: [{ executionSuccessful: false }],
      results: [{ ruleId: 'POLICY-YAML', level: 'error' }],
    });
  });

  it('passes with warnings, and not when strict', async () => {
    const space = prepared();
    expect((await space.call(['check', 'policy.yaml'])).status).toBe(0);
    expect((await space.call(['check', 'policy.yaml', '--strict'])).status).toBe(1);
  });

  it('annotates where GITHUB_ACTIONS is true, and only if nothing else is said', async () => {
    const space = prepared();
    const env = { GITHUB_ACTIONS: 'true' };
    expect((await space.call(['check', 'policy.yaml'], { env })).stdout).toMatch(
      /^::warning file=policy\.yaml,line=13,col=\d+,title=small-k::at k = 3 /m,
    );
    expect((await space.call(['check', 'policy.yaml', '--format', 'human'], { env })).stdout).toContain(
      'warning[small-k]',
    );
  });

  it('holds a policy against standards, line by line', async () => {
    const space = prepared();
    const args = ['check', 'policy.yaml', 'data.csv', '--standard', 'hipaa-safe-harbor,ema-0070', '--format', 'junit'];
    const { status, stdout } = await space.call(args);
    expect(status).toBe(1);
    const [rules, harbor, ema] = strictXml(stdout).children;
    expect(rules!.attributes.name).toBe('policy.yaml');
    expect(harbor!.attributes).toMatchObject({ name: 'hipaa-safe-harbor', tests: '20' });
    const email = harbor!.children.find(({ attributes }) => attributes.name?.startsWith('(F)'))!;
    expect(email.children[0]!.attributes.message).toBe(
      '`contact` is released as it is, and email was recognized once, in row 2',
    );
    expect(ema!.children[0]!.children[0]!.name).toBe('failure');
    const unknown = await space.call(['check', 'policy.yaml', '--standard', 'hipaa-safe-harbour']);
    expect([unknown.status, unknown.stderr]).toEqual([
      2,
      'error[USAGE]: no standard is named `hipaa-safe-harbour`\n  hint: did you mean `hipaa-safe-harbor`?\n',
    ]);
  });

  it('reads tables and JSON, too', async () => {
    const space = workspace();
    const fields =
      '{ "$.a": { role: sensitive, type: integer, transform: keep }, "$.b": { role: sensitive, transform: drop } }';
    space.write('p.yaml', `policy: anon/v1\nname: x\nversion: "1"\ninput: { format: ndjson }\nfields: ${fields}\n`);
    space.write('d.ndjson', '{"a":1}\n{"a":"x"}\n{"a":null}\n');
    const { status, stdout } = await space.call(['check', 'p.yaml', 'd.ndjson', '--json']);
    expect(status).toBe(1);
    const { data: read, findings } = JSON.parse(stdout);
    expect(read).toEqual([{ file: 'd.ndjson', records: 3 }]);
    expect(findings.map(({ rule, message }: { rule: string; message: string }) => `${rule}: ${message}`)).toEqual([
      'DATA-FIELDS: no record has a field `$.b`',
      'DATA-VALUE: values are not of type integer: once, in row 2',
    ]);
    space.write('more.ndjson', '{"a":1,"b":2,"c":3}\n');
    expect((await space.call(['check', 'p.yaml', 'more.ndjson'])).stdout).toMatch(
      /^more\.ndjson: .*error\[DATA-FIELDS\]: .*c/m,
    );
  });

  it('finds nothing wrong with the policy for Safe Harbor and its data', () => {
    const { status, stdout } = workspace().run([
      'check',
      new URL('../../policies/hipaa-safe-harbor.yaml', import.meta.url).pathname,
      new URL('../../examples/charts/charts.csv', import.meta.url).pathname,
      '--standard',
      'hipaa-safe-harbor',
      '--json',
    ]);
    expect(status).toBe(0);
    const { findings, standards } = JSON.parse(stdout);
    expect(findings).toEqual([]);
    const passed = standards[0].lines.filter((line: { status: string }) => line.status === 'pass');
    expect(passed.map(({ id }: { id: string }) => id)).toEqual(['(D)', '(E)', '(G)', '(c)']);
  });
});
