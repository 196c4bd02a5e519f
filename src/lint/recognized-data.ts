import { thousands } from '../base/thousands.ts';
import { defineLint } from './definition.ts';
import { mostSearched } from './profile.ts';
import { transformPath } from './released.ts';
import { inRows } from './rows.ts';

export const recognizedData = defineLint({
  name: 'recognized-data',
  summary: 'Values that are released as they are hold what looks like personal data.',
  why: 'Recognizers find mail addresses, telephone numbers and the like by their form. It needs data.',
  severity: 'warning',
  examples: {
    found: 'fields: { contact: { role: insensitive, transform: keep } }',
    not: 'fields: { contact: { role: identifier, transform: drop }, a: { role: insensitive, transform: keep } }',
  },
  check: ({ data }) =>
    (data?.fields ?? []).flatMap(({ name, rule, recognized, searched }) =>
      [...recognized].map(([recognizer, sightings]) => ({
        path: transformPath(rule),
        message:
          `\`${name}\` is released as it is, and ${recognizer} was recognized ${inRows(sightings)}` +
          (searched < mostSearched ? '' : `; ${thousands(mostSearched)} distinct values were searched`),
        hint: 'drop the field, or `redact-text`',
      })),
    ),
});
