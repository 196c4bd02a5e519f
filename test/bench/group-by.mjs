// Sizes of the classes of a CSV file by DuckDB: node group-by.mjs FILE FIELDS THREADS, the fields with commas between them.
// Prints how many classes there are and the least size.

import { DuckDBInstance } from '@duckdb/node-api';

const [file, fields, threads] = process.argv.slice(2);
const text = (value) => `'${value.replaceAll("'", "''")}'`;
const names = fields.split(',').map((name) => `"${name.replaceAll('"', '""')}"`);

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
const answer = await connection.runAndReadAll(`
  SELECT count(*)::INTEGER, min(size)::INTEGER FROM (
    SELECT count(*) AS size
    FROM read_csv(${text(file)},
      all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '\\N')
    GROUP BY ${names.join(', ')})`);
const [[classes, smallest]] = answer.getRows();
console.log(JSON.stringify({ classes, smallest }));
connection.closeSync();
