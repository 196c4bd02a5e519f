import { revocationsSchema } from '../../release/revocations.ts';
import { defineDocument } from './definition.ts';

export const revocations = defineDocument({
  name: 'revocations',
  summary: 'What was taken back: the payload of a list of revocations.',
  shape: revocationsSchema,
  words: {
    '': 'Beyond this schema: `expires` is later than `issued`; no two entries have the same kind, value, time and reason; each list holds all entries of those before.',
    version: 'Higher than that of each list before.',
    issued: 'When it was made: its age is counted from here.',
    expires: 'When it ends, this instant not included.',
    previous: 'SHA-256 of the payload of the version before, hex; the first has none, or null.',
    entries: 'All that was ever taken back.',
    'entries[].kind': 'What `value` is: a license, a key, or the digest of a file or payload.',
    'entries[].value': 'Id of the license, or id of the key or SHA-256: 64 hex digits.',
    'entries[].at': 'When it was taken back.',
    'entries[].reason': 'Why. `superseded` of a key: what it signed until `at` stays good.',
    'entries[].reinstated': 'It is no longer taken back.',
  },
});
