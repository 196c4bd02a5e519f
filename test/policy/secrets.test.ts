import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { diagnosticsJson, renderDiagnostics } from '../../src/cli/diagnostics.ts';
import { parse, shown, withSections } from './policies.ts';

/** Ways in which a key may end up in a policy; each is refused. */
const places: readonly ((key: string) => string)[] = [
  (key) => withSections(`keys: { pseudonym: "${key}" }`),
  (key) => withSections(`keys:\n  pseudonym: ${key}\n`),
  (key) => withSections(`keys:\n  pseudonym: |\n    ${key}\n`),
  (key) => withSections(`keys:\n  pseudonym: !!binary ${key}\n`),
  (key) => withSections(`keys: "${key}"`),
  (key) => withSections(`keys: [ "${key}" ]`),
  (key) => withSections(`keys: { "${key}" }`),
  (key) => withSections(`keys: { pseudonym: { file: [ "${key}" ] } }`),
  (key) => withSections(`keys: { pseudonym: { env: "=${key}" } }`),
  (key) => withSections(`keys: { pseudonym: { exec: "${key}" } }`),
  (key) => withSections(`keys: { pseudonym: { base64: "${key}" } }`),
  (key) => withSections(`keys: { pseudonym: { "${key}": x } }`),
  (key) => withSections(`keys: { pseudonym: { file: x, key: "${key}" } }`),
  (key) => withSections(`keyz: { pseudonym: "${key}" }`),
  (key) => withSections(`secrets:\n  pseudonym: "${key}"`),
  (key) => withSections(`domains: { d: { key: "${key}", scope: globl } }`),
  (key) => withSections(`reproducible: "${key}"`),
  (key) => withSections(`keys: { a: { env: A } }\nreproducible: { key: "${key}" }`),
  (key) => withSections(`output: { sign: "${key}", compress: zip }`),
  (key) => withSections(`output:\n  sign:\n    "${key}"\n`),
  (key) => withSections(`name: &k "${key}"\nkeys: { pseudonym: *k }`),
  (key) => withSections(`keys: { pseudonym: &k "${key}" }\nchecks: { leak: *k }`),
  (key) => withSections(`output: { sign: &k "${key}" }\nchecks: { leak: *k }`),
  (key) => withSections(`fields: { a: { role: identifier, transform: { tokenize: { domain: d, key: "${key}" } } } }`),
  // Another problem on the line of a key, and YAML that ends within it.
  (key) => `{ policy: anon/v1, name: x, version: 1, keys: { pseudonym: "${key}" }, fields: { a: { role: x } } }`,
  (key) => `{ policy: anon/v1, name: x, version: "1", keys: { pseudonym: "${key}, fields: {} }`,
  (key) => withSections(`keys:\n  pseudonym: "${key}\n`),
  (key) => withSections(`keys:\n  name: "${key}" x\n  output: [ ${key}\n`),
  (key) => withSections(`keys:\n\tpseudonym: ${key}\n`),
  (key) => withSections(`output:\n  sign: { file: "${key}\n`),
];

describe('a key in the policy is refused and never shown', () => {
  const key = fc.stringMatching(/^[A-Za-z0-9]{20,60}={0,2}$/);
  test.each(places.map((place) => [place('KEY'), place] as const))('%j', (_, place) => {
    fc.assert(
      fc.property(key, (literal) => {
        const error = thrown(() => parse(place(literal)));
        expect(error).toBeInstanceOf(Failure);
        const { diagnostics, message } = error as Failure;
        const all = [
          renderDiagnostics(diagnostics, { color: true }),
          JSON.stringify(diagnosticsJson(diagnostics)),
          JSON.stringify(diagnostics),
          message,
        ].join('\n');
        expect(all).not.toContain(literal);
      }),
      { numRuns: 5, seed: 1 },
    );
  });
});

test('the message says what to write instead', () => {
  expect(shown(withSections('keys:\n  pseudonym: c2VjcmV0c2VjcmV0\n'))).toMatchInlineSnapshot(`
    "policy.yaml:6:14: error[POLICY-SHAPE]: a key is given by a reference, never by itself
      hint: write \`{ file: PATH }\` or \`{ env: NAME }\`; a key that stood in this file counts as disclosed
    "
  `);
});

test('other lines keep their excerpts', () => {
  const text = withSections('keys: { pseudonym: "KEY" }\nchecks: { leak: ignore }');
  expect(shown(text)).toContain('checks: { leak: ignore }');
  expect(shown(withSections('fields:\n  api_key: { role: secret, transform: drop }'))).toContain('| ');
});

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
