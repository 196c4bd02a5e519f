import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InputSource } from '../../src/engine/source.ts';
import { bundleReport } from '../../src/risk/report.ts';
import { csvOf, failureOf, random, records, run, sourceOf } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const number = (transform: string, rest = '') => `{ role: insensitive, ${rest} transform: ${transform} }`;
const bySize = (a: number, b: number) => a - b;

/** A source that counts how often it is read. */
function counted(input: string): InputSource & { readings: number } {
  const source = sourceOf(input, 1, 'csv');
  const counting = {
    name: source.name,
    readings: 0,
    open: () => {
      counting.readings++;
      return source.open();
    },
  };
  return counting;
}

describe('a technique over all values of a field', () => {
  const table = (n: number, seed = 1) => {
    const next = random(seed);
    return Array.from({ length: n }, (_, i) => [String(i), String(Math.floor(next() * 1000)), 'abc'[i % 3]!]);
  };
  const header = ['id', 'pay', 'site'];

  it('takes one reading more, and others none', async () => {
    const input = csvOf([header, ...table(9)]);
    const readings = async (transform: string, privacy = '') => {
      const source = counted(input);
      await run({
        policy: `fields: { id: ${keep}, pay: ${number(transform)}, site: ${keep} }\n${privacy}`,
        input,
        source,
      });
      return source.readings;
    };
    // One of them opens the data.
    expect(await readings('{ round: { to: 10 } }')).toBe(2);
    expect(await readings('shuffle')).toBe(3);
  });

  it('is the same however the input is read, over blocks too', async () => {
    const input = csvOf([header, ...table(150_000)]);
    const policy = `fields: { id: ${keep}, pay: ${number('shuffle')}, site: ${keep} }`;
    const [one, other] = [await run({ policy, input, pieces: 1 }), await run({ policy, input, pieces: 2 })];
    expect(one.output.equals(other.output)).toBe(true);
    const column = (csv: string | Buffer, c: number) =>
      records(csv)
        .slice(1)
        .map((row) => row[c]!);
    expect(column(one.output, 0)).toEqual(column(input, 0));
    expect(column(one.output, 1)).not.toEqual(column(input, 1));
    expect(column(one.output, 1).map(Number).sort(bySize)).toEqual(column(input, 1).map(Number).sort(bySize));
  });

  it('sees what the steps before it made, and the steps behind it see its results', async () => {
    const policy = `fields: { a: ${number('[ { round: { to: 10 } }, { microaggregate: { k: 2 } }, { round: { to: 100 } } ]')}, b: ${keep} }`;
    const { text } = await run({ policy, input: 'a,b\n44,1\n56,2\n,3\n144,4\n157,5\n' });
    // 40 and 60 become 50, 140 and 160 become 150: rounded 100 and 200. Of 44, 56 the mean would be 50 too; of 144, 157, 151.
    expect(text).toBe('a,b\n100,1\n100,2\n,3\n200,4\n200,5\n');
  });

  it('gives models the values that are written', async () => {
    const rows = table(60).map(([id, pay, site]) => [id!, pay!, site!]);
    const qi = (transform: string) => `{ role: quasi-identifier, type: integer, transform: ${transform} }`;
    const policy = `fields: { id: { role: insensitive, transform: drop }, pay: ${qi('{ microaggregate: { k: 5 } }')}, site: ${keep} }
privacy: { models: [ { k-anonymity: { k: 5 } } ], max-suppression: 0 }`;
    const { result } = await run({ policy, input: csvOf([header, ...rows]) });
    expect(result.records).toEqual({ source: 60, written: 60, suppressed: 0 });
    expect(result.models[0]!.measured.k).toBeGreaterThanOrEqual(5);
  });

  it('takes fields of one group together, of records in CSV and JSON', async () => {
    const rule = number('{ microaggregate: { k: 2, with: g, decimals: 1 } }');
    const { text } = await run({
      policy: `fields: { a: ${rule}, b: ${rule} }`,
      input: 'a,b\n1,10\n2,20\n,5\n1,11\n2,21\n,7\n9,\n',
    });
    expect(text).toBe('a,b\n1.0,10.5\n2.0,20.5\n,6.0\n1.0,10.5\n2.0,20.5\n,6.0\n,\n');
    const json = await run({
      policy: `fields: { "$.a": ${rule}, "$.b": ${rule} }`,
      format: 'ndjson',
      input: '{"a":1,"b":10}\n{"b":5}\n{"a":null,"b":7}\n{"b":12,"a":2}\n',
    });
    expect(json.text).toBe('{"a":1.5,"b":11.0}\n{"b":6.0}\n{"a":null,"b":6.0}\n{"b":11.0,"a":1.5}\n');
  });

  it('keeps values of every kind, nested ones too, when they are shuffled', async () => {
    const policy = `fields: { "$.v[*]": ${number('shuffle')}, "$.n": ${keep} }`;
    const input = '{"v":[1,"1"],"n":1}\n{"v":[true,1.50,null],"n":2}\n{"v":["\\u00e9","a\\nb"],"n":3}\n';
    const { text } = await run({ policy, input, format: 'ndjson' });
    const lines = text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).v.length)).toEqual([2, 3, 2]);
    expect(JSON.parse(lines[1]!).v[2]).toBeNull();
    const values = lines.flatMap((line) => JSON.parse(line).v).map((one) => JSON.stringify(one));
    expect(values.sort()).toEqual(['1', '"1"', 'true', '1.5', 'null', '"é"', '"a\\nb"'].sort());
    expect(text).toContain('1.50');
  });

  it('deals nulls too where the policy transforms them', async () => {
    const input = csvOf([['a', 'b'], ...Array.from({ length: 40 }, (_, i) => [i < 20 ? '' : 'x', String(i)])]);
    const { text } = await run({
      policy: `fields: { a: ${number('shuffle', 'nulls: transform,')}, b: ${keep} }`,
      input,
    });
    const dealt = records(text)
      .slice(1)
      .map(([a]) => a);
    expect(dealt.filter((a) => a === '').length).toBe(20);
    expect(dealt.slice(0, 20)).toContain('x');
  });

  it('names the row of a value that cannot be read, and puts such values away where the policy says so', async () => {
    const input = 'a,b\n1,1\nsecret,2\n3,3\n';
    const rule = (rest: string) => `fields: { a: ${number('{ microaggregate: { k: 2 } }', rest)}, b: ${keep} }`;
    expect(await failureOf({ policy: rule(''), input })).toMatchObject({ code: 'DATA-VALUE', row: 2, field: 'a' });
    expect(await failureOf({ policy: rule('type: integer,'), input })).toMatchObject({ code: 'DATA-VALUE', row: 2 });
    expect((await run({ policy: rule('invalid: redact,'), input })).text).toBe('a,b\n2,1\n,2\n2,3\n');
    expect(await failureOf({ policy: rule('nulls: reject,'), input: 'a,b\n1,1\n,2\n' })).toMatchObject({ row: 2 });
    expect(await failureOf({ policy: rule(''), input: 'a,b\n1,1\n' })).toMatchObject({
      code: 'DATA-VALUE',
      field: 'a',
    });
    expect(await failureOf({ policy: rule(''), input: 'a,b\n' })).toMatchObject({ code: 'DATA-EMPTY' });
  });

  it('stops when the input is another one in a later reading', async () => {
    for (const at of [2, 3]) {
      const sources = ['a,b\n1,1\n2,1\n3,1\n', 'a,b\n1,1\n2,1\n4,1\n5,1\n'].map((text) => sourceOf(text, 1, 'csv'));
      let reading = 0;
      const source = { name: 'x.csv', open: () => sources[reading++ < at ? 0 : 1]!.open() };
      const qi = '{ role: quasi-identifier, transform: keep }';
      for (const transform of ['shuffle', '{ microaggregate: { k: 2 } }']) {
        reading = 0;
        const policy = `fields: { a: ${number(transform, 'invalid: redact,')}, b: ${qi} }
privacy: { models: [ { k-anonymity: { k: 2 } } ] }`;
        expect(await failureOf({ policy, input: '', source })).toMatchObject({ code: 'DATA-CHANGED' });
      }
    }
  });

  it('gives figures for the report', async () => {
    const policy = `fields: { a: ${number('{ microaggregate: { k: 2 } }')}, b: ${number('{ shuffle: { within: a } }')} }`;
    const { result } = await run({ policy, input: 'a,b\n1,1\n2,2\n2,3\n8,4\n9,5\n' });
    const reported = { policy: { table: undefined, checks: { leak: 'fail' as const } }, result, orphans: [] };
    expect(JSON.parse(bundleReport([reported])).fields).toMatchObject([
      { name: 'a', groups: 2, leftEmpty: 0 },
      { name: 'b', aloneInTheirStratum: 3 },
    ]);
  });
});

describe('a sample', () => {
  const fields = `fields: { id: ${keep}, n: ${keep} }`;
  const tableOf = (n: number, idOf = (i: number) => i) =>
    csvOf([['id', 'n'], ...Array.from({ length: n }, (_, i) => [String(idOf(i)), String(i)])]);

  it('of a share has about that many records, whole ones in their order, and others for another key', async () => {
    const input = tableOf(10_000);
    const sampled = async (secret: number) =>
      run({ policy: `${fields}\nsample: { share: 0.2 }`, input, secret: Buffer.alloc(32, secret) });
    const { text, result } = await sampled(1);
    const rows = records(text).slice(1);
    // Binomial(10000, 0.2): standard deviation 40; within 5 of them but with probability 6e-7.
    expect(Math.abs(rows.length - 2000)).toBeLessThan(200);
    expect(result.records).toEqual({ source: 10_000, sampled: rows.length, written: rows.length, suppressed: 0 });
    const all = records(input).map((row) => row.join());
    expect(rows.every((row) => all.includes(row.join()))).toBe(true);
    expect(rows.map(([, n]) => Number(n))).toEqual(rows.map(([, n]) => Number(n)).sort(bySize));
    expect((await sampled(1)).text).toBe(text);
    expect((await sampled(2)).text).not.toBe(text);
  });

  it('per individual keeps or leaves all records of one, told apart as its tokens are', async () => {
    const ids = (i: number) => `${i % 3 === 0 ? ' P' : 'p'}${i % 500}`;
    const input = csvOf([['id', 'n'], ...Array.from({ length: 5000 }, (_, i) => [ids(i), String(i)])]);
    const policy = `keys: { k: { env: K } }
domains: { d: { key: k, scope: global, normalize: [trim, lowercase] } }
fields: { id: { role: identifier, transform: { tokenize: { domain: d } } }, n: ${keep} }
sample: { share: 0.3, per: id }`;
    const { text } = await run({ policy, input });
    const counts = new Map<string, number>();
    for (const [id] of records(text).slice(1)) counts.set(id!, (counts.get(id!) ?? 0) + 1);
    expect(new Set(counts.values())).toEqual(new Set([10]));
    // Binomial(500, 0.3): standard deviation 10.2; 5 of them.
    expect(Math.abs(counts.size - 150)).toBeLessThan(52);
    expect(await failureOf({ policy, input: 'id,n\na,1\n,2\n' })).toMatchObject({
      code: 'DATA-VALUE',
      row: 2,
      field: 'id',
    });
  });

  it('of so many records has exactly those, each set as often', async () => {
    const policy = `${fields}\nsample: { records: 2 }`;
    const counts = new Map<string, number>();
    for (let secret = 0; secret < 200; secret++) {
      const { text } = await run({ policy, input: tableOf(4), secret: Buffer.alloc(32, secret) });
      const chosen = records(text)
        .slice(1)
        .map(([id]) => id)
        .join();
      counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // Binomial(200, 1/6): standard deviation 5.3; all six lie within 5 of them but with probability 3.4e-6.
    for (const count of counts.values()) expect(Math.abs(count - 33)).toBeLessThan(27);
    const few = await run({ policy: `${fields}\nsample: { records: 10 }`, input: tableOf(4) });
    expect(few.text).toBe(tableOf(4));
    const large = await run({ policy: `${fields}\nsample: { records: 1234 }`, input: tableOf(200_000), pieces: 3 });
    expect(large.result.records).toMatchObject({ sampled: 1234, written: 1234, source: 200_000 });
  });

  it('is all that models count and suppress, with and without a unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 120 }), fc.nat(), fc.boolean(), async (n, seed, unit) => {
        const next = random(seed);
        const input = csvOf([
          ['id', 'zip', 'n'],
          ...Array.from({ length: n }, (_, i) => [`u${Math.floor(i / 2)}`, String(Math.floor(next() * 4)), String(i)]),
        ]);
        const sample = `fields: { id: ${keep}, zip: { role: quasi-identifier, transform: keep }, n: ${keep} }
sample: { share: 0.5${unit ? ', per: id' : ''} }\n`;
        const policy = `${sample}privacy: { ${unit ? 'unit: id, ' : ''}models: [ { k-anonymity: { k: 3 } } ], max-suppression: 1 }`;
        // Nothing of the sample, or of the data, may be left.
        const chosen = await run({ policy: sample, input }).catch(() => undefined);
        const chosenRows = records(chosen?.text ?? 'x\n').slice(1);
        const tupleOf = (id: string) =>
          chosenRows
            .filter((row) => row[0] === id)
            .map((row) => row[1])
            .sort()
            .join();
        const classOf = ([id, zip]: string[]) => (unit ? tupleOf(id!) : zip!);
        const sizes = new Map<string, Set<string>>();
        for (const row of chosenRows) {
          const own = classOf(row);
          sizes.set(own, (sizes.get(own) ?? new Set()).add(unit ? row[0]! : row[2]!));
        }
        const kept = chosenRows.filter((row) => sizes.get(classOf(row))!.size >= 3);
        if (kept.length === 0) await expect(run({ policy, input })).rejects.toThrow();
        else {
          const { text, result } = await run({ policy, input });
          expect(records(text).slice(1)).toEqual(kept);
          expect(result.records).toEqual({
            source: n,
            sampled: chosenRows.length,
            written: kept.length,
            suppressed: chosenRows.length - kept.length,
          });
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('is what techniques over all values see, and what fields count', async () => {
    const input = tableOf(300);
    const policy = `fields: { id: ${number('shuffle')}, n: ${keep} }\nsample: { records: 20 }`;
    const { text, result } = await run({ policy, input });
    const rows = records(text).slice(1);
    expect(rows.map(([id]) => Number(id)).sort(bySize)).toEqual(rows.map(([, n]) => Number(n)).sort(bySize));
    expect(result.fields[0]).toMatchObject({ values: 20 });
  });

  it('is all that is checked: what is not released may be unreadable', async () => {
    const input = csvOf([
      ['id', 'n'],
      ...Array.from({ length: 40 }, (_, i) => [i % 2 === 0 ? `x${i}` : String(i), String(i)]),
    ]);
    const rule = '{ role: insensitive, type: integer, transform: { round: { to: 2 } } }';
    const policy = `fields: { id: ${rule}, n: ${keep} }\nsample: { share: 0.5, per: n }`;
    const chosen = records((await run({ policy: policy.replace(rule, keep), input })).text).slice(1);
    const wrong = chosen.find(([id]) => id!.startsWith('x'))!;
    expect(await failureOf({ policy, input })).toMatchObject({ code: 'DATA-VALUE', row: Number(wrong[1]) + 1 });
    const corrected = input.replaceAll(/x(\d+),/g, (text, n) => (chosen.some((row) => row[1] === n) ? `${n},` : text));
    expect((await run({ policy, input: corrected })).result.records).toMatchObject({ sampled: chosen.length });
  });

  it('is searched for identifiers of all records', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [`person-${1000 + i}`, `see person-${1000 + ((i + 1) % 200)}`]);
    const policy = `fields: { id: { role: identifier, transform: drop }, n: ${keep} }\nsample: { records: 5 }`;
    const { result } = await run({ policy, input: csvOf([['id', 'n'], ...rows]), leakCheck: true });
    expect(result.leak!.findings.reduce((sum, { records: found }) => sum + found, 0)).toBe(5);
  });

  it('that is empty is refused, and so is one by a field that the data lacks', async () => {
    expect(await failureOf({ policy: `${fields}\nsample: { share: 0.000001 }`, input: tableOf(3) })).toMatchObject({
      code: 'DATA-EMPTY',
      message: 'the sample holds no records',
    });
    expect(await failureOf({ policy: `${fields}\nsample: { share: 0.5 }`, input: 'id,n\n' })).toMatchObject({
      message: 'the input holds no records',
    });
  });
});
