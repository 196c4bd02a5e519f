import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const vectors = (name: string) => readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
const quasi = ['sex', 'age', 'race', 'education'];
const dropped = ['marital-status', 'native-country', 'workclass', 'salary-class'];

const policy = `policy: anon/v1
name: adult
version: "1"
hierarchies:
${quasi.map((name) => `  ${name}: { file: ./${name}.csv }`).join('\n')}
input: { delimiter: ";" }
fields:
${quasi.map((name) => `  ${name}: { role: quasi-identifier, transform: { generalize: { hierarchy: ${name} } } }`).join('\n')}
${dropped.map((name) => `  ${name}: { role: insensitive, transform: drop }`).join('\n')}
  occupation: { role: sensitive, transform: keep }
privacy:
  models:
    - k-anonymity: { k: 4 }
    - l-diversity: { l: 3, variant: distinct, sensitive: occupation }
    - t-closeness: { t: 0.6, sensitive: occupation, variant: equal }
  max-suppression: 0.1
license:
  licensor: { name: A }
  licensee: { id: "urn:org:b", name: B }
  valid: { from: 2020-01-01, until: 2099-12-31 }
`;

type Row = Record<string, string>;
const rowsOf = (bytes: Buffer): Row[] => parse(bytes, { delimiter: ';', columns: true });

/** Records by the text of their quasi-identifiers. */
function classesOf(rows: readonly Row[]): Row[][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(quasi.map((name) => row[name]));
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
}

function sharesOf(rows: readonly Row[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { occupation = '' } of rows) shares.set(occupation, (shares.get(occupation) ?? 0) + 1 / rows.length);
  return shares;
}

/** Iyengar's loss of a field by the definition: each record's share of the hierarchy's rows, all for the suppressed. */
function lossOf(name: string, level: number, output: readonly Row[], records: number): number {
  const table: string[][] = parse(vectors(`${name}.csv`), { delimiter: ';' });
  let sum = records - output.length;
  for (const row of output) sum += table.filter((leaf) => leaf[level] === row[name]).length / table.length;
  const least = records / table.length;
  return Math.max(0, (sum - least) / (records - least));
}

describe('a release of 300 records of Adult', () => {
  const space = workspace(afterAll);
  const json = (name: string) => JSON.parse(readFileSync(join(space.dir, name), 'utf8'));

  it('states what counting its output by hand gives, and so do its measures and reports', async () => {
    for (const name of quasi) space.write(`${name}.csv`, vectors(`${name}.csv`));
    space.write('adult.csv', vectors('adult-300.csv'));
    space.write('policy.yaml', policy);
    const args =
      'apply policy.yaml adult.csv --out bundle --key issuer.key --report licensor.json --sampling-fraction 0.01';
    const { status, stderr } = await space.call(args.split(' '));
    expect(`${status} ${stderr}`).toContain('0 bundle: ');

    const source = rowsOf(vectors('adult-300.csv'));
    const output = rowsOf(readFileSync(join(space.dir, 'bundle/data/adult.csv')));
    const classes = classesOf(output);
    const sizes = classes.map(({ length }) => length);
    const overall = sharesOf(source);
    const far = (rows: Row[]) => {
      const own = sharesOf(rows);
      return [...overall].reduce((sum, [value, q]) => sum + Math.abs((own.get(value) ?? 0) - q), 0) / 2;
    };
    const suppressed = source.length - output.length;
    const k = Math.min(...sizes);
    const l = Math.min(...classes.map((rows) => sharesOf(rows).size));
    const t = Math.max(...classes.map(far));
    expect(k).toBeGreaterThanOrEqual(4);

    const { privacy } = JSON.parse(
      Buffer.from(json('bundle/license.intoto.json').payload, 'base64').toString('utf8'),
    ).predicate;
    const report = json('bundle/report.json');
    const licensor = json('licensor.json');

    expect(privacy.suppressed).toEqual({ records: suppressed, of: 300 });
    expect(report.records).toMatchObject({ written: output.length, suppressed });
    for (const { models } of [privacy, report, licensor.release]) {
      expect(models.map((model: { required: object }) => model.required)).toEqual([
        { k: 4 },
        { l: 3, variant: 'distinct', sensitive: 'occupation' },
        { t: 0.6, variant: 'equal', sensitive: 'occupation' },
      ]);
      expect(models[0].measured).toEqual({ k });
      expect(models[1].measured).toEqual({ l });
      expect(models[2].measured.t).toBeCloseTo(t, 9);
    }
    expect(privacy.risk.highest).toBeCloseTo(1 / k, 9);
    expect(privacy.risk.average).toBeCloseTo(classes.length / output.length, 9);
    expect(report.risk.prosecutor).toMatchObject(privacy.risk);
    expect(report.classes).toMatchObject({ classes: classes.length, smallest: k, largest: Math.max(...sizes) });

    const losses = privacy.generalization.map(({ field, level }: { field: string; level: number }) =>
      lossOf(field, level, output, 300),
    );
    const geometric = losses.reduce((product: number, loss: number) => product * (loss + 1) ** (1 / 4), 1) - 1;
    expect(privacy.search).toMatchObject({ measure: 'loss', proven: true, bound: privacy.search.score });
    expect(privacy.search.score).toBeCloseTo(geometric, 9);
    expect(report.generalization).toMatchObject(privacy.search);
    expect(
      report.generalization.fields.map(({ name, level }: { name: string; level: number }) => ({ field: name, level })),
    ).toEqual(privacy.generalization);
    expect(licensor.loss.geometric).toBeCloseTo(geometric, 9);
    for (const [i, { loss }] of licensor.loss.fields.entries()) expect(loss).toBeCloseTo(losses[i], 9);

    // Nothing in the bundle tells of the source beyond what was suppressed.
    expect(JSON.stringify(report)).not.toMatch(/beforeSuppression|"source"|entropyKept/);
    expect(licensor.source.records.total).toBe(300);
    expect(licensor.source.classes.classes).toBe(classesOf(source).length);
    expect(licensor.source.populationUniqueness.population).toBe(30000);
    expect(JSON.stringify(licensor)).not.toMatch(/Prof-specialty|Bachelors|Never-married/);
  });

  it('is measured as a bundle, by its license or by the policy, to the same figures', async () => {
    const licensor = json('licensor.json');
    const plain = await space.call(['measure', 'bundle', '--json']);
    expect(plain.stderr).toBe('');
    const { measure, thresholds, loss, utility, ...own } = JSON.parse(plain.stdout);
    expect([measure, thresholds, loss, utility]).toEqual(['anon/v1', [], null, null]);
    expect(own.quasiIdentifiers).toEqual(quasi);
    const { models: _, populationUniqueness: __, records: ___, ...same } = licensor.release;
    expect(own).toMatchObject(same);

    const args = 'measure bundle --policy policy.yaml --source adult.csv --json'.split(' ');
    const conditions = ['loss > 0.9', 'loss(age) < 0', 'k-anonymity.k < 4', 't-closeness.t(occupation) > 0.6'];
    const more = ['separation(sex + age) > 1', 'classes.from(1) > 0', 'distance(occupation) > 0.2', 'uniques(sex) > 0'];
    const asked = [...conditions, ...more].flatMap((condition) => ['--fail-if', condition]);
    const { status, stdout } = await space.call([...args, ...asked]);
    expect(status).toBe(0);
    const full = JSON.parse(stdout);
    expect(full.thresholds.every(({ measured }: { measured: number | null }) => measured !== null)).toBe(true);
    expect(full.loss.geometric).toBeCloseTo(licensor.loss.geometric, 9);
    expect(full.models[0]).toMatchObject({ name: 'k-anonymity', holds: true });
    expect(full.utility.fields.map(({ field }: { field: string }) => field)).toEqual([...quasi, 'occupation']);
  });

  it('is no file among others', async () => {
    const { status, stderr } = space.run('measure adult.csv bundle --quasi sex'.split(' '));
    expect(stderr).toContain('bundle: error[USAGE]: a bundle is one of several inputs of a table');
    expect(status).toBe(2);
  });
});
