import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder with `issuer.key`, `issuer.pub` and `pseudonym.key`. */
    keys: string;
  }
}

/** The golden sessions run the built binary: build it once, before any test, and let it make the keys that they share. */
export default function build(project: TestProject): () => void {
  const node = (cwd: string, ...args: string[]) =>
    execFileSync(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  node('.', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.json');
  node('.', 'node_modules/rolldown/bin/cli.mjs', '-c');
  const keys = mkdtempSync(join(tmpdir(), 'anon-keys-'));
  node(keys, resolve('bin/anon.js'), 'keys', 'generate', 'issuer.key', '--plain');
  node(keys, resolve('bin/anon.js'), 'keys', 'generate', 'pseudonym.key', '--type', 'pseudonym');
  project.provide('keys', keys);
  return () => {
    for (const folder of [keys, String(project.config.env.HOME)]) rmSync(folder, { recursive: true, force: true });
  };
}
