import { kAnonymity } from '../models/k-anonymity.ts';
import { defineLint } from './definition.ts';

/** The smallest class that is usual in practice: El Emam, Dankar, "Protecting privacy using k-anonymity", JAMIA 15(5), 2008. */
const usual = 5;

export const smallK = defineLint({
  name: 'small-k',
  summary: 'Classes of k-anonymity may have fewer than 5.',
  why: 'At k the risk of being recognized is up to 1/k. Custodians of health data ask for 5 at least, most for 11 where data is published.',
  severity: 'warning',
  examples: {
    found:
      'fields: { age: { role: quasi-identifier, transform: keep } }\nprivacy: { models: [ { k-anonymity: { k: 2 } } ] }',
    not: 'fields: { age: { role: quasi-identifier, transform: keep } }\nprivacy: { models: [ { k-anonymity: { k: 5 } } ] }',
  },
  check: ({ policy }) =>
    (policy.privacy?.models ?? []).flatMap(({ definition, options }, i) => {
      if (definition !== kAnonymity) return [];
      const k = definition.least(options);
      if (k >= usual) return [];
      const message = `at k = ${k} an individual may be recognized with a probability of ${Number((1 / k).toPrecision(2))}`;
      return [{ path: ['privacy', 'models', i], message, hint: 'k = 5 at least; 11 or 12 for data that is published' }];
    }),
});
