import { defineLint } from './definition.ts';

export const globalDomain = defineLint({
  name: 'global-domain',
  summary: 'A domain gives every licensee the same codes.',
  why: 'Two licensees can put their releases together by the codes.',
  severity: 'warning',
  examples: {
    found: `keys: { k: { env: K } }
domains: { patient: { key: k, scope: global } }
fields: { id: { role: identifier, transform: { tokenize: { domain: patient } } } }`,
    not: `keys: { k: { env: K } }
domains: { patient: { key: k } }
fields: { id: { role: identifier, transform: { tokenize: { domain: patient } } } }`,
  },
  // Without a license there are no licensees, and no other scope.
  check: ({ policy }) =>
    (policy.license === undefined ? [] : [...policy.domains]).flatMap(([name, { scope }]) =>
      scope === 'global'
        ? [
            {
              path: ['domains', name, 'scope'],
              message: `domain \`${name}\` gives every licensee the same codes`,
              hint: '`scope: licensee` keeps releases apart',
            },
          ]
        : [],
    ),
});
