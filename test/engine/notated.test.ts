import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Done, failureOf, run } from './harness.ts';

const european = 'delimiter: ";", decimal: ",", thousands: ".", date-format: DD.MM.YYYY';

interface Person {
  readonly salary: string;
  readonly hours: string;
  readonly days: string;
  readonly born: string;
}

/** Numbers as the engine has them. */
const decimal = (whole: number, decimals: number) =>
  fc
    .tuple(fc.boolean(), fc.integer({ min: 0, max: whole }), fc.option(fc.integer({ min: 0, max: 10 ** decimals - 1 })))
    .map(
      ([less, n, rest]) => `${less ? '-' : ''}${n}${rest === null ? '' : `.${String(rest).padStart(decimals, '0')}`}`,
    );
const person: fc.Arbitrary<Person> = fc.record({
  salary: decimal(2_000_000, 2),
  hours: decimal(9999, 1),
  days: fc.integer({ min: 0, max: 5000 }).map(String),
  born: fc
    .date({ min: new Date('1930-01-01'), max: new Date('2010-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
});

/** As a file has them; `grouped` says in which cells, in their order, thousands are set apart. */
function inEuropean(people: readonly Person[], grouped: readonly boolean[]): string {
  let cell = 0;
  const number = (text: string) => {
    const [whole = '', fraction] = text.split('.');
    const group = grouped[cell++ % grouped.length];
    const parts = group ? whole.replace(/\B(?=(?:\d{3})+$)/g, '.') : whole;
    return fraction === undefined ? parts : `${parts},${fraction}`;
  };
  const date = (iso: string) => iso.split('-').reverse().join('.');
  return csv(people.map((p) => [number(p.salary), number(p.hours), number(p.days), date(p.born)]));
}

const csv = (rows: readonly (readonly string[])[]) =>
  `salary;hours;days;born\n${rows.map((row) => `${row.join(';')}\n`).join('')}`;
const inPlain = (people: readonly Person[]) => csv(people.map((p) => [p.salary, p.hours, p.days, p.born]));

/** The output of a plain run as a European one writes it. */
const translated = (text: string) =>
  text
    .replace(/(?<=^|;)([+-]?\d*)\.(\d*)(?=;|$)/gm, '$1,$2')
    .replace(/(?<=^|;)(\d{4})-(\d\d)-(\d\d)(?=;|$)/gm, '$3.$2.$1');

const number = (transform: string, role = 'sensitive') => `{ role: ${role}, type: number, transform: ${transform} }`;
const policies: Readonly<Record<string, readonly string[]>> = {
  'round, noise and code': [
    number('{ round: { to: 0.05 } }'),
    number('{ noise: { distribution: laplace, scale: 0.7 } }'),
    '{ role: sensitive, type: integer, transform: { top-bottom-code: { bottom: 10, top: 1200 } } }',
    '{ role: sensitive, type: date, transform: { top-bottom-code: { bottom: 1936-01-01 } } }',
  ],
  'aggregate, shuffle and label': [
    number('{ microaggregate: { k: 3 } }'),
    number('shuffle'),
    '{ role: sensitive, type: integer, transform: { top-bottom-code: { top: 1200, labels: { top: "1.5" } } } }',
    '{ role: sensitive, type: date, transform: { generalize: { date: quarter } } }',
  ],
  'choose by values': [
    '{ role: sensitive, type: number, transform: { round: { to: 0.5 } }, when: { field: hours, less: 1000.5 }, else: redact }',
    '{ role: sensitive, type: number, transform: { round: { to: 1 } }, when: { field: hours, equals: 17 }, else: { round: { to: 0.5 } } }',
    '{ role: sensitive, type: integer, transform: redact, when: { field: born, greater: 1980-06-30 }, else: { round: { to: 10 } } }',
    '{ role: sensitive, type: date, transform: redact, when: { field: salary, greater: 1000000 }, else: keep }',
  ],
};
const names = ['salary', 'hours', 'days', 'born'];

function policyOf(rules: readonly string[], input: string, more = ''): string {
  return `input: { ${input} }\nfields:\n${rules.map((rule, i) => `  ${names[i]}: ${rule}\n`).join('')}${more}`;
}

describe('a file in another notation gives what the plain one gives, translated', () => {
  it.each(Object.entries(policies))('%s', async (_, rules) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 3, maxLength: 40 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        fc.integer(),
        async (people, grouped, pieces) => {
          const plain = await run({ policy: policyOf(rules, 'delimiter: ";"'), input: inPlain(people), pieces });
          const european_ = policyOf(rules, european);
          const other = await run({ policy: european_, input: inEuropean(people, grouped), pieces });
          expect(other.text).toBe(translated(plain.text));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('with keys', async () => {
    const rules = [
      number('{ scramble: { domain: d } }'),
      number('{ tokenize: { domain: d } }'),
      '{ role: sensitive, type: integer, transform: { round: { to: 5 } } }',
      '{ role: sensitive, type: date, transform: { date-shift: { domain: d, per: days, days: 90 } } }',
    ];
    const more = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global } }\n';
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 2, maxLength: 20 }), async (people) => {
        const plain = await run({ policy: policyOf(rules, 'delimiter: ";"', more), input: inPlain(people) });
        const other = await run({ policy: policyOf(rules, european, more), input: inEuropean(people, [true, false]) });
        expect(other.text).toBe(translated(plain.text));
      }),
      { numRuns: 10 },
    );
  });

  it('with models, searched levels and classes', async () => {
    const rules = [
      number('{ generalize: { hierarchy: salaries } }', 'quasi-identifier'),
      number('keep'),
      '{ role: quasi-identifier, type: integer, transform: keep }',
      '{ role: quasi-identifier, type: date, transform: { generalize: { hierarchy: dates, level: [0, 3] } } }',
    ];
    const more = `hierarchies:
  salaries: { intervals: [-1000.5, 0, 1000.5, 100000], then: [2] }
  dates: { date: [year, decade] }
privacy:
  models: [ { k-anonymity: { k: 2 } }, { t-closeness: { t: 0.8, variant: ordered, sensitive: hours } } ]
  max-suppression: 1
`;
    const figures = ({ result: { records, models, quasi, generalization } }: Done) => ({
      records,
      measured: models.map(({ measured }) => measured),
      quasi,
      levels: generalization?.fields,
    });
    const few = person.map((one) => ({ ...one, hours: `${one.hours.length}.5`, days: `${1200 + one.salary.length}` }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(few, { minLength: 20, maxLength: 60 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
        async (people, grouped) => {
          const plain = await run({ policy: policyOf(rules, 'delimiter: ";"', more), input: inPlain(people) });
          const input = inEuropean(people, grouped);
          const other = await run({ policy: policyOf(rules, european, more), input });
          expect(other.text).toBe(translated(plain.text));
          expect(figures(other)).toEqual(figures(plain));
        },
      ),
      { numRuns: 15 },
    );
  });
});

const keep = '{ role: insensitive, transform: keep }';
const one = (rule: string, input: string) => `input: { ${input} }\nfields: { a: ${rule}, b: ${keep} }`;

describe('values in another notation', () => {
  it('stay byte for byte where nothing happens to them', async () => {
    const policy = one('{ role: sensitive, type: number, transform: keep }', european);
    const input = 'a;b\n1.234,50;x\n"1234,5";y\n;1,5\n+007;z\n';
    expect((await run({ policy, input })).text).toBe(input);
  });

  it('are one value of a quasi-identifier, and look like one', async () => {
    const privacy = 'privacy: { models: [ { k-anonymity: { k: 2 } } ] }';
    const policy = `${one('{ role: quasi-identifier, type: number, transform: keep }', european)}\n${privacy}`;
    const { text, result } = await run({ policy, input: 'a;b\n1.234,5;x\n1234,5;y\n5;z\n5;z\n' });
    expect(text).toBe('a;b\n1234,5;x\n1234,5;y\n5;z\n5;z\n');
    expect(result.quasi).toEqual([{ name: 'a', distinct: 2 }]);
    const choice =
      '{ role: quasi-identifier, type: number, transform: keep, when: { field: b, equals: x }, else: { round: { to: 1 } } }';
    const chosen = await run({
      policy: `${one(choice, european)}\n${privacy}`,
      input: 'a;b\n1.234,5;x\n1234,5;x\n4,7;z\n5;z\n',
    });
    expect(chosen.text).toBe('a;b\n1234,5;x\n1234,5;x\n5;z\n5;z\n');
  });

  it('are null in as many ways as in the plain file', async () => {
    const rule = '{ role: quasi-identifier, type: number, transform: keep }';
    const more = '\nprivacy: { models: [ { k-anonymity: { k: 2 } } ], max-suppression: 1 }';
    const nulls = ', null-values: ["", "-"]';
    const input = 'a;b\n;x\n"";y\n-;z\n"-";z\n1.5;z\n1.5;z\n;x\n';
    const plain = await run({ policy: one(rule, `delimiter: ";"${nulls}`) + more, input });
    const other = await run({ policy: one(rule, european + nulls) + more, input: input.replaceAll('.', ',') });
    expect(other.text).toBe(plain.text.replaceAll('.', ','));
    expect(other.result.quasi).toEqual(plain.result.quasi);
    expect(other.result.records).toEqual(plain.result.records);
  });

  it('are named in policies as the engine has them', async () => {
    const rule =
      '{ role: sensitive, type: number, transform: [ { pram: { keep: 0, values: [1.5, 2.5] } }, { replace: { map: { "2.5": "1000.25" } } } ] }';
    expect((await run({ policy: one(rule, european), input: 'a;b\n1,5;x\n' })).text).toBe('a;b\n1000,25;x\n');
  });

  it('that a condition leaves alone look like those that are changed', async () => {
    const rule =
      '{ role: sensitive, type: number, transform: keep, when: { field: b, equals: x }, else: { round: { to: 0.5 } } }';
    const { text } = await run({ policy: one(rule, european), input: 'a;b\n1.234,5;x\n5.678,9;y\n"1.000,5";x\n' });
    expect(text).toBe('a;b\n1234,5;x\n5679,0;y\n"1000,5";x\n');
  });

  it('are quoted where the delimiter stands in them', async () => {
    const policy = one('{ role: sensitive, type: number, transform: { round: { to: 0.1 } } }', 'decimal: ","');
    expect((await run({ policy, input: 'a,b\n"1,25",x\n2,y\n' })).text).toBe('a,b\n"1,3",x\n"2,0",y\n');
  });

  it('give the same tokens, whatever the file', async () => {
    const keys = 'keys: { k: { env: K } }\ndomains: { d: { key: k, scope: global } }\n';
    const rule = '{ role: identifier, type: integer, transform: { tokenize: { domain: d } } }';
    const [grouped, bare] = await Promise.all([
      run({ policy: keys + one(rule, 'decimal: ",", thousands: "."'), input: 'a,b\n4.711.000,x\n' }),
      run({ policy: keys + one(rule, ''), input: 'a,b\n4711000,x\n' }),
    ]);
    expect(grouped.text).toBe(bare.text);
  });

  it('in the text of JSON are read, and numbers of JSON are left alone', async () => {
    const rule = '{ role: sensitive, type: number, transform: { round: { to: 0.1 } } }';
    const policy = `input: { decimal: ",", thousands: "." }\nfields: { "$.a": ${rule} }`;
    const input = '{"a":"1.234,56"}\n{"a":1.26}\n{"a":null}\n';
    expect((await run({ policy, input, format: 'ndjson' })).text).toBe('{"a":"1234,6"}\n{"a":1.3}\n{"a":null}\n');
  });

  it('of a table become numbers and dates of JSON', async () => {
    const rule = (type: string) => `{ role: sensitive, type: ${type}, transform: keep }`;
    const policy = `input: { ${european} }\nfields: { a: ${rule('number')}, b: ${rule('date')} }\noutput: { format: ndjson }`;
    const { text } = await run({ policy, input: 'a;b\n1.234,50;31.12.2024\n;\n' });
    expect(text).toBe('{"a":1234.50,"b":"2024-12-31"}\n{"a":null,"b":null}\n');
    const tsv = await run({ policy: policy.replace('ndjson', 'tsv'), input: 'a;b\n1.234,50;31.12.2024\n;\n' });
    expect(tsv.text).toBe('a\tb\n1234,50\t31.12.2024\n\t\n');
  });

  it.each([
    ['number', '1,234.5'],
    ['number', '1234.5'],
    ['number', '4.71'],
    ['number', '-'],
    ['integer', '1,5'],
    ['date', '2024-12-31'],
    ['date', '31.12.2024 09:30'],
    ['datetime', '31.12.2024'],
  ])('of type %s that are written otherwise stop the run, and are not shown: %s', async (type, value) => {
    const rule = `{ role: sensitive, type: ${type}, transform: keep }`;
    const failure = await failureOf({ policy: one(rule, european), input: `a;b\n;x\n${value};y\n` });
    expect(failure).toMatchObject({
      code: 'DATA-VALUE',
      row: 2,
      field: 'a',
      message: `the value is not of type ${type}`,
    });
    expect(failure.hint).toMatch(
      /^(integers have no decimals; )?(numbers are written 1234,5 or 1\.234,5|dates are written DD\.MM\.YYYY) here/,
    );
    expect(JSON.stringify(failure)).not.toContain(`"${value}"`);
    const redacted = one(rule.replace('transform', 'invalid: redact, transform'), european);
    expect((await run({ policy: redacted, input: `a;b\n;x\n${value};y\n` })).text).toBe('a;b\n;x\n;y\n');
  });

  it('are searched for as they are written', async () => {
    const policy = `input: { ${european} }\nfields:
  a: { role: identifier, type: date, transform: drop }
  n: { role: identifier, type: integer, transform: drop }
  b: ${keep}`;
    const input = 'a;n;b\n24.06.2001;4.711.815;geboren am 24.06.2001\n25.06.2001;12.345;Nr. 4711815\n26.06.2001;1;-\n';
    const { result } = await run({ policy, input, leakCheck: true });
    expect(result.leak!.findings.map(({ identifier, firstRow }) => [identifier, firstRow])).toEqual([['a', 1]]);
    const own = input.replace('Nr. 4711815', 'Nr. 12.345');
    const found = await run({ policy, input: own, leakCheck: true });
    expect(found.result.leak!.findings.map(({ identifier, firstRow }) => [identifier, firstRow])).toEqual([
      ['a', 1],
      ['n', 2],
    ]);
  });

  it('of a population have a notation of their own', async () => {
    const policy = `input: { ${european} }
fields: { a: { role: quasi-identifier, type: number, transform: { generalize: { intervals: [0, 1000.5] } } }, b: ${keep} }
privacy: { population: { file: p.csv }, models: [ { k-map: { k: 2 } } ], max-suppression: 1 }`;
    const input = 'a;b\n1.000,4;x\n1.000,6;y\n';
    const { text } = await run({ policy, input, population: 'a\n999\n1000.4\n2000\n' });
    expect(text).toBe('a;b\n[0,1000.5);x\n');
    const stated = policy.replace('file: p.csv', 'file: p.csv, decimal: ","');
    expect((await run({ policy: stated, input, population: 'a\n999\n"1000,4"\n2000\n' })).text).toBe(text);
    expect(await failureOf({ policy: stated, input, population: 'a\n999\n1000.4\n2000\n' })).toMatchObject({
      code: 'DATA-VALUE',
      row: 2,
    });
  });
});
