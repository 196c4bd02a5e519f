import { at, Failure, fail } from '../base/diagnostic.ts';
import { didYouMean } from '../base/suggest.ts';
import { readBatches } from '../engine/blocks.ts';
import { openInput } from '../io/input.ts';
import { Kind } from '../table/column.ts';
import { Dictionary } from '../table/dictionary.ts';
import { openData } from './open-data.ts';
import { inputForm, type TableForm } from './table-form.ts';
import { textInput } from './text-input.ts';

export interface FieldRequest extends TableForm {
  /** The data: a path, or `-`. */
  readonly data: string;
  /** A column, or a JSON path. */
  readonly field: string;
}

export interface FieldValue {
  readonly text: string;
  /** How often it stands in the field. */
  readonly count: number;
  /** The first record that has it, from 1. */
  readonly row: number;
}

/** The distinct values of a field, nulls (in CSV, empty values) left out, in the order of first sight. Throws a Failure. */
export async function readFieldValues({ data, field, ...said }: FieldRequest): Promise<FieldValue[]> {
  const form = inputForm(undefined, said);
  const raw = await openInput(data);
  try {
    const input = await textInput(raw, form);
    const { opened, options } = await openData(input, form.format, form);
    if (opened.fields?.includes(field) === false) throw unknownField(field, opened.fields);
    const slots = [
      { selector: field, wanted: true, whole: false },
      { selector: '', wanted: false, whole: false },
    ];
    const scanner = opened.scanner({ slots, unlisted: 1, nullValues: [Buffer.alloc(0)] });
    const values = new Dictionary();
    const counts: number[] = [];
    const rows: number[] = [];
    for await (const batch of readBatches(input, scanner, { opened, options, digest: false }).batches()) {
      for (let record = 0; record < batch.records; record++) {
        for (let c = batch.firstCell[record]!; c < batch.firstCell[record + 1]!; c++) {
          if (batch.slot[c] !== 0 || batch.kind[c] === Kind.null) continue;
          const code = values.code(batch.bytes, batch.start[c]!, batch.end[c]!);
          counts[code] = (counts[code] ?? 0) + 1;
          rows[code] ??= batch.firstRecord + record + 1;
        }
      }
    }
    if (scanner.found[0] !== 1) throw unknownField(field, []);
    return counts.map((count, code) => ({ text: values.text(code), count, row: rows[code]! }));
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: raw.name }) : error;
  } finally {
    await raw.close();
  }
}

function unknownField(field: string, fields: readonly string[]): Failure {
  const hint = didYouMean(field, fields);
  return fail('DATA-FIELDS', `no field is named \`${field}\``, hint === undefined ? {} : { hint });
}
