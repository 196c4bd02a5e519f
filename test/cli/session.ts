import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject, onTestFinished } from 'vitest';
import { called } from './called.ts';

/** The program as it is installed. */
export const binary = fileURLToPath(new URL('../../bin/anon.js', import.meta.url));

export interface RunOptions {
  readonly input?: string | Uint8Array;
  /** On top of an environment of a few harmless variables; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where it runs; the workspace otherwise. */
  readonly cwd?: string;
}

export interface RunResult {
  /** Exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workspace {
  /** A temporary folder, removed in the end. It holds `issuer.key`, `issuer.pub` and `pseudonym.key`. */
  readonly dir: string;
  /** The folder that the program takes for temporary files; outside of `dir`. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string>>;
  write(name: string, content: string | Uint8Array): string;
  /** Run `anon` with these arguments. */
  run(args: readonly string[], options?: RunOptions): RunResult;
  /**
   * The same answer from the process of the test, without the 0.3 s that a start of the binary takes: for what the program says and
   * leaves behind. There is no standard input, and one call at a time.
   */
  call(args: readonly string[], options?: Omit<RunOptions, 'input'>): Promise<RunResult>;
  /** Paths of all files in `dir` and `temporary`, relative, sorted; the keys left out. */
  files(): string[];
}

/** A folder to run the program in, for one test, or with `afterAll` for the tests of a `describe`. */
export function workspace(whenDone: (remove: () => void) => void = onTestFinished): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'anon-test-'));
  whenDone(() => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, 'work');
  const temporary = join(root, 'temporary');
  mkdirSync(dir);
  mkdirSync(temporary);
  for (const key of keyNames) copyFileSync(join(inject('keys'), key), join(dir, key));
  const env = { PATH: process.env.PATH ?? '', HOME: root, TMPDIR: temporary, NO_COLOR: '1' };
  return {
    dir,
    temporary,
    env,
    write(name, content) {
      const path = join(dir, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    run: (args, { input = '', env: more = {}, cwd = dir } = {}) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
        cwd,
        input,
        env: { ...env, ...more },
        maxBuffer: 1 << 28,
      });
      return { status, stdout: stdout.toString(), stderr: stderr.toString() };
    },
    call: (args, { env: more = {}, cwd = dir } = {}) => called(args, { ...env, ...more }, cwd),
    files: () =>
      [...listed(dir), ...listed(temporary).map((name) => join('..', 'temporary', name))]
        .filter((name) => !keyNames.includes(name))
        .sort(),
  };
}

const keyNames = ['issuer.key', 'issuer.pub', 'pseudonym.key'];

function listed(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
