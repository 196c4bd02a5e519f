import { bareLine } from './bare-record.ts';
import type { Format } from './batch.ts';
import { layoutDelimited, openDelimited } from './csv-opened.ts';

export const tsv: Format = {
  name: 'tsv',
  summary: 'Tab-separated values with a header line, quoted as in CSV, in UTF-8.',
  extensions: ['tsv', 'tab'],
  mediaType: 'text/tab-separated-values',
  paths: false,
  choosesDelimiter: false,
  usualDelimiter: '\t',
  splits: true,
  choosesRecords: false,
  nullValues: [''],
  bare: bareLine,
  open: (bytes, final, options) => openDelimited(bytes, final, options, '\t'),
  layout: (names) => layoutDelimited(names, '\t'),
};
