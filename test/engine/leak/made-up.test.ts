import { describe, expect, it } from 'vitest';
import { csvOf, run } from '../harness.ts';

const keys = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global } }\n';
const drop = '{ role: identifier, transform: drop }';
const keep = '{ role: insensitive, transform: keep }';
const fake = (as: string) => `{ role: identifier, transform: { fake: { as: ${as}, domain: d } } }`;

async function leakOf(policy: string, rows: readonly (readonly string[])[]) {
  const { result } = await run({ policy: keys + policy, input: csvOf(rows), leakCheck: true });
  const findings = result.leak!.findings.map(({ identifier, field, records }) => [identifier, field, records]);
  return { findings, byChance: result.leak!.byChance };
}

/** People whose names stand in the lists that names are made up from, as those of real people do. */
const names = ['James', 'Mary', 'Robert', 'Patricia', 'Michael', 'Jennifer', 'William', 'Linda', 'Dylan', 'Bernadette'];
const family = ['Smith', 'Johnson', 'Williams', 'Jones', 'Miller', 'Davis', 'Wilson', 'Anderson', 'Thomas', 'Walker'];
const people = Array.from({ length: 4000 }, (_, i) => [
  names[i % 10]!,
  family[Math.floor(i / 10) % 10]!,
  `patient ${i}`,
]);

describe('in values that are made up', () => {
  it('a name that somebody really bears is chance', async () => {
    // 4000 people with ten names each: some are given their own.
    const values = people.map(([first, last], i) => [`${first}`, `${last}`, `${first}.${last}.${i}@mail`]);
    const { findings, byChance } = await leakOf(
      `fields: { first: ${fake('person.firstName')}, last: ${fake('person.lastName')}, mail: ${fake('internet.email')} }`,
      [['first', 'last', 'mail'], ...values],
    );
    expect(findings).toEqual([]);
    expect(byChance).toBeGreaterThan(0);
  });

  it('the name of somebody else is chance, over two fields too', async () => {
    // Whoever is called what is made up for another.
    const made = await run({
      policy: `${keys}fields: { first: ${fake('person.firstName')}, last: ${fake('person.lastName')} }`,
      input: csvOf([['first', 'last'], ...people.slice(0, 50).map(([, , id], i) => [id!, `x${i}`])]),
    });
    const whole = made.text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.replace(',', ' '));
    const rows = people.slice(0, 50).map(([, , id], i) => [id!, `x${i}`, whole[(i + 1) % 50]!]);
    const policy = `fields: { first: ${fake('person.firstName')}, last: ${fake('person.lastName')}, name: ${drop} }`;
    const { findings, byChance } = await leakOf(policy, [['first', 'last', 'name'], ...rows]);
    expect(findings).toEqual([]);
    expect(byChance).toBeGreaterThan(40);
  });

  it('what stands in most records is no chance', async () => {
    // As many records as there are outcomes of one: a made-up sex is right every other time.
    const rows = Array.from({ length: 200 }, (_, i) => [i % 2 === 0 ? 'female' : 'male', `${i}`]);
    const random = fake('person.sex').replace('domain: d', 'random: true');
    const policy = `fields: { sex: ${random}, n: ${keep} }`;
    const { findings } = await leakOf(policy, [['sex', 'n'], ...rows]);
    expect(findings).toEqual([['sex', 'sex', expect.any(Number)]]);
  });

  it('fields that are kept hide nothing behind those that are made up', async () => {
    const rows = people.slice(0, 100).map(([first, last, id], i) => [first!, last!, i === 7 ? `${last}` : id!]);
    const policy = `fields: { first: ${fake('person.firstName')}, last: ${fake('person.lastName')}, note: ${keep} }`;
    const { findings } = await leakOf(policy, [['first', 'last', 'note'], ...rows]);
    expect(findings).toEqual([['last', 'note', 1]]);
  });

  it('a value that spans fields that are kept is found beside made-up ones', async () => {
    const rows = [
      ['zoe quimby', 'zoe', 'quimby', 'Ada'],
      ['x y', 'a', 'b', 'Grace'],
    ];
    const policy = `fields: { name: ${drop}, a: ${keep}, b: ${keep}, first: ${fake('person.firstName')} }`;
    const { findings } = await leakOf(policy, [['name', 'a', 'b', 'first'], ...rows]);
    expect(findings).toEqual([['name', undefined, 1]]);
  });
});
