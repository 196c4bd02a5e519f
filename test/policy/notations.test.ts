import { expect, it } from 'vitest';
import { describedForm, notationsOf } from '../../src/policy/notations.ts';
import type { PlannedField } from '../../src/policy/plan.ts';

const { number, date } = notationsOf({ decimal: ',', thousands: '.', 'date-format': 'DD/MM/YYYY' });

/** What Table Schema is told of a field. */
function described(rule: Partial<PlannedField['rule']>, rest: Partial<PlannedField>) {
  return describedForm({ action: 'change', produces: rule.type, ...rest, rule: rule as PlannedField['rule'] });
}

it('describes a field as Table Schema does', () => {
  const amount = { type: 'number', notation: number } as const;
  expect(described(amount, { action: 'keep' })).toEqual({ decimalChar: ',', groupChar: '.' });
  // What is written anew has no separators of thousands.
  expect(described(amount, {})).toEqual({ decimalChar: ',' });
  expect(described(amount, { produces: 'integer' })).toEqual({});
  expect(described(amount, { produces: 'string' })).toEqual({});
  expect(described({ type: 'integer', notation: number }, { action: 'keep' })).toEqual({ groupChar: '.' });
  const day = { type: 'date', notation: date } as const;
  expect(described(day, {})).toEqual({ format: '%d/%m/%Y' });
  expect(described(day, { produces: 'string' })).toEqual({});
  expect(described({ type: 'datetime', notation: date }, {})).toEqual({ format: 'any' });
  expect(described({ type: 'number' }, {})).toEqual({});
});
