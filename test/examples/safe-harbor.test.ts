import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { foundIn, released, rowsOf, source } from './released.ts';

const input = 'charts/charts.csv';
const charts = rowsOf(source(input));

describe('policies/hipaa-safe-harbor.yaml', () => {
  test('leaves none of the 18 identifiers', () => {
    const { text } = released('hipaa-safe-harbor', input);
    const rows = rowsOf(text);
    expect(rows).toHaveLength(600);
    expect(Object.keys(rows[0]!)).toEqual(
      'mrn,state,zip,birth_date,age,admitted,discharged,died,days_in_hospital,sex,diagnosis'.split(','),
    );
    const kept = new Set(['state', 'age', 'days_in_hospital', 'sex', 'diagnosis']);
    const gone = charts.flatMap((chart) =>
      Object.entries(chart).flatMap(([column, value]) => (kept.has(column) ? [] : [value])),
    );
    expect(foundIn(text, gone)).toEqual([]);
    expect(text).not.toMatch(/\d{4}-\d{2}|@|\d{3}-\d{2}-|[A-Z]\.jpg/);
  });

  test('leaves years of dates, three digits of ZIP codes and no age over 89', () => {
    const rows = rowsOf(released('hipaa-safe-harbor', input).text);
    // The areas of the data in which 20,000 people or fewer live.
    const few = ['036', '059', '102', '893'];
    let old = 0;
    for (const [i, row] of rows.entries()) {
      const chart = charts[i]!;
      const area = chart.zip!.slice(0, 3);
      expect(row.zip).toBe(few.includes(area) ? '000' : area);
      for (const column of ['admitted', 'discharged', 'died']) expect(row[column]).toBe(chart[column]!.slice(0, 4));
      expect(row.age).toBe(Number(chart.age) > 89 ? '90+' : chart.age);
      const year = chart.birth_date!.slice(0, 4);
      expect(row.birth_date).toBe(Number(year) <= 1935 ? '1935 or before' : year);
      // Nobody whose year of birth stays is over 89 in the year of the charts.
      if (row.birth_date === year) expect(2025 - Number(year)).toBeLessThanOrEqual(89);
      if (row.age === '90+') old++;
    }
    expect(old).toBeGreaterThan(3);
    expect(rows.filter(({ zip }) => zip === '000').length).toBeGreaterThan(10);
  });

  test('gives each record a code of its own, another one in each run', () => {
    const codes = () => rowsOf(released('hipaa-safe-harbor', input).text).map(({ mrn }) => mrn!);
    const [first, second] = [codes(), codes()];
    expect(new Set([...first, ...second]).size).toBe(1200);
    for (const code of first) expect(code).toMatch(/^r_[a-z2-7]{12}$/);
  });

  test('cites each paragraph from (A) to (R)', () => {
    const policy = readFileSync('policies/hipaa-safe-harbor.yaml', 'utf8');
    const cited = new Set([...policy.matchAll(/\(([A-R])\)/g)].map(([, letter]) => letter));
    expect([...cited].sort().join('')).toBe('ABCDEFGHIJKLMNOPQR');
  });
});
