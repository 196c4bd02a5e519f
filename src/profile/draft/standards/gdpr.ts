import type { Standard } from '../proposal.ts';
import { yamlText } from '../yaml.ts';
import { otherDates, research, researchProposals } from './research.ts';

/** Pseudonymized research data under Regulation (EU) 2016/679, Art. 4(5) and 89(1). */
export const gdpr: Standard = {
  ...research,
  name: 'gdpr',
  summary: 'pseudonymized research data in the EEA: k = 10, dates shifted by person',
  preface: [
    'As long as the key exists, tokens lead back to people: for you these are personal data (GDPR Art. 4(5)), and the safeguards of',
    'Art. 89(1) are yours to keep. The policy minimizes and pseudonymizes; legal basis and information of the people it cannot give.',
  ],
  k: 10,
  proposals: {
    ...researchProposals,
    date: ({ field, subject }) => {
      if (subject === undefined) {
        return {
          role: 'sensitive',
          why: 'no field names the person by whom dates could be shifted: generalize or drop it',
        };
      }
      if (field.dates === undefined) return { role: 'sensitive', why: otherDates };
      const format = field.dates === 'YYYY-MM-DD' ? '' : `, format: "${field.dates}"`;
      const shift = `{ date-shift: { domain: ${subject.domain}, per: ${yamlText(subject.selector)}, days: 60${format} } }`;
      return { role: 'sensitive', transform: shift, why: 'all dates of a person move by the same number of days' };
    },
    text: () => ({ role: 'sensitive', why: '`redact-text` keeps what it does not recognize, `drop` nothing' }),
  },
};
