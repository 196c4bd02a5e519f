import { z } from 'zod';
import { addDuration, formatInstant, parseDay } from '../base/time.ts';
import { constraints, options } from './constraints/index.ts';
import { type Terms, termsSchema } from './terms.ts';
import { day, fixedDuration, isSound, text } from './values.ts';

/** The `license` section of a policy. */
export const licenseOptionsSchema = z.strictObject({
  title: text.optional().describe('Title of the release, as it is shown.'),
  licensor: z
    .strictObject({
      id: text.optional().describe('Id of the licensor, for example `urn:org:example-hospital`.'),
      name: text.describe('Name of the licensor, as it is shown.'),
      contact: text.optional().describe('Where the licensor can be reached: an address, or a page.'),
    })
    .describe('Who licenses the data.'),
  ...options,
  valid: z
    .strictObject({
      from: day.describe('First day of the license, UTC, as YYYY-MM-DD.'),
      until: day
        .refine((value) => dayAfter(value) !== null, { error: 'must be before 9999-12-31', when: isSound })
        .describe('Last day of the license, UTC, as YYYY-MM-DD.'),
    })
    .refine(({ from, until }) => from <= until, { error: 'must not be before `from`', path: ['until'], when: isSound })
    .describe('When the license is in force.'),
  approvals: z
    .strictObject({
      threshold: z
        .int()
        .min(0)
        .max(16)
        .describe('How many approvers other than the issuer must have signed. Default: 0.'),
    })
    .optional()
    .describe('Who must approve the release before it can be used.'),
  status: z
    .strictObject({ 'max-age': fixedDuration.describe('How old the list of revocations may be, for example P1D.') })
    .optional()
    .describe('Makes the license depend on a list of revocations that is no older than this.'),
});

export type LicenseOptions = z.output<typeof licenseOptionsSchema>;

/** What the policy's `license` section says, in the words of the license statement. */
export interface LicenseTerms {
  readonly title?: string;
  readonly licensor: LicenseOptions['licensor'];
  readonly terms: Terms;
  /** `YYYY-MM-DDTHH:MM:SSZ`; in force: notBefore ≤ now < notAfter. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly approvals: { readonly threshold: number; readonly distinctFromIssuer: true };
  readonly status?: { readonly required: true; readonly maxAge: string; readonly from: 'revocations.json' };
}

/** Throws nothing for options that the schema accepts. */
export function termsFrom(options: LicenseOptions): LicenseTerms {
  const { title, licensor, valid, approvals, status } = options;
  return {
    ...(title === undefined ? {} : { title }),
    licensor,
    terms: termsSchema.parse(
      Object.assign({}, ...constraints.all.map((constraint) => constraint.fromOptions(options))),
    ),
    notBefore: formatInstant(parseDay(valid.from)!),
    // `until` includes its day.
    notAfter: formatInstant(dayAfter(valid.until)!),
    approvals: { threshold: approvals?.threshold ?? 0, distinctFromIssuer: true },
    ...(status === undefined
      ? {}
      : { status: { required: true, maxAge: status['max-age'], from: 'revocations.json' } }),
  };
}

/** The instant at which the UTC day after `day` begins; null beyond the year 9999. */
function dayAfter(day: string): number | null {
  return addDuration(parseDay(day)!, 'P1D');
}
