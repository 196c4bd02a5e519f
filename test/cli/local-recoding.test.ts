import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { adultFields as fields } from '../search/adult.ts';
import { workspace } from './session.ts';

const vectors = (name: string) => readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
/** Nine quasi-identifiers of Adult, each with its hierarchy and no level. */
const policy = `policy: anon/v1
name: adult
version: "1"
hierarchies:
${fields.map((name) => `  ${name}: { file: ./${name}.csv }`).join('\n')}
input: { delimiter: ";" }
fields:
${fields.map((name) => `  ${name}: { role: quasi-identifier, transform: { generalize: { hierarchy: ${name} } } }`).join('\n')}
privacy: { models: [ { k-anonymity: { k: 5 } } ], max-suppression: 0, search: { recoding: local } }
license:
  licensor: { name: A }
  licensee: { id: "urn:org:b", name: B }
  valid: { from: 2020-01-01, until: 2099-12-31 }
`;

describe('local recoding of the Adult data', () => {
  it('loses a tenth of what one level for each field loses, says so in the license, and repeats', async () => {
    const space = workspace();
    for (const name of fields) space.write(`${name}.csv`, vectors(`${name}.csv`));
    space.write('adult.csv.gz', vectors('adult.csv.gz'));
    space.write('policy.yaml', policy);
    const apply = (out: string) =>
      space.call(`apply policy.yaml adult.csv.gz --out ${out} --key issuer.key`.split(' '));
    const { status, stderr } = await apply('bundle');
    expect(stderr).toContain('recoded class by class');
    expect(status).toBe(0);
    const envelope = JSON.parse(readFileSync(join(space.dir, 'bundle/license.intoto.json'), 'utf8'));
    const { privacy } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')).predicate;
    expect(privacy.search).toMatchObject({
      recoding: 'local',
      measure: 'loss',
      bound: 0,
      proven: false,
      budgetSpent: false,
    });
    expect(privacy.search.score).toBeLessThan(0.0577);
    expect(privacy.generalization[1]).toEqual({ field: 'age', levels: [0, 4] });
    expect(privacy.suppressed).toEqual({ records: 0, of: 30162 });
    const classes = new Map<string, number>();
    const data = readFileSync(join(space.dir, 'bundle/data/adult.csv'));
    for (const record of parse(data, { delimiter: ';', from: 2 })) {
      classes.set(record.join(), (classes.get(record.join()) ?? 0) + 1);
    }
    expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(5);
    expect(30162 / classes.size).toBeLessThan(6.62);
    expect(readFileSync(join(space.dir, 'bundle/LICENSE.md'), 'utf8')).toContain('values were recoded class by class');
    expect(space.run('verify bundle --trust issuer.pub --organization urn:org:b'.split(' ')).status).toBe(0);
    expect((await apply('again')).status).toBe(0);
    expect(readFileSync(join(space.dir, 'again/data/adult.csv')).equals(data)).toBe(true);
  });
});

describe('local recoding of individuals of several records, in a population of such', () => {
  const visits = (ids: readonly number[]) =>
    `id,age\n${ids.flatMap((id) => [20 + (id % 7), 60 + (id % 3)].map((age) => `p${id},${age}\n`)).join('')}`;
  const all = Array.from({ length: 60 }, (_, id) => id);
  const recoded = (search: string) => `policy: anon/v1
name: visits
version: "1"
hierarchies: { age: { intervals: [20, 25, 60, 65], then: [2] } }
fields:
  id: { role: identifier, transform: drop }
  age: { role: quasi-identifier, transform: { generalize: { hierarchy: age } } }
privacy:
  unit: id
  population: { file: ./people.csv }
  models: [ { delta-presence: { max: 0.5 } }, { k-anonymity: { k: 3 } } ]
  search: { recoding: local${search} }
license:
  licensor: { name: A }
  licensee: { id: "urn:org:b", name: B }
  valid: { from: 2020-01-01, until: 2099-12-31 }
`;

  it.each([
    ['', false, 'class by class within the work budget'],
    [', budget: 1', true, 'class by class until the work budget was spent'],
  ])('is stated in the license, with what became of the budget%s', async (search, budgetSpent, words) => {
    const space = workspace();
    space.write('people.csv', visits(all));
    space.write('visits.csv', visits(all.filter((id) => id % 3 === 0)));
    space.write('policy.yaml', recoded(search));
    const planned = await space.call('apply policy.yaml visits.csv --out bundle --key issuer.key --dry-run'.split(' '));
    expect(planned.stderr).toContain(`recoded class by class${budgetSpent ? ' until the budget was spent' : ''}\n`);
    const apply = await space.call('apply policy.yaml visits.csv --out bundle --key issuer.key'.split(' '));
    expect(apply.status).toBe(0);
    const envelope = JSON.parse(readFileSync(join(space.dir, 'bundle/license.intoto.json'), 'utf8'));
    const { privacy } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')).predicate;
    expect(privacy).toMatchObject({ unit: 'id', search: { recoding: 'local', proven: false, budgetSpent } });
    expect(privacy.models[0].measured).toMatchObject({ population: 60 });
    expect(readFileSync(join(space.dir, 'bundle/LICENSE.md'), 'utf8')).toContain(words);
    const verify = 'verify bundle --trust issuer.pub --organization urn:org:b'.split(' ');
    expect(await space.call(verify)).toMatchObject({ status: 0 });
  });
});
