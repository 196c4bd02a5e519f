import { dateShift } from '../transforms/date-shift.ts';
import { defineLint } from './definition.ts';
import { stepsNamed, transformPath } from './released.ts';

export const shiftedDates = defineLint({
  name: 'shifted-dates',
  summary: 'Dates are shifted, which Safe Harbor does not accept.',
  why: 'The days between dates stay, and 45 CFR 164.514(b)(2)(i)(C) wants all elements of dates but the year removed.',
  severity: 'note',
  examples: {
    found: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields:
  id: { role: identifier, transform: drop }
  seen: { role: sensitive, type: date, transform: { date-shift: { domain: patient, per: id, days: 90 } } }`,
    not: 'fields: { seen: { role: sensitive, type: date, transform: { generalize: { date: year } } } }',
  },
  check: ({ policy }) =>
    policy.fields
      .filter((rule) => stepsNamed(rule, dateShift).length > 0)
      .map((rule) => ({
        path: transformPath(rule),
        message: `the days between shifted dates of \`${rule.selector}\` are the true ones`,
        hint: 'under HIPAA Safe Harbor write `generalize: { date: year }`',
      })),
});
