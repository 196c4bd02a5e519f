import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FailureCode } from '../../src/base/failures.ts';
import type { RunResult, Workspace } from './session.ts';

/** Stands in the data of these tests, and must never stand in a message or in a file that is left. */
export const canary = 'CANARY';

export const policy = `policy: anon/v1
name: test
version: "1"
keys: { pseudonym: { file: ./pseudonym.key } }
domains: { person: { key: pseudonym } }
fields:
  id: { role: identifier, transform: { tokenize: { domain: person } } }
  name: { role: identifier, transform: drop }
  age: { role: quasi-identifier, type: integer, transform: { generalize: { intervals: [0, 20, 40, 60, 80] } } }
  note: { role: insensitive, transform: keep }
privacy: { models: [{ k-anonymity: { k: 2 } }] }
license:
  licensor: { name: Example Hospital }
  licensee: { id: "urn:org:example", name: Example University }
  purposes: [AcademicResearch]
  valid: { from: 2020-01-01, until: 9998-12-31 }
`;

export const jsonPolicy = policy.replace(/^ {2}(id|name|age|note):/gm, '  "$.$1":');

export const header = 'id,name,age,note\n';

/** Records behind the header, each with the canary in what is dropped, tokenized and generalized; the note is kept. */
export function rows(count: number): string {
  return Array.from({ length: count }, (_, i) => `${canary}-${1000 + i},Name ${canary},30,text\n`).join('');
}

export function jsonRows(count: number): string {
  const row = (i: number) => ({ id: `${canary}-${1000 + i}`, name: `Name ${canary}`, age: 30, note: 'text' });
  return Array.from({ length: count }, (_, i) => `${JSON.stringify(row(i))}\n`).join('');
}

export interface Refusal {
  readonly code: FailureCode;
  /** What the first line begins with, up to the severity. */
  readonly at?: string;
  /** What is said in addition. */
  readonly says?: string | RegExp;
  readonly status?: 1 | 2;
  readonly stdout?: string;
}

/** The run gave no output and left nothing behind (`before`: the files from before), and said why without showing any data. */
export function expectRefused(space: Workspace, before: readonly string[], run: RunResult, refusal: Refusal): void {
  const { code, at, says, status = 2, stdout = '' } = refusal;
  expect(run.stderr).toContain(`error[${code}]: `);
  if (at !== undefined) expect(run.stderr.slice(0, run.stderr.indexOf(': error['))).toBe(at);
  if (says !== undefined) expect(run.stderr).toMatch(says);
  expect(run.stderr).not.toContain(canary);
  expect(run.stderr).not.toMatch(/\n\s+at |node:internal/);
  expect(run.stdout).toBe(stdout);
  expect(run.status).toBe(status);
  expect(space.files()).toEqual(before);
}

/** Files that hold the canary, apart from the named ones. */
export function withCanary(space: Workspace, apartFrom: readonly string[]): string[] {
  return space.files().filter((name) => {
    const path = join(space.dir, name);
    if (apartFrom.includes(name) || !existsSync(path) || !lstatSync(path).isFile()) return false;
    return readFileSync(path).includes(canary);
  });
}
