import { z } from 'zod';
import { type FailureCode, failures } from '../../base/failures.ts';
import { type Answer, type CheckName, checkNames } from '../../release/answer.ts';
import { defineDocument } from './definition.ts';

const code = z.enum(Object.keys(failures) as [FailureCode, ...FailureCode[]]);
const names: readonly CheckName[] = [...checkNames, 'audit'];

const check = z.strictObject({
  name: z.enum(names as readonly [CheckName, ...CheckName[]]),
  status: z.enum(['pass', 'fail', 'not-run']),
  code: code.exactOptional(),
  detail: z.string(),
});

/** The compiler holds it to the type of the answer. */
const shape = z.strictObject({
  decision: z.enum(['allow', 'deny']),
  code: code.nullable(),
  license: z.string().nullable(),
  checks: z.array(check),
  terms: z.array(
    z.strictObject({ term: z.string(), basis: z.enum(['verified', 'asserted', 'legal']), detail: z.string() }),
  ),
}) satisfies z.ZodType<Answer>;

export const answer = defineDocument({
  name: 'answer',
  summary: 'What `verify --json` prints, and `export --json`.',
  shape,
  words: {
    '': 'Without an answer (exit status 2) `problems` is printed instead. `license` is null until the signature is known to be that of the issuer.',
    decision: 'May the data be used as stated?',
    code: 'Code of the check that failed; null where none did.',
    license: 'Id of the license.',
    checks: 'Every check, in its order; those behind the one that failed are `not-run`.',
    'checks[].name': 'Name of the check; `audit`, the last, is there where decisions are logged.',
    'checks[].status': 'How it went.',
    'checks[].code': 'Why it failed; there exactly when it did.',
    'checks[].detail': 'What was found, for people.',
    terms: 'Every term, once the terms were decided.',
    'terms[].term': 'Path within `terms` of the statement, or within the stated use: `context.audience`.',
    'terms[].basis': 'Who stands for it: anon proved it, the recipient stated it, or only law enforces it.',
    'terms[].detail': 'What was found, for people.',
  },
});
