// Rows of 12 columns of which none, or one, is transformed: what a column costs that stays as it is. Run it on a built tree:
//
//   node test/bench/untouched.mjs [ROWS]
//
// Whole processes, the fastest of three, with the start of node.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rows = Number(process.argv[2] ?? 500_000);
const columns = 12;
const runs = 3;
const anon = fileURLToPath(new URL('../../bin/anon.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'untouched-'));
try {
  const names = Array.from({ length: columns }, (_, c) => `c${c}`);
  const row = (r) => names.map((_, c) => String((r * 2_654_435_761 + c * 40_503) % 2 ** 32)).join(',');
  const input = join(folder, 'in.csv');
  writeFileSync(input, `${names}\n${Array.from({ length: rows }, (_, r) => row(r)).join('\n')}\n`);
  writeFileSync(join(folder, 'key'), Buffer.alloc(32, 'bench').toString('base64'), { mode: 0o600 });
  const megabytes = statSync(input).size / 1e6;
  for (const [line, transform] of [
    ['0 of 12 transformed', 'keep'],
    ['1 of 12 by mask', '{ mask: { keep-last: 2 } }'],
    ['1 of 12 by round', '{ round: { to: 1000 } }'],
    ['1 of 12 by tokenize', '{ tokenize: { domain: d } }'],
  ]) {
    writeFileSync(join(folder, 'policy.yaml'), policyOf(names, transform));
    const best = Math.min(...Array.from({ length: runs }, () => secondsOf(input)));
    console.log(`${line.padEnd(24)}${best.toFixed(2).padStart(8)} s${(megabytes / best).toFixed(0).padStart(8)} MB/s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function policyOf(names, transform) {
  const fields = names.map((name, c) => `  ${name}: { role: insensitive, transform: ${c === 5 ? transform : 'keep'} }`);
  const keys = transform.includes('domain')
    ? 'keys: { k: { file: ./key } }\ndomains: { d: { key: k, scope: global } }\n'
    : '';
  return `policy: anon/v1\nname: bench\nversion: "1"\n${keys}fields:\n${fields.join('\n')}\n`;
}

function secondsOf(input) {
  const began = performance.now();
  const target = ['--data-only', join(folder, 'out'), '--replace'];
  const done = spawnSync(process.execPath, [anon, 'apply', join(folder, 'policy.yaml'), input, ...target], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return (performance.now() - began) / 1000;
}
