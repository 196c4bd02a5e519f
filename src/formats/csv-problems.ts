import { isUtf8 } from 'node:buffer';
import { type Failure, fail } from '../base/diagnostic.ts';
import { holdsNul, notUtf8, type Problem } from './problem.ts';

export const bareQuote: Problem = {
  code: 'DATA-SYNTAX',
  message: 'a quote stands inside a field that does not begin with one',
  hint: 'put the whole field in quotes and double those inside it',
};
export const textBehindQuote: Problem = {
  code: 'DATA-SYNTAX',
  message: 'text follows the closing quote of a field',
  hint: 'double the quotes inside a quoted field',
};
export const unclosedQuote: Problem = {
  code: 'DATA-SYNTAX',
  message: 'a quoted field that opens in this row is never closed',
  hint: 'is a quote inside the field not doubled, or is the input cut short?',
};
export const loneReturn: Problem = {
  code: 'DATA-SYNTAX',
  message: 'a carriage return stands outside quotes without a line feed',
  hint: 'end lines with LF or CRLF, and put a field that holds a line break in quotes',
};
export const badText = notUtf8('field');
export const nul = holdsNul('field');

export function tooLong(maxRecordBytes: number): Problem {
  return {
    code: 'DATA-SIZE',
    message: `the record is longer than ${maxRecordBytes} bytes`,
    hint: 'is a quote not closed?',
  };
}

export function ragged(row: number, fields: number, columns: number, blank: boolean): Problem {
  return {
    code: 'DATA-RAGGED',
    message: `row ${row} has ${fields} field${fields === 1 ? '' : 's'}, the header has ${columns}`,
    hint: blank
      ? 'the line is blank; remove it, also at the end of the file'
      : 'is the delimiter right, and is every field that contains it in quotes?',
  };
}

export function failAt(problem: Problem, row: number, field: string | undefined): Failure {
  const place = field === undefined ? { row } : { row, field: printable(field) };
  return fail(problem.code, problem.message, { place, hint: problem.hint });
}

/** A column name for a message: control and direction characters as escapes. */
export function printable(name: string): string {
  const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  return name.replace(invisible, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** What is wrong with the encoding of bytes that begin and end at whole characters; undefined when nothing is. */
export function textProblem(bytes: Buffer): Problem | undefined {
  if (!isUtf8(bytes)) return badText;
  return bytes.indexOf(0) < 0 ? undefined : nul;
}
