import { describe, expect, it } from 'vitest';
import { lints } from '../../src/lint/index.ts';
import { recognizedData } from '../../src/lint/recognized-data.ts';
import { found } from './policies.ts';

const ofPolicies = lints.all.filter((lint) => lint !== recognizedData);

describe('lints', () => {
  it.each(ofPolicies.map((lint) => [lint.name, lint] as const))(
    '%s is found in its example, at a line',
    (name, lint) => {
      const findings = found(lint.examples.found).filter(({ rule }) => rule === name);
      expect(findings).not.toEqual([]);
      for (const { place, severity, hint } of findings) {
        expect(place?.line).toBeGreaterThan(1);
        expect(severity).toBe(lint.severity);
        expect(hint).toBeDefined();
      }
    },
  );

  it.each(lints.all.map((lint) => [lint.name, lint] as const))('%s is not found in the other', (name, lint) => {
    expect(found(lint.examples.not).filter(({ rule }) => rule === name)).toEqual([]);
  });

  it.each(lints.all.map((lint) => [lint.name, lint] as const))('%s says what and why, in a sentence', (name, lint) => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(lint.summary).toMatch(/^[A-Z].*\.$/);
    expect(lint.why).toMatch(/^[A-Za-z].*\.$/);
  });
});

describe('noise', () => {
  const noisy = (distribution: string, scale: number, more = '') =>
    found(
      `fields: { a: { role: sensitive, type: integer, transform: { noise: { distribution: ${distribution}, scale: ${scale}${more} } } } }`,
    ).map(({ message }) => message);

  it('says which share of the values it leaves', () => {
    // tanh(1 / 0.6) for Laplace; erf(0.5 / (0.3 √2)) = 0.90442 for the normal distribution.
    expect(noisy('laplace', 0.3)).toEqual(['laplace noise of scale 0.3 leaves 93.1 % of the values as they are']);
    expect(noisy('normal', 0.3)).toEqual(['normal noise of scale 0.3 leaves 90.4 % of the values as they are']);
    expect(noisy('normal', 1)).toEqual([]);
  });
});

describe('tokens', () => {
  it('are held against the values that there are', () => {
    const sections =
      'fields: { id: { role: identifier, transform: { tokenize: { random: true, alphabet: hex, length: 10 } } }, a: { role: sensitive, transform: keep } }';
    // 40 bits: 10^12 / 2^41 = 0.45.
    expect(found(sections)[0]?.message).toMatch(/^tokens of 40 bits: of a million values .* up to 0\.45$/);
  });
});

it('finds what tables share once', () => {
  const findings = found(`keys: { k: { env: K } }
domains: { p: { key: k, scope: global } }
tables:
  a: { fields: { id: { role: identifier, transform: { tokenize: { domain: p } } } } }
  b: { fields: { id: { role: identifier, transform: { tokenize: { domain: p } } } } }`);
  expect(findings.filter(({ rule }) => rule === 'global-domain')).toHaveLength(1);
});

it('finds no licensees to keep apart where there is no license', () => {
  const domains = 'keys: { k: { env: K } }\ndomains: { p: { key: k, scope: global } }';
  const sections = `${domains}\nfields: { id: { role: identifier, transform: { tokenize: { domain: p } } } }\n`;
  expect(found(sections, undefined, '')).toEqual([]);
});

it('takes made-up words of different lists for no codes of each other', () => {
  const faked = (first: string, second: string) =>
    found(`keys: { k: { env: K } }
domains: { d: { key: k } }
fields:
  mail: { role: identifier, transform: { fake: { as: ${first}, domain: d } } }
  town: { role: sensitive, transform: { fake: { as: ${second}, domain: d } } }`).map(({ rule }) => rule);
  expect(faked('internet.email', 'location.city')).not.toContain('linking-domains');
  expect(faked('location.city', 'location.city')).toContain('linking-domains');
});
