import { fail } from '../base/diagnostic.ts';
import type { Slot } from './batch.ts';
import { stringEnd } from './json-tokens.ts';
import { holdsNul, notUtf8, type Problem } from './problem.ts';

/** How deep objects and arrays may be nested. */
export const LARGEST_DEPTH = 64;
const LONGEST_KEY_SHOWN = 80;

export const nul = holdsNul('record');
export const badText = notUtf8('record');
export const surrogate: Problem = {
  code: 'DATA-SYNTAX',
  message: 'a string has half of a surrogate pair',
  hint: 'write a character beyond U+FFFF as two `\\u` escapes, or as it is',
};
export const twice: Problem = {
  code: 'DATA-SYNTAX',
  message: 'an object has the same key twice',
  hint: 'readers disagree about which of the two counts: remove one',
};
export const tooDeep: Problem = {
  code: 'DATA-SIZE',
  message: `values are nested more than ${LARGEST_DEPTH} deep`,
  hint: 'flatten the records first',
};
export const unfinished: Problem = {
  code: 'DATA-SYNTAX',
  message: 'the input ends within a record',
  hint: 'is the input cut short?',
};

export const strictHint = 'every value must be strict JSON (RFC 8259)';
export const lineHint = 'a record must stand on one line: `jq -c .` puts it there';
const everyRecord = 'every record must be an object: `input: { records: "$.items[*]" }` says which values are records';
export const objectHints = {
  line: 'every line must be one object: `jq -c .[]` makes lines of an array',
  record: everyRecord,
  document: everyRecord,
};

const MARK = Buffer.from('\ufeff');
const MARKS_UTF16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
/** How many bytes `refuseMarks` looks at. */
export const markBytes = MARK.length;

/** Refuse byte order marks at the beginning of an input. */
export function refuseMarks(bytes: Buffer): void {
  const place = { row: 1 };
  // RFC 8259 §8.1: JSON text does not begin with a byte order mark.
  if (beginsWith(bytes, MARK)) {
    throw fail('DATA-ENCODING', 'the input begins with a byte order mark', {
      place,
      hint: 'remove the byte order mark',
    });
  }
  if (MARKS_UTF16.some((mark) => beginsWith(bytes, mark))) {
    const hint = 'is this UTF-16? then say `input: { encoding: utf-16 }` in the policy';
    throw fail('DATA-ENCODING', 'the input is not valid UTF-8', { place, hint });
  }
}

function beginsWith(bytes: Buffer, mark: Buffer): boolean {
  return bytes.subarray(0, mark.length).equals(mark);
}

/** Why the policy has no place for the value at `path`: two selectors match, or one that takes single values only, or none. */
export function refusal(path: string, slot: Slot | undefined, rival: Slot | undefined): Problem {
  if (slot === undefined) {
    const hint = 'name it under `fields`, or say what becomes of `unlisted` fields';
    return { code: 'DATA-FIELDS', message: `field \`${path}\` is not named in the policy`, hint };
  }
  if (rival === undefined) {
    const message = `\`${path}\` is an object or array, its policy entry takes single values`;
    return {
      code: 'DATA-FIELDS',
      message,
      hint: `name what is in it (\`${path}.*\` in an object, \`${path}[*]\` in an array), or drop it as a whole`,
    };
  }
  const message = `\`${slot.selector}\` and \`${rival.selector}\` both match \`${path}\``;
  return { code: 'POLICY-MEANING', message, hint: `name \`${path}\` itself, or remove one of the two` };
}

/** The key whose opening quote is at `at`, for a message. */
export function keyAt(bytes: Buffer, at: number): string {
  return shown(JSON.parse(bytes.toString('utf8', at, stringEnd(bytes, at + 1) + 1)));
}

/** A key for a message. */
export function shown(key: string): string {
  return key.length > LONGEST_KEY_SHOWN ? `${key.slice(0, LONGEST_KEY_SHOWN)}…` : key;
}
