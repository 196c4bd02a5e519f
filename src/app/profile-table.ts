import { at, Failure, fail } from '../base/diagnostic.ts';
import { InputFiles, readFiles } from '../engine/input-files.ts';
import { utf8 } from '../formats/encodings/utf-8.ts';
import { type Input, openInput } from '../io/input.ts';
import { decodedInput } from '../io/text-input.ts';
import { FieldCollector } from '../profile/field.ts';
import { fieldNameOf } from '../profile/field-name.ts';
import { looksLikeRecord } from '../profile/header.ts';
import { guessReading, readingFindings } from '../profile/notations.ts';
import type { FormFinding, TableProfile } from '../profile/table.ts';
import { TreeProfile } from '../profile/tree.ts';
import { Kind } from '../table/column.ts';
import { guessEncoding, guessRecordsOf } from './guess-form.ts';
import { type OpenData, openData } from './open-data.ts';
import { encodingOf } from './table-form.ts';

export interface ProfileRequest {
  /** As the policy is to name it. */
  readonly name: string;
  /** A path, or `-`. */
  readonly path: string;
  readonly format: string | undefined;
  readonly delimiter: string | undefined;
  /** Name of an encoding; undefined: it is guessed. */
  readonly encoding: string | undefined;
  /** Records to read at most. */
  readonly records: number;
}

type Source = Awaited<ReturnType<typeof decodedInput>>;

/** Read a file, or its beginning, and say what its fields are like. Throws a Failure. */
export async function profileTable(request: ProfileRequest): Promise<TableProfile> {
  const input = await openInput(request.path);
  try {
    const { encoding, finding } = await encodingFor(input, request);
    const source = await decodedInput(input, encoding);
    const { data, findings } = await opened(source, request);
    const read = data.opened.fields === undefined ? readTree : readColumns;
    const found = await read(source, data, request);
    if (found.records === 0) throw fail('DATA-EMPTY', 'the input holds no records');
    const form = [...(finding === undefined ? [] : [finding]), ...findings, ...found.form];
    return { name: request.name, format: data.format.name, paths: data.format.paths, ...found, form };
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: input.name }) : error;
  } finally {
    await input.close();
  }
}

function encodingFor(input: Input, { encoding: name }: ProfileRequest): ReturnType<typeof guessEncoding> {
  if (name === undefined) return guessEncoding(input);
  const encoding = encodingOf(name);
  const finding =
    encoding === utf8 ? undefined : ({ option: 'encoding', value: encoding.name, why: undefined } as const);
  return Promise.resolve({ encoding, finding });
}

const others = [';', '\t', '|'];

/**
 * A table that has one column with a delimiter in its name is one of another delimiter; a document that is an object may hold records.
 */
async function opened(
  source: Source,
  { format, delimiter }: ProfileRequest,
): Promise<{ readonly data: OpenData; readonly findings: readonly FormFinding[] }> {
  const stated =
    delimiter === undefined ? undefined : ({ option: 'delimiter', value: delimiter, why: undefined } as const);
  const data = await openData(source, format, delimiter === undefined ? {} : { delimiter });
  if (data.format.choosesRecords) {
    const guessed = await guessRecordsOf(source);
    if (guessed === undefined) return { data, findings: [] };
    const { records, around, findings } = guessed;
    return { data: await openData(source, format, { records, around: around ? 'drop' : 'reject' }), findings };
  }
  const [only = '', ...more] = data.opened.fields ?? [];
  const likely = others.find((other) => only.includes(other));
  if (delimiter !== undefined || more.length > 0 || likely === undefined || !data.format.choosesDelimiter)
    return { data, findings: stated === undefined ? [] : [stated] };
  return {
    data: await openData(source, format, { delimiter: likely }),
    findings: [{ option: 'delimiter', value: likely, why: 'the first line has no comma' }],
  };
}

type Read = Pick<TableProfile, 'records' | 'whole' | 'fields' | 'form'>;

async function readColumns(
  source: Source,
  { opened, options, format }: OpenData,
  request: ProfileRequest,
): Promise<Read> {
  const names = opened.fields!;
  if (looksLikeRecord(names)) {
    throw fail('DATA-FIELDS', 'the first line looks like a record, not like names of columns', {
      place: { row: 0 },
      hint: 'put a line with the names of the columns in front; a draft shows names, and would show these values',
    });
  }
  const slots = names.map((selector) => ({ selector, wanted: true, whole: false }));
  const nullValues = format.nullValues.map((value) => Buffer.from(value));
  const wanted = { slots, unlisted: 'reject' as const, nullValues };
  const files = new InputFiles([{ source, opened }]);
  const collectors = names.map(() => new FieldCollector());
  let records = 0;
  let whole = true;
  batches: for await (const batch of readFiles(files, wanted, { options, digest: false }).batches()) {
    for (let record = 0; record < batch.records; record++) {
      if (records === request.records) {
        whole = false;
        break batches;
      }
      records++;
      for (let c = batch.firstCell[record]!; c < batch.firstCell[record + 1]!; c++) {
        const value = batch.kind[c] === Kind.null ? null : batch.bytes.toString('utf8', batch.start[c]!, batch.end[c]!);
        collectors[batch.slot[c]!]!.add(value);
      }
    }
  }
  const reading = guessReading(collectors);
  const fields = names.map((selector, i) =>
    collectors[i]!.profile(
      { selector, name: fieldNameOf(selector, false, request.name), repeated: false, dataKeys: 0, mixed: false },
      reading,
    ),
  );
  return { records, whole, fields, form: readingFindings(reading) };
}

async function readTree(source: Source, { opened, options }: OpenData, request: ProfileRequest): Promise<Read> {
  const wanted = { slots: [{ selector: '', wanted: false, whole: true }], unlisted: 0, nullValues: [] };
  const files = new InputFiles([{ source, opened }]);
  const tree = new TreeProfile();
  let records = 0;
  let whole = true;
  reading: for await (const batch of readFiles(files, wanted, { options, digest: false }).batches()) {
    for (let record = 0; record < batch.records; record++) {
      if (records === request.records) {
        whole = false;
        break reading;
      }
      records++;
      const [from, to] = [batch.recordStart[record]!, batch.recordStart[record + 1]!];
      const bare = Buffer.allocUnsafe(to - from + 1);
      const size =
        opened.copyBare === undefined
          ? batch.bytes.copy(bare, 0, from, to)
          : opened.copyBare(batch.bytes, from, to, bare, 0);
      // The scanner has read it already: it is well-formed.
      tree.add(JSON.parse(bare.toString('utf8', 0, size)));
    }
  }
  return { records, whole, fields: tree.fields(request.name), form: [] };
}
