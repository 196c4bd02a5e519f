import { fail } from '../base/diagnostic.ts';
import { keysThatSigned } from './signed-document.ts';
import { keysIn, type Trust, type TrustFile } from './trust.ts';

/*
 * How one version of trust leads to the next, after The Update Framework (TUF 1.0, §5.3): version N+1 is signed by the root threshold of N
 * and by that of N+1, no version is skipped, and none comes back.
 */

/** Throws TRUST unless so many distinct root principals as the file itself asks for have signed it with keys that are valid at `now`. */
export function checkRoots(file: TrustFile, now: number): void {
  const { threshold, signed } = rootSignatures(file, file.trust, now);
  if (signed.size >= threshold) return;
  throw fail(
    'TRUST',
    `the trust file is signed by ${signed.size} of the ${threshold} root principals that it asks for`,
    {
      hint: 'further roots sign it with `anon trust sign FILE --sign KEY`; a key that was retired does not count',
    },
  );
}

/** Root principals of `by` that have signed the file, and how many must have. */
export function rootSignatures(
  { envelope }: TrustFile,
  by: Trust,
  now: number,
): { readonly threshold: number; readonly signed: ReadonlySet<string> } {
  const signers = keysThatSigned(envelope, keysIn(by, 'root', now));
  return { threshold: by.thresholds.root, signed: new Set(signers.map(({ principal }) => principal)) };
}

/**
 * May `next` stand in the place of `current`? True: it does from now on; false: it is the same. Throws ROLLBACK for an older version and for
 * the same with other content, TRUST for a version that is skipped to or that too few roots of either have signed.
 */
export function checkUpdate(current: TrustFile, next: TrustFile, now: number): boolean {
  const [from, to] = [current.trust.version, next.trust.version];
  if (to < from) throw fail('ROLLBACK', `the trust file is version ${to}, and version ${from} was seen before`);
  if (to === from) {
    if (next.sha256 === current.sha256) return false;
    throw fail('ROLLBACK', `the trust file is another version ${to} than the one seen before`);
  }
  if (to > from + 1) {
    throw fail('TRUST', `the trust file is version ${to}, and the one seen before version ${from}`, {
      hint: `take over the versions between them first: \`anon trust update FILE\``,
    });
  }
  const { threshold, signed } = rootSignatures(next, current.trust, now);
  if (signed.size < threshold) {
    throw fail(
      'TRUST',
      `version ${to} of the trust file is signed by ${signed.size} of the ${threshold} root principals that version ${from} asks for`,
    );
  }
  return true;
}
