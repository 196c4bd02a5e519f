// Measures anon beside programs that do the same job, all in one session. Run it on a built tree:
//
//   node test/bench/run.mjs [--rows N] [--runs N] [--only NAME]... [--quick] [--large]
//
// --quick is 100,000 rows and one run. --only takes names of the first table, `memory`, `verify`, `classes` and `search`. --large
// adds five times the rows to the table of memory. DuckDB takes part where it is installed. A megabyte is 10^6 bytes.

import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measureClasses } from './classes.mjs';
import { compareOutputs } from './compare.mjs';
import { adultJob, anonJob, peerJob, verifyJob } from './jobs.mjs';
import { measureInTurns, median } from './measure.mjs';
import { count, megabytes, milliseconds, printTable } from './table.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    only: { type: 'string', multiple: true },
    quick: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
  },
});
/** Fewer hardly hold a class of 5 records, and a release of none is refused. */
const fewestRows = 10_000;
const rows = wholeNumber('rows', options.quick ? 100_000 : 1_000_000, 2 * fewestRows);
const runs = wholeNumber('runs', options.quick ? 1 : 3, 1);

const sides = {
  'node-naive': (name) => peerJob(name, rows),
  anon: (name) => anonJob(name, rows, {}),
  'anon-no-leak-check': (name) => anonJob(name, rows, { searched: false }),
  'anon-ndjson': (name) => anonJob(name, rows, { paths: true }, 'ndjson'),
  'pass-through': (name) => peerJob(name, rows),
  duckdb: (name) => peerJob(name, rows),
};
const parts = [...Object.keys(sides), 'memory', 'verify', 'classes', 'search'];
const chosen = options.only ?? parts;
const unknown = chosen.find((name) => !parts.includes(name));
if (unknown !== undefined) throw new Error(`--only ${unknown} is none of ${parts.join(', ')}`);
if (!existsSync(new URL('../../dist/cli/main.js', import.meta.url))) throw new Error('nothing is built: npm run build');

/** With a key of RFC 8032 §7.1; it takes as long where the signature is none. */
const checkSignature = `const { sign } = require('tweetnacl');
sign.detached.verify(Buffer.alloc(6000), Buffer.alloc(64),
  Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex'))`;
const digestFile = `const hash = require('crypto').createHash('sha256');
fs.createReadStream(process.argv[1], { highWaterMark: 1 << 20 })
  .on('data', (part) => hash.update(part))
  .on('end', () => hash.digest())`;

console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; ${count(rows)} rows, median of ${runs}\n`,
);
await compareSides();
if (chosen.includes('memory')) measureMemory();
if (chosen.includes('verify')) measureVerify();
if (chosen.includes('classes')) measureClasses(rows, runs, isInstalled('@duckdb/node-api'));
if (chosen.includes('search')) measureSearch(runs);

async function compareSides() {
  const jobs = Object.keys(sides).flatMap((name) => {
    if (!chosen.includes(name)) return [];
    if (name !== 'duckdb' || isInstalled('@duckdb/node-api')) return [sides[name](name)];
    console.log('duckdb is left out; to add it: npm i --no-save @duckdb/node-api\n');
    return [];
  });
  if (jobs.length === 0) return;
  const results = measureInTurns(jobs, runs);
  const reference = jobs.find(({ name }) => name === 'node-naive');
  const naive = results.get('node-naive');
  printTable(
    ['', 'wall s', 'CPU s', 'MB/s', 'peak MB', '× node-naive'],
    jobs.map(({ name, source }) => {
      const { seconds, cpuSeconds, peakBytes } = results.get(name);
      const speed = statSync(source).size / 1e6 / seconds;
      const ratio = naive === undefined ? '' : (naive.seconds / seconds).toFixed(2);
      return [name, seconds.toFixed(2), cpuSeconds.toFixed(2), speed.toFixed(1), megabytes(peakBytes), ratio];
    }),
  );
  const ours = jobs.filter(({ name }) => name.startsWith('anon'));
  if (ours.length > 0) printPhases(ours, results);
  if (reference === undefined) return;
  for (const { name, data } of ours) {
    const { records, differing } = await compareOutputs(data(), reference.data());
    const verdict = differing.length === 0 ? 'same as' : `different in ${differing.join(', ')} from`;
    console.log(`${name}: ${count(records)} records, ${verdict} node-naive`);
    if (differing.length > 0) process.exitCode = 1;
  }
  if (ours.length > 0) console.log();
}

/** Where the time of `anon apply` goes. */
function printPhases(jobs, results) {
  const outcomes = jobs.map(({ name }) => results.get(name).answers.map((answer) => JSON.parse(answer)));
  jobs.forEach(({ name }, j) => {
    const searched = outcomes[j].every(({ leakCheck }) => leakCheck !== null);
    if (searched === (name === 'anon-no-leak-check')) throw new Error(`${name}: the leak check is not as it should be`);
  });
  const took = ({ phases }, i) => phases[i].ms;
  printTable(
    ['ms', ...jobs.map(({ name }) => name)],
    outcomes[0][0].phases.map(({ name }, i) => [
      name,
      ...outcomes.map((all) => median(all.map((outcome) => took(outcome, i))).toFixed(0)),
    ]),
  );
}

/**
 * Peak memory by rows: flat, but for what the leak check and the unit remember of each individual, here of each row. The last
 * column is the slope from the first size to the second.
 */
function measureMemory() {
  const variants = { neither: { searched: false }, 'leak check': {}, unit: { searched: false, unit: 'id' } };
  const sizes = [Math.max(fewestRows, Math.ceil(rows / 10)), rows, ...(options.large ? [rows * 5] : [])];
  const jobs = Object.entries(variants).flatMap(([name, policy]) =>
    sizes.flatMap((size) => (size > rows && name !== 'neither' ? [] : [anonJob(`${name} ${size}`, size, policy)])),
  );
  const results = measureInTurns(jobs, runs);
  printTable(
    ['peak MB', ...sizes.map((size) => `${count(size)} rows`), 'bytes a row'],
    Object.keys(variants).map((name) => {
      const peaks = sizes.map((size) => results.get(`${name} ${size}`)?.peakBytes);
      const slope = (peaks[1] - peaks[0]) / (sizes[1] - sizes[0]);
      return [name, ...peaks.map((bytes) => (bytes === undefined ? '' : megabytes(bytes))), slope.toFixed(0)];
    }),
  );
}

/** The search for levels of Adult: a process from CSV to bundle, then warm in one process. */
function measureSearch(runs) {
  const limits = [0, 0.04, 1];
  const jobs = limits.map((limit) => adultJob(`apply to Adult, limit ${limit * 100} %`, limit));
  const results = measureInTurns(jobs, Math.max(runs, 5));
  printTable(['', 'wall ms', 'CPU ms', 'peak MB'], timesOf(results));
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('search.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

/** Verification of a large bundle and of a small one, beside what it cannot do without. */
function measureVerify() {
  const bundles = [anonJob('large', rows, {}), anonJob('small', 1000, { measured: false })];
  measureInTurns(bundles, 1);
  const sizes = [rows, 1000];
  const jobs = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: 'node, and one check of a signature by tweetnacl', args: ['-e', checkSignature] },
    { name: `node, and SHA-256 of the data of ${count(rows)} rows`, args: ['-e', digestFile, bundles[0].data()] },
    ...bundles.map((bundle, i) => verifyJob(`anon verify, from ${count(sizes[i])} rows`, bundle)),
  ];
  printTable(['', 'wall ms', 'CPU ms', 'peak MB'], timesOf(measureInTurns(jobs, Math.max(runs, 5))));
}

function timesOf(results) {
  return [...results].map(([name, { seconds, cpuSeconds, peakBytes }]) => [
    name,
    milliseconds(seconds),
    milliseconds(cpuSeconds),
    megabytes(peakBytes),
  ]);
}

function isInstalled(name) {
  try {
    return import.meta.resolve(name) !== undefined;
  } catch {
    return false;
  }
}

function wholeNumber(name, otherwise, least) {
  const value = options[name] === undefined ? otherwise : Number(options[name]);
  if (!Number.isSafeInteger(value) || value < least) throw new Error(`--${name} takes a whole number from ${least}`);
  return value;
}
