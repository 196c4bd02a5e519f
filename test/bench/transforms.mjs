// Nanoseconds per value of every registered transform that changes values, with the options of its own examples, and of level 1 of
// every hierarchy: the byte form; the plain form as the engine runs it, with the strings that it reads and writes; what one would write by
// hand (by-hand.mjs), run in the same way; and how many times as fast the engine's form is. Run it on a built tree:
//
//   node test/bench/transforms.mjs [NAME]...
//
// The values have the shape of the example's: digits and letters are drawn anew, dates stay dates. Values of a list are drawn from it.

import { createAddressedRandom, deriveStreamKey } from '../../dist/crypto/addressed-random.js';
import { derivePrf } from '../../dist/crypto/prf.js';
import { stageOf } from '../../dist/engine/chain.js';
import { ancestorWriter } from '../../dist/hierarchies/definition.js';
import { hierarchies } from '../../dist/hierarchies/index.js';
import { ColumnBuffer, Kind, textAt } from '../../dist/table/column.js';
import { Peer } from '../../dist/table/peer.js';
import { transforms } from '../../dist/transforms/index.js';
import { byHand, tablesByHand } from './by-hand.mjs';

const valuesPerBatch = 4096;
const valuesPerTable = 100_000;
const trialMs = 50;
const trials = 5;
const key = Buffer.alloc(32, 'bench');
const locale = 'en';

const names = process.argv.slice(2);
const unknown = names.find((name) => transforms.get(name) === undefined && hierarchies.get(name) === undefined);
if (unknown !== undefined) throw new Error(`no transform or hierarchy is named ${unknown}`);
const isAsked = ({ name }) => names.length === 0 || names.includes(name);

console.log(
  `${'ns per value'.padEnd(72)}${'bytes'.padStart(8)}${'plain'.padStart(8)}${'by hand'.padStart(9)}${'×'.padStart(7)}`,
);
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
    if (definition.bindTable !== undefined) {
      report(
        line,
        tableNanoseconds(definition, parsed, type, peers, input),
        undefined,
        tableByHand(definition, parsed, input),
      );
      continue;
    }
    const bytes = definition.bindBytes && nanoseconds(definition.bindBytes(parsed, around), column);
    const plain = nanoseconds(stageOf(definition.bind(parsed, around)), column);
    const written = byHand[definition.name]?.(parsed);
    const hand =
      written &&
      nanoseconds(
        stageOf(({ text }) => written(text)),
        column,
      );
    report(line, bytes, plain, hand);
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

function report(line, bytes, plain, hand) {
  const ns = (time) => time?.toFixed(0) ?? '-';
  const ratio = hand === undefined ? '-' : (hand / (bytes ?? plain)).toFixed(1);
  console.log(
    `${line.slice(0, 71).padEnd(72)}${ns(bytes).padStart(8)}${ns(plain).padStart(8)}${ns(hand).padStart(9)}${ratio.padStart(7)}`,
  );
}

/** A whole field from the first value that is collected to the last that is written. */
function tableNanoseconds(definition, parsed, type, peers, input) {
  const column = columnLike(input, [], valuesPerTable);
  const around = resources(type, peers, column);
  const output = new ColumnBuffer();
  return fastest(column.count, () => {
    const shared = new Map();
    const own = (name, make) => shared.get(name) ?? shared.set(name, make()).get(name);
    const table = definition.bindTable(parsed, { ...around, shared: own });
    table.collect(column);
    table.finish();
    output.reset(column);
    table.apply(column, output);
  });
}

function tableByHand(definition, parsed, input) {
  const column = columnLike(input, [], valuesPerTable);
  const run = tablesByHand[definition.name]?.(parsed);
  const output = new ColumnBuffer();
  if (run === undefined) return undefined;
  return fastest(column.count, () => {
    output.reset(column);
    for (const text of run(Array.from({ length: column.count }, (_, i) => textAt(column, i))))
      output.text(Kind.text, text);
  });
}

/** The values that options list. */
function listedIn({ map, matrix, values }) {
  return values ?? Object.keys(map ?? matrix ?? {});
}

function nanoseconds(stage, column) {
  const output = new ColumnBuffer();
  return fastest(column.count, () => {
    output.reset(column);
    stage(column, output);
    if (output.count !== column.count) throw new Error('a transform writes as many values as it reads');
  });
}

/** Of some trials: what `run` takes for each of `count` values when nothing else disturbs it. */
function fastest(count, run) {
  let best = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial <= trials; trial++) {
    const began = performance.now();
    let took = 0;
    let values = 0;
    for (; took < trialMs; took = performance.now() - began) {
      run();
      values += count;
    }
    // The first trial warms up.
    if (trial > 0) best = Math.min(best, (took / values) * 1e6);
  }
  return best;
}

function columnLike(input, listed = [], count = valuesPerBatch) {
  const column = new ColumnBuffer(count);
  const kind = typeof input === 'string' ? Kind.text : typeof input === 'number' ? Kind.number : Kind.boolean;
  for (let i = 0; i < count; i++) {
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
    record: (ordinal) => ordinal,
    identifiers() {
      return Object.keys(peers).map(this.peer);
    },
    peer(field) {
      const other = columnLike(peers[field] ?? 'north', [], column.count);
      const peer = new Peer(field);
      peer.enter({ ...column, record: column.index }, { ...other, record: other.index }, column.count);
      return peer;
    },
  };
}
