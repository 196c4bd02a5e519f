import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { hierarchiesOf, loadTables, prepareTransforms, readPolicyFiles } from './policy-file.ts';

/**
 * Everything about policies that can be told without data and keys: their form and meaning, the templates, lookup tables and hierarchies
 * that they name, and the word lists of their locale. All problems of all of them, and their warnings.
 */
export async function checkPolicies(files: readonly string[]): Promise<readonly Diagnostic[]> {
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    try {
      diagnostics.push(...(await checkPolicy(file)));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      diagnostics.push(...error.diagnostics);
    }
  }
  return diagnostics;
}

async function checkPolicy(file: string): Promise<readonly Diagnostic[]> {
  const tables = await loadTables(file);
  await prepareTransforms(tables);
  for (const policy of tables) {
    const hierarchy = hierarchiesOf(policy, await readPolicyFiles(policy));
    for (const name of policy.hierarchies.keys()) hierarchy(name);
  }
  return tables[0].warnings;
}
