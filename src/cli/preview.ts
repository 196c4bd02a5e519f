import type { PreviewedTable, PreviewField, PreviewOutcome } from '../app/preview.ts';
import type { PreviewCell, PreviewRow, PreviewValue } from '../app/preview-rows.ts';
import { thousands } from '../base/thousands.ts';
import { techniqueWords } from '../policy/technique-words.ts';
import { cellList, cellTable, type TableCell } from './cell-table.ts';
import { diagnosticsJson } from './diagnostics.ts';
import { inAscii } from './json.ts';
import { resultLines } from './outcome.ts';
import { escaped, fitted } from './printable.ts';

export interface PreviewStyle {
  /** Columns of a line. */
  readonly width: number;
  readonly color: boolean;
  /** Nothing but the rows. */
  readonly quiet: boolean;
}

/** Stands before a value that is not what it was. */
const changedMark = '~';
const changedStyle = '\x1b[36m';
const sourceStyle = '\x1b[33m';

/** Rows of the output and what was done to the fields, for people. */
export function renderPreview({ tables, partial }: PreviewOutcome, style: PreviewStyle): string {
  const lines = tables.flatMap((table) => [
    ...(table.name === undefined ? [] : [escaped(table.name)]),
    ...rowLines(table, style),
    ...(style.quiet ? [] : ['', ...summary(table, partial, style)]),
    ...(table === tables.at(-1) ? [] : ['']),
  ]);
  return `${lines.join('\n')}\n`;
}

function rowLines({ fields, rows }: PreviewedTable, { width, color }: PreviewStyle): string[] {
  const withSource = rows.some((row) => row.some(({ source }) => source !== undefined));
  const shown = fields.flatMap((field, f) => (field.dropped && !withSource ? [] : [f]));
  const cells = (row: PreviewRow, of: (cell: PreviewCell) => TableCell) =>
    shown.map((f): TableCell => joined(row.filter(({ field }) => field === f).map(of)));
  const written = ({ written: value, changed }: PreviewCell): TableCell => {
    if (value === undefined) return { text: '' };
    return marked(textOf(value), changed && changedMark, color && changed ? changedStyle : undefined);
  };
  const source = ({ source: value }: PreviewCell): TableCell =>
    marked(value === undefined ? '' : textOf(value), false, color ? sourceStyle : undefined);

  const header = shown.map((f) => fields[f]!.field);
  const pairs = rows.map((row) => ({
    before: withSource ? cells(row, source) : undefined,
    after: cells(row, written),
  }));
  const signed = (sign: string, line: readonly TableCell[]) => [{ text: sign }, ...line];
  const table = withSource
    ? cellTable(
        ['', ...header],
        pairs.flatMap(({ before, after }) => [signed('-', before!), signed('+', after)]),
        width,
      )
    : cellTable(
        header,
        pairs.map(({ after }) => after),
        width,
      );
  if (table !== undefined) return table;
  return pairs.flatMap(({ before, after }, n) => [
    `record ${n + 1}`,
    ...cellList(
      after.flatMap((cell, c) => {
        const name = header[c]!;
        if (before === undefined) return [{ name, cell }];
        return [
          { name: `- ${name}`, cell: before[c]! },
          ...(fields[shown[c]!]!.dropped ? [] : [{ name: `+ ${name}`, cell }]),
        ];
      }),
      width,
    ),
  ]);
}

function marked(text: string, mark: string | false, style: string | undefined): TableCell {
  return { text, ...(mark === false ? {} : { mark }), style };
}

/** Several values of a field in one cell. */
function joined(cells: readonly TableCell[]): TableCell {
  const [first] = cells;
  if (first === undefined || cells.length === 1) return first ?? { text: '' };
  const text = cells.map(({ text, mark = '' }) => mark + text).join(', ');
  return { text, style: cells.find(({ style }) => style !== undefined)?.style };
}

function textOf({ text }: PreviewValue): string {
  return text ?? '';
}

function summary(
  { fields, result, name, shuffled }: PreviewedTable,
  partial: boolean,
  { width }: PreviewStyle,
): string[] {
  const read = thousands(result.records.source);
  const part = partial ? [`models were measured on the first ${read} records alone, not on all of the data`] : [];
  return [
    `${changedMark} marks what was changed`,
    ...resultLines(name === undefined ? 'preview' : escaped(name), result, [], 'to write'),
    ...part,
    ...(shuffled ? ['  records will be in random order; these are the first of the input'] : []),
    ...fields.map((field) => fitted(`  ${escaped(field.field)}: ${escaped(doneTo(field))}`, width)),
  ];
}

/** `1,000 of 1,000 changed: fake (as internet.email, domain patient)` */
function doneTo(field: PreviewField): string {
  const words = techniqueWords(field);
  if (field.dropped) return words;
  return `${thousands(field.changed)} of ${thousands(field.values)} changed: ${words}`;
}

/** Rows of the output for programs. What stood in the source is not told. */
export function previewJson({ tables, partial, warnings }: PreviewOutcome): string {
  const [only] = tables;
  const of =
    only!.name === undefined ? tableJson(only!) : `"tables":[${tables.map((t) => `{${tableJson(t)}}`).join(',\n')}]`;
  return inAscii(`{${of},\n"partial":${partial},\n"warnings":${JSON.stringify(diagnosticsJson(warnings))}}\n`);
}

/** By hand: numbers keep their digits, and no name of a field is special. */
function tableJson({ name, fields, rows, result, shuffled }: PreviewedTable): string {
  const stated = fields.map(({ field, role, technique, parameters, values, changed }) => ({
    field,
    role,
    technique,
    parameters,
    values,
    changed,
  }));
  return [
    ...(name === undefined ? [] : [`"name":${JSON.stringify(name)}`]),
    `"rows":[${rows.map((row) => `\n${rowJson(fields, row)}`).join(',')}]`,
    `"records":${JSON.stringify(result.records)}`,
    ...(shuffled ? ['"order":"shuffled"'] : []),
    `"models":${JSON.stringify(result.models.map(({ name: model, required, measured }) => ({ name: model, required, measured })))}`,
    `"fields":${JSON.stringify(stated)}`,
  ].join(',\n');
}

function rowJson(fields: readonly PreviewField[], row: PreviewRow): string {
  const members = fields.flatMap(({ field, dropped, repeats }, f) => {
    if (dropped) return [];
    const values = row.flatMap((cell) => (cell.field === f && cell.written ? [jsonOf(cell.written)] : []));
    if (values.length === 0) return [];
    return [`${JSON.stringify(field)}:${repeats ? `[${values.join(',')}]` : values[0]}`];
  });
  return `{${members.join(',')}}`;
}

function jsonOf({ text, raw }: PreviewValue): string {
  return text === null || !raw ? JSON.stringify(text) : text;
}
