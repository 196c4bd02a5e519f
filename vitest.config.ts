import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: ['test/build.ts'],
    pool: 'forks',
    // By default one core is left free, which of two is half.
    maxWorkers: '100%',
    // Most files take less time than a process of their own: no test leaves anything behind in its process.
    isolate: false,
  },
});
