import { type Around, numberType, type Proposal, type Standard, stepOf } from '../proposal.ts';
import { yamlText } from '../yaml.ts';

const domain = 'fixture';

const scrambled = (name: string, role: Proposal['role']): Proposal => ({
  role,
  transform: `{ scramble: { domain: ${name} } }`,
});

const scrambledId = ({ domain: name }: Around): Proposal => ({
  ...scrambled(name, 'identifier'),
  why: 'of many, two may become one: `tokenize` keeps them apart, and not their form',
});

/** Made up by faker where it has such words, otherwise letters for letters and digits for digits. */
const faked =
  (role: Proposal['role']) =>
  ({ recognition }: Around): Proposal => {
    const as = recognition?.kind.fake;
    return as === undefined
      ? scrambled(domain, role)
      : { role, transform: `{ fake: { as: ${as}, domain: ${domain} } }` };
  };

/** By the person, or else by what tells records apart. */
function shifted({ field, subject, anchor }: Around): Proposal {
  if (field.dates === undefined) return { role: 'sensitive', why: otherDates };
  if (anchor === undefined)
    return { role: 'sensitive', why: 'no field names the person by whom dates could be shifted' };
  const format = field.dates === 'YYYY-MM-DD' ? '' : `, format: "${field.dates}"`;
  const by = `domain: ${subject?.domain ?? domain}, per: ${yamlText(anchor)}`;
  return { role: 'sensitive', transform: `{ date-shift: { ${by}, days: 90${format} } }` };
}

const otherDates = 'the dates are not all written in one of the ways that `date-shift` reads';

function noisy(around: Around): Proposal {
  // Numbers that cannot be read would all be put away.
  if (around.field.form !== 'integer' && around.field.form !== 'number') return scrambled(domain, 'sensitive');
  const scale = stepOf(around) ?? 1;
  const clamp = around.field.range !== undefined && around.field.range[0] >= 0 ? ', clamp: { min: 0 }' : '';
  const noise = `{ noise: { distribution: normal, scale: ${scale}${clamp} } }`;
  return { role: 'sensitive', ...numberType(around), transform: noise };
}

/**
 * Noise leaves the first digits of a number: those of a number that somebody has, or of a postal code, are not to stay. Codes are long and
 * hardly repeated, or of one length; so are years.
 */
function mayBeCode({ field: { longest, once, zeros, range } }: Around): boolean {
  const [least, most] = range ?? [0, 0];
  const isYear = least >= 1800 && most <= 2100;
  return zeros || (longest >= 5 && once > 0.5) || (longest >= 4 && least >= 10 ** (longest - 1) && !isYear);
}

const keptFew = (around: Around): Proposal =>
  around.field.distinct.count <= 200 ? { role: 'sensitive', transform: 'keep' } : faked('sensitive')(around);

/** Test fixtures: everything made up, the same bytes in every run. */
export const fixture: Standard = {
  name: 'ci-fixture',
  summary: 'test fixtures: names, numbers and texts made up, the same in every run under one key',
  preface: [
    'Fixtures keep rare values and the shape of each record: they are pseudonymized, not anonymous. No model looks at them, and there is',
    'no license: write them with `--data-only`. The key is a secret of the CI system: ANON_FIXTURE_KEY="$(openssl rand -base64 32)"',
  ],
  k: undefined,
  key: { name: 'fixtures', reference: '{ env: ANON_FIXTURE_KEY }', scope: 'global' },
  licensed: false,
  joins: true,
  proposals: {
    direct: faked('identifier'),
    subject: scrambledId,
    key: scrambledId,
    'birth-date': shifted,
    'birth-year': noisy,
    date: shifted,
    age: noisy,
    zip: () => scrambled(domain, 'sensitive'),
    'postal-code': () => scrambled(domain, 'sensitive'),
    place: faked('sensitive'),
    trait: keptFew,
    sensitive: keptFew,
    measure: noisy,
    text: () => ({ role: 'sensitive', transform: `{ fake: { as: lorem.sentence, domain: ${domain} } }` }),
    technical: keptFew,
  },
  unknown: (around) => {
    if (around.field.form === 'integer' && mayBeCode(around)) return scrambled(domain, 'sensitive');
    if (around.field.form === 'integer' || around.field.form === 'number') return noisy(around);
    if (around.field.form === 'string') return scrambled(domain, 'sensitive');
    return { role: 'sensitive' };
  },
  sections: ['# Noise too is drawn from the key, not anew.', 'reproducible: true', 'defaults: { invalid: redact }'],
};
