import { Failure } from '../../src/base/diagnostic.ts';
import { renderDiagnostics } from '../../src/cli/diagnostics.ts';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';

export const csvPolicy = `\
# yaml-language-server: $schema=./policy.schema.json
policy: anon/v1
name: cohort-2026
version: "3.2"
keys:
  pseudonym: { file: ~/.config/anon/pseudonym.key }
defaults:
  unlisted: reject
  nulls: keep
  invalid: reject
  locale: en
domains:
  patient: { key: pseudonym, normalize: [trim, nfc, lowercase], scope: licensee }
hierarchies:
  age: { intervals: [0, 18, 25, 35, 45, 55, 65, 75, 85, 90], then: [2, 4] }
input: { format: csv, null-values: [""], delimiter: ",", encoding: utf-8 }
fields:
  patient_id: { role: identifier, transform: { tokenize: { domain: patient, prefix: "p_" } } }
  "*_name":   { role: identifier, transform: drop }
  phone:      { role: identifier, transform: { mask: { keep-last: 2, skip: punctuation } } }
  age:        { role: quasi-identifier, type: integer, transform: { generalize: { hierarchy: age, level: 1 } } }
  zip:        { role: quasi-identifier, transform: { generalize: { zip3: census-2020 } } }
  sex:        { role: quasi-identifier, transform: keep, nulls: reject }
  income:     { role: sensitive, type: number, transform: [ { round: { to: 1000 } } ] }
  weight:     { role: insensitive, type: number, transform: { noise: { distribution: laplace, scale: 2 } } }
  diagnosis:  { role: sensitive, transform: keep }
privacy:
  unit: patient_id
  models:
    - k-anonymity: { k: 11 }
    - l-diversity: { l: 3, variant: distinct, sensitive: diagnosis }
  on-violation: drop
  max-suppression: 0.05
checks: { leak: fail }
license:
  licensor: { name: Example Hospital Trust, contact: data@hospital.example }
  licensee: { id: "urn:org:example-university", name: Example University }
  purposes: [AcademicResearch]
  regions: [GB, EEA]
  valid: { from: 2026-10-01, until: 2027-09-30 }
  prohibitions: [reidentify, link, distribute, train]
  duties: [ { delete-by: 2027-12-31 }, report-breach ]
  limits: { exports: 10 }
output: { format: same, compress: none, sign: { file: ./issuer.key } }
`;

export const jsonPolicy = `\
policy: anon/v1
name: visits
version: "1"
keys:
  pseudonym: { env: PSEUDONYM_KEY }
domains:
  patient: { key: pseudonym, scope: global }
input: { format: ndjson }
fields:
  "$.patient.id":            { role: identifier, transform: { tokenize: { domain: patient } } }
  "$.contacts[*].email":     { role: identifier, transform: drop }
  "$.visits[*].date":
    role: sensitive
    type: date
    transform: { generalize: { date: month } }
  "$.vitals.*":              { role: insensitive, type: number, transform: { round: { to: 1 } } }
`;

export function parse(text: string): Policy {
  return parsePolicy(Buffer.from(text), { file: 'policy.yaml', directory: '/policies' });
}

/** What a person sees: the problems, or the warnings of a policy that is accepted. */
export function shown(text: string): string {
  try {
    return renderDiagnostics(parse(text).warnings, { color: false });
  } catch (error) {
    if (error instanceof Failure) return renderDiagnostics(error.diagnostics, { color: false });
    throw error;
  }
}

/** A policy of these sections, and what else a policy needs. */
export function withSections(sections: string): string {
  const needed = {
    policy: 'anon/v1',
    name: 'x',
    version: '"1"',
    fields: '{ a: { role: sensitive, transform: keep } }',
  };
  const missing = Object.entries(needed).filter(([name]) => !new RegExp(`^${name}:`, 'm').test(sections));
  return `${missing.map(([name, value]) => `${name}: ${value}\n`).join('')}${sections}`;
}
