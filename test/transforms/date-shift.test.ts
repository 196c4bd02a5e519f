import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/base/diagnostic.ts';
import { dateFormats } from '../../src/table/dates.ts';
import { dateShift } from '../../src/transforms/date-shift.ts';
import { INVALID, Numeral } from '../../src/transforms/definition.ts';
import { type Job, run } from '../engine/harness.ts';
import { checkForms, type Input, type Result, runBytes, testResources } from './harness.ts';

const options = { domain: 'patient', per: 'id', days: 180 };
const dayMs = 86_400_000;
const days = (text: Result) => Date.parse(String(text).slice(0, 10)) / dayMs;

function shift(inputs: readonly Input[], subjects: readonly Input[], more: object = {}): Result[] {
  return checkForms(dateShift, { ...options, ...more }, inputs, testResources({ peers: { id: subjects } }));
}

/** By how many days the dates of each subject move. */
function shiftsOf(subjects: readonly string[], more: object = {}): number[] {
  const inputs = subjects.map(() => '2000-06-15');
  const resources = testResources({ peers: { id: subjects } });
  return runBytes(dateShift, { ...options, ...more }, inputs, resources).map((date) => days(date) - days('2000-06-15'));
}

describe('what is shifted', () => {
  test('the date, and nothing else of the text', () => {
    const times = ['', 'T10:20', ' 10:20:30', 'T10:20:30.0456Z', 't10:20:30,5+02:00', 'T23:59:60-0330', ' 10:20:30+00'];
    const results = shift(
      times.map((time) => `2024-02-29${time}`),
      times.map(() => '17'),
    );
    const [first] = results;
    expect(first).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(results).toEqual(times.map((time) => `${String(first)}${time}`));
  });
  test('in every format by the same number of days', () => {
    for (const format of dateFormats) {
      const write = (date: string) =>
        format.replace('YYYY', date.slice(0, 4)).replace('MM', date.slice(5, 7)).replace('DD', date.slice(8));
      const [iso] = shift(['1999-12-31'], ['17']);
      const texts = [write('1999-12-31'), `${write('1999-12-31')} 08:00`];
      expect(shift(texts, ['17', '17'], { format })).toEqual([write(String(iso)), `${write(String(iso))} 08:00`]);
    }
  });
  test('a number stays one, and has no leading zero', () => {
    const format = 'YYYYMMDD';
    const [number, text] = shift([new Numeral('20240229'), '20240229'], ['17', '17'], { format });
    expect(number).toEqual(new Numeral(String(text)));
    expect(shift([new Numeral('10000101'), '10000101'], ['17', '17'], { format, direction: 'past' })).toEqual([
      INVALID,
      expect.stringMatching(/^0999/),
    ]);
  });
  test.each([
    '',
    ' ',
    '2024',
    '2023-02-29',
    '2024-02-29T',
    '2024-02-29x',
    '29.02.2024',
    '20240229',
    '👩‍🔬',
    '2024-02-29\u0301',
  ])('what is no date is invalid: %j', (text) => {
    expect(shift([text], ['17'])).toEqual([INVALID]);
  });
  test('so are other types', () => {
    expect(shift([true, 20240229, new Numeral('1e400'), null], ['17', '17', '17', '17'])).toEqual(
      Array.from({ length: 4 }, () => INVALID),
    );
  });
  test('dates that would leave the years 1 to 9999 are invalid', () => {
    expect(shift(['0001-01-01'], ['17'], { direction: 'past' })).toEqual([INVALID]);
    expect(shift(['9999-12-31T10:00'], ['17'], { direction: 'future' })).toEqual([INVALID]);
    expect(shift(['0001-01-01'], ['17'], { direction: 'future' })[0]).toMatch(/^0001-/);
  });
});

describe('the subject', () => {
  test('is what its domain says is equal', () => {
    const resources = testResources({
      normalize: ['trim', 'lowercase'],
      peers: { id: ['Ab', ' aB\t', 'ab', 'äb', 'ÄB'] },
    });
    const [a, b, c, d, e] = checkForms(dateShift, options, Array(5).fill('2024-02-29'), resources);
    expect([b, c]).toEqual([a, a]);
    expect(e).toBe(d);
    expect(d).not.toBe(a);
  });
  test('may be a number', () => {
    const [a, b] = shift(['2024-02-29', '2024-02-29'], [17, '17']);
    expect(a).toBe(b);
  });
  test('is needed: without it no date is shown', () => {
    const resources = testResources({ normalize: ['trim'], peers: { id: [null, '', '  ', '\u00a0', '\t-'] } });
    expect(checkForms(dateShift, options, Array(5).fill('2024-02-29'), resources)).toEqual([
      INVALID,
      INVALID,
      INVALID,
      INVALID,
      expect.any(String),
    ]);
  });
  test('is another field', () => {
    expect(() =>
      dateShift.bind(dateShift.options.parse(options), testResources({ field: 'id', peers: { id: [] } })),
    ).toThrow(Failure);
  });
});

describe('the shift', () => {
  const subject = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== '');
  const date = fc
    .integer({ min: -700_000, max: 2_900_000 })
    .map((day) => new Date(day * dayMs).toISOString().slice(0, 10));
  const dates = fc.array(date, { minLength: 1, maxLength: 8 });
  const range = fc.integer({ min: 1, max: 10_000 });
  const direction = fc.constantFrom('both', 'past', 'future');

  test('keeps intervals and order, and stays within its bounds', () => {
    fc.assert(
      fc.property(subject, dates, range, direction, (id, all, days_, way) => {
        const results = shift(
          all,
          all.map(() => id),
          { days: days_, direction: way },
        );
        const moved = results.map((result, i) => days(result) - days(all[i]!));
        expect(new Set(moved).size).toBe(1);
        const [by] = moved;
        expect(Math.abs(by!)).toBeGreaterThanOrEqual(1);
        expect(Math.abs(by!)).toBeLessThanOrEqual(days_);
        if (way === 'past') expect(by).toBeLessThan(0);
        if (way === 'future') expect(by).toBeGreaterThan(0);
      }),
    );
  });
  test('is undone by the opposite one', () => {
    fc.assert(
      fc.property(subject, dates, range, (id, all, days_) => {
        const ids = all.map(() => id);
        const there = shift(all, ids, { days: days_, direction: 'past' });
        expect(shift(there as string[], ids, { days: days_, direction: 'future' })).toEqual(all);
      }),
    );
  });
  test('is another one in another domain, and under another licensee', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `${i}`);
    const inputs = ids.map(() => '2024-02-29');
    const peers = { id: ids };
    const own = runBytes(dateShift, options, inputs, testResources({ peers }));
    expect(runBytes(dateShift, { ...options, domain: 'other' }, inputs, testResources({ peers }))).not.toEqual(own);
    expect(runBytes(dateShift, options, inputs, testResources({ peers, licensee: 'x' }))).not.toEqual(own);
  });
  test.each(['both', 'past', 'future'])('is as likely as any other: %s', (way) => {
    const range = 30;
    const subjects = 60_000;
    const counts = new Map<number, number>();
    for (const by of shiftsOf(
      Array.from({ length: subjects }, (_, i) => `subject ${i}`),
      { days: range, direction: way },
    )) {
      counts.set(by, (counts.get(by) ?? 0) + 1);
    }
    const choices = way === 'both' ? 2 * range : range;
    expect(counts.size).toBe(choices);
    const expected = subjects / choices;
    let chiSquare = 0;
    for (const count of counts.values()) chiSquare += (count - expected) ** 2 / expected;
    // Chi-square with f degrees of freedom has mean f and variance 2f. By Laurent and Massart (2000), lemma 1, it exceeds
    // f + 2 √(f x) + 2x with probability at most e^-x; x = 20 makes that 2 in 10^9. The keys are fixed, so it is drawn once.
    const f = choices - 1;
    expect(chiSquare).toBeLessThan(f + 2 * Math.sqrt(f * 20) + 40);
  });
});

describe('the two forms', () => {
  test('agree', () => {
    const two = fc.integer({ min: 0, max: 99 }).map((n) => String(n).padStart(2, '0'));
    const four = fc.integer({ min: 0, max: 9999 }).map((n) => String(n).padStart(4, '0'));
    const separator = fc.constantFrom('-', '/', '.', '');
    const time = fc.oneof(
      fc.constant(''),
      fc.stringMatching(/^[Tt ][0-2]\d:[0-6]\d(:[0-6]\d([.,]\d{0,3})?)?([Zz]|[+-][0-2]\d(:?[0-6]\d?)?)?$/),
    );
    const like = fc
      .tuple(separator, fc.constantFrom([4, 2, 2], [2, 2, 4]), four, two, two, time)
      .map(([between, [first], y, m, d, t]) => (first === 4 ? [y, m, d] : [d, m, y]).join(between) + t);
    const input = fc.oneof(like, like, like, fc.string(), fc.integer(), fc.constant(null), fc.boolean());
    const id = fc.oneof(fc.constantFrom('a', 'B ', ' ', ''), fc.string(), fc.constant(null), fc.integer());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(input, id), { maxLength: 20 }),
        fc.constantFrom(...dateFormats),
        fc.constantFrom('both', 'past', 'future'),
        fc.constantFrom([], ['trim', 'nfc', 'lowercase'] as const),
        (pairs, format, way, normalize) => {
          const resources = testResources({ normalize, peers: { id: pairs.map(([, value]) => value) } });
          checkForms(
            dateShift,
            { ...options, format, direction: way },
            pairs.map(([value]) => value),
            resources,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('options', () => {
  const problems = (given: object, type?: 'date' | 'datetime' | 'integer' | 'number' | 'boolean' | 'string') =>
    dateShift.check!(dateShift.options.parse({ ...options, ...given }), type).map(({ path }) => path.join('.'));
  test('the type goes with the format', () => {
    expect(problems({}, 'date')).toEqual([]);
    expect(problems({}, 'datetime')).toEqual([]);
    expect(problems({}, 'string')).toEqual([]);
    expect(problems({ format: 'YYYYMMDD' }, 'integer')).toEqual([]);
    expect(problems({ format: 'DD.MM.YYYY' })).toEqual([]);
    expect(problems({ format: 'DD.MM.YYYY' }, 'date')).toEqual(['format']);
    expect(problems({}, 'integer')).toEqual(['']);
    expect(problems({ format: 'YYYYMMDD' }, 'number')).toEqual(['']);
    expect(problems({}, 'boolean')).toEqual(['']);
  });
  test('the result has the type of the field', () => {
    expect(dateShift.produces!(dateShift.options.parse(options), 'date')).toBe('date');
    expect(dateShift.produces!(dateShift.options.parse(options), undefined)).toBe('string');
  });
});

describe('in a run', () => {
  const head = 'keys: { k: { env: K } }\ndomains: { patient: { key: k, scope: global, normalize: [trim] } }\n';
  const csvPolicy = (more = '') => `${head}fields:
  id: { role: identifier, transform: { tokenize: { domain: patient } } }
  from: { role: sensitive, type: date, transform: { date-shift: { domain: patient, per: id, days: 90 } } }
  to: { role: sensitive, type: datetime, transform: { date-shift: { domain: patient, per: id, days: 90 } }${more} }
`;
  const jsonPolicy = `${head}fields:
  "$.patient.id": { role: identifier, transform: { tokenize: { domain: patient } } }
  "$.visits[*].date": { role: sensitive, transform: { date-shift: { domain: patient, per: $.patient.id, days: 90 } } }
`;
  const rows = Array.from({ length: 300 }, (_, i) => ({ id: String(i % 40), day: `2023-0${1 + (i % 9)}-1${i % 10}` }));

  test('dates of a subject move together in CSV and in JSON, whatever the pieces', async () => {
    const csv = `id,from,to\n${rows.map(({ id, day }) => `${id},${day},${day}T08:00:00Z\n`).join('')}`;
    const json = rows.map(({ id, day }) =>
      JSON.stringify({ visits: [{ date: day }, { date: `${day}T08:00:00Z` }], patient: { id: Number(id) } }),
    );
    const jobs: Job[] = [1, 2, 3].flatMap((pieces) => [
      { policy: csvPolicy(), input: csv, pieces },
      { policy: jsonPolicy, input: json.join('\n'), format: 'ndjson', pieces },
    ]);
    const outputs = await Promise.all(jobs.map(run));
    const pairs = outputs.map(({ text }) =>
      [...text.matchAll(/\b(\d{4}-\d\d-\d\d)"?[,}].*?(\d{4}-\d\d-\d\dT08:00:00Z)/g)].map(([, a, b]) => [a, b]),
    );
    expect(pairs[0]).toHaveLength(300);
    for (const other of pairs) expect(other).toEqual(pairs[0]);
    const bySubject = new Map<string, Set<number>>();
    pairs[0]!.forEach(([a, b], i) => {
      expect(b).toBe(`${a}T08:00:00Z`);
      const { id, day } = rows[i]!;
      bySubject.set(id, (bySubject.get(id) ?? new Set()).add(days(a!) - days(day)));
    });
    expect([...bySubject.values()].map(({ size }) => size)).toEqual(Array(40).fill(1));
    expect(new Set([...bySubject.values()].map((set) => [...set][0])).size).toBeGreaterThan(20);
  });

  test('a record without a subject stops the run, or loses its date', async () => {
    const input = 'id,from,to\n1,2024-01-01,2024-01-01T10:00:00Z\n" ",,2024-02-02T10:00:00Z\n';
    await expect(run({ policy: csvPolicy(), input })).rejects.toThrow('the value cannot be read by `date-shift`');
    const { text } = await run({ policy: csvPolicy(', invalid: redact'), input });
    expect(text.split('\n')[2]).toMatch(/^"\w+",,$/);
  });
});
