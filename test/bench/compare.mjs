import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';

const columns = ['phone', 'ssn', 'birth_date', 'zip', 'city', 'sex', 'diagnosis', 'note'];

/**
 * Compare two outputs, CSV or NDJSON by their names, record by record, in what is not random. The tokens of emails are made
 * with different keys, so they must be one-to-one. Returns `{ records, differing }`, the names of the columns that differ.
 */
export async function compareOutputs(fileA, fileB) {
  const differing = new Set();
  const bOfA = new Map();
  const aOfB = new Map();
  const b = records(fileB);
  let count = 0;
  for await (const one of records(fileA)) {
    const { value: other } = await b.next();
    if (other === undefined) return { records: count, differing: ['records'] };
    for (const column of columns) if (one[column] !== other[column]) differing.add(column);
    if (!bOfA.has(one.email)) bOfA.set(one.email, other.email);
    if (!aOfB.has(other.email)) aOfB.set(other.email, one.email);
    if (bOfA.get(one.email) !== other.email || aOfB.get(other.email) !== one.email) differing.add('email');
    count++;
  }
  if (!(await b.next()).done) differing.add('records');
  return { records: count, differing: [...differing] };
}

async function* records(file) {
  const stream = createReadStream(file);
  if (file.endsWith('.csv')) yield* stream.pipe(parse({ columns: true }));
  else for await (const line of createInterface(stream)) yield JSON.parse(line);
}
