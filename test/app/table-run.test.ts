import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { csvOf, random, records, run } from '../engine/harness.ts';
import { sameDraws } from '../same-draws.ts';
import { refusalOf, runAll } from './tables.ts';

const keys = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global, normalize: [trim, lowercase] } }\n';
const token = 'role: identifier, transform: { tokenize: { domain: d } }';
const parentFields = `{ id: { ${token} }, age: { role: quasi-identifier, transform: keep } }`;
const childSections = (unit: boolean) =>
  `privacy: { ${unit ? 'unit: of, ' : ''}models: [ { k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: drug } } ], max-suppression: 1 }`;
const childFields = (reference: string) =>
  `{ of: { ${token}${reference} }, area: { role: quasi-identifier, transform: keep }, drug: { role: sensitive, transform: keep } }`;

const policyOf = (unit: boolean, reference = ', references: parents.id') => `${keys}checks: { leak: report }
tables:
  children:
    fields: ${childFields(reference)}
    ${childSections(unit)}
  parents:
    fields: ${parentFields}
    privacy: { models: [ { k-anonymity: { k: 3 } } ], max-suppression: 1 }
`;

const parent = fc.tuple(
  fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'P1 ', 'né', ''),
  fc.constantFrom('30', '40', '90'),
);
const child = fc.tuple(
  fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', ' P2', 'né', 'nobody', '', '👩‍👧'),
  fc.constantFrom('north', 'south'),
  fc.constantFrom('a', 'b', ''),
);
const parentHead = ['id', 'age'];
const childHead = ['of', 'area', 'drug'];

describe('a table that refers to another', () => {
  it('is written as if its orphans had never been there', async () => {
    let compared = 0;
    let orphaned = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(parent, { minLength: 3, maxLength: 14 }),
        fc.array(child, { minLength: 4, maxLength: 30 }),
        fc.boolean(),
        async (parents, children, unit) => {
          // A record without a unit is refused, with or without references.
          const rows = unit ? children.filter(([of]) => of !== '') : children;
          const inputs = { parents: csvOf([parentHead, ...parents]), children: csvOf([childHead, ...rows]) };
          const all = await runAll({ policy: policyOf(unit), inputs }).catch(onlyModels);
          if (all === undefined) return;
          // The tokens of the parents tell which of them are written.
          const tokens = await run({
            policy: `${keys}fields: { of: { ${token} } }`,
            input: `of\n${rows.map(([of]) => `"${of}"`).join('\n')}\n`,
          });
          const written = new Set(
            records(all.get('parents')!.text)
              .slice(1)
              .map(([id]) => id!),
          );
          const tokenOf = records(tokens.output)
            .slice(1)
            .map(([of]) => of!);
          const kept = rows.filter((_, r) => tokenOf[r] === '' || written.has(tokenOf[r]!));
          const alone = await run({
            policy: `${keys}fields: ${childFields('')}\n${childSections(unit)}`,
            input: csvOf([childHead, ...kept]),
          });
          const { text, result, orphans } = all.get('children')!;
          expect(text).toBe(alone.text);
          expect(result.models).toEqual(alone.result.models);
          expect(result.quasi).toEqual(alone.result.quasi);
          expect(result.records).toEqual({
            ...alone.result.records,
            source: rows.length,
            leftOut: rows.length - kept.length,
          });
          expect(orphans[0]!.records).toBe(rows.length - kept.length);
          const first = rows.findIndex((_, r) => tokenOf[r] !== '' && !written.has(tokenOf[r]!));
          expect(orphans[0]!.firstRow).toBe(first + 1);
          const inSource = new Set(parents.map(([id]) => id.trim().toLowerCase()).filter(Boolean));
          expect(orphans[0]!.ofLeftOut).toBe(
            rows.filter(
              ([of], r) => tokenOf[r] !== '' && !written.has(tokenOf[r]!) && inSource.has(of.trim().toLowerCase()),
            ).length,
          );
          compared++;
          if (kept.length < rows.length) orphaned++;
        },
      ),
      { ...sameDraws, numRuns: 75, seed: 1 },
    );
    // Most jobs are not refused by their models, and some of those have orphans.
    expect(compared).toBeGreaterThan(30);
    expect(orphaned).toBeGreaterThan(15);
  });

  it.each([false, true])('is so in many batches, by unit: %s', async (unit) => {
    const next = random(7);
    const one = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)]!;
    const parents = Array.from({ length: 2000 }, (_, i) => [`patient number ${i}`, i % 100 === 0 ? `${i}` : '40']);
    const children = Array.from({ length: 40_000 }, () => [
      `patient number ${Math.floor(next() * 2100)}`,
      one(['north', 'south', 'x'.repeat(40)]),
      one(['a', 'b', 'c']),
    ]);
    const known = new Set(parents.flatMap(([id, age]) => (age === '40' ? [id] : [])));
    const kept = children.filter(([of]) => known.has(of));
    const all = await runAll({
      policy: policyOf(unit),
      inputs: { parents: csvOf([parentHead, ...parents]), children: csvOf([childHead, ...children]) },
    });
    const alone = await run({
      policy: `${keys}fields: ${childFields('')}\n${childSections(unit)}`,
      input: csvOf([childHead, ...kept]),
    });
    const { text, result, orphans } = all.get('children')!;
    expect(text === alone.text).toBe(true);
    expect(result.models).toEqual(alone.result.models);
    expect(result.records.leftOut).toBe(children.length - kept.length);
    expect(orphans[0]!.ofLeftOut).toBe(
      children.filter(([of]) => !known.has(of) && Number(of!.slice(15)) < 2000).length,
    );
  });

  const inputs = {
    parents: csvOf([parentHead, ['p1', '30'], ['p2', '30'], ['p3', '30'], ['p4', '99']]),
    children: csvOf([childHead, ['p4', 'north', 'a'], ['p1', 'north', 'a'], ['', 'north', 'b'], ['zz', 'north', 'b']]),
  };

  it.each(['fail', 'report'] as const)('has all its records with on-orphan: %s, and the same orphans', async (rule) => {
    const all = await runAll({ policy: policyOf(false, `, references: parents.id, on-orphan: ${rule}`), inputs });
    const { result, orphans } = all.get('children')!;
    expect(result.records).toEqual({ source: 4, written: 4, suppressed: 0, leftOut: 0 });
    expect(orphans).toEqual([
      { key: { field: 'of', table: 'parents', to: 'id', onOrphan: rule }, records: 2, ofLeftOut: 1, firstRow: 1 },
    ]);
  });

  it('hands on what it leaves out', async () => {
    const policy = `${keys}tables:
  c: { fields: { a: { role: insensitive, transform: keep, references: b.id } } }
  b: { fields: { id: { role: insensitive, transform: keep }, of: { role: insensitive, transform: keep, references: a.id } } }
  a: { fields: { id: { role: insensitive, transform: keep } } }
`;
    const all = await runAll({
      policy,
      inputs: { a: 'id\n1\n', b: 'id,of\nx,1\ny,2\nz,\n', c: 'a\nx\ny\n""\nw\nz\n' },
    });
    expect(all.get('b')!.text).toBe('id,of\nx,1\nz,\n');
    expect(all.get('c')!.text).toBe('a\nx\n""\nz\n');
    expect(all.get('c')!.orphans[0]).toMatchObject({ records: 2, ofLeftOut: 1, firstRow: 2 });
  });

  it('may refer to several', async () => {
    const reference = (table: string) => `{ role: insensitive, transform: keep, references: ${table}.id }`;
    const plain = '{ fields: { id: { role: insensitive, transform: keep } } }';
    const all = await runAll({
      policy: `tables: { both: { fields: { a: ${reference('one')}, b: ${reference('two')} } }, one: ${plain}, two: ${plain} }\n`,
      inputs: { one: 'id\n1\n2\n', two: 'id\n2\n3\n', both: 'a,b\n1,2\n1,1\n3,3\n9,9\n,3\n' },
    });
    expect(all.get('both')!.text).toBe('a,b\n1,2\n,3\n');
    expect(all.get('both')!.orphans.map(({ records: found }) => found)).toEqual([2, 2]);
    expect(all.get('both')!.result.records).toMatchObject({ source: 5, written: 2, leftOut: 3 });
  });

  it('is refused when nothing is left of it', async () => {
    for (const privacy of ['', childSections(false)]) {
      const refused = await refusalOf({
        policy: policyOf(false).replace(childSections(false), privacy),
        inputs: { ...inputs, children: csvOf([childHead, ['p9', 'north', 'a'], ['p4', 'north', 'b']]) },
      });
      expect(refused.diagnostics).toEqual([
        expect.objectContaining({
          code: 'DATA-EMPTY',
          message: 'every record is left out, so nothing would be written',
        }),
      ]);
      expect(refused.diagnostics[0]!.place).toMatchObject({ file: expect.stringContaining('.csv') });
    }
  });
});

describe('a failure', () => {
  const inputs = { parents: 'id,age\n1,30\n2,30\n3,30\n', children: 'of,area,drug\n1,north,a\n1,north,b\n' };

  it.each([
    ['of the first table that is written', { parents: 'id,age\n1,30,\n' }, 'DATA-RAGGED', 'parents.csv'],
    ['of one that is written later', { children: 'of,area,drug\n1,"north,a\n' }, 'DATA-SYNTAX', 'children.csv'],
    ['of the models of one', { children: 'of,area,drug\n1,north,a\n1,north,a\n' }, 'MODEL', 'policy.yaml'],
    ['of a field that the data lacks', { children: 'of,area\n1,north\n' }, 'DATA-FIELDS', 'policy.yaml'],
    ['of no records', { children: 'of,area,drug\n' }, 'DATA-EMPTY', undefined],
  ])('%s names its file', async (_, changed, code, file) => {
    const refused = await refusalOf({ policy: policyOf(false), inputs: { ...inputs, ...changed } });
    expect(refused.code).toBe(code);
    if (file !== undefined) expect(refused.diagnostics[0]!.place?.file).toBe(file);
  });
});

it('tells the phases of each table', async () => {
  const seen: string[] = [];
  await runAll({
    policy: policyOf(false),
    inputs: { parents: 'id,age\n1,30\n2,30\n3,30\n', children: 'of,area,drug\n1,north,a\n1,north,b\n' },
    watch: (table, event) => seen.push(`${table} ${event}`),
  });
  // The child is read once more, when it is known which of its records are left out.
  expect(seen).toEqual([
    'parents pass 1',
    'parents begun',
    'children pass 1',
    'children begun',
    'parents pass 2',
    'parents done',
    'children pass 1',
    'children pass 2',
    'children done',
  ]);
});

/** Undefined for a job whose models nothing satisfies. */
function onlyModels(error: unknown): undefined {
  if (!(error instanceof Failure) || !['MODEL', 'DATA-EMPTY'].includes(error.code)) throw error;
}
