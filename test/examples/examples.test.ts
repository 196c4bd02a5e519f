import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { parsePolicy } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';

const read = (file: string) => readFileSync(file, 'utf8');
const source = read('examples/hospital/patients.csv');
const patients: Record<string, string>[] = parseCsv(source, { columns: true });
const visits = read('examples/hospital/visits.ndjson').trimEnd().split('\n');
const everything = [source, ...visits].join('\n');
const valuesOf = (column: string) => patients.map((patient) => patient[column]!).filter((value) => value !== '');

describe('the example data', () => {
  test('is what the generator writes', () => {
    execFileSync(process.execPath, ['examples/generate.mjs', '--check'], { stdio: 'pipe' });
  });

  test('has mail addresses under reserved names only', () => {
    const hosts = everything.match(/@[^\s",}]*/g)!;
    expect(hosts.length).toBeGreaterThan(3000);
    expect(hosts.filter((host) => !/^@[a-z]+\.(example|invalid)$/.test(host))).toEqual([]);
  });

  test('has telephone numbers of the fictional range only', () => {
    expect(valuesOf('phone').filter((phone) => !/^(\+1 \d{3} |\d{3}-|\(\d{3}\) )555[- ]01\d\d$/.test(phone))).toEqual(
      [],
    );
  });

  test('has social security numbers that were never issued, nor as taxpayer numbers, and none twice', () => {
    const numbers = valuesOf('ssn');
    expect(numbers.filter((number) => !/^9\d\d-[1-4]\d-\d{4}$/.test(number))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(JSON.stringify(visits)).not.toMatch(/\d{3}-\d{2}-\d{4}/);
  });

  test('has notes that hold no identifier', () => {
    const notes = new Set([...valuesOf('note'), ...visits.map((line) => JSON.parse(line).note)].filter(Boolean));
    const text = plain([...notes].join(' '));
    const identifiers = ['patient_id', 'full_name', 'email', 'phone', 'ssn'].flatMap(valuesOf).map(plain);
    expect(identifiers.filter((identifier) => text.includes(identifier))).toEqual([]);
  });

  test('has what is awkward to read', () => {
    expect(patients).toHaveLength(3000);
    for (const column of ['email', 'phone', 'ssn', 'sex', 'zip', 'income', 'note']) {
      expect(valuesOf(column).length).toBeLessThan(3000);
    }
    for (const prefix of ['036', '059', '102', '893']) {
      expect(valuesOf('zip').some((zip) => zip.startsWith(prefix))).toBe(true);
    }
    for (const text of [',', '"', '\n']) expect(valuesOf('note').some((note) => note.includes(text))).toBe(true);
    for (const script of [/\p{Script=Cyrillic}/u, /\p{Script=Han}/u, /\p{Script=Hangul}/u, /[à-ÿ]/]) {
      expect(valuesOf('full_name').some((name) => script.test(name))).toBe(true);
    }
    for (const text of [':12345678901234567890}', '"temperature":36.70', '\\u00e9', 'é', ':null', '"contacts":[]']) {
      expect(visits.some((line) => line.includes(text))).toBe(true);
    }
  });

  test('has visits of known patients, several of many', () => {
    const known = new Map(patients.map((patient) => [patient.patient_id!, patient]));
    const counts = new Map<string, number>();
    for (const { patient } of visits.map((line) => JSON.parse(line))) {
      counts.set(patient.id, (counts.get(patient.id) ?? 0) + 1);
      const { full_name, email, birth_date, zip } = known.get(patient.id)!;
      expect([patient.name, patient.email ?? '', patient.birth_date, patient.zip ?? '']).toEqual([
        full_name,
        email,
        birth_date,
        zip,
      ]);
    }
    expect([...counts.values()].filter((count) => count > 1).length).toBeGreaterThan(300);
  });
});

describe('the policies', () => {
  const files = ['examples/hospital', 'policies'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => `${folder}/${name}`),
  );

  test('are all here', () => {
    expect(files).toHaveLength(4);
  });

  test.each(files)('%s is read without a warning', (file) => {
    expect(policyOf(read(file)).warnings).toEqual([]);
  });

  test('make the same tokens of the same patient in both releases', () => {
    const [a, b] = ['patients', 'visits'].map((name) => policyOf(read(`examples/hospital/${name}.yaml`)));
    expect(a!.domains.get('patient')).toEqual(b!.domains.get('patient'));
    expect(a!.keys).toEqual(b!.keys);
    expect(a!.license!.licensee).toEqual(b!.license!.licensee);
    expect(tokenOf(a!, 'patient_id')).toEqual(tokenOf(b!, '$.patient.id'));
  });

  const snippets = [...read('policies/README.md').matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text!);

  test.each(snippets.map((text, i) => [i + 1, text] as const))('example %i of the reference is read', (_, text) => {
    const sections = parseYaml(text);
    const policy = policyOf(stringify({ ...whole, ...sections, keys: { ...whole.keys, ...sections.keys } }));
    expect(policy.fields.length).toBeGreaterThan(0);
  });

  test('the reference names every section', () => {
    const schema = Object.keys(JSON.parse(read('policies/policy.schema.json')).properties);
    const named = snippets.flatMap((text) => Object.keys(parseYaml(text)));
    expect(schema.filter((section) => !named.includes(section))).toEqual([]);
  });
});

/** What an example of one section leans on. */
const whole = {
  policy: 'anon/v1',
  name: 'whole',
  version: '1',
  keys: { pseudonym: { env: 'KEY' } } as Record<string, unknown>,
  reproducible: { key: 'pseudonym' },
  domains: { patient: { key: 'pseudonym', scope: 'global' } },
  hierarchies: { age: { intervals: [0, 18, 65] } },
  fields: {
    patient_id: { role: 'identifier', transform: 'drop' },
    age: { role: 'quasi-identifier', transform: { generalize: { hierarchy: 'age', level: 1 } } },
    diagnosis: { role: 'sensitive', transform: 'keep' },
  },
  license: {
    licensor: { name: 'A' },
    licensee: { id: 'urn:org:b', name: 'B' },
    valid: { from: '2026-01-01', until: '2026-12-31' },
  },
};

function policyOf(text: string): Policy {
  return parsePolicy(Buffer.from(text), { file: 'policy.yaml', directory: '.' });
}

function tokenOf(policy: Policy, selector: string): unknown {
  const { steps } = policy.fields.find((field) => field.selector === selector)!;
  return steps.map(({ definition, options }) => [definition.name, options]);
}

/** Letters and digits alone, as the leak check compares them. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
}
