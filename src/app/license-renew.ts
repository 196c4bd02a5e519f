import { fail } from '../base/diagnostic.ts';
import { formatInstant, parseDay, parseInstant } from '../base/time.ts';
import type { Terminal } from '../io/terminal.ts';
import { dayAfter } from '../license/options.ts';
import type { Terms } from '../license/terms.ts';
import { type IssueOutcome, type RelicenseRequest, relicense } from './license-issue.ts';

export interface RenewRequest extends RelicenseRequest {
  /** Last day of the new license, UTC, `YYYY-MM-DD`. */
  readonly until: string;
}

export interface RenewOutcome extends IssueOutcome {
  /** The day of deletion was the end of the license, and is so still. */
  readonly deletionMoved: boolean;
}

/** The same terms for the same data until another day, by the same issuer. Throws a Failure; then there is no output. */
export async function renewLicense(request: RenewRequest, terminal: Terminal): Promise<RenewOutcome> {
  const { until } = request;
  const end = parseDay(until) === null ? null : dayAfter(until);
  if (end === null) throw fail('USAGE', '--until is not a day that exists', { hint: 'for example --until 2027-12-31' });
  let deletionMoved = false;
  const outcome = await relicense(request, terminal, [], true, ({ predicate, signer }) => {
    const { title, notBefore, issuer, terms, approvals, status } = predicate;
    if (issuer.key !== signer.keyId) {
      throw fail('KEY', 'the license was issued with another key, and only its issuer renews it', {
        hint: 'sign with the key of the issuer, or give a sublicense with `anon license issue`',
      });
    }
    if (end <= parseInstant(notBefore)!) throw fail('USAGE', `--until is before the license begins, ${notBefore}`);
    const renewed = renewedTerms(terms, predicate.notAfter, formatInstant(end));
    deletionMoved = JSON.stringify(renewed) !== JSON.stringify(terms);
    const { key: _, ...same } = issuer;
    return {
      title,
      notBefore,
      notAfter: formatInstant(end),
      issuer: same,
      terms: renewed,
      approvals,
      ...(status === undefined ? {} : { status }),
    };
  });
  return { ...outcome, deletionMoved };
}

/** A deletion that was due when the license ended is due when it ends now; one on a day of its own must not come before. */
function renewedTerms(terms: Terms, before: string, after: string): Terms {
  if (terms.duties === undefined) return terms;
  const duties = terms.duties.map((duty) => (duty.deleteBy === before ? { deleteBy: after } : duty));
  const early = duties.find(({ deleteBy }) => deleteBy !== undefined && deleteBy < after);
  if (early !== undefined) {
    throw fail('TERMS', `the data has to be deleted by ${early.deleteBy}, before the license would end`, {
      hint: 'renew it until then, or issue new terms with `anon license issue`',
    });
  }
  return { ...terms, duties };
}
