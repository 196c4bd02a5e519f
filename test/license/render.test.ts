import fc from 'fast-check';
import { expect, test } from 'vitest';
import { termsFrom } from '../../src/license/compose.ts';
import { renderTerms } from '../../src/license/render.ts';
import { termsSchema } from '../../src/license/terms.ts';
import { licenseOptions, organization } from './fixtures.ts';

test('the terms read as plain English', () => {
  const terms = termsSchema.parse({
    licensee: { id: organization, name: 'Example University', users: ['u1', 'u2'] },
    permissions: ['use', 'link'],
    prohibitions: ['link', 'reidentify'],
    purposes: ['AcademicResearch', 'ImproveHealthcare'],
    regions: ['GB', 'EEA'],
    projects: ['P-17'],
    safeguards: ['EncryptionAtRest'],
    limits: { exports: 1, users: 3 },
    duties: [{ deleteBy: '2027-12-31T00:00:00Z' }, { reportBreach: 'P3D' }, { permitAudit: true }],
    classification: { source: 'restricted', release: 'confidential' },
  });
  expect(renderTerms(terms)).toEqual([
    'The licensee is Example University (urn:org:example-university).',
    'Only these users may use the data: u1, u2.',
    'The licensee may read and analyse the data (use).',
    'The licensee must not link the data with other data about individuals (link).',
    'The licensee must not identify individuals in the data (reidentify).',
    'What is not permitted here is not allowed.',
    'The data may be used only for these purposes of the W3C Data Privacy Vocabulary, and narrower ones: AcademicResearch, ImproveHealthcare.',
    'The data may be used only in: GB (United Kingdom); EEA (European Economic Area).',
    'The data may be used only in these projects: P-17.',
    'These safeguards must be in place: EncryptionAtRest.',
    'The data may be exported at most once.',
    'At most 3 different users may use the data.',
    'The licensee must delete the data by 2027-12-31T00:00:00Z.',
    'The licensee must report a breach to the licensor within P3D.',
    'The licensee must let the licensor audit the use of the data.',
    'The source is classified as: restricted.',
    'The data must be handled as: confidential.',
  ]);
});

test('every member of the terms shows in the text, a line for each sentence', () => {
  fc.assert(
    fc.property(licenseOptions, (options) => {
      const { terms } = termsFrom(options);
      const sentences = renderTerms(terms);
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/u);
      for (const name of [
        'purposes',
        'regions',
        'projects',
        'safeguards',
        'limits',
        'duties',
        'classification',
      ] as const) {
        if (terms[name] === undefined) continue;
        const { [name]: _, ...without } = terms;
        expect(renderTerms(without).length).toBeLessThan(sentences.length);
      }
    }),
    { seed: 7, numRuns: 200 },
  );
});
