import { fail } from '../base/diagnostic.ts';
import { bareValue } from './bare-record.ts';
import type { Format, Opened } from './batch.ts';
import { documentScanner, partScanner, separatorEnd } from './json-document.ts';
import { jsonEncoder } from './json-encoder.ts';
import { type Frame, openFrame } from './json-frame.ts';
import { jsonLayout } from './json-layout.ts';
import { markBytes, refuseMarks } from './json-problems.ts';
import { parseRecords, type RecordsPath } from './json-records.ts';
import { jsonRemoval } from './json-removal.ts';
import { copyCompact, withoutEscapes } from './json-tokens.ts';

/**
 * One JSON document (RFC 8259). Each record has in front of it what separates it from the one before, so that any of them can be
 * left out; what stands in front of the first and behind the last one is the document's frame.
 */
export const json: Format = {
  name: 'json',
  summary: 'One JSON document: an array of objects, an object that is one record, or an object with the records in it.',
  extensions: ['json'],
  mediaType: 'application/json',
  paths: true,
  choosesDelimiter: false,
  choosesRecords: true,
  nullValues: [],
  bare: bareValue,

  open(bytes, final, { maxRecordBytes, records, around = 'reject' }): Opened | undefined {
    if (bytes.length < markBytes && !final) return undefined;
    refuseMarks(bytes);
    const frame = openFrame(bytes, final, records === undefined ? undefined : recordsOf(records), around);
    if ((frame?.input.length ?? bytes.length) > maxRecordBytes) {
      throw fail('DATA-SIZE', `the document has more than ${maxRecordBytes} bytes in front of its first record`, {
        hint: '`input: { records: … }` says which values are records',
      });
    }
    if (frame === undefined) return undefined;
    return openedWith(frame, maxRecordBytes);
  },

  layout(names) {
    const frame = openFrame(Buffer.from('[]'), true, undefined, 'reject')!;
    const opened = openedWith(frame, Number.MAX_SAFE_INTEGER);
    return jsonLayout(names, opened, { head: '[\n', between: ',\n', end: '', tail: '\n]\n' });
  },
};

function openedWith(frame: Frame, maxRecordBytes: number): Opened {
  return {
    inputHead: frame.input,
    fields: undefined,
    head: () => frame.output,
    scanner: (request) => documentScanner(request, frame, maxRecordBytes),
    partScanner: (request) => partScanner(request, maxRecordBytes),
    separatorEnd,
    encoderFor: () => jsonEncoder,
    removal: jsonRemoval,
    copyBare: (bytes, from, to, target, at) => copyCompact(bytes, separatorEnd(bytes, from), to, target, at),
    withoutEscapes,
  };
}

function recordsOf(text: string): RecordsPath {
  const path = parseRecords(text);
  if ('keys' in path) return path;
  throw fail('POLICY-MEANING', `\`records\` is not a path of records: ${path.message}`, {
    hint: 'for example `$[*]`, `$.data.items[*]`, or `$` for the whole document',
  });
}
