import { dirname } from 'node:path';
import type { Terminal } from '../io/terminal.ts';
import { auditFolder } from './audit.ts';
import { type CheckDefinition, type CheckFinding, problemsOf } from './doctor/definition.ts';
import { checks } from './doctor/index.ts';

export interface Examined {
  readonly check: CheckDefinition;
  readonly findings: readonly CheckFinding[];
}

/** Run every check, whatever the others find. `state`: another state directory than the user's. Changes nothing. */
export async function examine(state: string | undefined, terminal: Terminal): Promise<readonly Examined[]> {
  const surroundings = { terminal, state: dirname(auditFolder(state, terminal)) };
  const examined: Examined[] = [];
  for (const check of checks.all) {
    examined.push({ check, findings: await check.run(surroundings).catch(problemsOf) });
  }
  return examined;
}
