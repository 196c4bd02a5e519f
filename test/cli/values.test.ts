import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './session.ts';

const canary = 'CANARY';

function policyOf(fields: string, more = ''): string {
  return `policy: anon/v1\nname: values\nversion: "1"\n${more}fields:\n${fields.replace(/^(?=\S)/gm, '  ')}`;
}

function prepared(files: Readonly<Record<string, string>>): Workspace {
  const space = workspace();
  for (const [name, text] of Object.entries(files)) space.write(name, text);
  return space;
}

const apply = (space: Workspace, input = 'x.csv') => space.run(['apply', 'policy.yaml', input, '--data-only', 'out']);
const written = (space: Workspace, name = 'x.csv') => readFileSync(join(space.dir, 'out', name), 'utf8');

describe('lookup tables and hierarchies beside the policy', () => {
  it('replace codes, recode the rest, and generalize', () => {
    const space = prepared({
      'policy.yaml': policyOf(
        `sex:  { role: insensitive, transform: { replace: { map: { M: male, F: female }, others: redact } } }
ward: { role: insensitive, transform: [ { replace: { file: ./wards.csv, from: code, to: name, others: next } }, { mask: { keep-last: 1 } } ] }
icd:  { role: quasi-identifier, transform: { generalize: { hierarchy: icd, level: 1 } } }
born: { role: quasi-identifier, type: date, transform: { generalize: { hierarchy: age, level: 1 } } }
in:   { role: insensitive, type: date, transform: { top-bottom-code: { bottom: 2020-01-01 } } }
`,
        'hierarchies:\n  icd: { file: ./icd.csv }\n  age: { age: { as-of: 2026-01-01, intervals: [0, 18, 65] } }\n',
      ),
      'wards.csv': 'name,code\r\n"West, 2nd",w2\r\n',
      'icd.csv': 'C50.1;C50;C00-D49\nC50.9;C50;C00-D49\nE11.9;E11;E00-E89\n',
      'x.csv': 'sex,ward,icd,born,in\nM,w2,C50.9,2008-01-01,2019-05-06\nX,east,E11.9,1950-02-03,2021-05-06\n',
    });
    expect(apply(space)).toMatchObject({ status: 0 });
    expect(written(space)).toBe(
      'sex,ward,icd,born,in\nmale,"West, 2nd",C50,"[18,65)",2020-01-01\n,***t,E11,>=65,2021-05-06\n',
    );
  });

  it('serve JSON: what is handed on last stays as it stood', () => {
    const space = prepared({
      'policy.yaml': policyOf(
        '"$.n": { role: insensitive, transform: { replace: { map: { 9: null }, others: next } } }\n' +
          '"$.a": { role: insensitive, type: integer, transform: { top-bottom-code: { top: 90, labels: { top: "90+" } } } }\n',
      ),
      'x.ndjson': '{"n":9,"a":90}\n{"n":1.10,"a":89}\n{"n":true,"a":7}\n',
    });
    expect(apply(space, 'x.ndjson')).toMatchObject({ status: 0 });
    expect(written(space, 'x.ndjson')).toBe('{"n":null,"a":"90+"}\n{"n":1.10,"a":89}\n{"n":true,"a":7}\n');
  });

  it('are refused with all their problems, at their lines', () => {
    const space = prepared({
      'policy.yaml': policyOf(
        'a: { role: insensitive, transform: { generalize: { hierarchy: h, level: 1 } } }\n',
        'hierarchies: { h: { file: ./h.csv } }\n',
      ),
      'h.csv': `${canary}1;x;y\n${canary}2;x;z\n${canary}1;x;y\n`,
      'x.csv': `a\n${canary}1\n`,
    });
    const { status, stderr } = apply(space);
    expect(status).toBe(2);
    expect(stderr).toBe(
      `./h.csv:2: error[POLICY-MEANING]: the label in column 2 stands below another one than in line 1
  hint: a label has one label at the next level: give one of the two another name
./h.csv:3: error[POLICY-MEANING]: the value stands in line 1 already
`,
    );
  });

  it('say which of them does not know a value, without showing it', () => {
    const transforms = {
      '{ generalize: { hierarchy: h, level: 1 } }': 'hierarchy `h` does not know the value',
      '{ replace: { file: ./t.csv, from: a, to: b } }': 'the file does not list the value',
      '{ replace: { map: { x: y } } }': '`map` does not list the value',
      '{ pram: { keep: 0.5, values: [x, y] } }': '`pram` changes the values that it lists, and this is none',
    };
    for (const [transform, hint] of Object.entries(transforms)) {
      const space = prepared({
        'policy.yaml': policyOf(
          `a: { role: sensitive, transform: ${transform} }\n`,
          'hierarchies: { h: { file: h.csv } }\n',
        ),
        'h.csv': 'x;*\n',
        't.csv': 'a,b\nx,y\n',
        'x.csv': `a\nx\n${canary}\n`,
      });
      const { status, stderr } = apply(space);
      expect(status).toBe(2);
      expect(stderr).toContain('x.csv: row 2, field a: error[DATA-VALUE]: the value cannot be read by `');
      expect(stderr).toContain(`hint: ${hint}: correct the data, or set \`invalid: redact\` for this field`);
      expect(stderr).not.toContain(canary);
    }
  });

  it('do not let an identifier through as it is', () => {
    const others = '{ replace: { map: { a: b }, others: next } }';
    for (const transform of [
      others,
      '{ replace: { map: { a: a } } }',
      `[ ${others}, { pram: { keep: 1, values: [a, b] } } ]`,
    ]) {
      const space = prepared({
        'policy.yaml': policyOf(`a: { role: identifier, transform: ${transform} }\n`),
        'x.csv': 'a\na\n',
      });
      expect(apply(space)).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('an identifier would be released as it is'),
      });
    }
    // What a table leaves as it was is found in the output.
    const space = prepared({
      'policy.yaml': policyOf('a: { role: identifier, transform: { replace: { file: t.csv, from: x, to: y } } }\n'),
      't.csv': `x,y\n${canary},${canary}\nb,c\n`,
      'x.csv': `a\n${canary}\nb\n`,
    });
    const { status, stderr } = apply(space);
    expect([status, stderr.includes('error[LEAK]')]).toEqual([1, true]);
    expect(stderr).not.toContain(canary);
  });
});

describe('scramble and pram in a license', () => {
  it('are random unless a domain keys them, and state what they did', async () => {
    const space = prepared({
      'policy.yaml': `${policyOf(
        `id:   { role: identifier, transform: { scramble: { domain: staff } } }
name: { role: identifier, transform: { scramble: { random: true } } }
sex:  { role: sensitive, transform: { pram: { keep: 0.9, values: [F, M] } } }
code: { role: insensitive, transform: { replace: { map: { ${canary}: x }, others: redact } } }
`,
        'keys: { pseudonym: { file: ./pseudonym.key } }\ndomains: { staff: { key: pseudonym } }\n',
      )}license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 9998-12-31 }
`,
      'x.csv': `id,name,sex,code\nAB-1234567,Ada Lovelace,F,${canary}\nAB-1234567,Ada Lovelace,F,y\n`,
    });
    expect(await space.call(['apply', 'policy.yaml', 'x.csv', '--key', 'issuer.key', '--out', 'out'])).toMatchObject({
      status: 0,
    });
    const rows = readFileSync(join(space.dir, 'out/data/x.csv'), 'utf8').trimEnd().split('\n').slice(1);
    const [one, two] = rows.map((row) => row.split(','));
    expect(one![0]).toBe(two![0]);
    expect(one![1]).not.toBe(two![1]);
    for (const row of rows) expect(row).toMatch(/^[A-Z]{2}-\d{7},[A-Z][a-z]{2} [A-Z][a-z]{7},[FM],x?$/);
    const text = readFileSync(join(space.dir, 'out/LICENSE.md'), 'utf8');
    expect(text).toContain('"keep":0.9');
    expect(text).not.toContain(canary);
  });
});
