import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Json, spaced, value } from '../formats/json-trees.ts';
import { csvOf, failureOf, type Job, records, run } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const drop = '{ role: insensitive, transform: drop }';
const to = (format: string) => `output: { format: ${format} }\n`;
const text = async (job: Job) => (await run(job)).text;

describe('CSV as NDJSON', () => {
  it.each([
    ['text', '', 'a"b\\', '"a\\"b\\\\"'],
    ['text that looks like a number', '', '17', '"17"'],
    ['an integer', 'type: integer, ', '17', '17'],
    ['a large integer', 'type: integer, ', '-12345678901234567890', '-12345678901234567890'],
    ['an integer with a zero in front', 'type: integer, ', '007', '"007"'],
    ['an integer with a sign', 'type: integer, ', '+7', '"+7"'],
    ['a number', 'type: number, ', '1.10', '1.10'],
    ['a number with an exponent', 'type: number, ', '1E5', '1E5'],
    ['a number that begins with a point', 'type: number, ', '.5', '".5"'],
    ['true', 'type: boolean, ', 'true', 'true'],
    ['1 for true', 'type: boolean, ', '1', '"1"'],
    ['True', 'type: boolean, ', 'True', '"True"'],
    ['a date', 'type: date, ', '2026-11-21', '"2026-11-21"'],
    ['an emoji', '', '👩‍🔬e\u0301', '"👩‍🔬e\u0301"'],
    ['a line break', '', 'a\r\nb', '"a\\r\\nb"'],
    ['nothing', 'type: integer, ', '', 'null'],
    ['a null value', 'type: integer, ', 'NA', 'null'],
  ])('writes %s by its type', async (_, type, field, json) => {
    const policy = `${to('ndjson')}input: { null-values: ["", NA] }
fields: { "f \\"é": { role: insensitive, ${type}transform: keep }, b: ${keep}, c: ${drop} }`;
    const input = csvOf([
      ['f "é', 'c', 'b'],
      [field, 'c', 'x'],
    ]);
    expect(await text({ policy, input })).toBe(`{"f \\"é":${json},"b":"x"}\n`);
  });

  it('writes what transforms make: numbers, text, nulls', async () => {
    const policy = `${to('ndjson')}fields:
  n: { role: insensitive, type: number, transform: { round: { to: 10 } } }
  r: { role: insensitive, transform: redact }
  w: { role: insensitive, nulls: transform, transform: { redact: { with: "-" } } }
  g: { role: insensitive, type: integer, transform: { generalize: { intervals: [0, 50] } } }
`;
    expect(await text({ policy, input: 'n,r,w,g\n17,x,,3\n,y,w,99\n' })).toBe(
      '{"n":20,"r":null,"w":"-","g":"[0,50)"}\n{"n":null,"r":null,"w":"-","g":">=50"}\n',
    );
  });

  it('makes no member but the columns of any name', async () => {
    const policy = `${to('json')}fields: { __proto__: ${keep}, "a.b": ${keep}, "": ${drop} }`.replace(
      ', "": ',
      ', "z": ',
    );
    expect(await text({ policy, input: '__proto__,a.b,z\n1,2,3\n' })).toBe('[\n{"__proto__":"1","a.b":"2"}\n]\n');
  });
});

const cell = fc
  .array(fc.constantFrom('a', '"', ',', '\n', '\r\n', '\t', 'é', '🙂', '\\', ' ', '7'), { maxLength: 5 })
  .map((parts) => parts.join(''));
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 7 }));
const names = ['a', 'b c', 'é"', '__proto__'];

describe('another format', () => {
  it.each(['csv', 'tsv', 'ndjson', 'json'])('holds the cells of a table, and they come back: %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(table, fc.nat(), async (rows, pieces) => {
        const columns = names.slice(0, rows[0]!.length);
        const fields = (path: boolean) =>
          `fields:\n${columns.map((name) => `  ${JSON.stringify(path ? `$[${JSON.stringify(name)}]` : name)}: ${keep}\n`).join('')}`;
        const input = csvOf([columns, ...rows]);
        // A blank line is no record everywhere.
        fc.pre(columns.length > 1 || rows.every(([only]) => only !== ''));
        const there = await run({ policy: to(format) + fields(false), input, pieces });
        const read = readAs(format, there.text, columns);
        expect(read).toEqual(rows);
        const back = await text({
          policy: to('csv') + fields(format.endsWith('json')),
          input: there.output,
          format,
          pieces,
        });
        expect(records(back)).toEqual([columns, ...rows]);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('leaves out the records that are suppressed', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => [String(i), `g${i % 13}`, i % 3 === 0 ? '' : 'x']);
    const input = csvOf([['n', 'g', 'x'], ...rows]);
    const sections = `fields: { n: ${keep}, g: { role: quasi-identifier, transform: keep }, x: { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }\n`;
    const same = await run({ policy: sections, input });
    const expected = records(same.output).slice(1);
    expect(expected.length).toBeLessThan(rows.length);
    for (const format of ['tsv', 'ndjson', 'json']) {
      const { text: written, result } = await run({ policy: to(format) + sections, input, pieces: 3 });
      expect(readAs(format, written, ['n', 'g', 'x'])).toEqual(expected);
      expect(result.records).toEqual(same.result.records);
      expect(result.written!.count).toBe(same.result.written!.count);
      expect(result.quasi).toEqual(same.result.quasi);
    }
  });

  it('is searched for identifiers as it is written', async () => {
    const sections = (prefix: string) =>
      `fields: { "${prefix}id": { role: identifier, transform: drop }, "${prefix}note": ${keep} }`;
    const input = 'id,note\n"Ada ""A"" Lovelace","by Ada ""A"" Lovelace"\nGrace Hopper,none\n';
    for (const format of ['csv', 'tsv', 'ndjson', 'json']) {
      const { result } = await run({ policy: to(format) + sections(''), input, leakCheck: true });
      expect(result.leak!.findings).toEqual([{ identifier: 'id', field: 'note', firstRow: 1, records: 1 }]);
    }
    const json = '[{"id":"Ada Lovelace","note":"by A\\u0064a Lovelace"}]';
    for (const format of ['csv', 'ndjson']) {
      const done = await run({ policy: to(format) + sections('$.'), input: json, format: 'json', leakCheck: true });
      expect(done.result.leak!.findings).toEqual([{ identifier: '$.id', field: '$.note', firstRow: 1, records: 1 }]);
    }
  });

  it('fails where a model holds only as long as nulls and empty texts are apart', async () => {
    const sections = (format: string) => `${to(format)}fields:
  "$.g": { role: quasi-identifier, transform: keep }
  "$.s": { role: sensitive, transform: keep }
privacy: { models: [ { l-diversity: { l: 2, sensitive: "$.s" } } ] }\n`;
    const input = '{"g":1,"s":""}\n{"g":1,"s":null}\n';
    expect((await run({ policy: sections('json'), input, format: 'ndjson' })).result.models[0]!.holds).toBe(true);
    expect((await failureOf({ policy: sections('csv'), input, format: 'ndjson' })).code).toBe('MODEL');
  });
});

describe('NDJSON as CSV', () => {
  const fields = `fields: { "$.b": ${keep}, "$.p.id": ${keep}, "$['a,c']": ${keep}, "$.d": ${drop}, "$.l[*]": ${drop} }`;

  it('has a column for each field of the policy, empty where a record has none', async () => {
    const input = [
      '{"p":{"id":1.10},"b":true,"a,c":"x,\\"y\\u00e9"}',
      '{"a,c":null,"d":1,"l":[1,2],"b":""}',
      '{"p":null,"b":12345678901234567890}',
    ].join('\n');
    expect(await text({ policy: to('csv') + fields, input, format: 'ndjson' })).toBe(
      'b,p.id,"a,c"\ntrue,1.10,"x,""yé"\n,,\n12345678901234567890,,\n',
    );
  });

  it('is read back with the same classes', async () => {
    const sections = `fields: { "$.a": { role: quasi-identifier, transform: keep }, "$.b": { role: quasi-identifier, transform: keep } }\n`;
    const input = '{"a":1,"b":"x"}\n{"a":"1","b":"x"}\n{"b":"x"}\n{"a":null}\n';
    const { text: written, result } = await run({ policy: to('csv') + sections, input, format: 'ndjson' });
    expect(written).toBe('a,b\n1,x\n1,x\n,x\n,\n');
    expect(result.written!.count).toBe(3);
  });

  it('has no place for objects and arrays', async () => {
    const input = '{"b":1}\n{"b":{}}\n';
    expect(await failureOf({ policy: to('csv') + fields, input, format: 'ndjson' })).toMatchObject({
      code: 'DATA-VALUE',
      row: 2,
      field: '$.b',
    });
  });

  it.each([
    ['a glob', `fields: { "$.*": ${keep} }`],
    ['elements of an array', `fields: { "$.a[*]": ${keep} }`],
    ['two fields of one name', `fields: { "$.a.b": ${keep}, "$['a.b']": ${keep} }`],
    ['a field without a name', `fields: { "$['']": ${keep} }`],
    ['fields that the policy does not name', `defaults: { unlisted: redact }\nfields: { "$.a": ${keep} }`],
  ])('has no place for %s', async (_, sections) => {
    expect((await failureOf({ policy: to('csv') + sections, input: '{}', format: 'ndjson' })).code).toBe(
      'POLICY-MEANING',
    );
  });

  it('leaves out fields that the policy does not name where it says so', async () => {
    const sections = `defaults: { unlisted: drop }\nfields: { "$.a": ${keep} }`;
    expect(await text({ policy: to('tsv') + sections, input: '{"a":1,"b":[2]}\n', format: 'ndjson' })).toBe('a\n1\n');
  });
});

describe('NDJSON and JSON', () => {
  const keepAll = `defaults: { unlisted: keep }\nfields: { "$.none.*": ${keep} }`;
  const trees = fc.array(fc.tuple(value, fc.infiniteStream(fc.nat(5))), { minLength: 1, maxLength: 6 });

  it('hold the same values, written as they were but for white space', async () => {
    await fc.assert(
      fc.asyncProperty(trees, fc.nat(), async (made, pieces) => {
        const lines = made.map(([tree, numbers]) => spaced(tree, numbers));
        const expected = made.map(([tree]) => JSON.stringify(tree));
        const pretty = `[\n  ${lines.join(' ,\n  ')}\n]\n`;
        const asLines = await text({ policy: to('ndjson') + keepAll, input: pretty, format: 'json', pieces });
        expect(asLines.split('\n').filter(Boolean).map(normal)).toEqual(expected);
        const asDocument = await text({
          policy: to('json') + keepAll,
          input: lines.join('\n\n'),
          format: 'ndjson',
          pieces,
        });
        expect(JSON.parse(asDocument).map((one: Json) => JSON.stringify(one))).toEqual(expected);
        expect(asDocument).toBe(`[\n${asLines.trimEnd().replaceAll('\n', ',\n')}\n]\n`);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it('keep digits and escapes', async () => {
    const input = '[ {"a" : 1.10, "b" : "\\u00e9 \\" \\\\"} ,\n {"a":12345678901234567890} ]';
    expect(await text({ policy: to('ndjson') + keepAll, input, format: 'json' })).toBe(
      '{"a":1.10,"b":"\\u00e9 \\" \\\\"}\n{"a":12345678901234567890}\n',
    );
  });

  it('leave behind what stands around the records of a document', async () => {
    const input = '{"total":2,"items":[{"a":1},{"a":2}]}';
    const sections = `input: { records: "$.items[*]", around: keep }\nfields: { "$.a": ${keep} }`;
    expect(await text({ policy: to('ndjson') + sections, input, format: 'json' })).toBe('{"a":1}\n{"a":2}\n');
  });
});

/** The records of a text, each value as CSV would hold it. */
function readAs(format: string, written: string, columns: readonly string[]): string[][] {
  if (format === 'csv') return records(written).slice(1);
  if (format === 'tsv') return (parseCsv(written, { delimiter: '\t' }) as string[][]).slice(1);
  const objects =
    format === 'json'
      ? JSON.parse(written)
      : written
          .split('\n')
          .filter(Boolean)
          .map((one) => JSON.parse(one));
  return objects.map((one: Record<string, string | null>) => columns.map((name) => one[name] ?? ''));
}

function normal(json: string): string {
  return JSON.stringify(JSON.parse(json));
}
