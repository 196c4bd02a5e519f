/**
 * Every way in which anon says no: code, exit status, meaning.
 *
 * Exit status 1: the answer is no (a bundle or license is refused, a model is violated, personal data was found).
 * Exit status 2: there is no answer (usage, policy, data, key, file).
 */
export interface FailureDefinition {
  readonly exit: 1 | 2;
  readonly meaning: string;
}

export const failures = {
  // No answer: what was asked cannot be done.
  USAGE: { exit: 2, meaning: 'the command line is not one that anon understands' },
  'POLICY-YAML': { exit: 2, meaning: 'the policy is not one well-formed YAML document' },
  'POLICY-SHAPE': { exit: 2, meaning: 'the policy has an unknown option, or a value of the wrong type or range' },
  'POLICY-MEANING': { exit: 2, meaning: 'the parts of the policy contradict each other or name what is not there' },
  'DATA-EMPTY': { exit: 2, meaning: 'the input holds no records' },
  'DATA-ENCODING': { exit: 2, meaning: 'the input is not text in the stated encoding' },
  'DATA-COMPRESSION': { exit: 2, meaning: 'the compressed input is damaged or cut short' },
  'DATA-SYNTAX': { exit: 2, meaning: 'the input is not well-formed in its format' },
  'DATA-RAGGED': { exit: 2, meaning: 'a record has more or fewer fields than the header' },
  'DATA-FIELDS': { exit: 2, meaning: 'the fields of the data are not those that the policy names' },
  'DATA-VALUE': { exit: 2, meaning: 'a value cannot be read by its type or transform' },
  'DATA-SIZE': { exit: 2, meaning: 'a record, field or nesting is larger than the limit' },
  'DATA-CHANGED': { exit: 2, meaning: 'the input changed while it was read' },
  'DATA-FORMAT': { exit: 2, meaning: 'the format of the input is not known' },
  'KEY-MISSING': { exit: 2, meaning: 'no key was given where one is needed' },
  'KEY-FORMAT': { exit: 2, meaning: 'the key is not in the form that anon reads' },
  'KEY-PERMISSIONS': { exit: 2, meaning: 'a private key can be read by others' },
  'KEY-PASSPHRASE': { exit: 2, meaning: 'the passphrase is missing or does not open the key' },
  'FILE-MISSING': { exit: 2, meaning: 'a file or directory does not exist' },
  'FILE-READ': { exit: 2, meaning: 'a file cannot be read' },
  'FILE-WRITE': { exit: 2, meaning: 'the output cannot be written' },
  'FILE-EXISTS': { exit: 2, meaning: 'the output exists already' },
  'TRUST-FORMAT': { exit: 2, meaning: 'the trust file cannot be understood' },
  'REVOCATIONS-FORMAT': { exit: 2, meaning: 'the list of revocations cannot be understood' },
  STATE: { exit: 2, meaning: 'the state of earlier runs cannot be read, or cannot be kept' },
  INTERRUPTED: { exit: 2, meaning: 'the run was interrupted; nothing was written' },
  INTERNAL: { exit: 2, meaning: 'a defect of anon itself' },

  // The answer is no: apply.
  MODEL: { exit: 1, meaning: 'a privacy model is violated, or holds only at the price of too much suppression' },
  DRIFT: { exit: 1, meaning: 'the fields are not those of the earlier release' },
  REFERENCE: { exit: 1, meaning: 'records refer to records of another table that are not written' },
  LEAK: { exit: 1, meaning: 'values of identifier fields were found in the output' },

  // The answer is no: hierarchy check.
  HIERARCHY: { exit: 1, meaning: 'a hierarchy is not well-formed, or does not know a value of the data' },
  // The answer is no: measure.
  MEASURE: { exit: 1, meaning: 'a measure is beyond a threshold that was set' },

  // The answer is no: verify and export.
  ENVELOPE: { exit: 1, meaning: 'the signature envelope is malformed' },
  PAYLOADTYPE: { exit: 1, meaning: 'the envelope holds something other than what was asked for' },
  SIGNATURE: { exit: 1, meaning: 'no signature by a trusted key verifies' },
  KEY: { exit: 1, meaning: 'a signing key is not valid for this use or time' },
  THRESHOLD: { exit: 1, meaning: 'too few distinct principals have approved' },
  JSON: { exit: 1, meaning: 'signed content is not strict JSON' },
  SCHEMA: { exit: 1, meaning: 'signed content is not of the form that its type states' },
  SUBJECT: { exit: 1, meaning: 'the list of files in the license is malformed' },
  DIGEST: { exit: 1, meaning: 'a file is not the one that was signed' },
  EXTRA: { exit: 1, meaning: 'the bundle holds a file that the license does not list' },
  MISSING: { exit: 1, meaning: 'a file that the license lists is not in the bundle' },
  PATH: { exit: 1, meaning: 'a file name is not allowed in a bundle' },
  LINK: { exit: 1, meaning: 'the bundle holds a link or something that is no regular file' },
  ARCHIVE: { exit: 1, meaning: 'the tar is not byte for byte one that anon writes' },
  NOTYET: { exit: 1, meaning: 'the license is not in force yet' },
  EXPIRED: { exit: 1, meaning: 'the license, key or stated use has expired' },
  CLOCK: { exit: 1, meaning: 'the clock cannot be believed' },
  REVOKED: { exit: 1, meaning: 'the license, its key or its data were revoked' },
  STALE: { exit: 1, meaning: 'the revocation list is missing or too old' },
  ROLLBACK: { exit: 1, meaning: 'an older version was offered than one seen before' },
  TERMS: { exit: 1, meaning: 'the stated use is not allowed by the terms of the license' },
  DELEGATION: { exit: 1, meaning: 'a parent license does not allow this one' },
  CHUNK: { exit: 1, meaning: 'a chunk list does not match its file' },
  TRUNCATED: { exit: 1, meaning: 'the bundle ends too early' },
  DECRYPT: { exit: 1, meaning: 'encrypted content cannot be opened' },
  QUOTA: { exit: 1, meaning: 'a limit of the license is used up or cannot be counted' },
  GRANT: { exit: 1, meaning: 'no grant allows this access' },
  AUDIT: { exit: 1, meaning: 'the decision cannot be logged' },
  LIMIT: { exit: 1, meaning: 'metadata is larger than the limit' },
  TRUST: { exit: 1, meaning: 'the trust that was offered cannot be relied on' },
} as const satisfies Record<string, FailureDefinition>;

export type FailureCode = keyof typeof failures;
