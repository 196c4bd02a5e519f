// The job as one would write it in Node: csv-parse, csv-stringify, faker and node:crypto, in two passes.
// node node-naive.mjs IN OUT

import { createHmac } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { faker } from '@faker-js/faker/locale/en';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

const [source, target] = process.argv.slice(2);
const key = 'benchmark-key-0123456789abcdef';
const classOf = (row) => `${row.birth_date.slice(0, 4)}|${row.zip.slice(0, 3)}|${row.sex}|${row.city}`;

const counts = new Map();
for await (const row of createReadStream(source).pipe(parse({ columns: true }))) {
  const name = classOf(row);
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

faker.seed(1);
const anonymize = new Transform({
  objectMode: true,
  transform(row, _, done) {
    if (counts.get(classOf(row)) < 5) return done();
    delete row.id;
    row.full_name = faker.person.fullName();
    row.email = createHmac('sha256', key).update(row.email).digest('hex');
    row.phone = row.phone.replace(/\d(?=(?:\D*\d){4})/g, '*');
    row.ssn = `***-**-${row.ssn.slice(-4)}`;
    row.birth_date = row.birth_date.slice(0, 4);
    row.zip = `${row.zip.slice(0, 3)}**`;
    row.salary = (Number(row.salary) + laplace(1000)).toFixed(2);
    done(null, row);
  },
});
await pipeline(
  createReadStream(source),
  parse({ columns: true }),
  anonymize,
  stringify({ header: true }),
  createWriteStream(target),
);

function laplace(scale) {
  const u = Math.random() - 0.5;
  return -scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
}
