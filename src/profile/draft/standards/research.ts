import {
  type Around,
  type HierarchyName,
  isIso,
  numberType,
  type Proposal,
  type Proposals,
  type Standard,
  stepOf,
} from '../proposal.ts';

/** Most values of a field that classes are made of as it stands. */
const mostTraits = 12;

const drop: Proposal = { role: 'identifier', transform: 'drop' };

export const tokenized = ({ domain }: Around): Proposal => ({
  role: 'identifier',
  transform: `{ tokenize: { domain: ${domain}, prefix: "${domain[0]!.toLowerCase()}_" } }`,
});

/** A quasi-identifier whose level a search chooses, from the first to the highest. */
function generalized(around: Around, hierarchy: HierarchyName): Proposal {
  if (around.field.repeated)
    return { role: 'sensitive', why: 'it repeats within a record, where no model looks at it' };
  return {
    role: 'quasi-identifier',
    transform: `{ generalize: { hierarchy: ${hierarchy}, level: [1, ${highest[hierarchy]}] } }`,
    hierarchy,
  };
}

/** The highest level of the hierarchies that a draft writes: one group of all. */
const highest: Readonly<Record<HierarchyName, number>> = {
  ages: 5,
  births: 5,
  'birth-years': 5,
  days: 5,
  zip: 2,
  postcode: 4,
};

export const otherDates =
  'the dates are not written as `input` says (`date-format`; without it YYYY-MM-DD): write them so first, or drop the field';

/** What the proposals for research have in common. */
export const researchProposals: Proposals = {
  direct: () => drop,
  subject: tokenized,
  key: tokenized,
  'birth-date': (around) =>
    isIso(around)
      ? { ...generalized(around, 'births'), type: typeOf(around) }
      : { role: 'quasi-identifier', why: otherDates },
  'birth-year': (around) => ({ ...generalized(around, 'birth-years'), type: 'integer' }),
  date: (around) =>
    isIso(around)
      ? around.field.repeated
        ? { role: 'sensitive', transform: '{ generalize: { date: year } }', type: typeOf(around) }
        : { ...generalized(around, 'days'), type: typeOf(around) }
      : { role: 'sensitive', why: otherDates },
  age: (around) => ({ ...generalized(around, 'ages'), type: 'integer' }),
  zip: (around) => ({
    ...generalized(around, 'zip'),
    why: 'ZIP codes of the United States; for those of other countries write the hierarchy `zip: { prefix: [3, 1] }`',
  }),
  'postal-code': (around) => generalized(around, 'postcode'),
  place: () => ({
    role: 'sensitive',
    transform: 'drop',
    why: 'it would cut the classes: a region or a part of the postal code is coarser',
  }),
  trait: ({ field }) =>
    field.repeated || field.distinct.count > mostTraits
      ? {
          role: field.repeated ? 'sensitive' : 'quasi-identifier',
          why: 'too many values for classes: `anon hierarchy draft` groups them',
        }
      : { role: 'quasi-identifier', transform: 'keep' },
  sensitive: ({ field }) =>
    field.once > 0.5
      ? { role: 'sensitive', why: 'most values stand once: each may tell who it is' }
      : { role: 'sensitive', transform: 'keep' },
  measure: (around) => {
    const step = stepOf(around);
    return {
      role: 'sensitive',
      ...numberType(around),
      transform: step === undefined ? 'keep' : `{ round: { to: ${step} } }`,
    };
  },
  text: () => ({
    role: 'sensitive',
    transform: 'drop',
    why: 'it may say anything; `redact-text` keeps what it does not recognize',
  }),
  technical: ({ field }) =>
    field.once > 0.5
      ? { role: 'sensitive', why: 'most values stand once: each may tell who it is' }
      : { role: 'insensitive', transform: 'keep' },
};

export function typeOf({ field }: Around): 'date' | 'datetime' {
  return field.form === 'date' ? 'date' : 'datetime';
}

/** A release to researchers: pseudonyms, and classes of quasi-identifiers. */
export const research: Standard = {
  name: 'research',
  summary: 'a release to one recipient: pseudonyms, quasi-identifiers generalized as little as k = 5 takes',
  preface: [],
  k: 5,
  key: { name: 'pseudonym', reference: '{ file: ./pseudonym.key }', scope: 'licensee' },
  licensed: true,
  joins: true,
  proposals: researchProposals,
  unknown: () => ({ role: 'sensitive' }),
  sections: [],
};
