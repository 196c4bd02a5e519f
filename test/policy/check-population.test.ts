import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

interface Sections {
  readonly age?: string;
  readonly more?: string;
  readonly population?: string;
  readonly models?: string;
  readonly rest?: string;
}

function policyOf({
  age = '{ role: quasi-identifier, transform: keep }',
  more = '',
  population = '{ file: people.csv }',
  models = 'k-map: { k: 3 }',
  rest = '',
}: Sections): Buffer {
  return Buffer.from(`policy: anon/v1
name: x
version: "1"
keys: { k: { env: K } }
domains: { d: { key: k, scope: global } }
fields:
  id: { role: identifier, transform: { tokenize: { domain: d } } }
  age: ${age}
  sex: { role: quasi-identifier, transform: keep }
  s: { role: sensitive, transform: keep }
${more}
privacy:
  ${population === '' ? '' : `population: ${population}`}
  models: [ ${models} ]
  ${rest}
`);
}

/** Line and message of each problem, the warnings behind. */
function said(sections: Sections): string[] {
  const shown = ({ place, message }: { readonly place?: { readonly line?: number }; readonly message: string }) =>
    `${place?.line}: ${message}`;
  try {
    return parsePolicy(policyOf(sections), { file: 'p.yaml', directory: '/' }).warnings.map(shown);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(shown);
  }
}

const quasi = (transform: string) => `{ role: quasi-identifier, transform: ${transform} }`;

describe('a population in a policy', () => {
  it('is read', () => {
    const parsed = parsePolicy(
      policyOf({
        population: '{ file: p.tsv, format: tsv, null-values: [NA], encoding: latin1, fields: { age: AGE } }',
      }),
      { file: 'p.yaml', directory: '/' },
    );
    expect(parsed.privacy!.population).toMatchObject({
      file: 'p.tsv',
      input: { format: 'tsv', nullValues: ['NA'], around: 'reject' },
      names: new Map([['age', 'AGE']]),
    });
    expect(parsed.privacy!.nulls).toBe('ordinary');
  });

  it('may do to quasi-identifiers what makes the same of equal values', () => {
    for (const transform of [
      '{ round: { to: 10 } }',
      '{ mask: { keep-last: 1 } }',
      'redact',
      'drop',
      '[ { top-bottom-code: { top: 90 } }, { round: { to: 5 } } ]',
    ]) {
      expect(said({ age: quasi(transform) })).toEqual([]);
    }
  });

  it.each([
    ['{ tokenize: { domain: d } }', '`tokenize` depends on a key, so it cannot be done to a population'],
    [
      '{ date-shift: { domain: d, per: id, days: 5 } }',
      '`date-shift` depends on a key, so it cannot be done to a population',
    ],
    [
      '{ noise: { distribution: laplace, scale: 2 } }',
      '`noise` depends on chance, so it cannot be done to a population',
    ],
    ['{ fake: { as: location.city, random: true } }', '`fake` depends on chance, so it cannot be done to a population'],
    [
      '{ microaggregate: { k: 3 } }',
      '`microaggregate` depends on all values of the data, so it cannot be done to a population',
    ],
    ['shuffle', '`shuffle` depends on all values of the data, so it cannot be done to a population'],
    ['{ shuffle: { within: s } }', '`shuffle` depends on other fields, so it cannot be done to a population'],
  ])('refuses %s at its place', (transform, message) => {
    expect(said({ age: quasi(transform) })).toEqual([`8: ${message}`]);
  });

  it('refuses a condition on other fields, and takes one on the field itself', () => {
    const when = (field: string) =>
      `{ role: quasi-identifier, transform: redact, when: { field: ${field}, equals: a }, else: keep }`;
    expect(said({ age: when('age') })).toEqual([]);
    expect(said({ age: when('sex') })).toEqual(['8: a population is not known to have the other fields']);
  });

  it('is asked for by models, and may name the unit', () => {
    expect(said({ population: '' })).toEqual(['14: `k-map` compares with a population, and none is named']);
    // What is wrong with it is said once.
    expect(said({ population: '{ fil: p.csv }' })).toEqual([
      '13: `population` needs `file`',
      '13: unknown option `fil` of `population`',
    ]);
    expect(said({ models: 'k-anonymity: { k: 2 }' })).toEqual(['13: no model compares with the population']);
    expect(said({ rest: 'unit: id' })).toEqual([]);
    expect(said({ population: '{ file: p.csv, fields: { id: PID } }', rest: 'unit: id' })).toEqual([]);
    expect(said({ population: '{ file: p.csv, fields: { id: PID } }' })).toEqual([
      '13: `id` is no quasi-identifier of the policy',
    ]);
    expect(said({ rest: 'nulls: wildcard' })).toEqual(['14: `k-map` has no meaning where nulls match every value']);
  });

  it('names quasi-identifiers, each once', () => {
    expect(said({ population: '{ file: p.csv, fields: { aeg: A, s: B, sex: A } }' })).toEqual([
      '13: `aeg` is no quasi-identifier of the policy',
      '13: `s` is no quasi-identifier of the policy',
      '13: `A` is the column of `aeg`, too',
    ]);
    expect(said({ population: '{ file: p.csv, format: tsv, delimiter: ";" }' })).toEqual([
      '13: only csv has a delimiter to choose',
    ]);
    expect(said({ models: 'delta-presence: { min: 0.5, max: 0.2 }' })).toEqual(['14: `min` is above `max`']);
  });
});
