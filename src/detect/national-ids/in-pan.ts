import { defineNationalId } from './definition.ts';

export const inPan = defineNationalId({
  name: 'in-pan',
  country: 'IN',
  summary: 'Permanent account number (PAN) of persons in India.',
  source:
    'Income Tax Department: five letters, four digits, a letter; the fourth letter is P for a person; no published check',
  names: ['pan number', 'pan no', 'pan card', 'permanent account number'],
  examples: { found: ['ABCPD1234E', 'acppa7085r'], not: ['ABCXD1234E', 'ABCPD12345', 'ABCPD1234EF', 'ABCPD0000E'] },
  pattern: String.raw`[A-Z]{3}P[A-Z](?!0000)\d{4}[A-Z]`,
  accepts: () => true,
});
