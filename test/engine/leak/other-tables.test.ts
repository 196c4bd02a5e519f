import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registry } from '../../../src/base/registry.ts';
import { builtIn } from '../../../src/policy/schema.ts';
import { defineTransform } from '../../../src/transforms/definition.ts';
import { runAll } from '../../app/tables.ts';
import { csvOf } from '../harness.ts';

/** Gives everybody the same name. */
const invent = defineTransform({
  name: 'invent',
  summary: 'Test.',
  options: z.strictObject({}),
  examples: [],
  traits: {
    kinds: ['any'],
    reversible: 'no',
    keeps: { format: 'no', order: 'no', uniqueness: 'no', distribution: 'no' },
  },
  invents: true,
  bind: () => () => 'Ms. Ada Lovelace (x@mail.invalid)',
});
const registries = { ...builtIn, transforms: registry('transform', [...builtIn.transforms.all, invent]) };

const drop = '{ role: identifier, transform: drop }';
const keep = '{ role: insensitive, transform: keep }';
const policy = `tables:
  patients: { fields: { name: ${drop}, ssn: ${drop}, n: ${keep} } }
  visits: { fields: { doctor: ${drop}, note: ${keep}, made: { role: identifier, transform: invent } } }
`;
const patients = [
  ['name', 'ssn', 'n'],
  ['Ada Lovelace', '111223333', '1'],
  ['Grace Hopper', '444556666', '2'],
  ['Jo Doe', '777889999', '3'],
];
const visits = [
  ['doctor', 'note', 'made'],
  ['Alan Mathison Turing', 'fine', 'a'],
  ['Kurt Friedrich', 'fine', 'b'],
];

/** What is found in each table's output, with these notes in the visits and these numbers in the patients. */
async function found(notes: readonly string[], more: { ns?: readonly string[]; names?: readonly string[] } = {}) {
  const filled = (rows: readonly (readonly string[])[], column: number, values: readonly string[] = []) =>
    rows.map((row, r) => row.map((cell, c) => (c === column && r > 0 ? (values[r - 1] ?? cell) : cell)));
  const all = await runAll({
    policy,
    registries,
    inputs: {
      patients: csvOf(filled(filled(patients, 2, more.ns), 0, more.names)),
      visits: csvOf(filled(visits, 1, notes)),
    },
  });
  return [...all].flatMap(([name, { result }]) =>
    result.leak!.findings.map(({ table, identifier, field, records, firstRow }) => ({
      in: name,
      of: table,
      identifier,
      field,
      records,
      firstRow,
    })),
  );
}

const inNote = { in: 'visits', of: 'patients', identifier: undefined, field: 'note', records: 1, firstRow: 2 };

describe('the output of a table', () => {
  it.each(['Ada Lovelace came', 'seen: ADA  LOVELACE.', 'mail of ada_lovelace@x', 'with "Ada", Lovelace'])(
    'does not hold the name of somebody of another table: %s',
    async (note) => {
      expect(await found(['fine', note])).toEqual([inNote]);
    },
  );

  it('is searched for the identifiers of tables that are written before and after it', async () => {
    const ns = ['1', '2', 'asked for Dr. Alan Mathison Turing'];
    expect(await found([], { ns })).toEqual([
      { in: 'patients', of: 'visits', identifier: undefined, field: 'n', records: 1, firstRow: 3 },
    ]);
  });

  it('tells the first record, and how many', async () => {
    expect(await found(['Ada Lovelace and Grace Hopper', 'Grace Hopper'])).toEqual([
      { ...inNote, records: 2, firstRow: 1 },
    ]);
  });

  it('may hold what is short, part of a word, or no one’s alone', async () => {
    expect(await found(['Jo Doe', 'gracehoppers'])).toEqual([]);
    expect(await found(['Ada Lovelace', ''], { names: ['Ada Lovelace', 'Ada Lovelace', 'Jo Doe'] })).toEqual([]);
  });

  it('may hold in an invented value what somebody is called', async () => {
    // Every visit is made up to be about Ada Lovelace.
    expect(await found(['fine', 'fine'])).toEqual([]);
    expect(await found(['fine', 'Ada Lovelace'])).toEqual([{ ...inNote, field: expect.any(String) }]);
    expect(await found(['Grace Hopper', 'fine'])).toEqual([{ ...inNote, firstRow: 1 }]);
  });

  it.each([
    ['keep', { records: 1, firstRow: 2 }],
    // What is made up cannot be told from it there, and is told too.
    ['{ generalize: { prefix: 12 } }', { records: 2, firstRow: 1 }],
  ])('may not hold it where a condition takes the other side, which makes nothing up: %s', async (other, where) => {
    const made = `{ role: insensitive, transform: invent, when: { field: note, equals: made }, else: ${other} }`;
    const all = await runAll({
      policy: `tables:
  patients: { fields: { name: ${drop}, ssn: ${drop}, n: ${keep} } }
  visits: { fields: { note: ${keep}, made: ${made} } }
`,
      registries,
      inputs: {
        patients: csvOf(patients),
        visits: csvOf([
          ['note', 'made'],
          ['made', 'Grace Hopper'],
          ['not made', 'Grace Hopper'],
        ]),
      },
    });
    expect(all.get('visits')!.result.leak!.findings).toEqual([
      { table: 'patients', identifier: undefined, field: 'made', ...where },
    ]);
  });

  it('is told once where the record has the value in an identifier of its own', async () => {
    const rows = [
      ['doctor', 'note', 'made'],
      ['Ada Lovelace', 'by Ada Lovelace', 'b'],
      ['Kurt Friedrich', '', 'a'],
    ];
    const all = await runAll({
      policy: policy.replace('invent', 'drop'),
      registries,
      inputs: { patients: csvOf(patients), visits: csvOf(rows) },
    });
    expect(all.get('visits')!.result.leak!.findings).toEqual([
      { identifier: 'doctor', field: 'note', records: 1, firstRow: 1 },
    ]);
  });

  it('is found in a table that has no identifiers of its own', async () => {
    const all = await runAll({
      policy: `tables:\n  patients: { fields: { name: ${drop}, ssn: ${drop}, n: ${keep} } }\n  notes: { fields: { note: ${keep} } }\n`,
      inputs: { patients: csvOf(patients), notes: 'note\nfine\nGrace Hopper left\n' },
    });
    expect(all.get('notes')!.result.leak).toMatchObject({
      findings: [{ table: 'patients', field: 'note', records: 1, firstRow: 2 }],
      records: 2,
    });
  });
});

describe('numbers', () => {
  const table = (notes: readonly string[]) => ({
    policy: `tables:\n  a: { fields: { ssn: ${drop}, n: ${keep} } }\n  b: { fields: { note: ${keep} } }\n`,
    inputs: {
      a: csvOf([['ssn', 'n'], ...Array.from({ length: 500 }, (_, i) => [String(100_000_000 + i * 1777), 'x'])]),
      b: csvOf([['note'], ...notes.map((note) => [note])]),
    },
  });

  it('count when there are more than chance explains', async () => {
    // 500 values of 9 digits among 500 comparisons: 500 × 500 / 10^9 < 0.05 are expected, so one is too many.
    const noted = Array.from({ length: 500 }, (_, i) =>
      i === 40 ? String(100_000_000 + 7 * 1777) : String(200_000_000 + i),
    );
    const all = await runAll(table(noted));
    expect(all.get('b')!.result.leak!.findings).toEqual([
      { table: 'a', identifier: undefined, field: undefined, records: 1, firstRow: 41 },
    ]);
    expect((await runAll(table(noted.filter((_, i) => i !== 40)))).get('b')!.result.leak!.findings).toEqual([]);
  });
});
