import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { csvOf, type Done, failureOf, records, run } from '../engine/harness.ts';
import published from '../vectors/l-diversity-2006.json' with { type: 'json' };
import { classesOf, kOf, least, lOf, type Row } from './brute-force.ts';

const fields = `
keys: { k: { env: K } }
domains: { d: { key: k, scope: global } }
fields:
  unit: { role: identifier, transform: { tokenize: { domain: d } } }
  zip: { role: quasi-identifier, transform: { generalize: { prefix: 1 } } }
  age: { role: quasi-identifier, nulls: transform, transform: keep }
  disease: { role: sensitive, transform: keep }
  note: { role: insensitive, transform: keep }
`;

interface Wanted {
  readonly k: number | undefined;
  readonly l: number | undefined;
  readonly unit: boolean;
}

function policyOf({ k, l, unit }: Wanted, rest = 'on-violation: drop, max-suppression: 1'): string {
  const models = [
    ...(k === undefined ? [] : [`{ k-anonymity: { k: ${k} } }`]),
    ...(l === undefined ? [] : [`{ l-diversity: { l: ${l}, sensitive: disease } }`]),
  ];
  return `${fields}privacy: { ${unit ? 'unit: unit, ' : ''}models: [${models.join(', ')}], ${rest} }\n`;
}

const head = ['unit', 'zip', 'age', 'disease', 'note'];
const row = fc.tuple(
  fc.constantFrom('u1', 'u2', 'u3', 'u4', 'u5', 'u6', 'u7', 'u8'),
  fc.constantFrom('11', '12', '21', '22', '23'),
  fc.constantFrom('30', '40', ''),
  fc.constantFrom('flu', 'flu', 'cold', 'cancer', ''),
);
const tables = fc
  .array(row, { minLength: 1, maxLength: 18 })
  .map((rows) => rows.map((fields, i) => [...fields, `n${i}`]));
const wanted = fc
  .record({
    k: fc.option(fc.integer({ min: 2, max: 3 }), { nil: undefined }),
    l: fc.option(fc.integer({ min: 2, max: 3 }), { nil: undefined }),
    unit: fc.boolean(),
  })
  .filter(({ k, l }) => k !== undefined || l !== undefined);

/** Rows as they are written, except that the unit is not tokenized. */
function rowsOf(table: readonly string[][], unit: boolean): (Row & { readonly note: string })[] {
  return table.map(([name, zip, age, disease, note], r) => ({
    unit: unit ? name! : String(r),
    tuple: [`${zip![0]}*`, age!],
    sensitive: disease!,
    note: note!,
  }));
}

function holds(members: readonly Row[], { k, l }: Wanted): boolean {
  return (k === undefined || kOf(members) >= k) && (l === undefined || lOf(members) >= l);
}

/** What the output itself says: the tokens stand for the units. */
function recount({ output }: Done, unit: boolean): Row[] {
  return records(output)
    .slice(1)
    .map(([token, zip, age, disease], r) => ({
      unit: unit ? token! : String(r),
      tuple: [zip!, age!],
      sensitive: disease!,
    }));
}

describe('k-anonymity and l-diversity, against counting by the definitions', () => {
  it('suppress the records of the classes that fail, all of them, and measure what is left', async () => {
    await fc.assert(
      fc.asyncProperty(tables, wanted, fc.boolean(), async (table, models, ended) => {
        const text = csvOf([head, ...table], ended ? '\n' : '\r\n');
        const job = { policy: policyOf(models), input: ended ? text : text.trimEnd() };
        const kept = classesOf(rowsOf(table, models.unit)).filter((members) => holds(members, models));
        if (kept.length === 0) {
          expect((await failureOf(job)).code).toBe('MODEL');
          return;
        }
        const done = await run(job);
        const notes = new Set(kept.flat().map((one) => (one as Row & { note: string }).note));
        expect(
          records(done.output)
            .slice(1)
            .map((fields) => fields[4]),
        ).toEqual(table.map((fields) => fields[4]!).filter((note) => notes.has(note)));

        const written = classesOf(recount(done, models.unit));
        const measured = Object.assign({}, ...done.result.models.map((model) => model.measured));
        expect(measured).toEqual({
          ...(models.k === undefined ? {} : { k: least(written, kOf) }),
          ...(models.l === undefined ? {} : { l: least(written, lOf) }),
        });
        expect(done.result.written!.count).toBe(written.length);
        expect(done.result.written!.individuals).toBe(new Set(written.flat().map(({ unit }) => unit)).size);
        expect(done.result.records).toEqual({
          source: table.length,
          written: written.flat().length,
          suppressed: table.length - written.flat().length,
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('stop the run under `on-violation: fail` where a class fails, and only there', async () => {
    await fc.assert(
      fc.asyncProperty(tables, wanted, async (table, models) => {
        const policy = policyOf(models, 'on-violation: fail');
        const fine = classesOf(rowsOf(table, models.unit)).every((members) => holds(members, models));
        const outcome = await run({ policy, input: csvOf([head, ...table]) }).then(
          (done) => done.result.records.suppressed,
          (error) => (error instanceof Failure ? error.diagnostics[0]!.code : error),
        );
        expect(outcome).toBe(fine ? 0 : 'MODEL');
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('tell absent values, null and 17 from "17" in NDJSON', async () => {
    const policy = `fields: { "$.age": { role: quasi-identifier, transform: keep }, "$.id": { role: insensitive, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const lines = ['{"id":1,"age":17}', '{"id":2,"age":"17"}', '{"id":3}', '{"id":4,"age":null}', '{"id":5,"age":17}'];
    const { text, result } = await run({ policy, input: lines.join('\n'), format: 'ndjson' });
    expect(text.trim().split('\n')).toEqual([lines[0], lines[4]]);
    expect(result.models[0]!.measured).toEqual({ k: 2 });
  });

  it('count what is written: escapes and quotes make no class of their own', async () => {
    const policy = `fields: { "$.q": { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 3 } } ] }`;
    const input = '{"q":"\\u00e9"}\n{"q":"é"}\n{ "q" : "\\u00E9"}\n';
    expect((await run({ policy, input, format: 'ndjson' })).result.models[0]!.measured).toEqual({ k: 3 });
    const csv = policy.replace('$.', '');
    expect((await run({ policy: csv, input: 'q\na\n"a"\na\n' })).result.models[0]!.measured).toEqual({ k: 3 });
  });

  it('tell nulls apart that are written in different ways', async () => {
    const policy = `input: { null-values: ["", NA] }
fields: { q: { role: quasi-identifier, transform: keep }, x: { role: insensitive, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const { output, result } = await run({ policy, input: 'q,x\nNA,1\n,2\na,3\na,4\n' });
    const counts = new Map<string, number>();
    for (const [q] of records(output).slice(1)) counts.set(q!, (counts.get(q!) ?? 0) + 1);
    expect(Math.min(...counts.values())).toBe(result.models[0]!.measured.k);
  });

  it('take units for one individual that the output shows as one', async () => {
    const normalized = policyOf({ k: 2, l: undefined, unit: true }).replace(
      'key: k',
      'key: k, normalize: [trim, lowercase]',
    );
    const rows = [
      ['P1', '11', '30', 'flu', ''],
      ['p1 ', '11', '30', 'flu', ''],
      ['p2', '21', '30', 'flu', ''],
      ['p3', '21', '30', 'flu', ''],
    ];
    const { output } = await run({ policy: normalized, input: csvOf([head, ...rows]) });
    expect(
      records(output)
        .slice(1)
        .map(([, zip]) => zip),
    ).toEqual(['2*', '2*']);
  });

  it('count no value, however it is not there, as one value at most', async () => {
    const policy = `fields: { "$.q": { role: quasi-identifier, transform: keep }, "$.s": { role: sensitive, transform: keep } }
privacy: { models: [ { l-diversity: { l: 2, sensitive: $.s } } ], max-suppression: 1 }`;
    expect((await failureOf({ policy, input: '{"q":1,"s":null}\n{"q":1}\n', format: 'ndjson' })).code).toBe('MODEL');
  });

  it('tell records apart in which something above a quasi-identifier is null, empty or absent', async () => {
    const policy = `fields: { "$.a.q": { role: quasi-identifier, transform: { generalize: { prefix: 1 } } }, "$.x": { role: insensitive, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const ways = ['{"x":1,"a":null}', '{"x":2}', '{"x":3,"a":{}}', '{"x":4,"a":[]}', '{"x":5,"a":{"q":null}}'];
    const pair = '{"x":6,"a":{"q":"77"}}\n{"x":7,"a":{"q":"78"}}\n';
    const { text, result } = await run({ policy, input: `${ways.join('\n')}\n${pair}`, format: 'ndjson' });
    expect(text).toBe('{"x":6,"a":{"q":"7*"}}\n{"x":7,"a":{"q":"7*"}}\n');
    expect(result.models[0]!.measured).toEqual({ k: 2 });
    const twice = await run({ policy, input: `${ways.join('\n')}\n${ways.join('\n')}\n${pair}`, format: 'ndjson' });
    expect(twice.text).toBe(`${ways.join('\n')}\n${ways.join('\n')}\n${pair.replace('77', '7*').replace('78', '7*')}`);
  });

  it('refuse a record that names no individual', async () => {
    const input = csvOf([head, ['u1', '11', '30', 'flu', ''], ['', '11', '30', 'flu', '']]);
    const policy = policyOf({ k: 2, l: undefined, unit: true });
    expect(await failureOf({ policy, input })).toMatchObject({ code: 'DATA-VALUE', row: 2, field: 'unit' });
  });

  it('hold for quasi-identifiers that are dropped: then all records are one class', async () => {
    const policy = `fields: { zip: { role: quasi-identifier, transform: drop }, x: { role: insensitive, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ] }`;
    const { result } = await run({ policy, input: 'zip,x\n1,a\n2,b\n3,c\n' });
    expect(result.models).toEqual([{ name: 'k-anonymity', required: { k: 2 }, measured: { k: 3 }, holds: true }]);
  });

  it('say nothing of the classes of a quasi-identifier that repeats, rather than something wrong', async () => {
    const policy = `fields: { "$.visits[*]": { role: quasi-identifier, transform: keep } }`;
    // Both records end in the same visit, but no two have the same visits.
    const { result } = await run({ policy, input: '{"visits":["a","x"]}\n{"visits":["b","x"]}\n', format: 'ndjson' });
    if (result.written !== undefined) expect(result.written.count).toBe(2);
  });
});

describe('max-suppression', () => {
  /** `alone` records of 100 are in a class of their own. */
  const input = (alone: number, total: number) =>
    csvOf([['q'], ...Array.from({ length: total }, (_, i) => [i < alone ? `u${i}` : 'many'])]);
  const policy = (share: number) =>
    `fields: { q: { role: quasi-identifier, transform: keep } }\nprivacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: ${share} }`;

  it.each([
    [0.05, 100, 5],
    [0.05, 119, 5],
    [0.05, 120, 6],
    [0, 100, 0],
    [0.07, 100, 7],
    [0.999, 100, 98],
  ])('of %f allows floor(share × records): of %i records %i', async (share, total, allowed) => {
    expect((await run({ policy: policy(share), input: input(allowed, total) })).result.records.suppressed).toBe(
      allowed,
    );
    if (allowed + 1 < total - 1) {
      expect((await failureOf({ policy: policy(share), input: input(allowed + 1, total) })).code).toBe('MODEL');
    }
  });

  // 0.29 × 100 is 28.999999999999996 in binary floating point.
  it.each([
    [0.29, 100, 29],
    [0.57, 100, 57],
    [0.001, 9000, 9],
    [1e-7, 100, 0],
    [0.1, 30, 3],
  ])('counts in decimals: %f of %i records are %i', async (share, total, allowed) => {
    expect((await run({ policy: policy(share), input: input(allowed, total) })).result.records.suppressed).toBe(
      allowed,
    );
  });

  it('is a share of records, not of individuals', async () => {
    const rows = [
      ...Array.from({ length: 4 }, () => ['u1', 'a']),
      ...Array.from({ length: 16 }, (_, i) => [`v${i}`, 'b']),
    ];
    const made = (share: number) => `keys: { k: { env: K } }
domains: { d: { key: k, scope: global } }
fields: { u: { role: identifier, transform: { tokenize: { domain: d } } }, q: { role: quasi-identifier, transform: keep } }
privacy: { unit: u, models: [ { k-anonymity: { k: 2 } } ], max-suppression: ${share} }`;
    const csv = csvOf([['u', 'q'], ...rows]);
    expect((await run({ policy: made(0.2), input: csv })).result.records.suppressed).toBe(4);
    expect((await failureOf({ policy: made(0.19), input: csv })).code).toBe('MODEL');
  });

  it('never allows to leave nothing', async () => {
    expect((await failureOf({ policy: policy(1), input: 'q\na\nb\n' })).code).toBe('MODEL');
  });
});

describe('the tables of the paper', () => {
  const measuredOf = async (table: readonly Record<string, string | number>[]) => {
    const policy = `fields:
  zip: { role: quasi-identifier, transform: keep }
  age: { role: quasi-identifier, transform: keep }
  nationality: { role: quasi-identifier, transform: keep }
  condition: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 2 } }, { l-diversity: { l: 2, sensitive: condition } } ], max-suppression: 1 }`;
    const names = ['zip', 'age', 'nationality', 'condition'];
    const rows = table.map((fields) => names.map((name) => String(fields[name])));
    const { result } = await run({ policy, input: csvOf([names, ...rows]) });
    return { ...result.models[0]!.measured, ...result.models[1]!.measured, suppressed: result.records.suppressed };
  };

  it('figure 2 is 4-anonymous, but the class that holds Cancer alone is not diverse', async () => {
    expect(await measuredOf(published.fig2)).toEqual({ k: 4, l: 2, suppressed: 4 });
  });

  it('figure 3 is 3-diverse', async () => {
    expect(await measuredOf(published.fig3)).toEqual({ k: 4, l: 3, suppressed: 0 });
  });
});
