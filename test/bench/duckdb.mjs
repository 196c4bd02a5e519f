// The job in SQL, by DuckDB: node duckdb.mjs IN OUT [THREADS]
// Names come from a pool of 10,000 that faker made; HMAC-SHA256 is written out as RFC 2104 §2 has it.

import { DuckDBInstance } from '@duckdb/node-api';
import { faker } from '@faker-js/faker/locale/en';

const [source, target, threads = '1'] = process.argv.slice(2);
const key = Buffer.alloc(64);
key.write('benchmark-key-0123456789abcdef');
const padded = (byte) =>
  Array.from(key, (k) => `\\x${(k ^ byte).toString(16).toUpperCase().padStart(2, '0')}`).join('');
const text = (value) => `'${value.replaceAll("'", "''")}'`;

faker.seed(1);
const pool = Array.from({ length: 10000 }, () => text(faker.person.fullName()));

const instance = await DuckDBInstance.create(':memory:', { threads });
const connection = await instance.connect();
await connection.run(`SET VARIABLE pool = [${pool.join(',')}]`);
await connection.run(`
  COPY (
    WITH changed AS (
      SELECT
        getvariable('pool')[1 + (hash(full_name) % 10000)::BIGINT] AS full_name,
        sha256('${padded(0x5c)}'::BLOB || unhex(sha256('${padded(0x36)}'::BLOB || encode(email)))) AS email,
        CASE WHEN phone = '' THEN '' ELSE '+*-***-***-' || right(phone, 4) END AS phone,
        '***-**-' || right(ssn, 4) AS ssn,
        left(birth_date, 4) AS birth_date,
        left(zip, 3) || '**' AS zip,
        city, sex, diagnosis,
        (salary::DOUBLE + (CASE WHEN u < 0 THEN 1 ELSE -1 END) * 1000 * ln(1 - 2 * abs(u)))::DECIMAL(12, 2) AS salary,
        note
      FROM (
        SELECT *, random() - 0.5 AS u
        FROM read_csv(${text(source)},
          all_varchar = true, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '\\N')
      )
    )
    SELECT * FROM changed QUALIFY count(*) OVER (PARTITION BY birth_date, zip, sex, city) >= 5
  ) TO ${text(target)} (FORMAT csv, HEADER true)`);
connection.closeSync();
