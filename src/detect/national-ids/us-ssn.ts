import { defineNationalId } from './definition.ts';

export const usSsn = defineNationalId({
  name: 'us-ssn',
  country: 'US',
  summary: 'Social security number of the United States, with its hyphens or spaces.',
  source:
    'Social Security Administration, POMS RM 10201.030: no area 000, 666 or 900 and above, no group 00, no serial 0000; no check digit',
  names: ['ssn', 'social security', 'social security number'],
  examples: {
    found: ['123-45-6789', '078 05 1120'],
    not: [
      '123-45-0000',
      '000-12-3456',
      '666-12-3456',
      '900-12-3456',
      '123-00-4567',
      '123-45 6789',
      '123456789',
      '123-45-67890',
      '9-123-45-6789',
    ],
  },
  pattern: String.raw`(?!000|666|9)\d{3}([ -])(?!00)\d\d\1(?!0000)\d{4}`,
  accepts: () => true,
});
