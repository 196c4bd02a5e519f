import type { VerificationKey } from '../crypto/dsse.ts';
import { exceeding } from '../license/narrow.ts';
import { laxerRelease } from '../license/release-options.ts';
import type { Terms } from '../license/terms.ts';
import type { LicensePredicate, LicenseStatement } from './statement.ts';
import { principalOfKey } from './trust.ts';

/**
 * Why a parent license does not allow its child; none where it does. Another issuer than the parent's has to be its licensee and to be
 * permitted to sublicense; the child may allow no more than the parent, not for longer, and with no fewer conditions; and it is about
 * the same data, or data that the parent permits to derive.
 */
export function delegationProblems(
  { predicate: child, subject }: LicenseStatement,
  { predicate: parent, subject: parentSubject }: LicenseStatement,
  keys: readonly VerificationKey[],
): string[] {
  const problems: string[] = [];
  if (!isSameIssuer(child, parent, keys)) {
    if (!permits(parent.terms, 'sublicense')) problems.push('it does not permit to sublicense');
    if (!isLicensee(child, parent, keys)) problems.push('the issuer of the sublicense is not its licensee');
  }
  const beyond = [...exceeding(child.terms, forLicensee(parent.terms, child.terms)), ...laxerRelease(child, parent)];
  if (child.notBefore < parent.notBefore) beyond.push('notBefore');
  if (child.notAfter > parent.notAfter) beyond.push('notAfter');
  if (beyond.length > 0) problems.push(`it does not allow as much: ${beyond.join(', ')}`);
  const known = new Set(parentSubject.map(({ digest }) => digest.sha256));
  const names = new Set(child.files.map(({ name }) => name));
  const isSame = subject.every(({ name, digest }) => !names.has(name) || known.has(digest.sha256));
  if (!isSame && !permits(parent.terms, 'derive'))
    problems.push('it is about other data, and does not permit to derive');
  return problems;
}

function permits({ permissions, prohibitions }: Terms, action: 'sublicense' | 'derive'): boolean {
  return permissions.includes(action) && prohibitions?.includes(action) !== true;
}

function isSameIssuer(child: LicensePredicate, parent: LicensePredicate, keys: readonly VerificationKey[]): boolean {
  const principal = principalOf(child, keys);
  return child.issuer.key === parent.issuer.key || (principal !== undefined && principal === principalOf(parent, keys));
}

/**
 * The issuer is whom the parent is for: by its key, or by the principal that the key is trusted as. What a license says of its own issuer
 * counts only where nobody trusts the key as anybody's: an issuer who is trusted under one id does not pass for another.
 */
function isLicensee(child: LicensePredicate, { terms }: LicensePredicate, keys: readonly VerificationKey[]): boolean {
  const { id, key } = terms.licensee;
  if (key !== undefined && child.issuer.key === key) return true;
  const principal = principalOf(child, keys);
  return (
    (principal === undefined || principal === principalOfKey(child.issuer.key) ? child.issuer.id : principal) === id
  );
}

function principalOf({ issuer }: LicensePredicate, keys: readonly VerificationKey[]): string | undefined {
  return keys.find(({ keyId }) => keyId === issuer.key)?.principal;
}

/**
 * The parent's terms as they bind another licensee: named users stay named, and who has to sign contexts signs with the key that the
 * child names.
 */
function forLicensee(parent: Terms, { licensee: child }: Terms): Terms {
  const { id, name, key } = child;
  const signing = parent.licensee.key === undefined || id === parent.licensee.id ? parent.licensee.key : key;
  const { users, key: required } = parent.licensee;
  const asked = signing ?? required;
  return { ...parent, licensee: { id, name, ...(users && { users }), ...(asked && { key: asked }) } };
}
