import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Role, transform and type of each field: the job of the peers, with a token in the place of the made-up name. */
const rules = {
  id: ['identifier', 'drop'],
  full_name: ['identifier', { tokenize: { domain: 'person' } }],
  email: ['identifier', { tokenize: { domain: 'person', alphabet: 'hex', length: 64 } }],
  phone: ['identifier', { mask: { 'keep-last': 4, skip: 'punctuation' } }],
  ssn: ['identifier', { mask: { 'keep-last': 4, skip: 'punctuation' } }],
  birth_date: ['quasi-identifier', { generalize: { date: 'year' } }],
  zip: ['quasi-identifier', { generalize: { prefix: 3 } }],
  city: ['quasi-identifier', 'keep'],
  sex: ['quasi-identifier', 'keep'],
  diagnosis: ['sensitive', 'keep'],
  salary: ['sensitive', { noise: { distribution: 'laplace', scale: 1000, decimals: 2 } }, 'number'],
  note: ['insensitive', 'keep'],
};

/** Who may use the bundles, and for what: `anon verify` is asked for just that. */
export const use = { organization: 'urn:org:bench', purpose: 'AcademicResearch' };

/**
 * The policy of the job as JSON, which is YAML. It expects `pseudonym.key` beside it.
 *
 * @param paths name the fields of NDJSON rather than of CSV
 * @param searched the leak check searches for values of identifiers; without any it has nothing to do
 * @param unit the field that says to whom a record belongs, for the privacy models
 * @param measured has privacy models
 */
export function benchPolicy({ paths = false, searched = true, unit, measured = true } = {}) {
  const fields = Object.entries(rules).map(([name, [role, transform, type]]) => [
    paths ? `$.${name}` : name,
    { role: role === 'identifier' && !searched ? 'insensitive' : role, transform, ...(type && { type }) },
  ]);
  const models = [{ 'k-anonymity': { k: 5 } }];
  return policyText({
    keys: { pseudonym: { file: './pseudonym.key' } },
    domains: { person: { key: 'pseudonym', scope: 'global' } },
    fields: Object.fromEntries(fields),
    ...(measured && { privacy: { ...(unit && { unit }), models, 'on-violation': 'drop', 'max-suppression': 1 } }),
  });
}

/** The levels of Adult are searched for: k = 5, least loss. The hierarchies are files of the folder `vectors`. */
export function adultPolicy(vectors, limit) {
  const [head] = gunzipSync(readFileSync(join(vectors, 'adult.csv.gz')))
    .toString()
    .split(/\r?\n/, 1);
  const adultFields = head.split(';');
  const field = (hierarchy) => ({ role: 'quasi-identifier', transform: { generalize: { hierarchy } } });
  return policyText({
    input: { format: 'csv', delimiter: ';' },
    hierarchies: Object.fromEntries(adultFields.map((name) => [name, { file: join(vectors, `${name}.csv`) }])),
    fields: Object.fromEntries(adultFields.map((name) => [name, field(name)])),
    privacy: { models: [{ 'k-anonymity': { k: 5 } }], 'max-suppression': limit },
  });
}

/** A policy with whatever else it needs. */
function policyText(sections) {
  const year = new Date().getUTCFullYear();
  return JSON.stringify({
    policy: 'anon/v1',
    name: 'bench',
    version: '1',
    ...sections,
    license: {
      licensor: { name: 'Bench' },
      licensee: { id: use.organization, name: 'Bench' },
      purposes: [use.purpose],
      valid: { from: `${year}-01-01`, until: `${year + 1}-12-31` },
    },
  });
}
