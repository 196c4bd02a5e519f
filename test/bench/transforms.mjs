// Nanoseconds per value of every registered transform that changes values, with the options of its own examples, and of level 1 of
// every hierarchy: the byte form, and the plain form as the engine runs it, with the strings that it reads and writes. Run it on a
// built tree:
//
//   node test/bench/transforms.mjs [NAME]...
//
// The values have the shape of the example's: digits and letters are drawn anew, dates stay dates. Values of a list are drawn from it.

import { createAddressedRandom, deriveStreamKey } from '../../dist/crypto/addressed-random.js';
import { derivePrf } from '../../dist/crypto/prf.js';
import { stageOf } from '../../dist/engine/chain.js';
import { ancestorWriter } from '../../dist/hierarchies/definition.js';
import { hierarchies } from '../../dist/hierarchies/index.js';
import { ColumnBuffer, Kind } from '../../dist/table/column.js';
import { Peer } from '../../dist/table/peer.js';
import { transforms } from '../../dist/transforms/index.js';

const valuesPerBatch = 4096;
const trialMs = 50;
const trials = 5;
const key = Buffer.alloc(32, 'bench');
const locale = 'en';

const names = process.argv.slice(2);
const unknown = names.find((name) => transforms.get(name) === undefined && hierarchies.get(name) === undefined);
if (unknown !== undefined) throw new Error(`no transform or hierarchy is named ${unknown}`);
const isAsked = ({ name }) => names.length === 0 || names.includes(name);

console.log(`${'ns per value'.padEnd(72)}${'bytes'.padStart(8)}${'plain'.padStart(8)}`);
for (const definition of transforms.all) {
  if (definition.effect !== 'change' || !isAsked(definition)) continue;
  const seen = new Set();
  for (const { options = {}, type, input, peers = {} } of definition.examples) {
    const line = `${definition.name} ${JSON.stringify(options)} ${JSON.stringify(input)}`;
    const kind = typeof input;
    if (input === null || seen.has(JSON.stringify([options, kind]))) continue;
    seen.add(JSON.stringify([options, kind]));
    const parsed = definition.options.parse(options);
    await definition.prepare?.(parsed, locale);
    const column = columnLike(input, listedIn(options));
    const around = resources(type, peers, column);
    const bytes = definition.bindBytes && nanoseconds(definition.bindBytes(parsed, around), column);
    const plain = nanoseconds(stageOf(definition.bind(parsed, around)), column);
    report(line, bytes, plain);
  }
}
for (const definition of hierarchies.all.filter(isAsked)) {
  const { options, files = {}, input } = definition.examples[0];
  const hierarchy = definition.build(definition.options.parse(options), (name) => Buffer.from(files[name]));
  const column = columnLike(
    input,
    Object.values(files).flatMap((text) => text.match(/^[^;]+/gm)),
  );
  const bytes = hierarchy.ancestorBytes && nanoseconds(ancestorWriter(hierarchy, 1), column);
  const plain = nanoseconds(
    stageOf(({ text }) => hierarchy.ancestor(text, 1)),
    column,
  );
  report(`hierarchy ${JSON.stringify(options)} ${JSON.stringify(input)}`, bytes, plain);
}

function report(line, bytes, plain) {
  console.log(
    `${line.slice(0, 71).padEnd(72)}${(bytes?.toFixed(0) ?? '-').padStart(8)}${plain.toFixed(0).padStart(8)}`,
  );
}

/** The values that options list. */
function listedIn({ map, matrix, values }) {
  return values ?? Object.keys(map ?? matrix ?? {});
}

if (names.length === 0 || names.includes('fake')) await compareFaker();

/** What faker itself takes, seeded by a keyed hash of the value, as one would write it. */
async function compareFaker() {
  const { createHmac } = await import('node:crypto');
  const { faker } = await import('@faker-js/faker/locale/en');
  const makers = {
    'internet.email()': () => faker.internet.email(),
    'person.fullName()': () => faker.person.fullName(),
  };
  for (const [line, make] of Object.entries(makers)) {
    const run = ({ text }) => {
      faker.seed(createHmac('sha256', key).update(text).digest().readUInt32BE());
      return make();
    };
    const took = nanoseconds(stageOf(run), columnLike('ada@lovelace.net'));
    console.log(
      `${`faker.seed(hmac(value)); faker.${line}`.padEnd(72)}${'-'.padStart(8)}${took.toFixed(0).padStart(8)}`,
    );
  }
}

/** The fastest of some trials: what the form takes when nothing else disturbs it. */
function nanoseconds(stage, column) {
  const output = new ColumnBuffer();
  let best = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial <= trials; trial++) {
    const began = performance.now();
    let took = 0;
    let values = 0;
    for (; took < trialMs; took = performance.now() - began) {
      output.reset(column);
      stage(column, output);
      if (output.count !== column.count) throw new Error('a transform writes as many values as it reads');
      values += column.count;
    }
    // The first trial warms up.
    if (trial > 0) best = Math.min(best, (took / values) * 1e6);
  }
  return best;
}

function columnLike(input, listed) {
  const column = new ColumnBuffer(valuesPerBatch);
  const kind = typeof input === 'string' ? Kind.text : typeof input === 'number' ? Kind.number : Kind.boolean;
  for (let i = 0; i < valuesPerBatch; i++) {
    if (listed.length > 0) column.text(kind, String(listed[Math.floor(Math.random() * listed.length)]));
    else column.text(kind, kind === Kind.boolean ? String(input) : alike(String(input)));
    column.index[i] = i;
  }
  return column;
}

function alike(text) {
  const below = (n) => Math.floor(Math.random() * n);
  const date = /^\d{4}-\d\d-\d\d/.exec(text);
  const iso = new Date(below(2 ** 40)).toISOString().slice(0, 10);
  if (date !== null) return iso + text.slice(10);
  if (/^\d\d\.\d\d\.\d{4}$/.test(text)) return iso.split('-').reverse().join('.');
  return text
    .replace(/\d/g, (digit, at) => (at === 0 && digit !== '0' ? 1 + below(9) : below(10)))
    .replace(/[a-z]/g, () => String.fromCharCode(97 + below(26)))
    .replace(/[A-Z]/g, () => String.fromCharCode(65 + below(26)));
}

function resources(type, peers, column) {
  return {
    field: 'field',
    type,
    locale,
    prf: (technique, domain) => derivePrf(key, technique, domain, '', []),
    random: (purpose, bytesPerValue) => createAddressedRandom(deriveStreamKey(key, 'field', purpose), bytesPerValue),
    hierarchy(name) {
      throw new Error(`no example names a hierarchy, and this one names ${name}`);
    },
    identifiers() {
      return Object.keys(peers).map(this.peer);
    },
    peer(field) {
      const other = columnLike(peers[field]);
      const peer = new Peer(field);
      peer.enter({ ...column, record: column.index }, { ...other, record: other.index }, valuesPerBatch);
      return peer;
    },
  };
}
