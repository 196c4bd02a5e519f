import type { Policy } from '../policy/policy.ts';
import type { Finding } from './definition.ts';
import { lints } from './index.ts';
import type { TableProfile } from './profile.ts';

/** What all lints find in a policy; `data` has the tables whose data was read, by name, '' for the only one. */
export function runLints(tables: readonly Policy[], data: ReadonlyMap<string, TableProfile>): Finding[] {
  const findings = tables.flatMap((policy) =>
    lints.all.flatMap((lint) =>
      lint
        .check({ policy, tables, data: data.get(policy.table ?? '') })
        .map(({ path, message, hint, severity = lint.severity }): Finding => {
          const { code: _, severity: __, ...problem } = policy.problem('POLICY-MEANING', path, message, hint);
          return { ...problem, rule: lint.name, severity };
        }),
    ),
  );
  // Of what tables share, each of them finds the same.
  const told = new Set<string>();
  return findings.filter((finding) => {
    const same = JSON.stringify([finding.rule, finding.place, finding.message]);
    if (told.has(same)) return false;
    told.add(same);
    return true;
  });
}
