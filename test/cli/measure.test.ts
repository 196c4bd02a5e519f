import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const adult = readFileSync(new URL('../vectors/adult/adult-300.csv', import.meta.url));
const [names = [], ...records] = adult
  .toString()
  .trimEnd()
  .split('\r\n')
  .map((line) => line.split(';'));
const quasi = ['sex', 'age', 'race'];

/** Sizes of the classes, counted by strings. */
function sizesOf(fields: readonly string[]): number[] {
  const found = new Map<string, number>();
  for (const record of records) {
    const key = fields.map((name) => record[names.indexOf(name)]).join('|');
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...found.values()];
}

const people = 'age,sex,disease\n30,f,flu\n30,f,cold\n40,m,flu\n40,m,flu\n50,m,asthma\n*,*,gout\n';

describe('anon measure', () => {
  it('counts what counting by hand counts', async () => {
    const space = workspace();
    space.write('adult.csv', adult);
    const args = ['measure', 'adult.csv', '--delimiter', ';', '--quasi', quasi.join(), '--sensitive', 'occupation'];
    const { status, stdout } = await space.call([...args, '--sampling-fraction', '0.01', '--json']);
    expect(status).toBe(0);
    const found = JSON.parse(stdout);
    const sizes = sizesOf(quasi);
    expect(found).toMatchObject({
      measure: 'anon/v1',
      records: { total: 300, suppressed: 0 },
      classes: { classes: sizes.length, smallest: Math.min(...sizes), largest: Math.max(...sizes) },
      uniques: { individuals: sizes.filter((size) => size === 1).length },
      risk: { prosecutor: { highest: 1 }, journalist: { highest: 1 } },
      populationUniqueness: { population: 30000, model: 'pitman' },
    });
    expect(found.risk.prosecutor.average).toBeCloseTo(sizes.length / 300, 12);
    expect(found.risk.prosecutor.shareAbove['0.2']).toBeCloseTo(
      sizes.filter((size) => size < 5).reduce((sum, size) => sum + size, 0) / 300,
      12,
    );
    expect(found.combinations).toHaveLength(7);
    for (const { fields, distinction } of found.combinations) expect(distinction).toBe(sizesOf(fields).length / 300);
  });

  it('shows the measures, and fails by thresholds, each named, without a value of the data', async () => {
    const space = workspace();
    space.write('people.csv', people);
    const args = ['measure', 'people.csv', '--quasi', 'age,sex', '--sensitive', 'disease'];
    const asked = [...args, '--fail-if', 'k < 2', '--fail-if', 'l(disease) < 1'];
    const { status, stdout, stderr } = await space.call(asked);
    expect(space.run(asked)).toEqual({ status, stdout, stderr });
    expect(status).toBe(1);
    expect(stderr).toBe('people.csv: error[MEASURE]: `k < 2` holds: measured 1\n');
    expect(stdout).toContain('records        6, 1 suppressed');
    expect(stdout).toContain('classes        3: smallest 1 (k), mean 1.667, largest 2');
    expect(stdout).not.toMatch(/flu|cold|asthma|gout/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(await space.call([...args, '--fail-if', 'k < 1', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('names all that is wrong with the question', async () => {
    const space = workspace();
    space.write('people.csv', people);
    const refused = async (...args: string[]) => {
      const { status, stderr } = await space.call(['measure', 'people.csv', ...args]);
      expect(status).toBe(2);
      return stderr;
    };
    const two = await refused('--quasi', 'agee,sx');
    expect(two).toContain('no column `agee`');
    expect(two).toContain('no column `sx`');
    expect(two).toContain('did you mean `age`?');
    expect(await refused('--quasi', 'age', '--fail-if', 'risk.higest > 1')).toContain('did you mean `risk.highest`?');
    expect(await refused('--quasi', 'age', '--fail-if', 'k = 1')).toContain('measure comparison number');
    expect(await refused()).toContain('no quasi-identifier is named');
    expect(await refused('--quasi', 'age', '--population-size', '3')).toContain('smaller than the data');
    expect(await refused('--quasi', 'age', '--sampling-fraction', '2')).toContain('out of its range');
  });

  it('takes the journalist risk from a table of the population', async () => {
    const space = workspace();
    space.write('people.csv', people);
    space.write('all.csv', `age,sex\n${'30,f\n'.repeat(10)}${'40,m\n'.repeat(4)}${'50,m\n'.repeat(5)}`);
    const args = ['measure', 'people.csv', '--quasi', 'age,sex', '--population', 'all.csv', '--json'];
    const found = JSON.parse((await space.call(args)).stdout);
    expect(found.populationTable).toEqual({
      individuals: 19,
      k: 4,
      outside: 0,
      presence: { min: 0.2, max: 0.5 },
    });
    expect(found.risk.journalist.highest).toBe(0.25);
    expect(found.risk.marketer.average).toBeCloseTo((2 / 10 + 2 / 4 + 1 / 5) / 5, 12);
  });

  it('reads JSON, units, and the roles and models of a policy', async () => {
    const space = workspace();
    space.write('x.ndjson', '{"id":"a","q":1,"s":"x"}\n{"id":"b","q":1,"s":"y"}\n{"id":"a","q":1,"s":"z"}\n');
    const json = JSON.parse(
      (await space.call(['measure', 'x.ndjson', '--quasi', '$.q', '--unit', '$.id', '--json'])).stdout,
    );
    // a has two records and b one: their multisets differ.
    expect(json).toMatchObject({ individuals: 2, unit: '$.id', classes: { classes: 2, smallest: 1 } });
    space.write('people.csv', people);
    space.write(
      'policy.yaml',
      `policy: anon/v1
name: p
version: "1"
fields:
  age: { role: quasi-identifier, transform: keep }
  sex: { role: quasi-identifier, transform: keep }
  disease: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 2 } } ] }
`,
    );
    const { models } = JSON.parse(
      (await space.call(['measure', 'people.csv', '--policy', 'policy.yaml', '--json'])).stdout,
    );
    expect(models).toEqual([{ name: 'k-anonymity', required: { k: 2 }, measured: { k: 1 }, holds: false }]);
  });

  it('reads other encodings, and files without a header', async () => {
    const space = workspace();
    space.write('latin1.txt', Buffer.from('Zürich;f;Grippe\nZürich;f;Gicht\nBasel;m;Grippe\n', 'latin1'));
    const form = ['--format', 'csv', '--delimiter', ';', '--header', 'city,sex,disease'];
    const measure = ['measure', 'latin1.txt', ...form, '--quasi', 'city,sex', '--fail-if', 'uniques(city) > 0'];
    const { status, stdout, stderr } = await space.call([...measure, '--encoding', 'latin1']);
    expect(stderr).toBe('latin1.txt: error[MEASURE]: `uniques(city) > 0` holds: measured 1\n');
    expect(status).toBe(1);
    expect(stdout).toContain('records        3\nclasses        2: smallest 1 (k), mean 1.5, largest 2');
    expect((await space.call(measure)).stderr).toContain('DATA-ENCODING');
    expect((await space.call([...measure, '--encoding', 'latin2'])).stderr).toContain('did you mean `latin1`?');
  });

  it('measures one table of a bundle of several, and refuses a bundle that is not whole', async () => {
    const space = workspace();
    space.write('a.csv', 'id,q\n1,x\n2,x\n');
    space.write('b.csv', 'id,z\n1,u\n2,u\n1,u\n');
    space.write(
      'policy.yaml',
      `policy: anon/v1
name: two
version: "1"
tables:
  a: { fields: { id: { role: insensitive, transform: keep }, q: { role: quasi-identifier, transform: keep } } }
  b:
    fields:
      id: { role: insensitive, transform: keep, references: a.id }
      z: { role: quasi-identifier, transform: keep }
license:
  licensor: { name: A }
  licensee: { id: "urn:org:b", name: B }
  valid: { from: 2020-01-01, until: 2099-12-31 }
`,
    );
    const { stderr } = await space.call('apply policy.yaml a=a.csv b=b.csv --tar two.tar --key issuer.key'.split(' '));
    expect(stderr).toContain('two.tar:');
    expect((await space.call(['measure', 'two.tar'])).stderr).toContain('say --table, one of a, b');
    const { stdout } = await space.call('measure two.tar --table b --json'.split(' '));
    expect(JSON.parse(stdout)).toMatchObject({
      records: { total: 3 },
      quasiIdentifiers: ['z'],
      classes: { classes: 1 },
    });
    const tar = readFileSync(join(space.dir, 'two.tar'));
    tar[tar.indexOf('1,u\n')] = 0x39;
    space.write('bad.tar', tar);
    expect(await space.call('measure bad.tar --table b'.split(' '))).toMatchObject({ status: 1, stdout: '' });
  });
});
