// Measures anon beside programs that do the same job, all in one session. Run it on a built tree:
//
//   node test/bench/run.mjs [--rows N] [--runs N] [--only NAME]... [--quick] [--large]
//
// --quick is 100,000 rows and one run. --only takes names of the first table, `memory` and `verify`. --large adds five
// times the rows to the table of memory. DuckDB takes part where it is installed. A megabyte is 10^6 bytes.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareOutputs } from './compare.mjs';
import { measureInTurns, median } from './measure.mjs';
import { benchPolicy, use } from './policy.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
  },
});
const rows = atLeastOne('rows', options.quick ? 100_000 : 1_000_000);
const runs = atLeastOne('runs', options.quick ? 1 : 3);
const wanted = (name) => options.only === undefined || options.only.includes(name);

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const anon = here('../../bin/anon.js');
const cache = join(tmpdir(), 'anon-bench');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'run-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));

/** The sides of the comparison. `searched`: whether the leak check must have found something to search for. */
const sides = [
  { name: 'node-naive', args: (source, out) => [here('node-naive.mjs'), source, out] },
  { name: 'anon', policy: { searched: true } },
  { name: 'anon-no-leak-check', policy: { searched: false } },
  { name: 'anon-ndjson', format: 'ndjson', policy: { paths: true } },
  { name: 'pass-through', args: (source, out) => [here('pass-through.mjs'), source, out] },
  { name: 'duckdb', needs: '@duckdb/node-api', args: (source, out) => [here('duckdb.mjs'), source, out] },
];
const known = [...sides.map(({ name }) => name), 'memory', 'verify'];
const unknown = options.only?.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${known.join(', ')}`);
if (!existsSync(here('../../dist/cli/main.js'))) throw new Error('nothing is built: npm run build');

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${count(rows)} rows, median of ${runs}\n`);
makeKeys();
await compareSides();
if (wanted('memory')) await measureMemory();
if (wanted('verify')) await measureVerify();

async function compareSides() {
  const jobs = [];
  for (const side of sides.filter(({ name }) => wanted(name))) {
    if (side.needs && !isInstalled(side.needs)) {
      console.log(`${side.name} is left out; to add it: npm i --no-save ${side.needs}\n`);
    } else jobs.push(side.policy ? await anonJob(side) : await peerJob(side));
  }
  if (jobs.length === 0) return;
  const results = measureInTurns(jobs, runs);
  const naive = results.get('node-naive')?.seconds;
  printTable(
    ['', 'wall s', 'CPU s', 'MB/s', 'peak MB', '× node-naive'],
    jobs.map(({ name, source }) => {
      const { seconds, cpuSeconds, peakBytes } = results.get(name);
      const ratio = naive === undefined ? '' : (naive / seconds).toFixed(2);
      const speed = (statSync(source).size / 1e6 / seconds).toFixed(1);
      return [name, seconds.toFixed(2), cpuSeconds.toFixed(2), speed, megabytes(peakBytes), ratio];
    }),
  );
  const ours = jobs.filter(({ policy }) => policy);
  printPhases(ours, results);
  if (naive !== undefined) for (const job of ours) await printComparison(job, join(work, 'node-naive.csv'));
}

function printPhases(jobs, results) {
  if (jobs.length === 0) return;
  const columns = jobs.map(({ name, policy }) => {
    const outcomes = results.get(name).answers.map((answer) => JSON.parse(answer));
    for (const { leakCheck } of outcomes) {
      if ((leakCheck !== null) !== (policy.searched ?? true)) throw new Error(`${name}: the leak check is not as meant`);
    }
    return outcomes.map(({ phases }) => phases.map(({ ms }, i) => ms - (phases[i - 1]?.ms ?? 0)));
  });
  const names = JSON.parse(results.get(jobs[0].name).answers[0]).phases.map(({ name }) => name);
  printTable(
    ['ms in phase', ...jobs.map(({ name }) => name)],
    names.map((name, i) => [name, ...columns.map((all) => median(all.map((phases) => phases[i])).toFixed(0))]),
  );
}

async function printComparison(job, naive) {
  const { records, differing } = await compareOutputs(dataOf(job.out), naive);
  const verdict = differing.length === 0 ? 'same as node-naive' : `DIFFERS from node-naive in ${differing.join(', ')}`;
  console.log(`${job.name}: ${count(records)} records, ${verdict}`);
  if (differing.length > 0) process.exitCode = 1;
}

/** Peak memory by size of the input: flat, but for what the leak check and the unit remember of each individual. */
async function measureMemory() {
  const variants = [
    { name: 'neither', policy: { searched: false } },
    { name: 'leak check', policy: { searched: true } },
    { name: 'unit', policy: { searched: false, unit: 'id' } },
  ];
  const sizes = [Math.max(1, Math.round(rows / 10)), rows];
  const jobs = [];
  for (const size of sizes) for (const variant of variants) jobs.push(await anonJob(variant, size));
  if (options.large) jobs.push(await anonJob(variants[0], rows * 5));
  const results = measureInTurns(
    jobs.map((job) => ({ ...job, name: `${job.name} ${job.size}` })),
    runs,
  );
  const peak = (name, size) => results.get(`${name} ${size}`)?.peakBytes;
  console.log();
  printTable(
    ['peak MB', ...sizes.map((size) => `${count(size)} rows`), ...(options.large ? [`${count(rows * 5)} rows`] : []), 'B/row'],
    variants.map(({ name }) => {
      const peaks = [...sizes, ...(options.large ? [rows * 5] : [])].map((size) => peak(name, size));
      const slope = (peaks[1] - peaks[0]) / (sizes[1] - sizes[0]);
      return [name, ...peaks.map((bytes) => (bytes === undefined ? '' : megabytes(bytes))), slope.toFixed(0)];
    }),
  );
}

/** Verification of a bundle of all rows and of a small one, beside the start of node alone. */
async function measureVerify() {
  const bundles = [
    await anonJob({ name: 'large', policy: {} }, rows),
    await anonJob({ name: 'small', policy: { measured: false } }, 1000),
  ];
  measureInTurns(bundles, 1);
  const stated = ['--trust', join(work, 'issuer.pub'), '--organization', use.organization, '--purpose', use.purpose];
  const jobs = [
    { name: 'node -e 0', args: ['-e', '0'] },
    ...bundles.map(({ out, size }) => ({ name: `verify ${count(size)}`, out: undefined, args: [anon, 'verify', out, ...stated] })),
  ];
  const results = measureInTurns(jobs, Math.max(runs, 5));
  printTable(
    ['', 'wall ms', 'CPU ms', 'peak MB'],
    [...results].map(([name, { seconds, cpuSeconds, peakBytes }]) => [
      name,
      (seconds * 1000).toFixed(0),
      (cpuSeconds * 1000).toFixed(0),
      megabytes(peakBytes),
    ]),
  );
}

async function peerJob({ name, args }) {
  const source = await people(rows, 'csv');
  const out = join(work, `${name}.csv`);
  return { name, source, out, args: args(source, out) };
}

async function anonJob({ name, format = 'csv', policy }, size = rows) {
  const source = await people(size, format);
  const stem = join(work, `${name.replaceAll(' ', '-')}-${size}`);
  writeFileSync(`${stem}.yaml`, benchPolicy(policy));
  const apply = [anon, 'apply', `${stem}.yaml`, source, '--out', stem, '--key', join(work, 'issuer.key'), '--json'];
  return { name, source, size, policy, out: stem, args: apply };
}

function dataOf(bundle) {
  const files = readdirSync(join(bundle, 'data')).filter((name) => !name.endsWith('.chunks'));
  return join(bundle, 'data', files[0]);
}

function makeKeys() {
  const generate = [anon, 'keys', 'generate'];
  measureInTurns(
    [
      { name: 'pseudonym key', args: [...generate, '--type', 'pseudonym', join(work, 'pseudonym.key')] },
      { name: 'signing key', args: [...generate, '--plain', join(work, 'issuer.key')] },
    ],
    1,
  );
}

/** The generated file: kept from run to run, under a name that changes with what made it. Read once, so that it is cached. */
async function people(size, format) {
  const faker = readFileSync(here('../../node_modules/@faker-js/faker/package.json'));
  const maker = createHash('sha256').update(readFileSync(here('people.mjs'))).update(faker).digest('hex');
  const file = join(cache, `people-${size}-${maker.slice(0, 8)}.${format}`);
  if (!existsSync(file)) {
    measureInTurns([{ name: `making ${file}`, args: [here('people.mjs'), `${size}`, `${file}.part`, format] }], 1);
    renameSync(`${file}.part`, file);
  }
  for await (const _ of createReadStream(file));
  return file;
}

function isInstalled(name) {
  try {
    return import.meta.resolve(name) !== undefined;
  } catch {
    return false;
  }
}

function atLeastOne(name, otherwise) {
  const value = options[name] === undefined ? otherwise : Number(options[name]);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} is not a whole number above 0`);
  return value;
}

function printTable(header, lines) {
  const all = [header, ...lines];
  const widths = header.map((_, i) => Math.max(...all.map((line) => line[i].length)));
  for (const line of all) {
    const cells = line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])));
    console.log(cells.join('  ').trimEnd());
  }
  console.log();
}

function count(n) {
  return n.toLocaleString('en');
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(0);
}
