import { describe, expect, it } from 'vitest';
import { csvOf, type Done, random, run } from '../harness.ts';
import { people, peoplePolicy } from './people.ts';

const keys = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global } }\n';
const drop = '{ role: identifier, transform: drop }';
const keep = '{ role: insensitive, transform: keep }';
const columns = `fields: { name: ${drop}, code: { role: identifier, transform: { mask: {} } }, note: ${keep}, n: ${keep} }`;

/** Findings of a table whose columns are name, code, note, n. */
async function findingsIn(rows: readonly (readonly string[])[], policy = columns): Promise<unknown[]> {
  const input = csvOf([['name', 'code', 'note', 'n'], ...rows]);
  return found(await run({ policy, input, leakCheck: true }));
}

async function findingsInJson(lines: readonly string[], fields: string): Promise<unknown[]> {
  return found(await run({ policy: `fields: ${fields}`, input: lines.join('\n'), format: 'ndjson', leakCheck: true }));
}

function found({ result }: Done) {
  return result.leak!.findings.map(({ identifier, field, records, firstRow }) => ({
    identifier: identifier ?? null,
    field: field ?? null,
    records,
    firstRow,
  }));
}

const other = ['Grace Hopper', 'x-1', 'nothing', '1'];

describe('a value in its own record', () => {
  it.each([
    ['copied to another column', 'Ada Lovelace'],
    ['in free text', 'seen with Ada Lovelace, who agreed'],
    ['in other case', 'ADA LOVELACE agreed'],
    ['with other separators', 'ada_lovelace@mail'],
    ['without separators', 'file: AdaLovelace.pdf'],
    ['inside a longer word', 'mradalovelacejr'],
    ['in quotes', 'called "Ada Lovelace" here'],
    ['with quotes inside', 'called Ada "Lovelace"'],
    ['over a line break', 'signed: Ada\nLovelace'],
    ['over a CRLF', 'signed: Ada\r\nLovelace'],
    ['beside letters that are not ASCII', 'né Ada Lovelace'],
  ])('is found %s', async (_, note) => {
    expect(await findingsIn([other, ['Ada Lovelace', '', note, '2']])).toEqual([
      { identifier: 'name', field: 'note', records: 1, firstRow: 2 },
    ]);
  });

  it.each([
    ['NFC', 'Zoë Müller', 'Zoe\u0308 Mu\u0308ller'],
    ['NFD', 'Zoe\u0308 Mu\u0308ller', 'Zoë Müller'],
    ['upper case', 'Łukasz Żółw', 'ŁUKASZ ŻÓŁW'],
    ['another script', '美咲 田中', '担当:美咲・田中'],
  ])('is found where it is written otherwise: %s', async (_, name, note) => {
    expect(await findingsIn([other, [name, '', `note: ${note}.`, '2']])).toEqual([
      { identifier: 'name', field: 'note', records: 1, firstRow: 2 },
    ]);
  });

  it('is found from 4 letters on, as whole words; not inside others', async () => {
    expect(await findingsIn([other, ['Ruth', '', 'met ruth', '2']])).toHaveLength(1);
    expect(await findingsIn([other, ['Ruth', '', 'the truth of ruthless men', '2']])).toEqual([]);
    expect(await findingsIn([other, ['Ada', '', 'met Ada', '2']])).toEqual([]);
  });

  it('is found when it is a number of 8 digits or more, by itself', async () => {
    expect(await findingsIn([other, ['x', '555-010-9999', 'call (555) 010 9999', '2']])).toEqual([
      { identifier: 'code', field: 'note', records: 1, firstRow: 2 },
    ]);
    expect(await findingsIn([other, ['x', '5550109999', 'no 155501099991', '2']])).toEqual([]);
  });

  it('is found in what a transform leaves of it', async () => {
    const policy = `fields: { name: { role: identifier, transform: { mask: { skip: punctuation, with: x } } }, code: ${drop}, note: ${keep}, n: ${keep} }`;
    expect(await findingsIn([other, ['Ada Lovelace', 'Lovelace', '', '2']], policy)).toEqual([]);
    const weak = policy.replace('{ mask: { skip: punctuation, with: x } }', '{ generalize: { prefix: 40 } }');
    expect(await findingsIn([['Ada Lovelace', 'Q', '', '2']], weak)).toEqual([
      { identifier: 'name', field: 'name', records: 1, firstRow: 1 },
    ]);
  });

  it('is counted once for a record in which it stands twice', async () => {
    const rows = [['Ada Lovelace', '', 'Ada Lovelace, yes, ada lovelace', ''], other];
    expect(await findingsIn(rows)).toEqual([{ identifier: 'name', field: 'note', records: 1, firstRow: 1 }]);
  });

  it('is counted once for each record, in every block', async () => {
    const pad = 'z'.repeat(400);
    const rows = Array.from({ length: 6000 }, (_, i) => [
      `Person Nr${i}x`,
      '',
      i % 1000 === 7 ? `person-nr${i}x ${pad}` : pad,
      '',
    ]);
    expect(await findingsIn(rows)).toEqual([{ identifier: 'name', field: 'note', records: 6, firstRow: 8 }]);
  });
});

describe('a value in JSON', () => {
  const fields = `{ "$.name": ${drop}, "$.note": ${keep}, "$.x.*": ${keep} }`;

  it.each([
    ['with escapes', 'Zo\\u00eb M\\u00FCller'],
    ['with other escapes', '\\u005a\\u006f\\u00EB\\/M\\u00fcller'],
    ['over an escaped line break', 'Zoë\\nMüller'],
    ['in escaped quotes', '\\"Zoë\\" Müller'],
  ])('is found %s', async (_, note) => {
    const lines = ['{"name":"Grace Hopper","note":""}', `{"name":"Zoë Müller","note":"met ${note} there"}`];
    expect(await findingsInJson(lines, `{ "$.name": ${drop}, "$.note": ${keep} }`)).toEqual(
      [{ identifier: 'name', field: 'note', records: 1, firstRow: 2 }].map((finding) => ({
        ...finding,
        identifier: '$.name',
        field: '$.note',
      })),
    );
  });

  it('is found when the source has the escapes', async () => {
    const lines = ['{"name":"Zo\\u00eb M\\u00fcller","note":"Zoë Müller"}'];
    expect(await findingsInJson(lines, `{ "$.name": ${drop}, "$.note": ${keep} }`)).toHaveLength(1);
  });

  it('is found in a key', async () => {
    const lines = ['{"name":"Ada Lovelace","note":"","x":{"Ada Lovelace":1}}'];
    expect(await findingsInJson(lines, fields)).toEqual([
      { identifier: '$.name', field: null, records: 1, firstRow: 1 },
    ]);
  });

  it('is found in the key of a member that is not changed, written with escapes', async () => {
    const lines = ['{"name":"Ada Lovelace","note":"","x":{"\\u0041da\\u004covelace":1}}'];
    expect(await findingsInJson(lines, fields)).toHaveLength(1);
  });

  it('is found from every element of a list', async () => {
    const lines = ['{"mails":["one@x.example","two@y.example"],"note":"write to two@y.example"}'];
    expect(await findingsInJson(lines, `{ "$.mails[*]": ${drop}, "$.note": ${keep} }`)).toEqual([
      { identifier: '$.mails[*]', field: '$.note', records: 1, firstRow: 1 },
    ]);
  });

  it('is found from within an object that is dropped as a whole', async () => {
    const lines = ['{"patient":{"name":"Ada Lovelace","mail":["ada@x.example"]},"note":"Ada Lovelace was seen"}'];
    expect(await findingsInJson(lines, `{ "$.patient": ${drop}, "$.note": ${keep} }`)).toEqual([
      { identifier: '$.patient', field: '$.note', records: 1, firstRow: 1 },
    ]);
  });
});

describe('an object that is dropped as a whole', () => {
  const fields = `{ "$.patient": ${drop}, "$.note": ${keep} }`;

  it('raises no alarm by its keys, by true and false, or by its brackets', async () => {
    const lines = [
      '{"patient":{"address":{"city":"Rome"},"active":true,"tags":[]},"note":"address and active: true; tags unknown"}',
      '{"patient":{"address":null,"active":false},"note":"false alarm, null and void"}',
    ];
    expect(await findingsInJson(lines, fields)).toEqual([]);
  });

  it('is searched for in the records of others too, value by value', async () => {
    const lines = [
      '{"patient":{"names":["Ada \\u004covelace",{"born":"Byron-Noel"}]},"note":""}',
      '{"patient":{},"note":"cousin of a Byron-Noel"}',
      '{"patient":null,"note":"saw Ada Lovelace"}',
    ];
    const found = await findingsInJson(lines, fields);
    expect(found).toEqual([{ identifier: null, field: '$.note', records: 2, firstRow: 2 }]);
  });

  it('is searched for where it is redacted', async () => {
    const redacted = fields.replace('transform: drop', 'transform: { redact: { with: gone } }');
    const lines = ['{"patient":{"name":"Ada Lovelace"},"note":"ada lovelace"}'];
    expect(await findingsInJson(lines, redacted)).toEqual([
      { identifier: '$.patient', field: '$.note', records: 1, firstRow: 1 },
    ]);
  });
});

describe('a value of another record', () => {
  it('is found from 8 letters and digits on, as whole words', async () => {
    expect(
      await findingsIn([
        ['Ada Lovelace', '', '', '1'],
        ['x', '', 'sister: ADA-LOVELACE!', '2'],
      ]),
    ).toEqual([{ identifier: null, field: 'note', records: 1, firstRow: 2 }]);
    expect(
      await findingsIn([
        ['x', '', 'met Ada Lovelace', '1'],
        ['Ada Lovelace', '', '', '2'],
      ]),
    ).toHaveLength(1);
    expect(
      await findingsIn([
        ['Ada Lovelace', '', '', '1'],
        ['x', '', 'the adalovelaces', '2'],
      ]),
    ).toEqual([]);
    expect(
      await findingsIn([
        ['Ada Low', '', '', '1'],
        ['x', '', 'met Ada Low', '2'],
      ]),
    ).toEqual([]);
  });

  it('is not looked for where two records have it: it is no evidence against either', async () => {
    const rows = [
      ['Ada Lovelace', '', '', '1'],
      ['Ada Lovelace', '', '', '2'],
      ['x', '', 'met Ada Lovelace', '3'],
    ];
    expect(await findingsIn(rows)).toEqual([]);
  });

  it('is found when its own record is suppressed', async () => {
    const policy = `fields: { name: ${drop}, code: ${drop}, note: ${keep}, n: { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const rows = [
      ['Ada Lovelace', '', '', 'alone'],
      ['x', '', 'met Ada Lovelace', 'a'],
      ['y', '', '', 'a'],
    ];
    expect(await findingsIn(rows, policy)).toEqual([{ identifier: null, field: 'note', records: 1, firstRow: 2 }]);
  });

  it('is not found in a record that is suppressed', async () => {
    const policy = `fields: { name: ${drop}, code: ${drop}, note: ${keep}, n: { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const rows = [
      ['Ada Lovelace', '', 'I, Ada Lovelace', 'alone'],
      ['x', '', '', 'a'],
      ['y', '', '', 'a'],
    ];
    expect(await findingsIn(rows, policy)).toEqual([]);
  });
});

describe('with a unit', () => {
  const policy = `fields: { name: ${drop}, code: ${drop}, note: ${keep}, n: { role: quasi-identifier, transform: keep } }
privacy: { unit: code, models: [ { k-anonymity: { k: 2 } } ] }`;

  it('a value of another individual is found, also one that stands in several of its records', async () => {
    const rows = [
      ['Ada Lovelace', 'p1', '', 'a'],
      ['Ada Lovelace', 'p1', '', 'a'],
      ['Grace Hopper', 'p2', 'met Ada Lovelace', 'a'],
      ['Grace Hopper', 'p2', '', 'a'],
    ];
    expect(await findingsIn(rows, policy)).toEqual([{ identifier: null, field: 'note', records: 1, firstRow: 3 }]);
  });

  it('a value that stands in another record of the same individual is found', async () => {
    const rows = [
      ['Ada Byron-Noel', 'p1', '', 'a'],
      ['Ada Lovelace', 'p1', 'born Ada Byron-Noel', 'a'],
      ['Grace Hopper', 'p2', '', 'a'],
      ['Grace Hopper', 'p2', '', 'a'],
    ];
    expect(await findingsIn(rows, policy)).toEqual([{ identifier: null, field: 'note', records: 1, firstRow: 2 }]);
  });
});

describe('numbers', () => {
  const sequential = (textsOf: (i: number, next: () => number) => string[]) => {
    const next = random(5);
    return Array.from({ length: 20_000 }, (_, i) => [String(i + 1), '', ...textsOf(i + 1, next)]);
  };

  it('counted up beside years and amounts raise no alarm', async () => {
    const rows = sequential((_, next) => [
      `${1930 + Math.floor(next() * 90)}-0${1 + Math.floor(next() * 9)}-11`,
      `${Math.floor(next() * 90_000)}.${10 + Math.floor(next() * 90)}`,
    ]);
    expect(await findingsIn(rows)).toEqual([]);
  });

  it('counted up beside ZIP codes and round amounts raise no alarm', async () => {
    const rows = sequential((_, next) => [
      String(10_000 + Math.floor(next() * 9000)),
      `${Math.floor(next() * 200) * 100}`,
    ]);
    expect(await findingsIn(rows)).toEqual([]);
  });

  it('are found when a column of them is copied', async () => {
    const rows = sequential((i) => [String(i), '']);
    expect(await findingsIn(rows)).toEqual([
      { identifier: 'name', field: null, records: 20_000 - 999, firstRow: 1000 },
    ]);
  });

  it('are found when a tenth of them is copied beside years', async () => {
    const rows = sequential((i, next) => [String(1930 + Math.floor(next() * 90)), i % 10 === 0 ? `no ${i}` : '']);
    expect(await findingsIn(rows)).toHaveLength(1);
  });

  it('coincide once by chance, not twice: among 200 comparisons of four digits 0.02 matches are expected', async () => {
    const rows = (copied: readonly number[]) =>
      Array.from({ length: 200 }, (_, i) => [
        String(2000 + i),
        '',
        String(copied.includes(i) ? 2000 + i : 5000 + i),
        '',
      ]);
    expect(await findingsIn(rows([7]))).toEqual([]);
    expect(await findingsIn(rows([7, 9]))).toEqual([{ identifier: 'name', field: null, records: 2, firstRow: 8 }]);
  });

  it('count from the first on where none is expected: 9 comparisons of four digits', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => [String(2000 + i), '', String(i === 7 ? 2007 : 5000 + i), '']);
    expect(await findingsIn(rows)).toEqual([{ identifier: 'name', field: null, records: 1, firstRow: 8 }]);
  });

  it('of many digits, each once, are found in the records of others when a column is shifted by one', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => [
      String(7_301_000_000 + i * 977),
      '',
      String(7_301_000_000 + (i + 1) * 977),
      '',
    ]);
    expect(await findingsIn(rows)).toEqual([{ identifier: null, field: null, records: 2999, firstRow: 1 }]);
  });
});

describe('people', () => {
  const rows = people(6000, 9);

  it('raise no alarm through tokenize, mask and generalize', async () => {
    const { result } = await run({ policy: keys + peoplePolicy(), input: csvOf(rows), leakCheck: true });
    expect(result.leak).toMatchObject({ findings: [], records: 6000 });
    expect(result.leak!.values).toBeGreaterThan(6000);
  });

  it('raise no alarm in NDJSON', async () => {
    const [names, ...values] = rows;
    const lines = values.map((row) => JSON.stringify(Object.fromEntries(names!.map((name, c) => [name, row[c]]))));
    const { result } = await run({
      policy: keys + peoplePolicy((name) => `"$.${name}"`),
      input: lines.join('\n'),
      format: 'ndjson',
      leakCheck: true,
    });
    expect(result.leak).toMatchObject({ findings: [], records: 6000 });
  });

  it('raise one as soon as one identifier is left in a note', async () => {
    const [head, ...values] = rows;
    const column = (name: string) => head!.indexOf(name);
    const leaked = values.map((row, i) =>
      i === 4321 ? row.with(column('note'), `called back on ${row[column('ssn')]}`) : row,
    );
    const { result } = await run({ policy: keys + peoplePolicy(), input: csvOf([head!, ...leaked]), leakCheck: true });
    expect(result.leak!.findings).toEqual([{ identifier: 'ssn', field: 'note', records: 1, firstRow: 4322 }]);
  });
});

describe('a value that is too short to be searched for', () => {
  const prefix = '{ role: identifier, transform: { generalize: { prefix: 3 } } }';
  const policy = `fields: { name: ${prefix}, code: ${drop}, note: ${keep}, n: ${keep} }`;

  it('is found where its transform writes it as it was', async () => {
    const rows = [
      ['Augusta', '', '', ''],
      ['Bo', '', '', ''],
      ['x', '', '', ''],
      ['-', '', '', ''],
    ];
    expect(await findingsIn(rows, policy)).toEqual([{ identifier: 'name', field: 'name', records: 2, firstRow: 2 }]);
  });

  it('is not looked for in other fields: short words coincide', async () => {
    expect(
      await findingsIn(
        [['Bo', '', 'Bo', ''], other],
        `fields: { name: ${drop}, code: ${drop}, note: ${keep}, n: ${keep} }`,
      ),
    ).toEqual([]);
  });
});
