import { afterAll, describe, expect, test } from 'vitest';
import { countBy, daysBetween, foundIn, type Row, released, rowsOf, source, token } from './released.ts';

const input = 'payments/transactions.csv';
const payments = rowsOf(source(input));
const accountOf = ({ iban }: Row) => `acc_${token('account', 'urn:org:example-fraud-lab', iban!.toLowerCase(), 16)}`;

describe('policies/payments.yaml', () => {
  const { text, said } = released('payments', input, {}, afterAll);
  const after = rowsOf(text);
  const accounts = new Set(after.map(({ iban }) => iban));
  const before = payments.filter((payment) => accounts.has(accountOf(payment)));

  test('leaves whole accounts out or none of their payments', () => {
    expect(after.map(({ iban }) => iban)).toEqual(before.map(accountOf));
    expect(after.length).toBeLessThan(payments.length);
    expect(after.length).toBeGreaterThan(0.95 * payments.length);
  });

  test('has 5 accounts or more of each country and number of payments', () => {
    const countries = new Map(after.map(({ iban, country }) => [iban!, country!]));
    const classes = countBy([...countBy(after, ({ iban }) => iban!)], ([iban, n]) => `${countries.get(iban)} ${n}`);
    expect(Math.min(...classes.values())).toBeGreaterThanOrEqual(5);
    expect(said).toContain(`measured k=${Math.min(...classes.values())}\n`);
  });

  test('shows four digits of cards, and no account, holder or number of a payment', () => {
    for (const [i, row] of after.entries()) {
      expect(row.card_number).toBe(`************${before[i]!.card_number!.slice(-4)}`);
      expect(row.payment_id).toMatch(/^t_[a-z2-7]{16}$/);
    }
    expect(new Set(after.map(({ payment_id }) => payment_id)).size).toBe(after.length);
    const hidden = payments.flatMap(({ payment_id, account_holder, iban, card_number }) => [
      payment_id!,
      account_holder!,
      iban!,
      card_number!,
    ]);
    expect(foundIn(text, hidden)).toEqual([]);
  });

  test('tells the town in Germany alone, and takes names and accounts out of references', () => {
    for (const [i, row] of after.entries()) {
      const from = before[i]!;
      expect(row.city).toBe(from.country === 'DE' ? from.city : '');
      expect([row.merchant, row.category, row.currency]).toEqual([from.merchant, from.category, 'EUR']);
      // A name ends with its last letter: the period of `Jr.` stays.
      const holder = from.account_holder!.replace(/\.$/, '');
      const reference = from.reference!.replace(from.iban!, '[IBAN]').replace(holder, '[IDENTIFIER]');
      expect(row.reference).toBe(reference);
    }
  });

  test('cuts amounts at 1,500, adds noise of scale 0.5 to the rest, and moves days of an account together', () => {
    const noise: number[] = [];
    const days = new Map<string, Set<number>>();
    for (const [i, row] of after.entries()) {
      const from = before[i]!;
      const amount = Number(row.amount);
      expect(amount).toBeGreaterThanOrEqual(0.01);
      expect(amount).toBeLessThanOrEqual(1500);
      expect(row.amount).toMatch(/^\d+\.\d\d$/);
      if (Number(from.amount) < 1400 && Number(from.amount) > 10) noise.push(amount - Number(from.amount));
      days.set(row.iban!, (days.get(row.iban!) ?? new Set()).add(daysBetween(from.booked!, row.booked!)));
    }
    // Laplace of scale b: |X| is exponential with mean and standard deviation b, so that the mean of n has b/√n; five of them.
    const mean = noise.reduce((sum, value) => sum + Math.abs(value), 0) / noise.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(noise.length));
    for (const [by, ...others] of days.values()) {
      expect(others).toEqual([]);
      expect(Math.abs(by!)).toBeGreaterThanOrEqual(1);
      expect(Math.abs(by!)).toBeLessThanOrEqual(14);
    }
  });
});
