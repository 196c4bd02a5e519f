import { bareLine } from './bare-record.ts';
import type { Format } from './batch.ts';
import { layoutDelimited, openDelimited } from './csv-opened.ts';

export const csv: Format = {
  name: 'csv',
  summary: 'Comma-separated values with a header line (RFC 4180), in UTF-8.',
  extensions: ['csv'],
  mediaType: 'text/csv',
  paths: false,
  choosesDelimiter: true,
  usualDelimiter: ',',
  splits: true,
  choosesRecords: false,
  nullValues: [''],
  bare: bareLine,
  open: (bytes, final, options) => openDelimited(bytes, final, options, ','),
  layout: (names) => layoutDelimited(names, ','),
};
