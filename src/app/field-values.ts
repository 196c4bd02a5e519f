import { Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { readFiles } from '../engine/input-files.ts';
import type { Input } from '../io/input.ts';
import { Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import { type Notation, readerOfAny, spareBytes } from '../table/notation.ts';
import { type OpenFiles, openFiles } from './open-files.ts';
import { inputForm, type TableForm } from './table-form.ts';
import { fileSystem, inputsOfOne } from './table-inputs.ts';

export interface FieldRequest extends TableForm {
  /** The data of one table: paths and patterns, or `-`. */
  readonly data: readonly string[];
  /** A column, or a JSON path. */
  readonly field: string;
}

export interface FieldValue {
  readonly text: string;
  /** How often it stands in the field. */
  readonly count: number;
  /** The first record that has it; `row` is from 1. */
  readonly place: { readonly file: string; readonly row: number };
}

/** The distinct values of a field, nulls (in CSV, empty values) left out, in the order of first sight. Throws a Failure. */
export async function readFieldValues({ data, field, ...said }: FieldRequest): Promise<FieldValue[]> {
  const paths = await inputsOfOne(data, fileSystem);
  const form = inputForm(undefined, said);
  const open: Input[] = [];
  try {
    const table = await openFiles({ paths, form, opened: (input) => open.push(input) });
    try {
      return await valuesOf(table, field, readerOfAny(form.notations));
    } catch (error) {
      throw error instanceof Failure ? table.files.placed(error) : error;
    }
  } finally {
    for (const input of open) await input.close();
  }
}

async function valuesOf(
  { files, data }: OpenFiles,
  field: string,
  notation: Pick<Notation, 'read'> | undefined,
): Promise<FieldValue[]> {
  const { fields } = files.first.opened;
  if (fields?.includes(field) === false) throw unknownField(field, fields);
  const slots = [
    { selector: field, wanted: true, whole: false },
    { selector: '', wanted: false, whole: false },
  ];
  const wanted = { slots, unlisted: 1, nullValues: [Buffer.alloc(0)] };
  const reading = readFiles(files, wanted, { options: data.options, digest: false, only: true });
  const values = new Dictionary();
  const counts: number[] = [];
  const rows: number[] = [];
  let own = Buffer.alloc(64);
  const codeOf = (bytes: Buffer, from: number, to: number): number => {
    if (notation === undefined) return values.code(bytes, from, to);
    const room = to - from + spareBytes;
    if (own.length < room) own = Buffer.alloc(room * 2);
    return values.code(own, 0, notation.read(bytes, from, to, own, 0));
  };
  for await (const batch of reading.batches()) {
    for (let record = 0; record < batch.records; record++) {
      for (let c = batch.firstCell[record]!; c < batch.firstCell[record + 1]!; c++) {
        if (batch.slot[c] !== 0 || batch.kind[c] === Kind.null) continue;
        const code = codeOf(batch.bytes, batch.start[c]!, batch.end[c]!);
        counts[code] = (counts[code] ?? 0) + 1;
        rows[code] ??= batch.firstRecord + record + 1;
      }
    }
  }
  if (reading.found()[0] !== 1) throw unknownField(field, []);
  return counts.map((count, code) => ({ text: values.text(code), count, place: files.placeOf(rows[code]!) }));
}

function unknownField(field: string, fields: readonly string[]): Failure {
  const hint = didYouMean(field, fields);
  return fail('DATA-FIELDS', `no field is named \`${field}\``, hint === undefined ? {} : { hint });
}
