import { expect, test } from 'vitest';
import { at, Failure, fail } from '../../src/base/diagnostic.ts';
import { failures } from '../../src/base/failures.ts';

/** The reason codes of verify and export, which other tools read: none may go missing, and all mean "no". */
const reasons =
  'ENVELOPE PAYLOADTYPE SIGNATURE KEY THRESHOLD JSON SCHEMA SUBJECT DIGEST EXTRA MISSING PATH LINK ARCHIVE NOTYET EXPIRED CLOCK REVOKED STALE ROLLBACK TERMS DELEGATION CHUNK TRUNCATED DECRYPT QUOTA GRANT AUDIT LIMIT TRUST';

test('every reason code of verify and export is there, with exit status 1', () => {
  for (const code of reasons.split(' ')) expect(failures, code).toHaveProperty([code, 'exit'], 1);
});

test('every failure says what it means, lower case and without a final period, and no two the same', () => {
  const meanings = Object.values(failures).map((failure) => failure.meaning);
  for (const meaning of meanings) expect(meaning).toMatch(/^[a-z].*[^.\s]$/);
  expect(new Set(meanings).size).toBe(meanings.length);
  for (const code of Object.keys(failures)) expect(code).toMatch(/^[A-Z]+(-[A-Z]+)*$/);
});

test('no answer outweighs no, in whichever order they come', () => {
  const no = fail('DIGEST', 'a').diagnostics;
  const none = fail('USAGE', 'b').diagnostics;
  expect(new Failure(no).exit).toBe(1);
  expect(new Failure([...no, ...none]).exit).toBe(2);
  expect(new Failure([...none, ...no]).exit).toBe(2);
  expect(new Failure([...no, ...none]).code).toBe('DIGEST');
  expect(new Failure([...no, ...none]).message).toBe('a\nb');
});

test('a place is filled in only where it was open', () => {
  const failure = new Failure([
    { code: 'DATA-VALUE', message: 'a', place: { row: 3, file: 'inner.csv' } },
    { code: 'DATA-VALUE', message: 'b', hint: 'c' },
  ]);
  expect(at(failure, { file: 'outer.csv', field: 'age' }).diagnostics).toEqual([
    { code: 'DATA-VALUE', message: 'a', place: { row: 3, file: 'inner.csv', field: 'age' } },
    { code: 'DATA-VALUE', message: 'b', hint: 'c', place: { file: 'outer.csv', field: 'age' } },
  ]);
});
