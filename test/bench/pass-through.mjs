// csv-parse into csv-stringify, nothing changed: the floor under any engine that is built on them.
// node pass-through.mjs IN OUT

import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

const [source, target] = process.argv.slice(2);
await pipeline(createReadStream(source), parse(), stringify(), createWriteStream(target));
