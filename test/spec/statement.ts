import type { Fits } from './envelope.ts';
import { type Json, refuse } from './json.ts';
import { time } from './trust.ts';

/** The license: of README.md alone, nothing of `src`. */

const isTime = (text: string): boolean =>
  time(text) >= 0 && new Date(time(text)).toISOString() === text.replace('Z', '.000Z');

export function checkStatement(statement: Json, fits: Fits): void {
  const listed = subjectProblem(statement);
  if (!fits('statement', statement)) refuse(listed ? 'SUBJECT' : 'SCHEMA');
  const { notBefore, notAfter, issued, terms } = statement.predicate;
  const deletions = (terms.duties ?? []).flatMap(({ deleteBy }: Json) => deleteBy ?? []);
  if (![notBefore, notAfter, issued, ...deletions].every(isTime) || notBefore >= notAfter) refuse('SCHEMA');
  if (listed) refuse('SUBJECT');
}

function subjectProblem({ subject, predicate }: Json): boolean {
  if (subject === undefined) return false;
  try {
    const names: string[] = subject.map(({ name, digest: { sha256: hex, ...more } }: Json) =>
      /^[0-9a-f]{64}$/.test(hex) && Object.keys(more).length === 0 ? name : refuse('SUBJECT'),
    );
    const data: string[] = predicate.files.flatMap(({ name, chunks }: Json) => [name, chunks]);
    const wanted = ['LICENSE.md', 'datapackage.json', 'report.json', ...data];
    return !(
      new Set(names).size === names.length &&
      new Set(data).size === data.length &&
      wanted.every((name) => names.includes(name)) &&
      !names.includes('license.intoto.json') &&
      names.every((name) => !name.startsWith('data/') || data.includes(name)) &&
      predicate.files.every(({ name, chunks }: Json) => name.startsWith('data/') && chunks === `${name}.chunks`)
    );
  } catch {
    return true;
  }
}
