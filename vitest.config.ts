import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** What reads the home or the state of the user finds nobody's; `test/build.ts` takes it away. */
const home = join(tmpdir(), `anon-home-${process.pid}`);

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    env: { HOME: home, XDG_STATE_HOME: join(home, 'state') },
    globalSetup: ['test/build.ts'],
    pool: 'forks',
    // By default one core is left free, which of two is half.
    maxWorkers: '100%',
    // Most files take less time than a process of their own: no test leaves anything behind in its process.
    isolate: false,
  },
});
