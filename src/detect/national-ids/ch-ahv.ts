import { weighted } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const chAhv = defineNationalId({
  name: 'ch-ahv',
  country: 'CH',
  summary: 'Social security number of Switzerland (AHV/AVS).',
  source: 'Bundesgesetz über die AHV Art. 50c; check digit of EAN-13',
  names: ['ahv', 'ahv nummer', 'avs', 'ahvn13'],
  examples: {
    found: ['756.9217.0769.85', '7569217076985'],
    not: ['756.9217.0769.84', '757.9217.0769.85', '756.9217.0769'],
  },
  pattern: String.raw`756(?:\.\d{4}\.\d{4}\.\d\d|\d{10})`,
  accepts: (id) => weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
});
