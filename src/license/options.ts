import { z } from 'zod';
import { addDuration, parseDay } from '../base/time.ts';
import { options } from './constraints/index.ts';
import { approvalsOption, statusOption } from './release-options.ts';
import { useOption } from './templates.ts';
import { day, isSound, text } from './values.ts';

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
  use: useOption,
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
  approvals: approvalsOption,
  status: statusOption,
});

export type LicenseOptions = z.output<typeof licenseOptionsSchema>;

/** The instant at which the UTC day after `day` begins; null beyond the year 9999. */
export function dayAfter(day: string): number | null {
  return addDuration(parseDay(day)!, 'P1D');
}
