import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const policy = (models: string, more = '') => `policy: anon/v1
name: registry
version: "1"
fields:
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age } } }
  sex: { role: quasi-identifier, transform: keep }
  note: { role: insensitive, transform: keep }
hierarchies:
  age: { intervals: [0, 20, 40, 60, 80], then: [2] }
privacy:
  population: { file: registry.csv.gz, delimiter: ";", encoding: latin1, fields: { age: "Ålder" } }
  models: [ ${models} ]
  ${more}
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example-university", name: Example University }
  purposes: [AcademicResearch]
  regions: [EEA]
  valid: { from: 2026-01-01, until: 2027-01-01 }
`;

const people: readonly (readonly [age: number, sex: string])[] = Array.from({ length: 80 }, (_, i) => [
  i,
  i % 3 === 0 ? 'f' : 'm',
]);
const registry = `Ålder;sex;name\n${people.map(([age, sex], i) => `${age};${sex};person ${i}\n`).join('')}`;
const sample = people.filter((_, i) => i % 7 === 0);
const data = `name,age,sex,note\n${sample.map(([age, sex], i) => `person number ${i},${age},${sex},n${i}\n`).join('')}`;

describe('a population', () => {
  it('decides which levels are high enough, is stated, and is measured again by the recipient', async () => {
    const space = workspace();
    space.write('registry.csv.gz', gzipSync(Buffer.from(registry, 'latin1')));
    space.write('data.csv', data);
    space.write('policy.yaml', policy('k-map: { k: 10 }, delta-presence: { max: 0.5 }'));
    const { status, stdout, stderr } = await space.call([
      'apply',
      'policy.yaml',
      'data.csv',
      '--out',
      'b',
      '--key',
      'issuer.key',
    ]);
    expect(stdout).toBe('');
    expect(status).toBe(0);
    expect(stderr).toContain('k-map: required k=10, measured k=13 population=80');
    expect(stderr).toContain(
      'delta-presence: required min=0 max=0.5, measured min=0.142857142857 max=0.153846153846 population=80',
    );
    expect(readFileSync(join(space.dir, 'b/LICENSE.md'), 'utf8')).toContain('k-map: required k = 10; measured k = 13');
    expect(
      (
        await space.call([
          'verify',
          'b',
          '--trust',
          'issuer.pub',
          '--organization',
          'urn:org:example-university',
          '--purpose',
          'AcademicResearch',
          '--region',
          'DE',
          '--quiet',
        ])
      ).status,
    ).toBe(0);

    // The population as the data is written: age in intervals of 40 years.
    const general = people.map(([age, sex]) => `${age < 40 ? '"[0,40)"' : '"[40,80)"'},${sex}\n`).join('');
    space.write('general.csv', `age,sex\n${general}`);
    const measured = await space.call([
      'measure',
      'b/data/data.csv',
      '--quasi',
      'age,sex',
      '--population',
      'general.csv',
    ]);
    expect(measured.stdout).toContain('80 individuals: smallest class of the data has 13 there (k-map)');
    expect(measured.stdout).toContain('of a class there 14.3 % to 15.4 % are in the data (delta-presence)');
    const models = ['measure', 'b/data/data.csv', '--policy', 'policy.yaml', '--population', 'general.csv', '--json'];
    expect(JSON.parse((await space.call(models)).stdout)).toMatchObject({
      populationTable: { individuals: 80, k: 13, outside: 0, presence: { max: 2 / 13 } },
      models: [
        { name: 'k-map', measured: { k: 13, population: 80 }, holds: true },
        { name: 'delta-presence', measured: { min: 0.142857142857, max: 0.153846153846 }, holds: true },
      ],
    });
    const asked = await space.call(['measure', 'b/data/data.csv', '--policy', 'policy.yaml']);
    expect(asked.status).toBe(2);
    expect(space.run(['measure', 'b/data/data.csv', '--policy', 'policy.yaml'])).toEqual(asked);
    expect(asked.stderr).toContain('`k-map` of the policy compares with a population');
  });

  it('is refused at its place where it is not there, or does not contain the data', async () => {
    const space = workspace();
    space.write('data.csv', data);
    space.write('policy.yaml', policy('delta-presence: { max: 1 }'));
    const missing = await space.call(['apply', 'policy.yaml', 'data.csv', '--data-only', 'out']);
    expect(missing.status).toBe(2);
    expect(missing.stderr).toMatch(/policy\.yaml:12:23[\s\S]*registry\.csv\.gz/);
    const short = registry.split('\n').slice(0, 30).join('\n');
    space.write('registry.csv.gz', Buffer.from(short, 'latin1'));
    const outside = await space.call(['apply', 'policy.yaml', 'data.csv', '--data-only', 'out']);
    expect(outside.status).toBe(2);
    expect(outside.stderr).toContain('the population does not contain the data');
    expect(outside.stderr).not.toMatch(/person|n\d/);
    expect(space.files()).toEqual(['data.csv', 'policy.yaml', 'registry.csv.gz']);
  });

  it('leaves nulls as they are unless the policy has them match every value, which the license says', async () => {
    const space = workspace();
    space.write('data.csv', 'name,age,sex,note\nperson a,30,f,a\nperson b,,f,b\nperson c,30,,c\n');
    const plain = policy('k-anonymity: { k: 2 }', 'max-suppression: 0').replace(/\n {2}population:.*/, '');
    space.write('ordinary.yaml', plain);
    space.write('wildcard.yaml', plain.replace('privacy:', 'privacy:\n  nulls: wildcard'));
    const run = (name: string) => space.call(['apply', name, 'data.csv', '--out', 'b', '--key', 'issuer.key']);
    expect(await run('ordinary.yaml')).toMatchObject({ status: 1 });
    const { status, stderr } = await run('wildcard.yaml');
    expect(status).toBe(0);
    expect(stderr).toContain('k-anonymity: required k=2 nulls=wildcard, measured k=3');
    expect(stderr).toContain('re-identification risk: highest 33.3 %, average 33.3 %');
    const report = JSON.parse(readFileSync(join(space.dir, 'b/report.json'), 'utf8'));
    expect(report.models[0].required).toEqual({ k: 2, nulls: 'wildcard' });
    const measured = await space.call(['measure', 'b/data/data.csv', '--policy', 'wildcard.yaml', '--json']);
    expect(JSON.parse(measured.stdout)).toMatchObject({
      classes: { smallest: 1 },
      models: [{ measured: { k: 3 }, holds: true }],
      risk: { prosecutor: { highest: 1 / 3 } },
    });
  });
});
