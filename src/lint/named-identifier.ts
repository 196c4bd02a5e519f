import { recognizesName } from '../detect/definition.ts';
import { recognizers } from '../detect/index.ts';
import { defineLint } from './definition.ts';
import { isKept, transformPath } from './released.ts';

/** Of dates, `type` and role are the policy's to say. */
const telling = recognizers.all.filter(({ name }) => name !== 'date');

export const namedIdentifier = defineLint({
  name: 'named-identifier',
  summary: 'A field whose name says that it identifies people is released as it is.',
  why: 'A telephone number or mail address names a person whatever role the policy gives it.',
  severity: 'warning',
  examples: {
    found: 'fields: { work_email: { role: insensitive, transform: keep } }',
    not: 'fields: { work_email: { role: identifier, transform: drop }, a: { role: insensitive, transform: keep } }',
  },
  check: ({ policy }) =>
    policy.fields.flatMap((rule) => {
      const found = isKept(rule) ? telling.find((recognizer) => recognizesName(recognizer, rule.selector)) : undefined;
      if (found === undefined) return [];
      const message = `\`${rule.selector}\` is named as personal data (${found.name}), and is released as it is`;
      return [{ path: transformPath(rule), message, hint: 'drop it, or put a token in its place' }];
    }),
});
