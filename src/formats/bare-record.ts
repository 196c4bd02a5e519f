import { CR, LF } from './csv-bytes.ts';
import { COMMA, isSpace } from './json-tokens.ts';

/** Where, within a written record bytes[from, to), that begins and ends which stays the same wherever in a file it stands. */
export interface BareRecord {
  begin(bytes: Buffer, from: number, to: number): number;
  end(bytes: Buffer, from: number, to: number): number;
}

/** Lines without their end, which the last of a file may not have. */
export const bareLine: BareRecord = {
  begin: (_, from) => from,
  end(bytes, from, to) {
    if (to === from || bytes[to - 1] !== LF) return to;
    return to - 1 > from && bytes[to - 2] === CR ? to - 2 : to - 1;
  },
};

/** JSON values without white space around them and the comma in front, which the first of an array does not have. */
export const bareValue: BareRecord = {
  begin(bytes, from, to) {
    let at = from;
    while (at < to && (isSpace(bytes[at]!) || bytes[at] === COMMA)) at++;
    return at;
  },
  end(bytes, from, to) {
    let at = to;
    while (at > from && isSpace(bytes[at - 1]!)) at--;
    return at;
  },
};
