// How long the search takes on Adult (30,162 records, nine quasi-identifiers, k = 5), warm, in milliseconds. Run it on a built tree:
//
//   node test/bench/search.mjs [RUNS]

import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { finished } from '../../dist/base/steps.js';
import { file } from '../../dist/hierarchies/file.js';
import { searchField } from '../../dist/search/field.js';
import { measures } from '../../dist/search/measures/index.js';
import { findOptimal } from '../../dist/search/optimal.js';
import { median } from './measure.mjs';
import { printTable } from './table.mjs';

const k = 5;
const runs = Number(process.argv[2] ?? 7);
if (!Number.isSafeInteger(runs) || runs < 1) throw new Error('RUNS is a whole number from 1');

const table = adult();
const judge = {
  least: k,
  monotone: true,
  failing({ size }) {
    const classes = [];
    for (let c = 0; c < size.length; c++) if (size[c] < k) classes.push(c);
    return classes;
  },
};

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}; warm, of ${runs} runs\n`);
printTable(
  ['limit', 'wall ms', 'CPU ms', 'least wall ms', 'score', 'evaluated'],
  [0, 0.04, 1].map((limit) => {
    const times = [];
    const cpu = [];
    let found;
    // Two runs to warm up.
    for (let run = -2; run < runs; run++) {
      const began = performance.now();
      const used = process.cpuUsage();
      found = finished(
        findOptimal({
          table,
          measure: measures.get('loss').bind(table),
          judge,
          allowed: Math.floor(limit * table.records),
          budget: 1e9,
        }),
      );
      if (run < 0) continue;
      times.push(performance.now() - began);
      const { user, system } = process.cpuUsage(used);
      cpu.push((user + system) / 1000);
    }
    return [
      `${limit * 100} %`,
      median(times).toFixed(0),
      median(cpu).toFixed(0),
      Math.min(...times).toFixed(0),
      found.score.toFixed(6),
      String(found.evaluated),
    ];
  }),
);

/** The distinct tuples of the nine fields, by the hierarchies beside the data. */
function adult() {
  const [head, ...lines] = gunzipSync(vector('adult.csv.gz')).toString().trimEnd().split(/\r?\n/);
  const counts = new Map();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  const tuples = [...counts.keys()].map((line) => line.split(';'));
  const names = head.split(';');
  const codes = names.map(() => new Map());
  const values = names.map((_, d) =>
    Int32Array.from(tuples, (tuple) => {
      const known = codes[d];
      const code = known.get(tuple[d]) ?? known.size;
      known.set(tuple[d], code);
      return code;
    }),
  );
  const fields = names.map((name, d) => {
    const hierarchy = file.build({ file: name, delimiter: ';', encoding: 'utf-8' }, () => vector(`${name}.csv`));
    return finished(searchField(hierarchy, [...codes[d].keys()], name));
  });
  return { fields, records: lines.length, values, counts: Int32Array.from(counts.values()) };
}

function vector(name) {
  return readFileSync(new URL(`../vectors/adult/${name}`, import.meta.url));
}
