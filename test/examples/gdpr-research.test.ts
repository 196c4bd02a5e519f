import { afterAll, describe, expect, test } from 'vitest';
import { countBy, daysBetween, foundIn, type Row, released, rowsOf, source, token } from './released.ts';

const input = 'cohort/participants.csv';
const licensee = 'urn:org:example-university';
const participants = rowsOf(source(input));
const dates = ['interviewed', 'follow_up_1', 'follow_up_2'] as const;

/** Source and released record of those who are in the release, found by the token that node:crypto makes. */
function pairs(text: string): [Row, Row][] {
  const byToken = new Map(
    participants.map((row) => [`sw_${token('participant', licensee, row.participant_id!.toLowerCase(), 16)}`, row]),
  );
  return rowsOf(text).map((row) => [byToken.get(row.participant_id!)!, row]);
}

describe('policies/gdpr-research.yaml', () => {
  const { text, said, space } = released('gdpr-research', input, {}, afterAll);
  const both = pairs(text);

  test('makes the tokens that HKDF and HMAC of node:crypto make', () => {
    expect(both.length).toBeGreaterThan(850);
    expect(both.filter(([before]) => before === undefined)).toEqual([]);
    expect(new Set(both.map(([before]) => before.participant_id)).size).toBe(both.length);
  });

  test('has no group of fewer than 10, and 3 conditions in each', () => {
    const group = ({ birth_date, sex, country }: Row) => `${birth_date} ${sex} ${country}`;
    const rows = rowsOf(text);
    const groups = countBy(rows, group);
    const smallest = Math.min(...groups.values());
    expect(smallest).toBeGreaterThanOrEqual(10);
    expect(said).toContain(`measured k=${smallest}\n`);
    const conditions = countBy([...countBy(rows, (row) => `${group(row)}|${row.condition}`).keys()], (pair) =>
      pair.replace(/\|.*/, ''),
    );
    expect(Math.min(...conditions.values())).toBeGreaterThanOrEqual(3);
    expect(said).toContain(`measured l=${Math.min(...conditions.values())}\n`);
    for (const [before, after] of both) {
      const age = 2024 - Number(before.birth_date!.slice(0, 4)) - (before.birth_date!.slice(5) > '01-01' ? 1 : 0);
      const expected = age >= 65 ? '>=65' : age >= 50 ? '[50,65)' : age >= 35 ? '[35,50)' : '[18,35)';
      expect(after.birth_date).toBe(expected);
    }
  });

  test('moves all dates of a participant by the same number of days, 1 to 60', () => {
    const moved = new Set<number>();
    for (const [before, after] of both) {
      const days = new Set(
        dates.filter((name) => before[name] !== '').map((name) => daysBetween(before[name]!, after[name]!)),
      );
      expect(days.size).toBe(1);
      const [by] = days;
      expect(Math.abs(by!)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(by!)).toBeLessThanOrEqual(60);
      moved.add(by!);
      for (const name of dates) expect(after[name] === '').toBe(before[name] === '');
    }
    // 120 shifts are equally likely: of 850 draws at least 100 are different, but for chances below 10^-9.
    expect(moved.size).toBeGreaterThan(100);
  });

  test('leaves no name, address, number or postcode, in comments neither', () => {
    const identifiers = participants.flatMap(({ participant_id, name, email, phone }) => [
      participant_id!,
      name!,
      email!,
      phone!,
    ]);
    expect(foundIn(text, identifiers)).toEqual([]);
    for (const [before, after] of both) {
      const expected = [before.name!, before.email!, before.phone!]
        .filter((value) => value !== '')
        .reduce(
          (comment, value, i) => comment.replace(value, ['[IDENTIFIER]', '[EMAIL]', '[PHONE]'][i]!),
          before.comment!,
        )
        .replace(/\d{4}-\d\d-\d\d/, '[DATE]');
      if (before.phone !== '') expect(after.comment).toBe(expected);
    }
  });

  test('changes smoking in one of seven answers, and cuts and averages numbers', () => {
    const changed = both.filter(([before, after]) => before.smokes !== after.smokes).length / both.length;
    // A share of 0.15 in n ≥ 850 draws has a standard deviation of √(0.15 · 0.85 / 850) = 0.0123; five of them.
    expect(Math.abs(changed - 0.15)).toBeLessThan(0.062);
    const pairsOfBody = countBy(both, ([, after]) => `${after.bmi} ${after.systolic_mmhg}`);
    expect(pairsOfBody.size).toBeLessThanOrEqual(900 / 5);
    for (const [before, after] of both) {
      const income =
        before.income_eur === '' ? '' : String(Math.round(Math.min(90_000, Number(before.income_eur)) / 1000) * 1000);
      expect(after.income_eur).toBe(income);
    }
    expect(participants.filter(({ income_eur }) => Number(income_eur) > 90_000).length).toBeGreaterThan(10);
  });

  test('is licensed for academic research in the EEA, with encryption', () => {
    const verify = (region: string, purpose: string, more: readonly string[] = ['--safeguard', 'EncryptionAtRest']) =>
      space.run([
        ...['verify', 'out', '--trust', 'issuer.pub', '--organization', licensee],
        ...['--region', region, '--purpose', purpose, '--quiet', ...more],
      ]).status;
    expect(verify('SE', 'AcademicResearch')).toBe(0);
    expect(verify('US', 'AcademicResearch')).toBe(1);
    expect(verify('SE', 'Marketing')).toBe(1);
    expect(verify('SE', 'AcademicResearch', [])).toBe(1);
  });
});
