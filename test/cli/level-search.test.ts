import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { workspace } from './session.ts';

const vectors = (name: string) => readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
const names = ['sex', 'age', 'race', 'marital-status', 'education', 'native-country', 'workclass', 'occupation'];
const fields = [...names, 'salary-class'];

/** Nine quasi-identifiers of Adult, each with its hierarchy and no level. */
const policy = (k: number, share: number) => `policy: anon/v1
name: adult
version: "1"
hierarchies:
${fields.map((name) => `  ${name}: { file: ./${name}.csv }`).join('\n')}
input: { delimiter: ";" }
fields:
${fields.map((name) => `  ${name}: { role: quasi-identifier, transform: { generalize: { hierarchy: ${name} } } }`).join('\n')}
privacy: { models: [ { k-anonymity: { k: ${k} } } ], max-suppression: ${share} }
license:
  licensor: { name: A }
  licensee: { id: "urn:org:b", name: B }
  valid: { from: 2020-01-01, until: 2099-12-31 }
`;

describe('levels that are searched for, of the Adult data', () => {
  // The levels and the loss without suppression are those that ARX finds; the others were found by counting all 12,960 choices.
  it.each([
    [0, [0, 4, 1, 1, 3, 2, 2, 1, 0], 0.5731509655590044, 0],
    [0.04, [0, 3, 0, 1, 1, 1, 1, 2, 0], 0.266110819214322, 1178],
    [1, [0, 3, 0, 0, 2, 1, 1, 1, 0], 0.2204119285497161, 2553],
  ])('lose least, and the license says so: suppression up to %s', async (share, levels, loss, suppressed) => {
    const space = workspace();
    for (const name of fields) space.write(`${name}.csv`, vectors(`${name}.csv`));
    space.write('adult.csv.gz', vectors('adult.csv.gz'));
    space.write('policy.yaml', policy(5, share));
    const { status, stderr } = await space.call(
      'apply policy.yaml adult.csv.gz --out bundle --key issuer.key'.split(' '),
    );
    expect(stderr).toContain('the least there is');
    expect(status).toBe(0);
    const envelope = JSON.parse(readFileSync(join(space.dir, 'bundle/license.intoto.json'), 'utf8'));
    const { privacy } = JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')).predicate;
    expect(privacy.generalization).toEqual(fields.map((field, d) => ({ field, level: levels[d] })));
    expect(privacy.search).toMatchObject({ measure: 'loss', proven: true });
    expect(privacy.search.score).toBeCloseTo(loss, 9);
    expect(privacy.suppressed.records).toBe(suppressed);
    const classes = new Map<string, number>();
    for (const record of parse(readFileSync(join(space.dir, 'bundle/data/adult.csv')), { delimiter: ';', from: 2 })) {
      classes.set(record.join(), (classes.get(record.join()) ?? 0) + 1);
    }
    expect(Math.min(...classes.values())).toBe(privacy.models[0].measured.k);
    const verified = space.run('verify bundle --trust issuer.pub --organization urn:org:b'.split(' '));
    expect(verified.status).toBe(0);
    expect(readFileSync(join(space.dir, 'bundle/LICENSE.md'), 'utf8')).toContain(
      'no other choice of levels loses less',
    );
  });
});

it('where no levels do, the quasi-identifiers that have none are named', async () => {
  const space = workspace();
  space.write('x.csv', `age,sex,town\n${Array.from({ length: 2000 }, (_, i) => `${i % 90},s${i},t${i}`).join('\n')}\n`);
  space.write(
    'policy.yaml',
    `policy: anon/v1
name: x
version: "1"
hierarchies: { age: { intervals: [0, 40, 90] } }
fields:
  age: { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age } } }
  sex: { role: quasi-identifier, transform: keep }
  town: { role: quasi-identifier, transform: keep }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 0.5 }
`,
  );
  const { status, stderr } = await space.call(['apply', 'policy.yaml', 'x.csv', '--data-only', 'out']);
  expect(status).toBe(1);
  expect(stderr).toContain('at no levels k-anonymity holds with 1,000 of 2,000 records suppressed');
  expect(stderr).toContain(
    '`anon measure` shows which tell most records apart; there are no levels to choose for `sex`, `town`\n',
  );
});
