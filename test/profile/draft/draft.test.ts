import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../../src/base/diagnostic.ts';
import { parseTables } from '../../../src/policy/parse.ts';
import { type Dictionary, loadDictionary } from '../../../src/profile/dictionary.ts';
import { draftPolicy, standards } from '../../../src/profile/draft/index.ts';
import { fieldKinds } from '../../../src/profile/kinds/index.ts';
import { loadRecognition } from '../../../src/profile/recognize.ts';
import type { TableProfile } from '../../../src/profile/table.ts';
import { kindNames } from '../../../src/transforms/fake/kinds.ts';
import { column } from '../fields.ts';
import { adversarial, generated } from '../labelled.ts';

let dictionary: Dictionary;
beforeAll(async () => {
  dictionary = await loadDictionary(true);
  await loadRecognition();
});

type Columns = Readonly<Record<string, readonly (string | null)[]>>;

function tableOf(name: string, columns: Columns): TableProfile {
  const fields = Object.entries(columns).map(([title, values]) => column(title, values, name));
  const records = Object.values(columns)[0]!.length;
  return { name, format: 'csv', form: [], paths: false, records, whole: true, fields };
}

function draft(standard: string, first: TableProfile, ...more: TableProfile[]) {
  const chosen = standards.get(standard)!;
  return draftPolicy({
    tables: [first, ...more],
    standard: chosen,
    dictionary,
    name: 'x',
    year: 2026,
    keyCommand: 'anon',
  });
}

/** Messages of the parser about a draft. */
function problemsOf(text: string): string[] {
  try {
    parseTables(Buffer.from(text), { file: 'policy.yaml', directory: '/x' });
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return error.diagnostics.map(({ message }) => message);
  }
}

const left = 'it is left to decide what happens to this field';
/** The draft with what is empty filled in. */
function filled(text: string): string {
  return text
    .replace(/(name|contact): # FILL.*/g, '$1: Example')
    .replace(/id: # FILL.*/, 'id: "urn:org:x"')
    .replace(/purposes: # FILL.*/, 'purposes: [AcademicResearch]')
    .replace(/(from|until): # FILL.*/g, '$1: 2026-01-01');
}

const people = (): TableProfile => {
  const seen = new Set<string>();
  const columns = [...generated().slice(0, 20), ...adversarial].filter(({ name }) => !seen.has(name) && seen.add(name));
  return tableOf('people', Object.fromEntries(columns.map(({ name, values }) => [name, values])));
};

describe('a draft', () => {
  it.each(standards.names)('for %s is a policy but for what is left to a person', (standard) => {
    const { text, undecided } = draft(standard, people());
    const problems = problemsOf(filled(text));
    expect(problems).toEqual(Array.from({ length: undecided }, () => left));
    expect(problemsOf(filled(text).replaceAll('transform: reject', 'transform: drop'))).toEqual([]);
    if (standards.get(standard)!.licensed) expect(problemsOf(text).length).toBeGreaterThan(undecided + 4);
  });

  it.each(standards.names)('for %s keeps nothing that was not recognized', (standard) => {
    for (const { kind, proposal } of draft(standard, people()).tables[0]!.fields) {
      if (kind === undefined) expect(proposal.transform).not.toBe('keep');
      if (proposal.role === 'identifier') expect(proposal.transform).not.toBe('keep');
    }
  });

  it('holds no value of the data', () => {
    const known = draft('research', people()).text + draft('ci-fixture', people()).text;
    // What a draft says of itself, whatever the data.
    const own = new Set(known.match(/[\p{L}\p{N}]{4,}/gu));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ minLength: 4, maxLength: 12 }), fc.emailAddress(), fc.integer({ min: 10_000 })), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.constantFrom(...standards.names),
        (rows, standard) => {
          const table = tableOf('x', {
            email: rows.map(([, mail]) => mail),
            thing: rows.map(([text]) => text),
            amount: rows.map(([, , number]) => String(number)),
          });
          const { text } = draft(standard, table);
          for (const cell of rows.flatMap((row) => row.map(String))) {
            // Steps to round to are powers of ten: they say how large a number is, and no number.
            if (cell.trim().length >= 4 && !own.has(cell.trim()) && !/^10*$/.test(cell))
              expect(text.includes(cell.trim()) && !known.includes(cell.trim())).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
    for (const { values } of [...generated().slice(0, 20), ...adversarial]) {
      for (const cell of values) {
        if (cell.length < 5 || /^(?:\p{L}+|\d+)$/u.test(cell)) continue;
        expect(known.includes(cell)).toBe(false);
      }
    }
  });

  it('joins tables by name and by values', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `P${1000 + i}`);
    const patients = tableOf('patients', { id: ids, age: ids.map((_, i) => String(20 + i)) });
    const visits = tableOf('visits', {
      visit_id: ids.map((id) => `V${id}`),
      patient_id: ids.map((_, i) => ids[i % 20]!),
    });
    const { text, tables } = draft('research', patients, visits);
    expect(tables[1]!.fields[1]).toMatchObject({ references: 'patients.id', kind: 'id of a person' });
    expect(tables[1]!.unit).toBe('patient_id');
    expect(problemsOf(filled(text))).toEqual([]);
    const strangers = tableOf('visits', { patient_id: ids.map((id) => `X${id}`) });
    expect(draft('research', patients, strangers).tables[1]!.fields[0]!.references).toBeUndefined();
    expect(draft('hipaa-safe-harbor', patients, visits).tables[1]!.fields[1]!.references).toBeUndefined();
  });

  it('writes names of fields that are hard to write', () => {
    const odd = {
      'a: b': ['x', 'y'],
      'tr"ue': ['1', '2'],
      null: ['a', 'b'],
      '#x': ['a', 'b'],
      'e\u0301 ü': ['a', 'b'],
    };
    const { text, undecided } = draft('research', tableOf('x', odd));
    expect(undecided).toBe(5);
    expect(problemsOf(filled(text))).toEqual(Array.from({ length: 5 }, () => left));
  });
});

it('every kind is made up by a method that there is', () => {
  for (const { fake } of fieldKinds) if (fake !== undefined) expect(kindNames).toContain(fake);
});

it('a fixture scrambles unknown numbers that may be codes, and adds noise to others', () => {
  const many = (make: (i: number) => number) => Array.from({ length: 60 }, (_, i) => String(make(i)));
  const table = tableOf('t', {
    c1: many((i) => 10115 + i * 97),
    c2: many((i) => 1010 + (i % 7) * 131),
    c3: many((i) => 1950 + (i % 60)),
    c4: many((i) => i * 3),
    c5: many((i) => (i % 9) * 1000),
  });
  const transforms = draft('ci-fixture', table).tables[0]!.fields.map(
    ({ proposal }) => /\w+/.exec(proposal.transform ?? '')?.[0],
  );
  expect(transforms).toEqual(['scramble', 'scramble', 'noise', 'noise', 'noise']);
});

it('says what is not seen in the form of a value: whose ZIP codes, and that ids may become one', () => {
  const many = (make: (i: number) => string) => Array.from({ length: 60 }, (_, i) => make(i));
  const table = tableOf('t', { customer_id: many((i) => `c${i}`), zip: many((i) => String(10001 + (i % 9))) });
  const whys = (standard: string) => draft(standard, table).tables[0]!.fields.map(({ proposal }) => proposal.why);
  expect(whys('ci-fixture')[0]).toContain('two may become one');
  expect(whys('research')[1]).toContain('ZIP codes of the United States');
});
