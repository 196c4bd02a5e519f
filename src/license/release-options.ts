import { z } from 'zod';
import { parseDuration } from '../base/time.ts';
import { fixedDuration } from './values.ts';

/*
 * Options of a license section that are about the release as a whole: what the statement says beside its terms.
 */

export const approvalsOption = z
  .strictObject({
    threshold: z
      .int()
      .min(0)
      .max(16)
      .describe('How many approvers other than the issuer must have signed. Default: 0.'),
  })
  .optional()
  .describe('Who must approve the release before it can be used.');

export const statusOption = z
  .strictObject({ 'max-age': fixedDuration.describe('How old the list of revocations may be, for example P1D.') })
  .optional()
  .describe('Makes the license depend on a list of revocations that is no older than this.');

export interface ReleaseOptions {
  readonly approvals?: z.output<typeof approvalsOption>;
  readonly status?: z.output<typeof statusOption>;
}

/** What the license statement says of approvals and revocations. */
export interface ReleaseTerms {
  readonly approvals: { readonly threshold: number; readonly distinctFromIssuer: boolean };
  readonly status?: { readonly required: boolean; readonly maxAge: string; readonly from: string } | undefined;
}

/** All of them hold: most approvals, freshest list. */
export function narrowRelease(all: readonly ReleaseOptions[]): Pick<ReleaseTerms, 'approvals' | 'status'> {
  const threshold = Math.max(0, ...all.map(({ approvals }) => approvals?.threshold ?? 0));
  const ages = all.flatMap(({ status }) => status?.['max-age'] ?? []);
  const maxAge = ages.reduce(
    (least, age) => (age && parseDuration(age)! < parseDuration(least)! ? age : least),
    ages[0]!,
  );
  return {
    approvals: { threshold, distinctFromIssuer: true },
    ...(ages.length === 0 ? {} : { status: { required: true, maxAge, from: 'revocations.json' } }),
  };
}

/** Members by which `child` asks for less than `parent`. */
export function laxerRelease(child: ReleaseTerms, parent: ReleaseTerms): string[] {
  const { approvals } = child;
  const laxer: string[] = [];
  if (approvals.threshold < parent.approvals.threshold) laxer.push('approvals.threshold');
  if (parent.approvals.threshold > 0 && parent.approvals.distinctFromIssuer && !approvals.distinctFromIssuer)
    laxer.push('approvals.distinctFromIssuer');
  if (parent.status?.required !== true) return laxer;
  const age = child.status?.required === true ? parseDuration(child.status.maxAge) : null;
  return age !== null && age <= parseDuration(parent.status.maxAge)! ? laxer : [...laxer, 'status.maxAge'];
}
