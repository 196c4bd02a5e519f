import { luhn } from '../checksums.ts';
import { defineNationalId } from './definition.ts';

export const caSin = defineNationalId({
  name: 'ca-sin',
  country: 'CA',
  summary: 'Social insurance number of Canada, with its spaces or hyphens.',
  source: 'Service Canada: Luhn check digit',
  names: ['sin', 'social insurance number'],
  examples: { found: ['046 454 286', '130-692-544'], not: ['046 454 287', '046454286', '046 454-286'] },
  pattern: String.raw`\d{3}([ -])\d{3}\1\d{3}`,
  accepts: (id) => luhn(id),
});
