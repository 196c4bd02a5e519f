import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { refusalOf, runAll } from '../app/tables.ts';
import { sameDraws } from '../same-draws.ts';
import { csvOf, records } from './harness.ts';

const sections = (rule: string, privacy: string, fields = '') => `checks: { leak: report }
tables:
  staff:
    fields:
      id: { role: insensitive, transform: keep }
      boss: { role: insensitive, transform: keep, references: staff.id, on-orphan: ${rule} }
      city: { role: quasi-identifier, transform: keep }
      n: { role: insensitive, transform: keep }${fields}
    ${privacy}
`;
const k2 = 'privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }';
const head = ['id', 'boss', 'city', 'n'];

type Row = readonly [id: string, boss: string, city: string, n: string];
const person = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', '');
const table = fc
  .array(fc.tuple(person, person, fc.constantFrom('X', 'Y', 'Z')), { minLength: 2, maxLength: 16 })
  .map((rows) => rows.map(([id, boss, city], n): Row => [id, boss, city, String(n)]));

/** By the definition: leave out what dangles, until nothing does. */
function closed(rows: readonly Row[]): readonly Row[] {
  const left = rows.filter(([, boss]) => boss === '' || rows.some(([id]) => id === boss));
  return left.length === rows.length ? rows : closed(left);
}

const written = (text: string) => records(text).slice(1) as unknown as Row[];
const onlyRefusals = (error: unknown): undefined => {
  if (!(error instanceof Failure) || !['MODEL', 'DATA-EMPTY'].includes(error.code)) throw error;
};

describe('a table that refers to itself', () => {
  it('is written without what refers to records that are not there, and what refers to that', async () => {
    let cascades = 0;
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const done = await runAll({ policy: sections('drop', ''), inputs: { staff: csvOf([head, ...rows]) } }).catch(
          onlyRefusals,
        );
        const expected = closed(rows);
        expect(done === undefined ? [] : written(done.get('staff')!.text)).toEqual(expected);
        if (done === undefined) return;
        const { result, orphans } = done.get('staff')!;
        expect(result.records).toMatchObject({ leftOut: rows.length - expected.length, suppressed: 0 });
        expect(orphans[0]!.records).toBe(rows.length - expected.length);
        cascades += orphans[0]!.ofLeftOut > 0 ? 1 : 0;
      }),
      sameDraws,
    );
    expect(cascades).toBeGreaterThan(5);
  });

  it('keeps the model and every reference, whatever the model leaves out', async () => {
    let later = 0;
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, unit) => {
        // Of individuals: those of a name; every record needs one then.
        const privacy = unit ? k2.replace('{ models', '{ unit: id, models') : k2;
        const own = unit ? rows.filter(([id]) => id !== '') : rows;
        if (own.length === 0) return;
        const done = await runAll({
          policy: sections('drop', privacy),
          inputs: { staff: csvOf([head, ...own]) },
        }).catch(onlyRefusals);
        if (done === undefined) return;
        const { text, result } = done.get('staff')!;
        const left = written(text);
        expect(closed(left)).toEqual(left);
        const cities = new Map<string, string[]>();
        for (const [id, , city, n] of left) {
          const individual = unit ? id : n;
          cities.set(individual, [...(cities.get(individual) ?? []), city].sort());
        }
        const classes = [...cities.values()].map(String);
        for (const tuple of classes) expect(classes.filter((other) => other === tuple).length).toBeGreaterThan(1);
        const { source, suppressed, leftOut, written: count } = result.records;
        expect([source, count]).toEqual([own.length, left.length]);
        expect(suppressed + leftOut! + count).toBe(source);
        if (leftOut! > own.length - closed(own).length) later++;
      }),
      { ...sameDraws, numRuns: 300 },
    );
    expect(later).toBeGreaterThan(5);
  });

  it('takes the children of what a model leaves out along, and judges the classes of the others again', async () => {
    // f alone is in Z: with it goes c, who refers to it; then d is alone in Y, and with d goes e.
    const rows: Row[] = [
      ['a', '', 'X', '0'],
      ['b', 'a', 'X', '1'],
      ['f', '', 'Z', '2'],
      ['c', 'f', 'Y', '3'],
      ['d', '', 'Y', '4'],
      ['e', 'd', 'X', '5'],
    ];
    const done = await runAll({ policy: sections('drop', k2), inputs: { staff: csvOf([head, ...rows]) } });
    const { text, result, orphans, compared } = done.get('staff')!;
    expect(written(text)).toEqual(rows.slice(0, 2));
    expect(result.records).toMatchObject({ written: 2, suppressed: 2, leftOut: 2 });
    for (const cells of compared!.cells.values()) expect(cells).toMatchObject({ written: 2, suppressed: 2 });
    expect(orphans[0]).toMatchObject({ records: 2, ofLeftOut: 2, firstRow: 4 });
    // Two of six are more than a quarter of them.
    const refused = await refusalOf({
      policy: sections('drop', k2.replace('max-suppression: 1', 'max-suppression: 0.25')),
      inputs: { staff: csvOf([head, ...rows]) },
    });
    expect(refused.diagnostics[0]).toMatchObject({ code: 'MODEL' });
    expect(refused.diagnostics[0]!.message).toContain('beside 1 that were left out before');
  });

  it('holds together in a circle', async () => {
    const rows: Row[] = [
      ['a', 'b', 'X', '0'],
      ['b', 'a', 'X', '1'],
      ['c', 'c', 'X', '2'],
      ['d', 'nobody', 'X', '3'],
    ];
    const done = await runAll({ policy: sections('drop', k2), inputs: { staff: csvOf([head, ...rows]) } });
    expect(written(done.get('staff')!.text)).toEqual(rows.slice(0, 3));
  });

  it.each(['report', 'fail'])('writes all, and tells of orphans, with on-orphan: %s', async (rule) => {
    const rows: Row[] = [
      ['a', '', 'X', '0'],
      ['b', 'c', 'X', '1'],
      ['c', 'a', 'Y', '2'],
      ['d', 'nobody', 'X', '3'],
    ];
    const done = await runAll({ policy: sections(rule, k2), inputs: { staff: csvOf([head, ...rows]) } });
    const { text, orphans } = done.get('staff')!;
    expect(written(text).map(([id]) => id)).toEqual(['a', 'b', 'd']);
    expect(orphans[0]).toMatchObject({ records: 2, ofLeftOut: 1, firstRow: 2 });
  });

  it('knows several references, other tables and samples', async () => {
    const policy = `checks: { leak: report }
tables:
  tasks:
    fields:
      id: { role: insensitive, transform: keep }
      parent: { role: insensitive, transform: keep, references: tasks.id }
      after: { role: insensitive, transform: keep, references: tasks.id }
      who: { role: insensitive, transform: keep, references: people.id }
  people:
    fields: { id: { role: insensitive, transform: keep } }
`;
    const tasks = csvOf([
      ['id', 'parent', 'after', 'who'],
      ['1', '', '', 'p'],
      ['2', '1', '', 'p'],
      ['3', '2', '4', 'p'],
      ['4', '', '', 'nobody'],
      ['5', '', '3', 'p'],
      ['6', '1', '2', ''],
    ]);
    const done = await runAll({ policy, inputs: { tasks, people: 'id\np\n' } });
    expect(
      records(done.get('tasks')!.text)
        .slice(1)
        .map(([id]) => id),
    ).toEqual(['1', '2', '6']);
  });

  it('finds levels for what is left', async () => {
    const policy = sections('drop', k2).replace(
      'city: { role: quasi-identifier, transform: keep }',
      'city: { role: quasi-identifier, transform: { generalize: { prefix: 2 } } }',
    );
    const rows: Row[] = [
      ['a', '', 'XA', '0'],
      ['b', 'a', 'XA', '1'],
      ['c', 'zz', 'YA', '2'],
      ['d', 'c', 'YA', '3'],
    ];
    const done = await runAll({ policy, inputs: { staff: csvOf([head, ...rows]) } });
    expect(written(done.get('staff')!.text).map(([id]) => id)).toEqual(['a', 'b']);
  });

  it('keeps the levels of each class, and judges the classes that are left', async () => {
    const local = `hierarchies: { city: { prefix: [1] } }
${sections(
  'drop',
  k2.replace('max-suppression: 1', 'max-suppression: 1, search: { recoding: local, measure: precision }'),
).replace(
  'city: { role: quasi-identifier, transform: keep }',
  'city: { role: quasi-identifier, transform: { generalize: { hierarchy: city, level: [0, 1] } } }',
)}`;
    let later = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(person, person, fc.constantFrom('XA', 'XB', 'YA', 'YB', 'Z')), {
          minLength: 3,
          maxLength: 16,
        }),
        async (drawn) => {
          const rows = drawn.map(([id, boss, city], n): Row => [id, boss, city, String(n)]);
          const done = await runAll({ policy: local, inputs: { staff: csvOf([head, ...rows]) } }).catch(onlyRefusals);
          if (done === undefined) return;
          const { text, result } = done.get('staff')!;
          const left = written(text);
          expect(closed(left)).toEqual(left);
          for (const [, , city, n] of left) {
            expect(left.filter(([, , other]) => other === city).length).toBeGreaterThan(1);
            expect([rows[Number(n)]![2], `${rows[Number(n)]![2]![0]}*`, `${rows[Number(n)]![2]![0]}`]).toContain(city);
          }
          const { source, suppressed, leftOut, written: count } = result.records;
          expect([source, suppressed + leftOut! + count]).toEqual([rows.length, rows.length]);
          if (leftOut! > rows.length - closed(rows).length) later++;
        },
      ),
      { ...sameDraws, numRuns: 60 },
    );
    expect(later).toBeGreaterThan(1);
  });
});
