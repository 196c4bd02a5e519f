import { registry } from '../base/registry.ts';
import { csv } from './csv.ts';
import { json } from './json.ts';
import { ndjson } from './ndjson.ts';
import { tsv } from './tsv.ts';

export const formats = registry('format', [csv, tsv, json, ndjson]);
