import { defineLint } from './definition.ts';
import { isGone, transformPath } from './released.ts';

export const sensitiveWithoutModel = defineLint({
  name: 'sensitive-without-model',
  summary: 'A sensitive field is released, and no model looks at its values.',
  why: 'Where all of a class have the same diagnosis, who is known to be in the class is known to have it, whatever k is.',
  severity: 'note',
  examples: {
    found: `fields:
  age: { role: quasi-identifier, transform: keep }
  diagnosis: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 5 } } ] }`,
    not: `fields:
  age: { role: quasi-identifier, transform: keep }
  diagnosis: { role: sensitive, transform: keep }
privacy: { models: [ { k-anonymity: { k: 5 } }, { l-diversity: { l: 2, variant: distinct, sensitive: diagnosis } } ] }`,
  },
  check({ policy }) {
    if (policy.privacy === undefined) return [];
    const seen = new Set(
      policy.privacy.models.flatMap(({ definition, options }) =>
        (definition.sensitive?.(options) ?? []).map(({ field }) => field),
      ),
    );
    return policy.fields.flatMap((rule) => {
      if (rule.role !== 'sensitive' || isGone(rule) || seen.has(rule.selector)) return [];
      const message = `no model looks at the values of \`${rule.selector}\` within a class`;
      return [{ path: transformPath(rule), message, hint: 'add `l-diversity` or `t-closeness` for it' }];
    });
  },
});
