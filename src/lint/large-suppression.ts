import { defineLint } from './definition.ts';

const large = 0.2;

export const largeSuppression = defineLint({
  name: 'large-suppression',
  summary: 'More than a fifth of the records may be suppressed.',
  why: 'Who is suppressed is rare in some way: what is left is no sample of the whole, and figures from it are biased.',
  severity: 'warning',
  examples: {
    found: `fields: { age: { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 5 } } ], max-suppression: 0.5 }`,
    not: `fields: { age: { role: quasi-identifier, transform: keep } }
privacy: { models: [ { k-anonymity: { k: 5 } } ], max-suppression: 0.2 }`,
  },
  check({ policy: { privacy } }) {
    if (privacy === undefined || privacy.onViolation === 'fail' || privacy.maxSuppression <= large) return [];
    const message = `up to ${Math.round(privacy.maxSuppression * 100)} % of the records may be suppressed`;
    return [{ path: ['privacy', 'max-suppression'], message, hint: 'generalize more, so that fewer stand alone' }];
  },
});
