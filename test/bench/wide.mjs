// Writes a wide table, its hierarchies and policies that leave all levels open: node wide.mjs ROWS FOLDER kind|unkind
// Eleven quasi-identifiers of 2 to 10,000 values. `kind`: at most 200,000 people who occur again and again; `unkind`: nearly all differ.

import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { sfc32 } from './sfc32.mjs';

const [rowsText, folder, sort = 'kind'] = process.argv.slice(2);
const rows = Number(rowsText);
mkdirSync(folder, { recursive: true });

const bits = sfc32(20261122);
/** More of the small numbers than of the large ones. */
const skewed = (n) => Math.floor((((bits() / 2 ** 32) * bits()) / 2 ** 32) * n);
const digits = (n, size) => String(n).padStart(size, '0');
const steps = (from, to, by) => Array.from({ length: Math.ceil((to - from) / by) }, (_, i) => from + i * by);

const fields = {
  sex: { values: 2, text: (n) => 'FM'[n], file: [2] },
  married: { values: 7, text: (n) => `m${n}`, file: [3] },
  work: { values: 9, text: (n) => `w${n}`, file: [3, 6] },
  school: { values: 16, text: (n) => `s${n}`, file: [2, 4, 8] },
  age: { values: 100, text: String, hierarchy: `{ intervals: [${steps(5, 95, 5)}], then: [2, 4] }` },
  country: { values: 200, text: (n) => `c${n}`, file: [5, 25, 50] },
  diagnosis: {
    values: 900,
    text: (n) => `${'ABCDEFGHI'[Math.floor(n / 100)]}${digits(n % 100, 2)}`,
    hierarchy: '{ prefix: [2, 1] }',
  },
  job: { values: 1000, text: (n) => digits(n, 4), hierarchy: '{ prefix: [3, 2, 1] }' },
  born: { values: 3600, text: born, hierarchy: '{ date: [month, quarter, year, decade] }' },
  zip: { values: 10_000, text: (n) => digits(n, 5), hierarchy: '{ prefix: [4, 3, 2, 1] }' },
  income: {
    values: 10_000,
    text: (n) => String(n * 10),
    hierarchy: `{ intervals: [${steps(1000, 100_000, 1000)}], then: [5, 10, 20] }`,
  },
};

const names = Object.keys(fields);
for (const name of names) {
  const { values, text, file } = fields[name];
  if (file === undefined) continue;
  const line = (n) => [text(n), ...file.map((size) => `${name}-${size}-${Math.floor(n / size)}`), '*'].join(';');
  writeFileSync(join(folder, `${name}.csv`), Array.from({ length: values }, (_, n) => `${line(n)}\n`).join(''));
}
for (const recoding of ['global', 'local']) writeFileSync(join(folder, `${recoding}.yaml`), policy(recoding));

const out = openSync(join(folder, 'data.csv'), 'w');
let text = `${names.join(',')}\n`;
const people = sort === 'kind' ? Array.from({ length: 200_000 }, person) : undefined;
for (let row = 0; row < rows; row++) {
  text += people === undefined ? person() : people[skewed(people.length)];
  if (text.length < 1 << 20) continue;
  writeSync(out, text);
  text = '';
}
writeSync(out, text);
closeSync(out);

function person() {
  return `${names.map((name) => fields[name].text(skewed(fields[name].values))).join(',')}\n`;
}

function born(n) {
  return `${1990 + Math.floor(n / 360)}-${digits(1 + (Math.floor(n / 30) % 12), 2)}-${digits(1 + Math.min(27, n % 30), 2)}`;
}

function policy(recoding) {
  return [
    'policy: anon/v1',
    'name: wide',
    'version: "1"',
    'hierarchies:',
    ...names.map((name) => `  ${name}: ${fields[name].hierarchy ?? `{ file: ./${name}.csv }`}`),
    'fields:',
    ...names.map((name) => `  ${name}: { role: quasi-identifier, transform: { generalize: { hierarchy: ${name} } } }`),
    'privacy:',
    '  models: [{ k-anonymity: { k: 5 } }]',
    `  max-suppression: ${recoding === 'global' ? 0.05 : 0}`,
    `  search: { recoding: ${recoding} }`,
    'license:',
    '  licensor: { name: Bench, contact: bench@example.org }',
    '  licensee: { id: "urn:org:bench", name: Bench }',
    '  purposes: [AcademicResearch]',
    '  regions: [EEA]',
    '  valid: { from: 2026-10-01, until: 2027-09-30 }',
    '  prohibitions: [reidentify]',
    '',
  ].join('\n');
}
