import { describe, expect, it } from 'vitest';
import { runAll } from '../app/tables.ts';
import { csvOf, random } from './harness.ts';

const key = (reference = '') => `{ role: insensitive, transform: keep${reference} }`;
const number = (transform: string) => `{ role: insensitive, type: number, transform: ${transform} }`;

/** Children of 40 parents, half of which are left out of the sample; `n` is the same number for each orphan. */
function inputs() {
  const next = random(3);
  const parents = Array.from({ length: 40 }, (_, i) => [`p${i}`]);
  const children = Array.from({ length: 400 }, (_, i) => [`p${Math.floor(next() * 50)}`, String(i)]);
  return { parents: csvOf([['id'], ...parents]), children: csvOf([['of', 'n'], ...children]) };
}

describe('records that are left out', () => {
  it('are those of parents that are not in the sample', async () => {
    const all = await runAll({
      policy: `tables:
  parents: { fields: { id: ${key()} }, sample: { share: 0.5 } }
  children: { fields: { of: ${key(', references: parents.id')}, n: ${number('keep')} } }
`,
      inputs: inputs(),
    });
    const known = new Set(all.get('parents')!.text.trim().split('\n').slice(1));
    expect(known.size).toBeGreaterThan(8);
    expect(known.size).toBeLessThan(32);
    const expected = inputs()
      .children.split('\n')
      .filter((line, i) => i === 0 || line === '' || known.has(line.split(',')[0]!));
    expect(all.get('children')!.text).toBe(expected.join('\n'));
    const { records } = all.get('children')!.result;
    expect(records.leftOut).toBe(400 - records.written);
  });

  it('are in no group of a technique that looks at all values', async () => {
    const all = await runAll({
      policy: `tables:
  parents: { fields: { id: ${key()} } }
  children: { fields: { of: ${key(', references: parents.id')}, n: ${number('{ microaggregate: { k: 3 } }')} } }
`,
      inputs: inputs(),
    });
    const rows = all.get('children')!.text.trim().split('\n').slice(1);
    const sizes = new Map<string, number>();
    for (const row of rows) sizes.set(row.split(',')[1]!, (sizes.get(row.split(',')[1]!) ?? 0) + 1);
    expect(rows.length).toBeLessThan(400);
    expect(Math.min(...sizes.values())).toBeGreaterThanOrEqual(3);
  });

  it('are counted of the sample, and so are orphans', async () => {
    const all = await runAll({
      policy: `tables:
  parents: { fields: { id: ${key()} } }
  children:
    fields: { of: ${key(', references: parents.id')}, n: ${number('keep')} }
    sample: { records: 100 }
`,
      inputs: inputs(),
    });
    const { result, orphans } = all.get('children')!;
    expect(result.records).toMatchObject({ source: 400, sampled: 100, suppressed: 0 });
    expect(result.records.written + result.records.leftOut!).toBe(100);
    expect(orphans[0]!.records).toBe(result.records.leftOut);
    expect(result.records.leftOut).toBeGreaterThan(5);
  });

  it('may hold what no type or transform can read', async () => {
    const all = await runAll({
      policy: `tables:
  parents: { fields: { id: ${key()} } }
  children: { fields: { of: ${key(', references: parents.id')}, n: ${number('keep')} } }
`,
      inputs: { parents: 'id\np1\n', children: 'of,n\np1,1\np2,none\n' },
    });
    expect(all.get('children')!.text).toBe('of,n\np1,1\n');
  });
});
