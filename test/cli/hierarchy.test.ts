import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

describe('anon hierarchy check', () => {
  it('prints the labels of each level', async () => {
    const space = workspace();
    space.write('work.csv', 'Private;Non-Government;*\nState-gov;Government;*\nLocal-gov;Government;*\n');
    space.write('sex.csv', 'Male;x\nFemale;y\n');
    expect(await space.call(['hierarchy', 'check', 'work.csv', 'sex.csv'])).toEqual({
      status: 0,
      stdout:
        'work.csv: 3 values; labels of level 1: 2, level 2: 1\nsex.csv: 2 values; labels of level 1: 2, level 2: 1\n',
      stderr: '',
    });
    const json = await space.call(['hierarchy', 'check', 'work.csv', '--json']);
    expect(JSON.parse(json.stdout)).toEqual({
      ok: true,
      hierarchies: [{ file: 'work.csv', labels: [3, 2, 1] }],
      diagnostics: [],
    });
  });

  it('tells all problems by line, and shows no value', async () => {
    const space = workspace();
    space.write('a.csv', 'canary1;x;*\ncanary2;;*\ncanary1;y;*\ncanary3;x;other\ncanary4;x\n');
    space.write('b.csv', 'canary,x,*\n');
    const args = ['hierarchy', 'check', 'a.csv', 'b.csv', '--quiet'];
    const { status, stdout, stderr } = await space.call(args);
    expect(space.run(args)).toEqual({ status, stdout, stderr });
    expect(stderr).toMatchInlineSnapshot(`
      "a.csv:2: error[HIERARCHY]: column 2 is empty
        hint: write a label
      a.csv:3: error[HIERARCHY]: the value stands in line 1 already
      a.csv:4: error[HIERARCHY]: the label in column 2 stands below another one than in line 1
        hint: a label has one label at the next level: give one of the two another name
      a.csv:5: error[HIERARCHY]: the row has 2 columns, the first has 3 columns
      b.csv:1: error[HIERARCHY]: the row has one column, and a hierarchy needs a value and at least one label
        hint: set \`--delimiter ','\`
      "
    `);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  });

  it('counts the values of the data that have no row, nulls left out', async () => {
    const space = workspace();
    space.write('sex.csv', 'Male,*\nFemale,*\n');
    space.write('x.csv', 'id;sex\n1;Male\n2;canary\n3;\n4;canary\n5;canary2\n');
    const args = ['hierarchy', 'check', 'sex.csv', '--delimiter', ',', '--data-delimiter', ';', '--field', 'sex'];
    const { status, stdout, stderr } = await space.call([...args, '--data', 'x.csv']);
    expect(stderr).toMatchInlineSnapshot(`
      "x.csv: row 2, field sex: error[HIERARCHY]: 2 values of the field have no row in sex.csv: 3 times in the data, first in rows 2, 5
        hint: add a row for each, or put them in order before they are generalized
      "
    `);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'sex.csv: 2 values; labels of level 1: 1\n' });
    const piped = space.run([...args, '--data', '-', '--format', 'csv', '--json'], { input: 'id;sex\n1;Male\n' });
    expect(JSON.parse(piped.stdout)).toMatchObject({ ok: true });
    expect(piped.status).toBe(0);
    const paths = ['hierarchy', 'check', 'sex.csv', '--delimiter', ',', '--data', 'x.ndjson', '--field', '$.p[*].sex'];
    space.write('x.ndjson', '{"p":[{"sex":"Male"},{"sex":null}]}\n{"p":[{"sex":"canary"},{"sex":"Female"}]}\n');
    expect((await space.call(paths)).stderr).toContain(
      '1 value of the field has no row in sex.csv: once in the data, first in row 2',
    );
  });

  it('reads hierarchies and data in other encodings, and data without a header', async () => {
    const space = workspace();
    space.write('h.csv', Buffer.from('Zürich;*\nBasel;*\n', 'latin1'));
    space.write('x.csv', Buffer.from('\ufeff1,Zürich\n2,Genève\n', 'utf16le'));
    const args = ['hierarchy', 'check', 'h.csv', '--encoding', 'latin1', '--field', 'city', '--data', 'x.csv'];
    const { status, stderr } = await space.call([...args, '--data-encoding', 'utf-16', '--data-header', 'id,city']);
    expect(stderr).toContain('1 value of the field has no row in h.csv: once in the data, first in row 2');
    expect(status).toBe(1);
  });

  it('gives no answer about what it cannot read, and goes on with the rest', async () => {
    const space = workspace();
    space.write('good.csv', 'a;*\n');
    space.write('empty.csv', '');
    space.write('latin.csv', Buffer.from('a;*\n\xe9;*\n', 'latin1'));
    const { status, stdout, stderr } = await space.call([
      'hierarchy',
      'check',
      'none.csv',
      'empty.csv',
      'latin.csv',
      'good.csv',
    ]);
    expect(stderr).toMatchInlineSnapshot(`
      "none.csv: error[FILE-MISSING]: no such file or directory
      empty.csv:1: error[DATA-SYNTAX]: the file holds no rows
      latin.csv:2: error[DATA-SYNTAX]: the file is not valid UTF-8
        hint: save it as UTF-8
      "
    `);
    expect({ status, stdout }).toEqual({ status: 2, stdout: 'good.csv: 1 value; labels of level 1: 1\n' });
    space.write('x.csv', 'id,sex\n1,a\n');
    for (const args of [
      [],
      ['good.csv', '--data', 'x.csv'],
      ['good.csv', '--field', 'sex'],
      ['good.csv', '--data', 'x.csv', '--field', 'six'],
      ['good.csv', '--data', 'none.csv', '--field', 'sex'],
      ['good.csv', '--delimiter', '::'],
    ]) {
      expect(await space.call(['hierarchy', 'check', ...args]), args.join(' ')).toMatchObject({
        status: 2,
        stdout: '',
      });
    }
  });
});

const people = [
  'id,age,born,code,ward',
  ...Array.from({ length: 60 }, (_, i) => [
    i,
    18 + ((i * 7) % 73),
    `19${50 + (i % 40)}-0${1 + (i % 9)}-11`,
    `E${10 + (i % 30)}.${i % 7}`,
    `Süd "${i % 3}"; a`,
  ]).map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(',')),
  '',
].join('\n');

describe('anon hierarchy draft', () => {
  it.each([
    ['age', 'interval'],
    ['born', 'date'],
    ['code', 'prefix'],
    ['ward', 'groups'],
  ])('drafts for %s a hierarchy of kind %s that passes the check and works in a policy', async (field, kind) => {
    const space = workspace();
    space.write('x.csv', people);
    const drafted = await space.call(['hierarchy', 'draft', 'x.csv', '--field', field, '--out', 'h.csv']);
    expect(drafted).toMatchObject({ status: 0, stdout: '' });
    expect(drafted.stderr).toMatch(
      new RegExp(
        `^wrote h\\.csv \\(${kind}\\): \\d+ values; labels of level 1: .*\\nit holds values of the data: .*\\n$`,
      ),
    );
    expect(statSync(join(space.dir, 'h.csv')).mode & 0o777).toBe(0o600);
    expect(await space.call(['hierarchy', 'check', 'h.csv', '--data', 'x.csv', '--field', field])).toMatchObject({
      status: 0,
    });
    space.write(
      'policy.yaml',
      `policy: anon/v1
name: x
version: "1"
defaults: { unlisted: drop }
hierarchies: { h: { file: ./h.csv } }
fields:
  ${field}: { role: quasi-identifier, transform: { generalize: { hierarchy: h, level: 1 } } }
license:
  licensor: { name: A, contact: a@a.example }
  licensee: { id: "urn:org:b", name: B }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 9998-12-31 }
`,
    );
    const applied = await space.call(['apply', 'policy.yaml', 'x.csv', '--stdout']);
    expect(applied).toMatchObject({ status: 0 });
    expect(new Set(applied.stdout.trim().split('\n').slice(1)).size).toBeLessThan(60);
  });

  it('reads data in another encoding', async () => {
    const space = workspace();
    space.write('x.csv', Buffer.from('Zürich\nGenève\n', 'latin1'));
    const args = ['hierarchy', 'draft', 'x.csv', '--field', 'city', '--kind', 'groups', '--levels', '1', '--out', '-'];
    const { stdout } = await space.call([...args, '--data-encoding', 'latin1', '--data-header', 'city']);
    expect(stdout).toContain('Zürich;?;*');
  });

  it('writes values to standard output for `--out -` alone, and replaces nothing unasked', async () => {
    const space = workspace();
    space.write('x.csv', 'id,age\n1,20\n2,30\n3,40\n4,50\n');
    const draft = (...args: string[]) => space.call(['hierarchy', 'draft', 'x.csv', '--field', 'age', ...args]);
    expect(await draft('--out', '-', '--levels', '1')).toEqual({ status: 0, stdout: expect.any(String), stderr: '' });
    expect((await draft('--out', '-', '--levels', '1')).stdout).toMatchInlineSnapshot(`
      "20;[20,40);*
      30;[20,40);*
      40;[40,60);*
      50;[40,60);*
      "
    `);
    expect((await draft('--out', '-', '--kind', 'groups', '--levels', '2')).stdout).toMatchInlineSnapshot(`
      "20;?;?;*
      30;?;?;*
      40;?;?;*
      50;?;?;*
      "
    `);
    space.write('h.csv', 'mine');
    const before = space.files();
    for (const args of [[], ['--out', 'h.csv'], ['--out', '-', '--json'], ['--out', 'new.csv', '--levels', '0']]) {
      expect(await draft(...args), args.join(' ')).toMatchObject({ status: 2 });
    }
    expect((await draft('--out', 'x.csv', '--replace')).stderr).toContain('is what the run reads');
    const misfit = await draft('--out', 'new.csv', '--kind', 'date');
    expect(misfit.stderr).toContain(
      'row 1, field age: error[DATA-VALUE]: 4 values have no place in a hierarchy of kind date',
    );
    expect(space.files()).toEqual(before);
    expect(readFileSync(join(space.dir, 'h.csv'), 'utf8')).toBe('mine');
    const json = await draft('--out', 'h.csv', '--replace', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ file: 'h.csv', kind: 'interval', labels: [4, 2, 1] });
  });

  it('has nothing to draft from a field without values', async () => {
    const space = workspace();
    space.write('x.csv', 'id,age\n1,\n2,""\n');
    const { status, stderr } = await space.call(['hierarchy', 'draft', 'x.csv', '--field', 'age', '--out', 'h.csv']);
    expect(stderr).toContain('x.csv: field age: error[DATA-EMPTY]: the field holds no values');
    expect(status).toBe(2);
    expect((await space.call(['hierarchy', 'draft', 'x.csv', '--field', 'agee', '--out', 'h.csv'])).stderr).toContain(
      'did you mean `age`?',
    );
  });
});
