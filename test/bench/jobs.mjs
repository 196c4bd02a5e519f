// What is measured, as arguments of node. Everything is written under the system's folder for temporary files: generated
// data stays there for the next time, the rest goes when the process ends.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureInTurns } from './measure.mjs';
import { adultPolicy, benchPolicy, use } from './policy.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const anon = here('../../bin/anon.js');
const cache = join(tmpdir(), 'anon-bench');
mkdirSync(cache, { recursive: true });
const work = mkdtempSync(join(cache, 'run-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));

/** A program beside this file that takes the paths of its input and its output. */
export function peerJob(name, rows) {
  const source = people(rows, 'csv');
  const out = join(work, `${name}.csv`);
  return { name, source, out, data: () => out, args: [here(`${name}.mjs`), source, out] };
}

/** `anon apply` into a signed bundle; `policy` is what `benchPolicy` takes. Its answer is JSON. */
export function anonJob(name, rows, policy, format = 'csv') {
  if (!existsSync(join(work, 'issuer.key'))) makeKeys();
  const source = people(rows, format);
  const out = join(work, name.replaceAll(' ', '-'));
  writeFileSync(`${out}.yaml`, benchPolicy(policy));
  const data = () =>
    join(
      out,
      'data',
      readdirSync(join(out, 'data')).find((file) => file.endsWith(format)),
    );
  const args = [anon, 'apply', `${out}.yaml`, source, '--out', out, '--key', join(work, 'issuer.key'), '--json'];
  return { name, source, out, data, args };
}

/** `anon verify` of the bundle that a job of `anonJob` wrote, for the use that its license allows. */
export function verifyJob(name, { out }) {
  const { organization, purpose } = use;
  const stated = ['--trust', join(work, 'issuer.pub'), '--organization', organization, '--purpose', purpose];
  return { name, args: [anon, 'verify', out, ...stated] };
}

/** `anon apply` to Adult with levels that are searched for, of which no more than the share `limit` of the records may be suppressed. */
export function adultJob(name, limit) {
  if (!existsSync(join(work, 'issuer.key'))) makeKeys();
  const vectors = here('../vectors/adult');
  const out = join(work, `adult-${limit}`);
  writeFileSync(`${out}.yaml`, adultPolicy(vectors, limit));
  const source = join(vectors, 'adult.csv.gz');
  return {
    name,
    out,
    args: [anon, 'apply', `${out}.yaml`, source, '--out', out, '--key', join(work, 'issuer.key'), '--json'],
  };
}

/** `anon measure` of some fields, with commas between them, and of combinations of up to so many of them. Its answer is JSON. */
export function classesJob(name, rows, fields, combinations) {
  const counted = ['--combinations', String(combinations)];
  return { name, args: [anon, 'measure', people(rows, 'csv'), '--quasi', fields, ...counted, '--json'] };
}

/** The same classes by DuckDB. */
export function groupByJob(name, rows, fields, threads) {
  return { name, args: [here('group-by.mjs'), people(rows, 'csv'), fields, String(threads)] };
}

function makeKeys() {
  run('the pseudonym key', [anon, 'keys', 'generate', '--type', 'pseudonym', join(work, 'pseudonym.key')]);
  run('the signing key', [anon, 'keys', 'generate', '--plain', join(work, 'issuer.key')]);
}

/** The generated file. Its name changes with what makes it. It is read once, so that it waits in memory for all alike. */
function people(rows, format) {
  const maker = createHash('sha256').update(readFileSync(here('people.mjs')));
  maker.update(readFileSync(here('../../node_modules/@faker-js/faker/package.json')));
  const file = join(cache, `people-${rows}-${maker.digest('hex').slice(0, 8)}.${format}`);
  if (!existsSync(file)) {
    const unfinished = join(work, `people.${format}`);
    run('the data', [here('people.mjs'), `${rows}`, unfinished, format]);
    renameSync(unfinished, file);
  }
  run('reading the data', [
    '-e',
    'for await (const _ of fs.createReadStream(process.argv[1]));',
    '--input-type=module',
    file,
  ]);
  return file;
}

function run(name, args) {
  measureInTurns([{ name, args }], 1);
}
