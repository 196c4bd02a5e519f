import { parse } from 'csv-parse';
import { Failure, fail } from '../base/diagnostic.ts';
import { bareQuote, printable, ragged, textBehindQuote, tooLong, unclosedQuote } from './csv-problems.ts';
import { dialectSource } from './dialect-source.ts';
import type { Problem } from './problem.ts';

/** How a CSV file is written that is not RFC 4180. Each text has at least one character. */
export interface Dialect {
  readonly delimiter: string;
  /** Empty: there are no quotes. */
  readonly quote: string;
  /** What stands before a quote within quotes; the quote itself to double it. */
  readonly escape: string;
  readonly comment: string | undefined;
  readonly recordDelimiters: readonly string[];
  readonly relaxQuotes: boolean;
  readonly skipEmptyLines: boolean;
  readonly trim: boolean;
}

export interface DialectOptions {
  /** Names of the columns when no line of the file does. */
  readonly header: readonly string[] | undefined;
  readonly maxRecordBytes: number;
}

/** Reads one file of a dialect, and writes it as RFC 4180 has it, lines ending in LF. A byte order mark stays. */
export interface DialectReader {
  next(bytes: Buffer): Promise<Buffer>;
  end(): Promise<Buffer>;
}

/**
 * Throws DATA-SYNTAX, DATA-RAGGED, DATA-ENCODING and DATA-SIZE at the line of the file on which the record begins, and at its
 * row. The fields are found by csv-parse; its messages hold data, so that none of them is shown.
 */
export function dialectReader(dialect: Dialect, { header, maxRecordBytes }: DialectOptions): DialectReader {
  const source = dialectSource(dialect, maxRecordBytes);
  let written: string[] = [];
  let columns = header;
  /** Records behind the header. */
  let rows = 0;
  let failure: Error | undefined;

  const parser = parse({
    delimiter: dialect.delimiter,
    quote: dialect.quote === '' ? null : dialect.quote,
    escape: dialect.quote === '' ? null : dialect.escape,
    comment: dialect.comment ?? null,
    comment_no_infix: true,
    record_delimiter: [...dialect.recordDelimiters],
    relax_quotes: dialect.relaxQuotes,
    skip_empty_lines: dialect.skipEmptyLines,
    trim: dialect.trim,
    relax_column_count: true,
    max_record_size: maxRecordBytes,
    on_record(record: readonly string[], { bytes }) {
      addRecord(record, bytes);
      return null;
    },
  });
  // The callbacks of `write` and `end` are given the same error.
  parser.on('error', () => {});

  function addRecord(record: readonly string[], end: number): void {
    if (columns !== undefined) {
      if (record.length !== columns.length) throw here(wrongLength(record, columns.length, rows + 1));
      rows++;
    } else columns = record;
    source.pass(end);
    written.push(plainRecord(record));
  }

  /** A problem of the record that comes next. */
  function here(problem: Problem, column?: unknown): Failure {
    const name = typeof column === 'number' ? columns?.[column] : undefined;
    const row = columns === undefined ? 0 : rows + 1;
    const place = { line: source.lineOfNext(), row, ...(name === undefined ? {} : { field: printable(name) }) };
    return fail(problem.code, problem.message, { place, hint: problem.hint });
  }

  function failureOf(error: Error): Error {
    if (error instanceof Failure) return error;
    const { code = '', column } = error as { code?: string; column?: unknown };
    if (code === 'CSV_MAX_RECORD_SIZE') return here(tooLong(maxRecordBytes));
    const problem = problems[code];
    return problem === undefined ? new Error(`csv-parse failed with ${code || error.name}`) : here(problem, column);
  }

  /** The records that have been found. */
  async function parsed(feed: (done: (error?: Error | null) => void) => void): Promise<Buffer> {
    await new Promise<void>((resolve) =>
      feed((error) => {
        if (error) failure ??= failureOf(error);
        resolve();
      }),
    );
    if (failure !== undefined) throw failure;
    const bytes = Buffer.from(written.join(''));
    written = [];
    return bytes;
  }

  return {
    async next(bytes) {
      const { mark, text } = source.add(bytes);
      if (text.length === 0) return mark;
      const records = await parsed((done) => parser.write(text, done));
      return mark.length === 0 ? records : Buffer.concat([mark, records]);
    },
    async end() {
      const { mark, text } = source.end();
      if (text.length > 0) parser.write(text);
      const records = await parsed((done) => parser.end(done));
      return Buffer.concat([mark, records]);
    },
  };
}

/** By the codes of csv-parse (https://csv.js.org/parse/errors/). */
const problems: Readonly<Record<string, Problem>> = {
  CSV_QUOTE_NOT_CLOSED: unclosedQuote,
  CSV_INVALID_CLOSING_QUOTE: textBehindQuote,
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: textBehindQuote,
  INVALID_OPENING_QUOTE: {
    ...bareQuote,
    hint: 'put the whole field in quotes, or say `relax-quotes: true` where quotes in unquoted fields are text',
  },
};

function wrongLength(record: readonly string[], columns: number, row: number): Problem {
  const blank = record.length === 1 && record[0] === '';
  const problem = ragged(row, record.length, columns, blank);
  return blank ? { ...problem, hint: 'the line is blank; `skip-empty-lines: true` passes over such lines' } : problem;
}

/** RFC 4180 §2. An empty value of an only column is written as `""`: a blank line would not be read as a record everywhere. */
function plainRecord(record: readonly string[]): string {
  if (record.length === 1 && record[0] === '') return '""\n';
  let line = '';
  for (let i = 0; i < record.length; i++) {
    const value = record[i]!;
    if (i > 0) line += ',';
    line += special.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  }
  return `${line}\n`;
}

const special = /[",\r\n]/;
