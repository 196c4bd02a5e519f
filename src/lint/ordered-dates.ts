import { dateShift } from '../transforms/date-shift.ts';
import { defineLint } from './definition.ts';
import { isDropped, isGone, stepsNamed, transformPath } from './released.ts';

export const orderedDates = defineLint({
  name: 'ordered-dates',
  summary: 'Dates are shifted, and the records stay in their order.',
  why: 'A file is often in order of time: the place of a record then tells between which dates of other records its own lay, whatever was done to it.',
  severity: 'note',
  examples: {
    found: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields:
  id: { role: identifier, transform: drop }
  seen: { role: sensitive, type: date, transform: { date-shift: { domain: patient, per: id, days: 90 } } }`,
    not: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields:
  id: { role: identifier, transform: drop }
  seen: { role: sensitive, type: date, transform: { date-shift: { domain: patient, per: id, days: 90 } } }
output: { order: shuffled }`,
  },
  check({ policy }) {
    if (policy.output.order === 'shuffled') return [];
    const changed = policy.fields.filter(
      (rule) => stepsNamed(rule, dateShift).length > 0 && !isDropped(rule) && !isGone(rule),
    );
    return changed.slice(0, 1).map((rule) => ({
      path: transformPath(rule),
      message: `if records stand in order of \`${rule.selector}\`, their places tell of the true dates`,
      hint: 'write `output: { order: shuffled }`, unless the order is by something else',
    }));
  },
});
