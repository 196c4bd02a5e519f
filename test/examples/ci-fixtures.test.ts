import { afterAll, describe, expect, test } from 'vitest';
import { daysBetween, foundIn, key, type Row, released, rowsOf, source } from './released.ts';

const input = 'hospital/patients.csv';
const patients = rowsOf(source(input));
const env = { ANON_FIXTURE_KEY: key.toString('base64') };

describe('policies/ci-fixtures.yaml', () => {
  const { text } = released('ci-fixtures', input, env, afterAll);
  const rows = rowsOf(text);
  const both = rows.map((row, i) => [patients[i]!, row] as const);

  test('gives the same bytes in every run under one key, and others under another', () => {
    expect(released('ci-fixtures', input, env).text).toBe(text);
    const other = released('ci-fixtures', input, { ANON_FIXTURE_KEY: Buffer.alloc(32, 8).toString('base64') }).text;
    expect(rowsOf(other).filter(({ full_name }, i) => full_name === rows[i]!.full_name).length).toBeLessThan(30);
  });

  test('keeps every record, the form of numbers, and what is empty', () => {
    expect(rows).toHaveLength(3000);
    const form = (value: string) => value.replace(/\d/g, '0');
    for (const [before, after] of both) {
      expect(Object.keys(after)).toEqual(Object.keys(before));
      for (const column of Object.keys(before)) expect(after[column] === '').toBe(before[column] === '');
      for (const column of ['patient_id', 'phone', 'ssn', 'zip']) {
        expect(form(after[column]!)).toBe(form(before[column]!));
      }
      for (const column of ['age', 'sex', 'diagnosis', 'ward']) expect(after[column]).toBe(before[column]);
    }
  });

  test('makes up names and addresses that lead to nobody', () => {
    for (const [, { full_name, email }] of both) {
      expect(full_name).toMatch(/^[A-Z]/);
      expect(email).toMatch(/^$|^[^@\s]+@example\.(com|net|org)$/);
    }
    const mails = rows.map(({ email }) => email!).filter((email) => email !== '');
    const sources = new Set(patients.map(({ email }) => email!.toLowerCase()).filter((email) => email !== ''));
    expect(new Set(mails).size).toBe(sources.size);
    expect(foundIn(text, [...sources])).toEqual([]);
  });

  test('moves both dates of a patient by the same number of days', () => {
    const moved = ({ birth_date, admitted }: Row, after: Row) => [
      daysBetween(birth_date!, after.birth_date!),
      daysBetween(admitted!, after.admitted!),
    ];
    for (const [before, after] of both) {
      const [birth, admission] = moved(before, after);
      expect(birth).toBe(admission);
      expect(Math.abs(birth!)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(birth!)).toBeLessThanOrEqual(90);
    }
  });
});
