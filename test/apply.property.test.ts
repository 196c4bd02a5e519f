import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApplyOutcome, apply } from '../src/app/apply.ts';
import { verify } from '../src/app/verify.ts';
import { Failure } from '../src/base/diagnostic.ts';
import { publicKeyOf } from '../src/crypto/ed25519.ts';
import { writePrivatePem, writePublicPem } from '../src/crypto/keys.ts';
import type { Terminal } from '../src/io/terminal.ts';
import type { VerifyAnswer } from '../src/release/answer.ts';
import { csvOf, random } from './engine/harness.ts';
import { people } from './engine/leak/people.ts';

const seed = Buffer.alloc(32, 5);
const terminal: Terminal = {
  env: { K: Buffer.alloc(32, 9).toString('base64'), SOURCE_DATE_EPOCH: '1795000000' },
  color: false,
  now: () => Date.parse('2026-12-01T00:00:00Z'),
  out: async () => {},
  err: () => {},
  askSecret: async () => null,
  send: async () => true,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anon-property-'));
  await writeFile(join(folder, 'issuer.key'), writePrivatePem(seed));
  await chmod(join(folder, 'issuer.key'), 0o600);
  await writeFile(join(folder, 'issuer.pub'), writePublicPem(publicKeyOf(seed)));
});
afterAll(() => rm(folder, { recursive: true }));

let made = 0;

interface Made {
  readonly path: string;
  readonly outcome: ApplyOutcome;
}

async function bundleOf(policy: string, input: string, name: string, kind: 'bundle' | 'tar' = 'bundle'): Promise<Made> {
  const path = join(folder, `b${made++}`);
  await writeFile(join(folder, 'policy.yaml'), policy);
  await writeFile(join(folder, name), input);
  const outcome = await apply(
    {
      policy: join(folder, 'policy.yaml'),
      input: join(folder, name),
      format: undefined,
      target: { kind, path },
      state: join(folder, 'state'),
      replace: false,
      key: join(folder, 'issuer.key'),
      passphraseFile: undefined,
      report: undefined,
      allowExec: false,
      allowUnlisted: false,
    },
    terminal,
  );
  return { path, outcome };
}

function verified(bundle: string, use: Record<string, unknown> = {}): Promise<VerifyAnswer> {
  const trust = join(folder, 'issuer.pub');
  const stated = { organization: 'urn:org:x', purpose: 'AcademicResearch', ...use };
  return verify({ bundle, trust, use: stated, state: join(folder, 'state') }, terminal);
}

/** The bytes of all files of a bundle, by name. */
async function filesIn(bundle: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(bundle, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name.slice(bundle.length + 1), await readFile(name)] as const)),
  );
}

const license = `
license:
  licensor: { name: Example }
  licensee: { id: "urn:org:x", name: X }
  purposes: [AcademicResearch]
  valid: { from: 2026-10-01, until: 2027-09-30 }
`;
const start = `policy: anon/v1
name: property
version: "1"
keys: { k: { env: K } }
domains: { d: { key: k, normalize: [trim, lowercase] } }
hierarchies: { amount: { intervals: [0, 30000, 60000], then: [2] } }
checks: { leak: report }
`;

/** Transforms that suit every value of the column. */
const suited: Record<string, readonly string[]> = {
  id: ['drop', '{ tokenize: { domain: d, alphabet: digits, length: 9 } }', '{ round: { to: 100 } }'],
  full_name: [
    'drop',
    'redact',
    '{ tokenize: { domain: d, prefix: "p, " } }',
    '[ { mask: {} }, { tokenize: { random: true } } ]',
  ],
  email: ['{ mask: { keep-first: 1, skip: punctuation } }', '{ redact: { with: "(none), \\"x\\"" } }'],
  phone: ['drop', '{ mask: { keep-last: 4 } }'],
  ssn: ['{ tokenize: { domain: d, alphabet: hex, length: 64 } }', 'drop'],
  birth_date: ['drop', 'redact', '{ generalize: { date: decade } }', '{ generalize: { date: year } }'],
  zip: ['drop', '{ generalize: { prefix: 0 } }', '{ generalize: { zip3: census-2020 } }'],
  city: ['keep', 'redact', '{ tokenize: { domain: d } }'],
  sex: ['keep'],
  salary: [
    'keep',
    '{ noise: { distribution: laplace, scale: 50 } }',
    '{ noise: { distribution: normal, scale: 9, clamp: { min: 0, max: 50000 } } }',
    '{ generalize: { hierarchy: amount, level: 1 } }',
    '[ { round: { to: 1000 } }, { generalize: { intervals: [0, 40000] } } ]',
  ],
  note: ['keep', 'drop', '{ mask: { with: "ü" } }'],
};
const roles: Record<string, string> = {
  ...Object.fromEntries(['id', 'full_name', 'email', 'phone', 'ssn'].map((name) => [name, 'identifier'])),
  ...Object.fromEntries(['birth_date', 'zip', 'city', 'sex'].map((name) => [name, 'quasi-identifier'])),
  salary: 'sensitive',
  note: 'insensitive',
};

const job = fc
  .record({
    form: fc.constantFrom('csv', 'ndjson', 'json'),
    tar: fc.boolean(),
    compress: fc.constantFrom('none', 'gzip'),
    rows: fc.integer({ min: 1, max: 120 }),
    seed: fc.nat(),
    chosen: fc.record(Object.fromEntries(Object.keys(suited).map((name) => [name, fc.constantFrom(...suited[name]!)]))),
    models: fc.constantFrom(
      '',
      'privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }\n',
      'privacy: { unit: email, models: [ { k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: salary } } ], max-suppression: 1 }\n',
    ),
  })
  .map(({ form, tar, compress, rows, seed: from, chosen, models }) => {
    const table = people(rows, from);
    const json = form !== 'csv';
    const fields = Object.entries(chosen).map(([name, transform]) => {
      const type = name === 'salary' ? 'type: number, ' : '';
      return `  ${json ? `"$.${name}"` : name}: { role: ${roles[name]}, ${type}transform: ${transform} }\n`;
    });
    const privacy = json
      ? models.replace('unit: email', 'unit: $.email').replace('sensitive: salary', 'sensitive: $.salary')
      : models;
    return {
      policy: `${start}fields:\n${fields.join('')}${privacy}output: { compress: ${compress} }\n${license}`,
      input: inputOf[form]!(table, from % 2 === 0 ? '\n' : '\r\n'),
      name: `people.${form}`,
      kind: tar ? ('tar' as const) : ('bundle' as const),
    };
  });

type Table = readonly (readonly string[])[];
const inputOf: Record<string, (table: Table, end: string) => string> = {
  csv: csvOf,
  ndjson: (table, end) =>
    recordsOf(table)
      .map((record) => JSON.stringify(record) + end)
      .join(''),
  json: (table, end) => JSON.stringify(recordsOf(table), null, 2).replaceAll('\n', end),
};

function recordsOf([names, ...rows]: Table): object[] {
  return rows.map((row) => Object.fromEntries(names!.map((name, c) => [name, row[c]])));
}

describe('what apply makes', () => {
  it('is what verify allows, for the stated use alone', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(job, async ({ policy, input, name, kind }) => {
        let bundle: Made;
        try {
          bundle = await bundleOf(policy, input, name, kind);
        } catch (error) {
          // Models that nothing satisfies; then there is no output.
          if (!(error instanceof Failure) || error.diagnostics[0]!.code !== 'MODEL') throw error;
          refused++;
          expect(await readdir(folder)).not.toContain(`b${made - 1}`);
          return;
        }
        const answer = await verified(bundle.path);
        expect(answer).toMatchObject({ decision: 'allow', code: null, license: bundle.outcome.license });
        expect(answer.checks.every(({ status }) => status === 'pass')).toBe(true);
        expect((await verified(bundle.path, { organization: 'urn:org:y' })).decision).toBe('deny');
        await rm(bundle.path, { recursive: true });
      }),
      { numRuns: 40, seed: 1 },
    );
    expect(refused).toBeLessThan(20);
  });

  it('leaves nothing behind beside what was asked for', async () => {
    expect(
      (await readdir(folder)).filter(
        (name) => !/^(issuer\.(key|pub)|policy\.yaml|people\.(csv|ndjson|json)|state)$/.test(name),
      ),
    ).toEqual([]);
  });
});

const fieldRules = (noise: string) => `fields:
  full_name: { role: identifier, transform: { tokenize: { domain: d } } }
  birth_date: { role: quasi-identifier, transform: { generalize: { date: decade } } }
  salary: { role: sensitive, type: number, transform: ${noise} }
  "*": { role: identifier, transform: drop }
privacy: { models: [ { k-anonymity: { k: 3 } } ], max-suppression: 1 }
`;
const laplace = '{ noise: { distribution: laplace, scale: 500 } }';
const random128 = '{ tokenize: { random: true } }';

describe('two runs', () => {
  const input = csvOf(people(200, 4));
  const both = async (rules: string) => {
    const policy = start + rules + license;
    const bundles = [await bundleOf(policy, input, 'people.csv'), await bundleOf(policy, input, 'people.csv')];
    return Promise.all(bundles.map(({ path }) => filesIn(path)));
  };

  it.each([
    ['a deterministic policy', fieldRules('{ round: { to: 1000 } }')],
    ['noise under `reproducible: true`', `reproducible: true\n${fieldRules(laplace)}`],
    ['random tokens under `reproducible: true`', `reproducible: true\n${fieldRules(random128)}`],
  ])('give the same bundle, byte for byte: %s', async (_, rules) => {
    const [first, second] = await both(rules);
    expect([...first!.keys()]).toEqual([...second!.keys()]);
    for (const [name, bytes] of first!) expect(bytes.equals(second!.get(name)!), name).toBe(true);
  });

  it.each([laplace, random128])('draw other randomness without it: %s', async (transform) => {
    const [first, second] = await both(fieldRules(transform));
    const values = (files: Map<string, Buffer>) =>
      files
        .get('data/people.csv')!
        .toString('utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(','));
    const pairs = values(first!).map(([, , value], r) => [value, values(second!)[r]![2]]);
    expect(pairs.filter(([one, other]) => one === other).length).toBeLessThan(pairs.length / 10);
    expect(values(first!).map(([token]) => token)).toEqual(values(second!).map(([token]) => token));
  });

  it('share no noise under `reproducible: true` when the policy or the input differs', async () => {
    const policy = `${start}reproducible: true\n${fieldRules(laplace)}${license}`;
    const salaries = async (from: string, text: string) => {
      const files = await filesIn((await bundleOf(from, text, 'people.csv')).path);
      return files
        .get('data/people.csv')!
        .toString('utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[2]);
    };
    const base = await salaries(policy, input);
    const apart = (other: (string | undefined)[]) => other.filter((value, r) => value === base[r]).length;
    expect(apart(await salaries(`${policy}# another\n`, input))).toBeLessThan(base.length / 10);
    expect(apart(await salaries(policy, `${input}${input.trim().split('\n').at(-1)!}\n`))).toBeLessThan(
      base.length / 10,
    );
  });
});

describe('a flipped bit', () => {
  /** Of each file, the first and the last bit among them: verify itself meets thousands in test/redteam/mutations.test.ts. */
  const flips = 16;

  it('of any file of a bundle is refused, or releases the same bytes under the same statement', async () => {
    const { path } = await bundleOf(start + fieldRules(laplace) + license, csvOf(people(60, 8)), 'people.csv');
    const files = await filesIn(path);
    expect(files.size).toBe(6);
    const whole = await verified(path);
    expect(whole.decision).toBe('allow');
    const next = random(31);
    let denied = 0;
    for (const [name, bytes] of files) {
      for (let n = 0; n < flips; n++) {
        const bit = n === 0 ? 0 : n === 1 ? bytes.length * 8 - 1 : Math.floor(next() * bytes.length * 8);
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        await writeFile(join(path, name), flipped);
        const answer = await verified(path);
        if (answer.decision === 'deny') {
          denied++;
          expect(answer.code, `bit ${bit} of ${name}`).not.toBeNull();
          continue;
        }
        // Only the envelope has bits that say nothing: of its key id, and of members that DSSE tells to ignore.
        expect(name, `bit ${bit}`).toBe('license.intoto.json');
        expect(answer.released!.statement).toEqual(whole.released!.statement);
      }
      await writeFile(join(path, name), bytes);
    }
    expect((await verified(path)).decision).toBe('allow');
    expect(denied).toBeGreaterThanOrEqual(5 * flips);
  });

  it('of a tar is refused, or releases the same statement', async () => {
    const { path } = await bundleOf(start + fieldRules(laplace) + license, csvOf(people(40, 8)), 'people.csv', 'tar');
    const bytes = await readFile(path);
    const whole = await verified(path);
    const envelope = 512 + whole.released!.envelope.length;
    const next = random(32);
    for (let n = 0; n < 50; n++) {
      const bit = Math.floor(next() * bytes.length * 8);
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await writeFile(path, flipped);
      const answer = await verified(path);
      if (answer.decision === 'deny') continue;
      expect(bit >> 3, `bit ${bit}`).toBeGreaterThanOrEqual(512);
      expect(bit >> 3, `bit ${bit}`).toBeLessThan(envelope);
      expect(answer.released!.statement).toEqual(whole.released!.statement);
    }
  });
});
