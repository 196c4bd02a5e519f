import { defineLint } from './definition.ts';

export const unlistedKept = defineLint({
  name: 'unlisted-kept',
  summary: 'Fields that the policy does not name are released as they are.',
  why: 'A column that is added to the source later goes out unseen.',
  severity: 'warning',
  examples: { found: 'defaults: { unlisted: keep }', not: 'defaults: { unlisted: drop }' },
  check: ({ policy }) =>
    policy.unlisted === 'keep'
      ? [
          {
            path: ['defaults', 'unlisted'],
            message: 'fields that nobody has looked at are released',
            hint: '`unlisted: reject` stops at them, `drop` leaves them out',
          },
        ]
      : [],
});
