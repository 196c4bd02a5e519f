import { Failure } from '../base/diagnostic.ts';
import type { Policy } from '../policy/policy.ts';

/** Fields that the policy does not name are kept only where the command line says so, too. */
export function requireListed(policies: readonly Policy[]): void {
  const hint = 'fields that nobody has looked at would be released: say --allow-unlisted if that is meant';
  const [shared] = policies;
  const problems = [
    ...(shared!.unlisted === 'keep' ? [{ policy: shared!, path: ['defaults', 'unlisted'] }] : []),
    ...policies.flatMap((policy) => (policy.input.around === 'keep' ? [{ policy, path: ['input', 'around'] }] : [])),
  ];
  if (problems.length === 0) return;
  throw new Failure(
    problems.map(({ policy, path }) =>
      policy.problem('POLICY-MEANING', path, `\`${path.at(-1)}: keep\` needs --allow-unlisted`, hint),
    ),
  );
}
