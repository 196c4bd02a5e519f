import type { FailureCode } from '../base/failures.ts';

/** Something wrong with a record, apart from where it is. */
export interface Problem {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
}

export function notUtf8(what: string): Problem {
  return {
    code: 'DATA-ENCODING',
    message: `the ${what} is not valid UTF-8`,
    hint: 'which encoding is it in? say so in the policy, for example `input: { encoding: windows-1252 }`',
  };
}

export function holdsNul(what: string): Problem {
  return {
    code: 'DATA-ENCODING',
    message: `the ${what} holds a NUL byte`,
    hint: 'remove NUL bytes from the input, or is it not UTF-8 text?',
  };
}
