import { z } from 'zod';
import { type FailureCode, failures } from '../../base/failures.ts';
import { instant, keyId } from '../../license/values.ts';

/**
 * What the audit log holds: one of these to an entry, closed. Events tell of decisions, licenses and state, never of values of the data.
 * Text from outside goes through `loggedText`, so that no event is large.
 */

/** Characters of a text from outside that an event holds; what goes on is cut, and that is said in its place. */
const maxCharacters = 200;

/** The text as an event may hold it: cut after 200 characters, followed by how long it was; lone surrogates replaced by U+FFFD. */
export function loggedText(text: string): string {
  const sound = text.replace(/\p{Surrogate}/gu, '\ufffd');
  if (sound.length <= maxCharacters) return sound;
  // A pair of surrogates is not cut in two.
  const kept = sound.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '');
  return `${kept} [cut: ${sound.length} characters]`;
}

const text = z.string().max(maxCharacters + 40);
const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const codes = Object.keys(failures) as [FailureCode, ...FailureCode[]];

/** The use as it was stated, whether or not it was allowed. */
const statedUse = z.strictObject({
  organization: text.optional(),
  user: text.optional(),
  purpose: text.optional(),
  region: text.optional(),
  project: text.optional(),
  action: text.optional(),
});
export type LoggedUse = z.output<typeof statedUse>;

/** Which license an event is about, and what falls due by it. */
const licensed = {
  license: text,
  title: text.optional(),
  notAfter: instant.optional(),
  /** Earliest time by which a duty of the license wants the data deleted. */
  deleteBy: instant.optional(),
};

export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    ...licensed,
    type: z.literal('decision'),
    command: z.enum(['verify', 'export']),
    decision: z.enum(['allow', 'deny']),
    code: z.enum(codes).nullable(),
    /** Null as long as no trusted signature vouches for an id. */
    license: text.nullable(),
    use: statedUse,
    /** Whether the use came signed by the licensee, or was only said. */
    basis: z.enum(['verified', 'asserted']),
  }),
  z.strictObject({
    ...licensed,
    type: z.literal('export-start'),
    use: statedUse,
    basis: z.enum(['verified', 'asserted']),
    /** The one file that was asked for; without it, all. */
    file: text.optional(),
  }),
  z.strictObject({
    type: z.literal('export-end'),
    /** Sequence number of the entry of its start. */
    start: count,
    license: text,
    outcome: z.enum(['complete', 'aborted', 'failed']),
    /** Bytes that were released. */
    bytes: count,
    file: text.optional(),
  }),
  z.strictObject({ ...licensed, type: z.literal('license-issued'), licensee: text, key: keyId }),
  z.strictObject({ ...licensed, type: z.literal('license-approved'), approver: text, key: keyId }),
  z.strictObject({ ...licensed, type: z.literal('license-renewed'), replaces: text, key: keyId }),
  /** Another version of the trust store took effect here; `sha256` of its payload. */
  z.strictObject({ type: z.literal('trust-changed'), version: count, sha256, change: text }),
  /** Another version of the revocations took effect here; `entries` is how many it holds. */
  z.strictObject({
    type: z.literal('revocations-changed'),
    version: count,
    sha256,
    entries: count,
    /** `made`: it was made here, and takes effect where it is taken over. */
    change: z.literal('made').optional(),
  }),
  /** The high-water mark of the clock was set back by hand. */
  z.strictObject({ type: z.literal('clock-reset'), from: instant, to: instant }),
  /** State was absent. `log` tells logs apart; `otherState`: there was other state, so the log itself was removed or lost. */
  z.strictObject({
    type: z.literal('state-reset'),
    log: z.string().regex(/^[0-9a-f]{32}$/),
    otherState: z.boolean(),
  }),
  /** A tree head was signed: of the first `size` entries. */
  z.strictObject({ type: z.literal('checkpoint'), size: count, root: sha256, key: keyId }),
  /** The entries right before this one were cut off or empty, as after a power loss; `sha256` is the leaf hash of what is left of each. */
  z.strictObject({
    type: z.literal('recovered'),
    entries: z.array(z.strictObject({ seq: count, sha256 })).min(1),
  }),
]);

export type AuditEvent = z.output<typeof eventSchema>;
export type EventType = AuditEvent['type'];
export type EventOf<Type extends EventType> = Extract<AuditEvent, { readonly type: Type }>;
