import { execFileSync } from 'node:child_process';

/** The golden sessions run the built binary: build it once, before any test. */
export default function build(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], { stdio: 'inherit' });
}
