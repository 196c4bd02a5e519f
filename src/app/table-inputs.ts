import { basename } from 'node:path';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { expandPath, realPath } from '../io/glob.ts';
import type { Policy } from '../policy/policy.ts';

/** A table of the policy and the files that it is in. */
export interface TableInput {
  readonly policy: Policy;
  /** Paths in their order, or `-` alone for standard input. */
  readonly paths: readonly [string, ...string[]];
}

/** How the file system is asked. */
export interface Paths {
  /** The files that a pattern stands for, or the path as it is. Throws a Failure where there is none. */
  expand(path: string): Promise<readonly string[]>;
  /** One path for all that lead to the same file. */
  real(path: string): Promise<string>;
}

export const fileSystem: Paths = { expand: expandPath, real: realPath };

/** The files of one table: all that are given, or standard input when there is none. Throws a Failure with all that do not fit. */
export async function inputsOfOne(given: readonly string[], paths: Paths): Promise<TableInput['paths']> {
  const problems: Diagnostic[] = [];
  const found: string[] = [];
  for (const path of given.length === 0 ? ['-'] : given) found.push(...(await expanded(path, paths, problems)));
  problems.push(...(await problemsOf(found, paths)));
  if (problems.length > 0) throw new Failure(problems);
  return listOf(found);
}

/**
 * Which inputs belong to which table. A policy for one table takes all that are given. Those of several tables are written `NAME=PATH`,
 * or as a path whose file has the name of the table; a pattern stands for all its files. Throws a Failure with all that do not fit.
 */
export async function tableInputs(
  policies: readonly [Policy, ...Policy[]],
  given: readonly string[],
  paths: Paths,
): Promise<TableInput[]> {
  const [only] = policies;
  if (only.table === undefined) return [{ policy: only, paths: await inputsOfOne(given, paths) }];
  const names = policies.map(({ table }) => table!);
  const problems: Diagnostic[] = [];
  const refuse = (message: string, hint: string) => problems.push({ code: 'USAGE', message, hint });
  const inputs = new Map<string, string[]>();
  const add = (table: string, found: readonly string[]) => inputs.set(table, [...(inputs.get(table) ?? []), ...found]);
  for (const argument of given) {
    const { table, path } = readArgument(argument, names);
    const word = /^([^=/]+)=/.exec(argument)?.[1];
    if (table !== undefined && path === '') {
      add(table, []);
      refuse(`table \`${table}\` is given an empty path`, 'is it made from a variable that is not set?');
    } else if (table !== undefined) add(table, await expanded(path, paths, problems));
    else if (word !== undefined) {
      refuse(`the policy has no table \`${word}\``, didYouMean(word, names) ?? nameIt(names));
    } else
      for (const file of await expanded(path, paths, problems)) {
        const named = tableNamedBy(file, names);
        if (named !== undefined) add(named, [file]);
        else refuse(`no table of the policy has the name of ${file}`, nameIt(names));
      }
  }
  for (const name of names) if (!inputs.has(name)) refuse(`table \`${name}\` has no input`, `write ${name}=FILE`);
  if ([...inputs.values()].filter((own) => own.includes('-')).length > 1) {
    refuse('two tables are to come from standard input', 'give one of them as a file');
  }
  for (const own of inputs.values()) problems.push(...(await problemsOf(own, paths)));
  if (problems.length > 0) throw new Failure(problems);
  return policies.map((policy) => ({ policy, paths: listOf(inputs.get(policy.table!)!) }));
}

async function expanded(path: string, { expand }: Paths, problems: Diagnostic[]): Promise<readonly string[]> {
  try {
    return await expand(path);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    problems.push(...error.diagnostics);
    return [];
  }
}

function listOf([first, ...more]: readonly string[]): TableInput['paths'] {
  return [first!, ...more];
}

/** What keeps inputs from being of one table together. */
async function problemsOf(inputs: readonly string[], { real }: Paths): Promise<readonly Diagnostic[]> {
  if (inputs.length < 2) return [];
  const problems: Diagnostic[] = [];
  const seen = new Map<string, string>();
  for (const path of inputs.filter((input) => input !== '-')) {
    const file = await real(path);
    const earlier = seen.get(file);
    seen.set(file, earlier ?? path);
    if (earlier === undefined) continue;
    const message = path === earlier ? `${path} is given twice` : `${earlier} and ${path} are the same file`;
    problems.push({ code: 'USAGE', message, hint: 'its records would count twice: name it once' });
  }
  if (inputs.includes('-')) {
    const hint = 'name files alone, or put all of them into standard input';
    problems.push({ code: 'USAGE', message: 'standard input is one of several inputs of a table', hint });
  }
  return problems;
}

function readArgument(argument: string, names: readonly string[]): { table: string | undefined; path: string } {
  const at = argument.indexOf('=');
  const before = argument.slice(0, Math.max(0, at));
  if (names.includes(before)) return { table: before, path: argument.slice(at + 1) };
  return { table: tableNamedBy(argument, names), path: argument };
}

function tableNamedBy(path: string, names: readonly string[]): string | undefined {
  const stem = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '');
  return names.includes(stem) ? stem : undefined;
}

function nameIt(names: readonly string[]): string {
  return `write ${names.map((name) => `${name}=FILE`).join(' ')}`;
}
