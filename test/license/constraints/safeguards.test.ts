import { expect, test } from 'vitest';
import { refusals } from '../fixtures.ts';

test.each([
  [['EncryptionAtRest', 'AccessControl'], []],
  [['AccessControl', 'EncryptionAtRest', 'Training'], []],
  [['EncryptionAtRest'], ['safeguards TERMS']],
  [['encryptionatrest', 'AccessControl'], ['safeguards TERMS']],
  [[], ['safeguards TERMS']],
  [undefined, ['safeguards TERMS']],
])('in place %j: %j', (safeguards, expected) => {
  expect(refusals({ safeguards: ['EncryptionAtRest', 'AccessControl'] }, { safeguards })).toEqual(expected);
});
