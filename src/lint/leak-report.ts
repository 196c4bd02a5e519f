import { defineLint } from './definition.ts';

export const leakReport = defineLint({
  name: 'leak-report',
  summary: 'What the leak check finds does not stop the run.',
  why: 'Values of identifiers that stand elsewhere in the output are then released with a warning.',
  severity: 'warning',
  examples: { found: 'checks: { leak: report }', not: 'checks: { leak: fail }' },
  check: ({ policy }) =>
    policy.checks.leak === 'report'
      ? [
          {
            path: ['checks', 'leak'],
            message: 'values of identifiers in the output are reported, and released all the same',
            hint: '`checks: { leak: fail }`',
          },
        ]
      : [],
});
