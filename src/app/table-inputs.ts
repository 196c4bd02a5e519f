import { basename } from 'node:path';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import type { Policy } from '../policy/policy.ts';

/** A table of the policy and the file that it is in. */
export interface TableInput {
  readonly policy: Policy;
  /** A path, or `-` for standard input. */
  readonly path: string;
}

/**
 * Which input belongs to which table. A policy for one table takes one path, or standard input when there is none. Of several tables
 * each takes one, written `NAME=PATH`, or as a path whose file has the name of the table. Throws a Failure with all that do not fit.
 */
export function tableInputs(policies: readonly [Policy, ...Policy[]], given: readonly string[]): TableInput[] {
  const [first] = policies;
  if (first.table === undefined) {
    if (given.length <= 1) return [{ policy: first, path: given[0] ?? '-' }];
    throw fail('USAGE', `too many arguments: the policy is about one table, and ${given.length} inputs are given`, {
      hint: 'a policy for several names them under `tables`',
    });
  }
  const names = policies.map(({ table }) => table!);
  const problems: Diagnostic[] = [];
  const refuse = (message: string, hint: string) => problems.push({ code: 'USAGE', message, hint });
  const paths = new Map<string, string>();
  for (const argument of given) {
    const { table, path } = readArgument(argument, names);
    if (table === undefined) {
      const word = /^([^=/]+)=/.exec(argument)?.[1];
      if (word === undefined) refuse(`no table of the policy has the name of ${argument}`, nameIt(names));
      else refuse(`the policy has no table \`${word}\``, didYouMean(word, names) ?? nameIt(names));
    } else if (path === '')
      refuse(`table \`${table}\` is given an empty path`, 'is it made from a variable that is not set?');
    else if (paths.has(table))
      refuse(`table \`${table}\` has two inputs`, 'a table is one file: put them into one first');
    else if (/[*?]/.test(path)) refuse(`the input of table \`${table}\` is a pattern`, 'a table is one file: name it');
    else paths.set(table, path);
  }
  for (const name of names) {
    if (given.some((argument) => readArgument(argument, names).table === name)) continue;
    refuse(`table \`${name}\` has no input`, `write ${name}=FILE`);
  }
  if ([...paths.values()].filter((path) => path === '-').length > 1) {
    refuse('two tables are to come from standard input', 'give one of them as a file');
  }
  if (problems.length > 0) throw new Failure(problems);
  return policies.map((policy) => ({ policy, path: paths.get(policy.table!)! }));
}

function readArgument(argument: string, names: readonly string[]): { table: string | undefined; path: string } {
  const at = argument.indexOf('=');
  const before = argument.slice(0, Math.max(0, at));
  if (names.includes(before)) return { table: before, path: argument.slice(at + 1) };
  const stem = basename(argument)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '');
  return { table: names.includes(stem) ? stem : undefined, path: argument };
}

function nameIt(names: readonly string[]): string {
  return `write ${names.map((name) => `${name}=FILE`).join(' ')}`;
}
