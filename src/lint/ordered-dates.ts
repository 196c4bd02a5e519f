import { defineLint } from './definition.ts';
import { isDropped, isGone, leavesAsIs, transformPath } from './released.ts';

export const orderedDates = defineLint({
  name: 'ordered-dates',
  summary: 'Dates are changed, and the records stay in their order.',
  why: 'A file is often in order of time: the place of a record then tells between which dates of other records its own lay, whatever was done to it.',
  severity: 'note',
  examples: {
    found: `fields:
  id: { role: identifier, transform: drop }
  seen: { role: sensitive, type: date, transform: { generalize: { date: month } } }`,
    not: `fields:
  id: { role: identifier, transform: drop }
  seen: { role: sensitive, type: date, transform: { generalize: { date: month } } }
output: { order: shuffled }`,
  },
  check({ policy }) {
    if (policy.output.order === 'shuffled') return [];
    const changed = policy.fields.filter(
      (rule) =>
        (rule.type === 'date' || rule.type === 'datetime') &&
        !leavesAsIs(rule.steps) &&
        !isDropped(rule) &&
        !isGone(rule),
    );
    return changed.slice(0, 1).map((rule) => ({
      path: transformPath(rule),
      message: `if records stand in order of \`${rule.selector}\`, their places tell of the true dates`,
      hint: 'write `output: { order: shuffled }`, unless the order is by something else',
    }));
  },
});
