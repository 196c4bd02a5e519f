import { type FailureCode, failures } from './failures.ts';

/** Where a problem is: in a text file (line, column), or in data (row, field). All numbers are 1-based. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** Record of the data; a CSV header is row 0. */
  readonly row?: number;
  /** Column name or JSON path. */
  readonly field?: string;
}

export interface Diagnostic {
  readonly code: FailureCode;
  /** Lower case, no final period. Never holds a value of the data or a key. */
  readonly message: string;
  readonly place?: Place;
  /** What to do next. */
  readonly hint?: string;
  /** The source line at `place` and how many characters of it to underline. */
  readonly excerpt?: { readonly text: string; readonly width: number };
  readonly severity?: 'error' | 'warning';
}

/** What anon throws on purpose: one or more diagnostics. Anything else that is thrown is a defect of anon. */
export class Failure extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('\n'));
    this.name = 'Failure';
    this.diagnostics = diagnostics;
  }

  /** Exit status: "no answer" outweighs "no". */
  get exit(): 1 | 2 {
    return this.diagnostics.some((d) => failures[d.code].exit === 2) ? 2 : 1;
  }

  get code(): FailureCode {
    return this.diagnostics[0]?.code ?? 'INTERNAL';
  }
}

/** A failure of one diagnostic: `throw fail('DATA-EMPTY', 'the input is empty', { place, hint })`. */
export function fail(code: FailureCode, message: string, more: Pick<Diagnostic, 'place' | 'hint'> = {}): Failure {
  return new Failure([{ code, message, ...more }]);
}

/** The same failure with `place` filled in where its diagnostics leave it open. */
export function at(failure: Failure, place: Place): Failure {
  return new Failure(failure.diagnostics.map((d) => ({ ...d, place: { ...place, ...d.place } })));
}
