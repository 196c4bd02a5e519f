#!/usr/bin/env node
// `--version` is what programs call to see whether anon is there: it loads nothing but the version.
if (process.argv[2] === '--version' && process.argv.length === 3) {
  const { tool } = await import('../dist/base/version.js');
  console.log(tool.version);
} else {
  const { main } = await import('../dist/program/main.js');
  process.exitCode = await main(process.argv.slice(2));
}
