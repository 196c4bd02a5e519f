import { basename, dirname, join } from 'node:path';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { loadDictionary } from '../profile/dictionary.ts';
import { draftPolicy, type PolicyDraft, standards } from '../profile/draft/index.ts';
import { isBeyondLatin } from '../profile/field.ts';
import { loadRecognition } from '../profile/recognize.ts';
import type { TableProfile } from '../profile/table.ts';
import { profileTable } from './profile-table.ts';

export interface InitRequest {
  /** Paths, or NAME=PATH; `-` is standard input. */
  readonly data: readonly string[];
  /** Name of a standard; undefined: the first. */
  readonly standard: string | undefined;
  /** Where the policy goes; `-` is standard output. */
  readonly out: string;
  readonly replace: boolean;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  /** Name of an encoding; undefined: it is guessed. */
  readonly encoding: string | undefined;
  /** Records of each input that are looked at. */
  readonly records: number;
  /** Year at whose end ages are counted. */
  readonly year: number;
}

/** Profile data, draft a policy for it, and write that. No value of the data stands in it. Throws a Failure. */
export async function init(request: InitRequest, terminal: Terminal): Promise<PolicyDraft> {
  const { out, replace, records, format, delimiter, encoding } = request;
  const inputs = inputsOf(request.data);
  const reads = inputs.flatMap(({ path }) => (path === '-' ? [] : [path]));
  if (out !== '-') await checkTarget(out, { kind: 'file', replace, reads });
  await loadRecognition();
  const tables: TableProfile[] = [];
  for (const input of inputs) tables.push(await profileTable({ ...input, records, format, delimiter, encoding }));
  const dictionary = await loadDictionary(tables.some(({ fields }) => fields.some(isBeyondLatin)));
  const [first, ...more] = tables as [TableProfile, ...TableProfile[]];
  const draft = draftPolicy({
    tables: [first, ...more],
    standard: (request.standard === undefined ? undefined : standards.get(request.standard)) ?? standards.all[0]!,
    dictionary,
    name: more.length === 0 ? first.name : 'draft',
    year: request.year,
    keyCommand: `anon keys generate --type pseudonym ${join(out === '-' ? '.' : dirname(out), 'pseudonym.key')}`,
  });
  if (out === '-') await terminal.out(draft.text);
  else await writeTogether((stage) => stage(stageFile(out, replace, 0o644)).write('', [Buffer.from(draft.text)]));
  return draft;
}

/** Names as a policy has them for tables, no two alike. Throws a Failure with all problems. */
function inputsOf(data: readonly string[]): { readonly name: string; readonly path: string }[] {
  const inputs = data.map((argument) => {
    const [, name, path] = /^([A-Za-z][A-Za-z0-9_-]{0,63})=(.+)$/s.exec(argument) ?? [];
    return name === undefined ? { name: nameOf(argument), path: argument } : { name, path: path! };
  });
  const problems: Diagnostic[] = [];
  const refuse = (message: string, hint: string) => problems.push({ code: 'USAGE', message, hint });
  const seen = new Set<string>();
  for (const { name } of inputs) {
    const key = name.toLowerCase();
    if (seen.has(key)) refuse(`two tables would be named \`${name}\``, 'write NAME=FILE');
    seen.add(key);
  }
  if (inputs.filter(({ path }) => path === '-').length > 1)
    refuse('two tables are to come from standard input', 'give one of them as a file');
  if (inputs.length === 0) throw fail('USAGE', 'no data is named', { hint: 'anon init FILE' });
  if (problems.length > 0) throw new Failure(problems);
  return inputs;
}

function nameOf(path: string): string {
  const stem = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.[^.]+$/, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z]+/, '');
  return stem === '' ? 'data' : stem.slice(0, 64);
}
