import { isUtf8 } from 'node:buffer';
import { CsvError, parse } from 'csv-parse/sync';
import { type Diagnostic, Failure } from '../base/diagnostic.ts';
import { decodeWhole } from './encodings/decode.ts';
import type { Encoding } from './encodings/definition.ts';
import { illFormedAt } from './json-utf8.ts';

/** A row of a table that stands beside the policy. */
export interface TableRow {
  /** 1-based line on which it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface TableProblem {
  readonly line: number;
  readonly message: string;
  readonly hint?: string;
}

/** The rows of `readRows`, all with as many cells as the first. Throws a Failure with all problems, none of which shows a value. */
export function readTable(bytes: Buffer, file: string, delimiter: string): readonly TableRow[] {
  const rows = readRows(bytes, file, delimiter);
  const problems = raggedRows(rows);
  if (problems.length > 0) throw tableFailure(file, problems);
  return rows;
}

/**
 * The rows of a small CSV file (RFC 4180, UTF-8, with or without a byte order mark, any line ends; blank lines are passed over), at least
 * one. `file` is its name, for problems. Throws a Failure, which shows no value.
 */
export function readRows(bytes: Buffer, file: string, delimiter: string): readonly TableRow[] {
  if (!isUtf8(bytes)) {
    const offset = Math.min(illFormedAt(bytes, 0, bytes.length), bytes.length);
    throw tableFailure(file, [
      { line: lineCounter(bytes)(offset), message: 'the file is not valid UTF-8', hint: 'save it as UTF-8' },
    ]);
  }
  const rows = parsed(bytes, file, delimiter);
  if (rows.length === 0) throw tableFailure(file, [{ line: 1, message: 'the file holds no rows' }]);
  return rows;
}

/** The table in UTF-8. Throws a Failure where it is not in this encoding. */
export function decodeTable(bytes: Buffer, file: string, encoding: Encoding): Buffer {
  try {
    return decodeWhole(bytes, encoding);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((problem) => ({ ...problem, code: 'POLICY-MEANING', place: { file } })));
  }
}

/** A problem for each row that has not as many cells as the first. */
export function raggedRows(rows: readonly TableRow[]): TableProblem[] {
  const width = rows[0]?.cells.length ?? 0;
  return rows.flatMap(({ line, cells }) =>
    cells.length === width
      ? []
      : [{ line, message: `the row has ${counted(cells.length)}, the first has ${counted(width)}` }],
  );
}

/** The problems of a table by line; of many, the first. */
export function tableFailure(file: string, problems: readonly TableProblem[]): Failure {
  const sorted = [...problems].sort((a, b) => a.line - b.line);
  const diagnostics = sorted.slice(0, mostProblems).map(
    ({ line, message, hint }): Diagnostic => ({
      code: 'POLICY-MEANING',
      message,
      place: { file, line },
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  const more = sorted.length - mostProblems;
  if (more > 0) {
    diagnostics.push({
      code: 'POLICY-MEANING',
      message: `${more} more such ${more === 1 ? 'line' : 'lines'}`,
      place: { file },
    });
  }
  return new Failure(diagnostics);
}

const mostProblems = 20;

function counted(columns: number): string {
  return columns === 1 ? '1 column' : `${columns} columns`;
}

interface ParsedRow {
  readonly record: readonly string[];
  /** `bytes`: where the record ends. */
  readonly info: { readonly bytes: number };
}

function parsed(bytes: Buffer, file: string, delimiter: string): TableRow[] {
  const lineAt = lineCounter(bytes);
  try {
    // With `info` it gives records with where they end, which its types do not say.
    const rows = parse(bytes, {
      delimiter,
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      skip_empty_lines: true,
      // Their number is checked above, for all rows at once.
      relax_column_count: true,
    }) as unknown as ParsedRow[];
    let end = 0;
    return rows.map(({ record, info }) => {
      const line = lineAt(end);
      end = info.bytes;
      return { line, cells: record };
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its own message may show a value.
    const message = quoteProblems[error.code] ?? 'the row is not well-formed CSV';
    const ended = typeof error.bytes === 'number' ? error.bytes : 0;
    throw tableFailure(file, [
      { line: lineAt(ended), message, hint: 'a value with quotes stands in quotes, each doubled' },
    ]);
  }
}

const quoteProblems: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'text stands behind the closing quote of a value',
  INVALID_OPENING_QUOTE: 'a quote stands within a value that is not in quotes',
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
};

/** Gives the line of the first byte at or behind an offset that ends no line. Offsets must not fall. */
function lineCounter(bytes: Buffer): (offset: number) => number {
  let at = 0;
  let line = 1;
  return (offset) => {
    for (; at < bytes.length && (at < offset || isLineEnd(bytes[at]!)); at++) {
      if (bytes[at] === lineFeed || (bytes[at] === carriageReturn && bytes[at + 1] !== lineFeed)) line++;
    }
    return line;
  };
}

function isLineEnd(byte: number): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
