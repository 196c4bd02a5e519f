import { dirname } from 'node:path';
import { Failure, fail } from '../base/diagnostic.ts';
import { readFileUpTo } from '../io/files.ts';
import { type LicenseTerms, termsFrom } from '../license/compose.ts';
import { parseLicenseFile } from '../policy/license-file.ts';
import { loadTables } from './policy-file.ts';
import { readTemplates } from './templates.ts';

/** Where the terms of a new license stand: the `license` section of a policy, or a file that holds such a section alone. */
export type TermsOrigin = { readonly policy: string } | { readonly terms: string };

const maxLicenseBytes = 1 << 20;

/** The terms, with those of the templates that they use. Throws a Failure with every problem at its place. */
export async function readLicenseTerms(origin: TermsOrigin): Promise<LicenseTerms> {
  if ('policy' in origin) {
    const [policy] = await loadTables(origin.policy);
    if (policy.license === undefined) {
      const message = 'the policy has no `license` section';
      throw new Failure([
        policy.problem('POLICY-MEANING', [], message, 'add one, or give the terms with --terms FILE'),
      ]);
    }
    return termsFrom(policy.license, policy.templates);
  }
  const bytes = await readFileUpTo(origin.terms, maxLicenseBytes, 'POLICY-YAML');
  if (/^policy\s*:/m.test(bytes.toString('latin1'))) {
    throw fail('POLICY-SHAPE', 'this is a whole policy', {
      place: { file: origin.terms },
      hint: 'give it with --policy',
    });
  }
  const { options, problem } = parseLicenseFile(bytes, origin.terms);
  return termsFrom(options, await readTemplates(options, { directory: dirname(origin.terms), problem }));
}
