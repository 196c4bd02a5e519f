import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse as parseCsv } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml, stringify } from 'yaml';
import { apply } from '../../src/app/apply.ts';
import { generateKey } from '../../src/app/keys.ts';
import { createTerminal } from '../../src/io/terminal.ts';
import { parsePolicy, parseTables } from '../../src/policy/parse.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { policyJsonSchema } from '../../src/policy/schema.ts';

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
    expect(files).toHaveLength(9);
  });

  test.each(files)('%s is read without a warning', (file) => {
    expect(tablesOf(read(file))[0].warnings).toEqual([]);
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
    const { fields, ...shared } = whole;
    expect(
      tablesOf(
        stringify({ ...('tables' in sections ? shared : { ...shared, fields }), ...sections }),
      )[0].warnings.filter(({ message }) => !unused.test(message)),
    ).toEqual([]);
  });

  test('the reference names every section', () => {
    const { properties } = policyJsonSchema() as { properties: object };
    const named = snippets.flatMap((text) => Object.keys(parseYaml(text)));
    expect(Object.keys(properties).filter((section) => !named.includes(section))).toEqual([]);
  });
});

describe('the policies on the data', () => {
  const env = { ANON_FIXTURE_KEY: Buffer.alloc(32, 7).toString('base64') };
  const terminal = { ...createTerminal(), env };
  const guide = read('examples/README.md');
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'examples-'));
    for (const part of ['examples', 'policies']) cpSync(part, join(folder, part), { recursive: true });
    const path = join(folder, 'examples/hospital/pseudonym.key');
    rmSync(path, { force: true });
    await generateKey({ path, type: 'pseudonym', passphraseFile: undefined, plain: false }, terminal);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The data alone, file by file, and what the run says of it. */
  async function releaseAll(policy: string, input: string | readonly string[]) {
    const path = join(folder, 'out');
    const { result, tables, warnings } = await apply(
      {
        policy: join(folder, policy),
        input,
        format: undefined,
        target: { kind: 'data', path },
        replace: false,
        key: undefined,
        passphraseFile: undefined,
        report: undefined,
        allowExec: false,
        allowUnlisted: false,
      },
      terminal,
    );
    expect(warnings).toEqual([]);
    for (const { leak } of [result, ...tables.map((table) => table.result)]) expect(leak?.findings ?? []).toEqual([]);
    const texts = readdirSync(path).map((file) => {
      const bytes = readFileSync(join(path, file));
      return String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    });
    rmSync(path, { recursive: true });
    return { result, tables, texts };
  }

  async function release(policy: string, input: string) {
    const { result, texts } = await releaseAll(policy, join(folder, input));
    return { result, text: texts[0]! };
  }

  test('release what examples/README.md says', async () => {
    const table = await release('examples/hospital/patients.yaml', 'examples/hospital/patients.csv');
    expect(table.result.records).toEqual({ source: 3000, written: 2950, suppressed: 50 });
    expect(table.result.models.map(({ measured }) => measured)).toEqual([{ k: 11 }, { l: 5 }]);
    expect([table.result.source!.count, table.result.written!.count]).toEqual([88, 58]);
    expect(guide).toContain('2,950 records were written and 50 were suppressed, because 30 of the 88 groups');

    const nested = await release('examples/hospital/visits.yaml', 'examples/hospital/visits.ndjson');
    expect(nested.result.records).toEqual({ source: 1523, written: 1503, suppressed: 20 });
    expect(nested.result.models.map(({ measured }) => measured)).toEqual([{ k: 5 }]);
    expect([nested.result.source!.individuals, nested.result.written!.individuals]).toEqual([730, 723]);
    expect(guide).toMatch(/1,523 clinic visits of 730 of these patients/);
    expect(guide).toMatch(/seven patients with their 20 visits are left out/);
    // What nobody touches is the source's, byte for byte.
    expect(nested.text).toContain('"system":{"build":12345678901234567890}');
    expect(nested.text).toContain('"temperature":36.70');
    expect(nested.text).toContain('M\\u00e8re-Enfant');

    const groups = joined(table.text, nested.text);
    const inAll = groups.reduce((sum, size) => sum + size, 0);
    const within = (k: number) => groups.filter((size) => size < k).reduce((sum, size) => sum + size, 0);
    const words = guide.replace(/\s+/g, ' ');
    expect(words).toContain(`of the ${inAll} patients who are in both releases, ${within(2)} are then alone`);
    expect(words).toContain(`and ${within(5)} are in groups of fewer than 5`);
  });

  test('release two tables in which every visit has its patient', async () => {
    const inputs = ['patients', 'visits'].map((name) => `${name}=${join(folder, `examples/clinic/${name}.csv`)}`);
    const { tables, texts } = await releaseAll('policies/tables.yaml', inputs);
    expect(tables.map(({ result }) => result.records)).toEqual([
      { source: 400, written: 389, suppressed: 11 },
      { source: 715, written: 691, suppressed: 0, leftOut: 24 },
    ]);
    expect(tables[1]!.orphans).toMatchObject([{ records: 24, ofLeftOut: 24 }]);
    const words = guide.replace(/\s+/g, ' ');
    expect(words).toContain('Of 400 patients 11 are left out');
    expect(words).toContain('and with them their 24 visits');

    const [people, calls] = texts.map((text): Record<string, string>[] => parseCsv(text, { columns: true }));
    const counts = new Map(people!.map(({ patient_id }) => [patient_id!, 0]));
    // NaN would show a visit without its patient.
    for (const { patient_id } of calls!) counts.set(patient_id!, counts.get(patient_id!)! + 1);
    expect([...counts.values()].every((count) => count > 0)).toBe(true);
    const sizes = new Map<string, number>();
    for (const { patient_id, ...rest } of people!) {
      const tuple = JSON.stringify([rest, counts.get(patient_id!)]);
      sizes.set(tuple, (sizes.get(tuple) ?? 0) + 1);
    }
    const within = (k: number) => [...sizes.values()].filter((size) => size < k).reduce((sum, size) => sum + size, 0);
    expect(words).toContain(`of the ${people!.length} patients ${within(2)} are then alone`);
    expect(words).toContain(`and ${within(5)} are in groups of fewer than 5`);
  });

  test('the smallest policy holds, and fixtures are the same bytes twice', async () => {
    const { result, text } = await release('policies/minimal.yaml', 'examples/hospital/patients.csv');
    expect(result.records.suppressed).toBe(50);
    expect(text.split('\n')[0]).toBe('age,sex,zip,diagnosis');
    const fixtures = await release('policies/ci-fixtures.yaml', 'examples/hospital/patients.csv');
    expect(fixtures.result.records.written).toBe(3000);
    expect((await release('policies/ci-fixtures.yaml', 'examples/hospital/patients.csv')).text).toBe(fixtures.text);
  });
});

/** Sizes of the classes of the patients who are in both releases, by all that both say of them. */
function joined(table: string, nested: string): number[] {
  const tuples = new Map<string, string[]>();
  for (const { patient_id, age, sex, zip, admitted } of parseCsv(table, { columns: true }) as Record<
    string,
    string
  >[]) {
    tuples.set(patient_id!, [`${age} ${sex} ${zip} ${admitted}`]);
  }
  const seen = new Set<string>();
  for (const line of nested.trimEnd().split('\n')) {
    const { patient, visit } = JSON.parse(line);
    if (tuples.has(patient.id)) seen.add(patient.id);
    tuples.get(patient.id)?.push(`${visit.date} ${patient.birth_date} ${patient.zip}`);
  }
  const sizes = new Map<string, number>();
  for (const id of seen) {
    const tuple = tuples.get(id)!.sort().join();
    sizes.set(tuple, (sizes.get(tuple) ?? 0) + 1);
  }
  return [...sizes.values()];
}

/** An example of one section uses no other. */
const unused = /is never used$|no privacy model looks at them$/;

/** What an example of one section leans on. */
const whole = {
  policy: 'anon/v1',
  name: 'whole',
  version: '1',
  keys: { pseudonym: { env: 'KEY' } },
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

/** Of each table of a policy for one or several. */
function tablesOf(text: string): readonly [Policy, ...Policy[]] {
  return parseTables(Buffer.from(text), { file: 'policy.yaml', directory: '.' });
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
