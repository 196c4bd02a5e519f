import { verhoeff } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const inAadhaar = defineNationalId({
  name: 'in-aadhaar',
  country: 'IN',
  summary: 'Aadhaar number of India.',
  source: 'UIDAI: twelve digits, the first is 2 or above, Verhoeff check digit',
  names: ['aadhaar', 'aadhar', 'uidai'],
  examples: { found: ['2341 2341 2346', '234123412346'], not: ['2341 2341 2345', '1341 2341 2346', '2341 23412346'] },
  pattern: String.raw`[2-9]\d{3}([ -]?)\d{4}\1\d{4}`,
  accepts: (id) => verhoeff(id),
});
