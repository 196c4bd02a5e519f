import { execFileSync } from 'node:child_process';

/** The golden sessions run the built binary: build it once, before any test. */
export default function build(): void {
  for (const [script, ...args] of [
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'],
    ['node_modules/rolldown/bin/cli.mjs', '-c'],
  ]) {
    execFileSync(process.execPath, [script!, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
}
