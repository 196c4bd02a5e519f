import { z } from 'zod';
import { actionNames } from './actions.ts';
import { purpose } from './purposes.ts';
import { country } from './regions.ts';
import { instant, isSound, text, word } from './values.ts';

/** What a recipient says about the intended use, by flags or as a context. Nothing is required until a license asks for it. */
export const statedUseSchema = z
  .strictObject({
    organization: text.optional().describe('Id of the organization that uses the data.'),
    user: text.optional().describe('Id of the person or account that uses the data.'),
    purpose: purpose.optional().describe('Purpose of the use: a local name of the W3C Data Privacy Vocabulary.'),
    region: country.optional().describe('Country of the use: ISO 3166-1 alpha-2.'),
    project: text.optional().describe('Id of the project that the use belongs to.'),
    action: word('action', actionNames).default('use').describe('What is to be done with the data.'),
    safeguards: z.array(text).default([]).describe('Safeguards that are in place.'),
    audience: text.optional().describe('Id of the license that the statement is meant for, or `*` for any.'),
    issued: instant.optional().describe('When the statement was made.'),
    expires: instant.optional().describe('When the statement ends.'),
  })
  .refine(({ issued, expires }) => issued === undefined || expires === undefined || issued < expires, {
    error: 'must be later than `issued`',
    path: ['expires'],
    when: isSound,
  });

export type StatedUse = z.output<typeof statedUseSchema>;

/** What anon knows when it decides. */
export interface Situation {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: number;
  /** The stated use came in an envelope, and its signature by the licensee's key was verified. */
  readonly contextSigned: boolean;
  readonly licenseId: string;
  /** What can be counted and verified here; `false`: nothing. Terms that need more are refused. */
  readonly stateful: false | Abilities;
}

interface Abilities {
  /** The caller counts this export against `limits.exports` before anything is released. */
  readonly canCountExports: boolean;
  /** The caller counts this user against `limits.users` before anything is released. */
  readonly canCountUsers: boolean;
  /** Signatures of contexts are verified; without it `contextSigned` is not believed. */
  readonly canVerifyContext: boolean;
}

/** Who stands for what the use states. */
export function basisOf(situation: Situation): 'verified' | 'asserted' {
  return situation.contextSigned && able(situation, 'canVerifyContext') ? 'verified' : 'asserted';
}

export function able({ stateful }: Situation, ability: keyof Abilities): boolean {
  return stateful !== false && stateful[ability];
}
