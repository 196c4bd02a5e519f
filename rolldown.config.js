import { defineConfig } from 'rolldown';

/**
 * The program in a few files instead of some 400, with the small packages it reads at every start: `anon` starts in two thirds of the
 * time. Packages that are large and seldom asked for stay where they are installed.
 */
export default defineConfig({
  input: 'src/cli/main.ts',
  platform: 'node',
  external: ['@faker-js/faker', '@observablehq/plot', 'libphonenumber-js', 'linkedom'],
  logLevel: 'warn',
  // The list of commands is asked for by one of them, too.
  checks: { ineffectiveDynamicImport: false },
  // As deep as the modules of `dist`: what is found from `import.meta.url` is found from here.
  output: {
    dir: 'dist/program',
    format: 'esm',
    cleanDir: true,
    codeSplitting: {
      groups: [
        { name: 'start', tags: ['$initial'], priority: 2 },
        // What `verify` needs, in one file: each file more costs a start about 1 % of bare node.
        { name: 'gate', test: /src[\\/](?:app[\\/]verify|cli[\\/]answer|release[\\/]answer)\.ts$/, priority: 1 },
      ],
    },
  },
});
