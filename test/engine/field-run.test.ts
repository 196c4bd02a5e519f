import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { typeCheckOf } from '../../src/engine/value-types.ts';
import type { FieldType } from '../../src/transforms/definition.ts';
import { failureOf, run } from './harness.ts';

const keep = '{ role: insensitive, transform: keep }';
const csv = (rule: string, input: string) => run({ policy: `fields: { a: ${rule}, b: ${keep} }`, input });
const json = (rule: string, input: string) =>
  run({ policy: `fields: { "$.a": ${rule}, "$.b": ${keep} }`, input, format: 'ndjson' });
const failed = (rule: string, input: string) => failureOf({ policy: `fields: { a: ${rule}, b: ${keep} }`, input });

describe('nulls', () => {
  const redact = (rest: string) => `{ role: insensitive, ${rest} transform: { redact: { with: X } } }`;

  it('stay as they are written unless the policy says otherwise', async () => {
    expect((await csv(redact(''), 'a,b\n,1\n"",2\ny,3\n')).text).toBe('a,b\n,1\n"",2\nX,3\n');
    expect((await json(redact(''), '{"a": null,"b":1}\n{"a":"","b":2}\n')).text).toBe(
      '{"a": null,"b":1}\n{"a":"X","b":2}\n',
    );
  });

  it('are transformed under `nulls: transform`', async () => {
    expect((await csv(redact('nulls: transform,'), 'a,b\n,1\n"",2\ny,3\n')).text).toBe('a,b\nX,1\n"X",2\nX,3\n');
    expect((await json(redact('nulls: transform,'), '{"a": null,"b":1}\n')).text).toBe('{"a": "X","b":1}\n');
  });

  it.each([redact('nulls: reject,'), '{ role: insensitive, nulls: reject, transform: keep }'])(
    'stop the run under `nulls: reject`: %s',
    async (rule) => {
      expect(await failed(rule, 'a,b\nx,1\n,2\n')).toMatchObject({ code: 'DATA-VALUE', row: 2, field: 'a' });
    },
  );

  it('are what the policy lists, and the first of them is written', async () => {
    const policy = `input: { null-values: [NA, "-"] }\nfields: { a: { role: insensitive, transform: redact }, b: ${keep} }`;
    expect((await run({ policy, input: 'a,b\n-,1\n"-",2\n,3\n"x",4\n' })).text).toBe('a,b\n-,1\n"-",2\nNA,3\nNA,4\n');
  });

  it('that a transform makes go through no further one', async () => {
    const rule = '{ role: insensitive, transform: [ redact, { redact: { with: X } } ] }';
    expect((await csv(rule, 'a,b\nx,1\n')).text).toBe('a,b\n,1\n');
  });
});

describe('values that a transform cannot read', () => {
  const round = (rest: string) => `{ role: sensitive, ${rest} transform: { round: { to: 10 } } }`;

  it('stop the run at their place, and are not shown', async () => {
    const failure = await failed(round(''), 'a,b\n12,1\nsecret,2\n');
    expect(failure).toMatchObject({ code: 'DATA-VALUE', row: 2, field: 'a' });
    expect(JSON.stringify(failure)).not.toContain('secret');
    expect(failure.hint).toContain('numbers are written 1234.5');
  });

  it('become null under `invalid: redact`, and are counted', async () => {
    const { text, result } = await csv(round('invalid: redact,'), 'a,b\n12,1\n"secret",2\n,3\n');
    expect(text).toBe('a,b\n10,1\n,2\n,3\n');
    expect(result.fields[0]).toMatchObject({ values: 3, nulls: 1, redacted: 1 });
    expect((await json(round('invalid: redact,'), '{"a":"secret","b":1}\n{"a":14,"b":2}\n')).text).toBe(
      '{"a":null,"b":1}\n{"a":10,"b":2}\n',
    );
  });

  it('go through no further transform', async () => {
    const rule =
      '{ role: sensitive, invalid: redact, transform: [ { round: { to: 10 } }, { redact: { with: "0" } } ] }';
    expect((await csv(rule, 'a,b\n12,1\nx,2\n')).text).toBe('a,b\n0,1\n,2\n');
  });
});

describe('values that are not of the declared type', () => {
  it.each([keep, '{ redact: { with: X } }'])('stop the run: %s', async (transform) => {
    const rule = `{ role: sensitive, type: integer, transform: ${transform === keep ? 'keep' : transform} }`;
    expect(await failed(rule, 'a,b\n12,1\n1.5,2\n')).toMatchObject({ code: 'DATA-VALUE', row: 2, field: 'a' });
  });

  it('are told how values of the type are written', async () => {
    const { hint } = await failed('{ role: sensitive, type: date, transform: keep }', 'a,b\n21.11.2026,1\n');
    expect(hint).toContain('dates are written 2026-11-21');
  });

  it('become null under `invalid: redact`, where the field is kept and where it is changed', async () => {
    const kept = '{ role: sensitive, type: integer, invalid: redact, transform: keep }';
    const input = 'a,b\n"12",1\nx,2\n007,3\n';
    expect((await csv(kept, input)).text).toBe('a,b\n"12",1\n,2\n007,3\n');
    const changed = '{ role: sensitive, type: integer, invalid: redact, transform: { mask: {} } }';
    expect((await csv(changed, input)).text).toBe('a,b\n"**",1\n,2\n***,3\n');
    expect((await json(kept, '{"a":1.10,"b":1}\n{"a":7,"b":2}\n')).text).toBe('{"a":null,"b":1}\n{"a":7,"b":2}\n');
  });

  it('stay where only nulls are: null has every type', async () => {
    const rule = '{ role: sensitive, type: date, transform: keep }';
    expect((await csv(rule, 'a,b\n,1\n2024-02-29,2\n')).text).toBe('a,b\n,1\n2024-02-29,2\n');
  });

  it.each<[FieldType, string[], string[]]>([
    ['integer', ['0', '-12', '+5', '007', '12345678901234567890'], ['', '-', '1.0', '1e3', ' 1', '١']],
    ['number', ['0', '-1.50', '.5', '5.', '1e3', '+1E-3'], ['', '.', 'e3', '1e', '1,5', '0x10', 'NaN', 'Infinity']],
    ['boolean', ['true', 'FALSE', 'True', '0', '1'], ['', 'yes', 'tRUE', '2', 'true ']],
    ['date', ['2024-02-29', '0001-01-01', '9999-12-31'], ['2023-02-29', '1900-02-29', '2024-13-01', '2024-1-1', '']],
    [
      'datetime',
      ['2024-02-29T00:00:00Z', '2024-02-29 23:59', '2024-02-29T12:00:60.5+05:30'],
      ['2024-02-29', '2024-02-29T24:00:00Z', '2023-02-29T00:00:00Z', '2024-02-29T1:00Z', '2024-02-29T10:00:00 Z'],
    ],
  ])('%s', (type, good, bad) => {
    const reads = (text: string) => typeCheckOf(type)!(Buffer.from(`>${text}<`), 1, 1 + Buffer.byteLength(text));
    for (const text of good) expect(reads(text), text).toBe(true);
    for (const text of bad) expect(reads(text), text).toBe(false);
  });

  it('dates are those of the calendar', () => {
    const reads = typeCheckOf('date')!;
    fc.assert(
      fc.property(fc.nat({ max: 9999 }), fc.nat({ max: 14 }), fc.nat({ max: 33 }), (year, month, day) => {
        const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const time = Date.parse(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
        expect(reads(Buffer.from(text), 0, 10)).toBe(exists);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
