import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureOf, run } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const own = (
  condition: string,
  sides = 'transform: { redact: { with: T } }, else: { redact: { with: F } }',
  more = '',
) => `{ role: sensitive, ${more} when: ${condition}, ${sides} }`;
const csv = (rule: string, input: string, more = keep) => run({ policy: `fields: { a: ${more}, b: ${rule} }`, input });
const json = (rules: Record<string, string>, input: string) =>
  run({
    policy: `fields: { ${Object.entries(rules).map(([path, rule]) => `"${path}": ${rule}`)} }`,
    input,
    format: 'ndjson',
  });

/** The values of column b. */
async function of(condition: string, values: readonly string[], nulls = 'nulls: transform,'): Promise<string> {
  const input = `a,b\n${values.map((value) => `${value},x\n`).join('')}`;
  const { text } = await csv(own(condition, undefined, nulls), input);
  return text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').at(-1))
    .join('');
}

describe('a condition on another field', () => {
  it.each([
    ['{ field: a, equals: US }', 'TFFF'],
    ['{ field: a, in: [US, "17"] }', 'TFTF'],
    ['{ field: a, less: 18 }', 'FFTF'],
    ['{ field: a, matches: "[A-Z]+" }', 'TFFF'],
    ['{ field: a, is-null: true }', 'FFFT'],
    ['{ field: a, is-null: false }', 'TTTF'],
    // Nothing but `is-null` is true of null, and `not` turns each around.
    ['{ not: { field: a, equals: US } }', 'FTTT'],
    ['{ not: { field: a, less: 18 } }', 'TTFT'],
    ['{ not: { field: a, is-null: true } }', 'TTTF'],
    ['{ field: a, is-null: false, equals: US }', 'TFFF'],
    ['{ field: a, is-null: true, equals: US }', 'FFFF'],
    ['{ any: [ { field: a, equals: US }, { field: a, is-null: true } ] }', 'TFFT'],
    ['{ all: [ { field: a, is-null: false }, { not: { field: a, equals: US } } ] }', 'FTTF'],
    ['{ not: { any: [ { field: a, equals: US }, { all: [ { field: a, equals: 17 } ] } ] } }', 'FTFT'],
  ])('%s', async (condition, expected) => {
    expect(await of(condition, ['US', '"u,s"', '17', ''])).toBe(expected);
  });

  it('sees the source, whatever happens to it, and in whichever order the fields stand', async () => {
    const rule = own('{ field: b, equals: "12" }');
    const looked = '{ role: insensitive, type: integer, invalid: redact, transform: { round: { to: 10 } } }';
    for (const fields of [`b: ${looked}, a: ${rule}`, `a: ${rule}, b: ${looked}`]) {
      expect((await run({ policy: `fields: { ${fields} }`, input: 'a,b\nx,12\ny,10\nz,bad\n' })).text).toBe(
        'a,b\nT,10\nF,10\nF,\n',
      );
    }
    const word = own('{ field: b, equals: bad }');
    expect((await run({ policy: `fields: { b: ${looked}, a: ${word} }`, input: 'a,b\nx,12\nz,bad\n' })).text).toBe(
      'a,b\nF,10\nT,\n',
    );
  });

  it('sees a field that is dropped', async () => {
    const drop = '{ role: insensitive, transform: drop }';
    expect((await csv(own('{ field: a, equals: US }'), 'a,b\nUS,x\nCA,y\n', drop)).text).toBe('b\nT\nF\n');
  });

  it('is refused when the data has no such field', async () => {
    const policy = `fields: { a: ${keep}, "b*": ${keep}, c: ${own('{ field: a, equals: x }')} }`;
    expect(await failureOf({ policy, input: 'b,c\n1,2\n' })).toMatchObject({ code: 'DATA-FIELDS' });
  });
});

describe('a condition on the field itself', () => {
  it('keeps or changes its own values', async () => {
    const rule = own('{ field: b, greater: 89 }', 'transform: { redact: { with: 90+ } }, else: keep', 'type: integer,');
    expect((await csv(rule, 'a,b\n1,12\n2,"90"\n3,089\n4,\n5,"7"\n')).text).toBe(
      'a,b\n1,12\n2,"90+"\n3,089\n4,\n5,"7"\n',
    );
  });

  it('may be made by a glob, for each of its columns', async () => {
    const policy = `fields: { a: ${keep}, "*_x": ${own('{ field: "*_x", equals: y }')} }`;
    expect((await run({ policy, input: 'a,b_x,c_x\n1,y,n\n2,n,y\n' })).text).toBe('a,b_x,c_x\n1,T,F\n2,F,T\n');
  });
});

describe('values that stay', () => {
  const rule = own('{ field: $.a, equals: x }', 'transform: keep, else: redact');

  it('stay as they are written', async () => {
    const input =
      '{"a":"x","b": "\\u00e9\\/" }\n{"a":"x", "b":1.10}\n{"b":[ ],"a":"x"}\n{"a":"y","b":"z"}\n{"a":"x","b":true}\n';
    const { text } = await json({ '$.a': keep, '$.b': rule.replace('$.a', "'$.a'") }, input);
    expect(text).toBe(input.replace('"z"', 'null'));
  });

  it('also beside nulls', async () => {
    const two = own('{ field: a, equals: x }', 'transform: keep, else: { redact: { with: R } }');
    expect((await csv(two, 'a,b\nx,\nx,"q"\ny,\ny,z\nx,""\n')).text).toBe('a,b\nx,\nx,"q"\ny,\ny,R\nx,""\n');
  });

  it('are written so that an only column has no blank lines', async () => {
    const policy = `input: { null-values: [NA] }\nfields: { b: ${own('{ field: b, equals: "" }', 'transform: keep, else: { redact: { with: R } }')} }`;
    expect((await run({ policy, input: 'b\n""\nx\nNA\n' })).text).toBe('b\n""\nR\nNA\n');
  });
});

describe('the two sides', () => {
  it('may each reject a value', async () => {
    const rule = own('{ field: a, equals: n }', 'transform: { round: { to: 10 } }, else: { mask: {} }');
    expect((await csv(rule, 'a,b\nn,14\ns,abc\n')).text).toBe('a,b\nn,10\ns,***\n');
    const policy = `fields: { a: ${keep}, b: ${rule} }`;
    expect(await failureOf({ policy, input: 'a,b\ns,abc\nn,14\nn,abc\n' })).toMatchObject({
      code: 'DATA-VALUE',
      row: 3,
      field: 'b',
    });
  });

  it('give the values that each gives alone, in any batch, at the same addresses', async () => {
    const token = '{ tokenize: { random: true } }';
    const noise = '{ noise: { distribution: normal, scale: 9 } }';
    const row = fc.tuple(fc.constantFrom('t', 'f', ''), fc.integer({ min: -99, max: 99 }));
    const alone = (transform: string, input: string) => csv(`{ role: sensitive, transform: ${transform} }`, input);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), fc.nat(), async (rows, pieces) => {
        const input = `a,b\n${rows.map(([a, b]) => `${a},${b}\n`).join('')}`;
        const rule = own('{ field: a, equals: t }', `transform: ${noise}, else: ${token}`);
        const both = await run({ policy: `fields: { a: ${keep}, b: ${rule} }`, input, pieces });
        const noisy = (await alone(noise, input)).text.split('\n');
        const lines = both.text.split('\n');
        rows.forEach(([a], i) => {
          if (a === 't') expect(lines[i + 1]).toBe(noisy[i + 1]);
          else expect(lines[i + 1]).toMatch(/^f?,[a-z2-7]{26}$/);
        });
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it('draw from streams of their own', async () => {
    const noise = '{ noise: { distribution: normal, scale: 1000000 } }';
    const policy = `fields: { a: ${keep}, b: ${own('{ field: a, equals: t }', `transform: ${noise}, else: ${noise}`)} }`;
    const one = await run({ policy, input: 'a,b\nt,5\nf,5\n' });
    const other = await run({ policy, input: 'a,b\nf,5\nt,5\n' });
    const drawn = (text: string) => text.match(/-?\d+/g);
    expect(drawn(one.text)).not.toEqual(drawn(other.text));
    expect(drawn((await run({ policy, input: 'a,b\nt,5\nf,5\n' })).text)).toEqual(drawn(one.text));
  });

  it('make classes as they are written', async () => {
    const policy = `fields:
  a: { role: quasi-identifier, transform: keep }
  b: { role: quasi-identifier, when: { field: a, equals: x }, transform: keep, else: redact }
privacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }`;
    const { text, result } = await run({ policy, input: 'a,b\nx,1\nx,1\nx,2\ny,3\ny,4\n', leakCheck: true });
    expect(text).toBe('a,b\nx,1\nx,1\ny,\ny,\n');
    expect(result.records).toEqual({ source: 5, written: 4, suppressed: 1 });
    expect(result.models[0]!.measured).toEqual({ k: 2 });
  });

  it('say of which type both are', async () => {
    const typed = async (sides: string) =>
      (await csv(own('{ field: a, equals: x }', sides, 'type: number,'), 'a,b\nx,1\n')).result.fields[1]!.field
        .produces;
    expect(await typed('transform: { round: { to: 10 } }, else: keep')).toBe('number');
    expect(await typed('transform: { round: { to: 10 } }, else: { round: { to: 5 } }')).toBe('integer');
    expect(await typed('transform: { round: { to: 10 } }, else: redact')).toBe('number');
    expect(await typed('transform: { round: { to: 10 } }, else: { mask: {} }')).toBe(undefined);
  });
});

describe('in a repeated element', () => {
  const rules = (condition: string) => ({
    '$.id': keep,
    '$.c[*].t': keep,
    '$.c[*].v': own(condition),
    '$.c[*].w[*].v': own(condition),
  });

  it('looks at the field beside it', async () => {
    const beside = rules("{ field: '$.c[*].t', equals: x }");
    const input = [
      '{"id":1,"c":[{"t":"x","v":"a"},{"t":"y","v":"b"},{"v":"c"},{"v":"d","t":"x"}]}',
      // An element that has only the one, behind or before an element that has only the other.
      '{"id":2,"c":[{"t":"x"},{"v":"a"},{"t":"x"}]}',
      '{"id":3,"c":[{"w":[{"v":1},{"v":2}],"t":"x","v":3},{"t":"}\\"]","w":[{"v":4}]},{"w":[{"v":5}],"v":null}]}',
      '{"id":4,"c":[]}',
      '{"id":5,"c":[{"t":null,"v":"a"},{"t":"x", "w" : [ ] , "v" : "b"}]}',
    ];
    const expected = [
      '{"id":1,"c":[{"t":"x","v":"T"},{"t":"y","v":"F"},{"v":"F"},{"v":"T","t":"x"}]}',
      '{"id":2,"c":[{"t":"x"},{"v":"F"},{"t":"x"}]}',
      '{"id":3,"c":[{"w":[{"v":"T"},{"v":"T"}],"t":"x","v":"T"},{"t":"}\\"]","w":[{"v":"F"}]},{"w":[{"v":"F"}],"v":null}]}',
      '{"id":4,"c":[]}',
      '{"id":5,"c":[{"t":null,"v":"F"},{"t":"x", "w" : [ ] , "v" : "T"}]}',
    ];
    for (const [i, line] of input.entries()) {
      const all = { ...beside };
      // A path that no record has is refused: a first record has them all.
      const first = '{"id":0,"c":[{"t":"x","v":"a","w":[{"v":1}]}]}';
      const { text } = await json(all, `${first}\n${line}\n${line}\n`);
      expect(text.split('\n').slice(1, 3)).toEqual([expected[i], expected[i]]);
    }
  });

  it('looks at a field of the record', async () => {
    const { text } = await json(
      rules("{ field: '$.id', equals: 1 }"),
      '{"id":1,"c":[{"t":"x","v":"a"},{"v":"b"}]}\n{"c":[{"v":"c","w":[{"v":1}]}],"id":2}\n{"c":[{"v":"d"}]}\n',
    );
    expect(text).toBe(
      '{"id":1,"c":[{"t":"x","v":"T"},{"v":"T"}]}\n{"c":[{"v":"F","w":[{"v":"F"}]}],"id":2}\n{"c":[{"v":"F"}]}\n',
    );
  });

  it('of whatever shape, is what JSON.parse says', async () => {
    const element = fc.record(
      {
        t: fc.constantFrom('x', 'y', null, '{"[', 'x\\"}'),
        v: fc.constantFrom('a', 1, true),
        o: fc.constantFrom<object>({}, { p: [1, '}', ']'] }, [{ q: { r: '{' } }]),
        w: fc.array(fc.record({ v: fc.nat({ max: 9 }) }, { requiredKeys: [] }), { maxLength: 2 }),
      },
      { requiredKeys: [] },
    );
    const shuffled = element.chain((made) =>
      fc
        .shuffledSubarray(Object.entries(made), { minLength: Object.keys(made).length })
        .map((all) => Object.fromEntries(all)),
    );
    const record = fc.record({ c: fc.array(shuffled, { maxLength: 4 }), z: fc.constant(1) });
    const all = {
      ...rules("{ field: '$.c[*].t', equals: x }"),
      '$.z': keep,
      '$.c[*].o.p[*]': keep,
      '$.c[*].o[*].q.r': keep,
    };
    const first = { id: 0, z: 1, c: [{ t: 'x', v: 'a', w: [{ v: 1 }], o: { p: [1] } }, { o: [{ q: { r: 1 } }] }] };
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 8 }), fc.nat(), async (made, pieces) => {
        const lines = [first, ...made].map((one) => JSON.stringify(one, null, 1).replaceAll('\n', ' '));
        const policy = `fields: { ${Object.entries(all).map(([path, rule]) => `"${path}": ${rule}`)} }`;
        const { text } = await run({ policy, input: `${lines.join('\n')}\n`, format: 'ndjson', pieces });
        const expected = [first, ...made].map((one) => ({
          ...one,
          c: one.c.map((e) => {
            const said = e.t === 'x' ? 'T' : 'F';
            return {
              ...e,
              ...('v' in e ? { v: said } : {}),
              ...('w' in e ? { w: (e.w as object[]).map((inner) => ('v' in inner ? { v: said } : inner)) } : {}),
            };
          }),
        }));
        expect(
          text
            .trimEnd()
            .split('\n')
            .map((line) => JSON.parse(line)),
        ).toEqual(expected);
      }),
      { numRuns: 150, seed: 1 },
    );
  });
});
