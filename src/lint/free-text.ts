import { redactText } from '../transforms/redact-text.ts';
import { defineLint, type LintResult } from './definition.ts';
import { isKept, isNamed, stepsNamed, transformPath } from './released.ts';

const names = [
  'note',
  'notes',
  'comment',
  'comments',
  'remark',
  'remarks',
  'description',
  'narrative',
  'message',
  'free text',
  'freetext',
  'text',
  'body',
  'letter',
  'report',
  'transcript',
];
/** Share of the distinct values with five words or more. */
const prose = 0.2;

export const freeText = defineLint({
  name: 'free-text',
  summary: 'Free text is released as it is.',
  why: 'Anything may stand in it: names, addresses, what somebody told in confidence. No model looks at it.',
  severity: 'warning',
  examples: {
    found: 'fields: { doctor_notes: { role: sensitive, transform: keep } }',
    not: 'fields: { doctor_notes: { role: sensitive, transform: drop }, notes_count: { role: insensitive, type: integer, transform: keep } }',
  },
  check: ({ policy, data }) =>
    policy.fields.flatMap((rule): LintResult[] => {
      if (!isKept(rule) || (rule.type !== undefined && rule.type !== 'string')) return [];
      if (stepsNamed(rule, redactText).length > 0) return [];
      const wordy = data?.fields.some((field) => field.rule === rule && field.wordy >= prose) ?? false;
      if (!wordy && !isNamed(rule, names)) return [];
      const message = `\`${rule.selector}\` ${wordy ? 'holds' : 'is named as'} free text, and is released as it is`;
      return [
        { path: transformPath(rule), message, hint: 'drop it, or `redact-text` and have somebody read the result' },
      ];
    }),
});
