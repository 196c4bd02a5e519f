import { isIso, numberType, type Proposal, type Standard } from '../proposal.ts';
import { yamlText } from '../yaml.ts';
import { research, typeOf } from './research.ts';

const drop: Proposal = { role: 'identifier', transform: 'drop' };
const keep: Proposal = { role: 'sensitive', transform: 'keep' };
const random: Proposal = {
  role: 'identifier',
  transform: '{ tokenize: { random: true } }',
  why: '164.514(c): a code must not be derived from information about the individual, so equal numbers get different ones',
};
const oldest = 90;

/** De-identification by removing the 18 identifiers of 45 CFR 164.514(b)(2)(i). */
export const safeHarbor: Standard = {
  ...research,
  name: 'hipaa-safe-harbor',
  summary:
    'the 18 identifiers of 45 CFR 164.514(b)(2)(i) go: ZIP codes to three digits, dates to the year, ages over 89 in one group',
  preface: [
    'Safe Harbor counts nobody, so there is no privacy model: nothing says how many are alone with what stays. It also asks that you have',
    'no actual knowledge that what is left could identify somebody (164.514(b)(2)(ii)). This draft is no legal advice.',
  ],
  k: undefined,
  joins: false,
  proposals: {
    direct: () => drop,
    subject: () => random,
    key: () => random,
    'birth-date': (around) => {
      if (!isIso(around))
        return {
          ...drop,
          why: 'the dates are not written as `input` says (`date-format`; without it YYYY-MM-DD); of those that are, the year may stay',
        };
      const last = around.year - oldest;
      return {
        role: 'sensitive',
        type: typeOf(around),
        transform: '{ generalize: { date: year } }',
        options: [
          `when: { field: ${yamlText(around.field.selector)}, greater: ${last}-12-31 }`,
          `else: { redact: { with: ${last} or before } }`,
        ],
        why: 'years that tell of an age over 89 are one group; the bound is for data of this year',
      };
    },
    'birth-year': ({ year }) => ({
      role: 'sensitive',
      type: 'integer',
      transform: `{ top-bottom-code: { bottom: ${year - oldest + 1}, labels: { bottom: "${year - oldest} or before" } } }`,
      why: 'years that tell of an age over 89 are one group; the bound is for data of this year',
    }),
    date: (around) =>
      isIso(around)
        ? { role: 'sensitive', type: typeOf(around), transform: '{ generalize: { date: year } }' }
        : {
            ...drop,
            role: 'sensitive',
            why: 'the dates are not written as `input` says (`date-format`; without it YYYY-MM-DD); of those that are, the year may stay',
          },
    age: () => ({
      role: 'sensitive',
      type: 'integer',
      transform: '{ top-bottom-code: { top: 90, labels: { top: "90+" } } }',
    }),
    zip: () => ({
      role: 'sensitive',
      transform: '{ generalize: { zip3: census-2020 } }',
      options: ['invalid: redact'],
    }),
    'postal-code': () => ({ ...drop, role: 'sensitive' }),
    place: () => ({ ...drop, role: 'sensitive' }),
    trait: () => keep,
    sensitive: ({ field }) =>
      field.once > 0.5 ? { role: 'sensitive', why: 'most values stand once: are they codes of (R)?' } : keep,
    measure: (around) => ({ ...keep, ...numberType(around) }),
    text: () => ({ role: 'sensitive', transform: 'drop' }),
    technical: ({ field }) =>
      field.once > 0.5
        ? { role: 'sensitive', why: 'most values stand once: are they codes of (R)?' }
        : { role: 'insensitive', transform: 'keep' },
  },
};
