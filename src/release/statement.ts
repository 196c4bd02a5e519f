import { z } from 'zod';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { canonicalJson, type JsonValue } from '../base/strict-json.ts';
import { parseInstant } from '../base/time.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { termsSchema } from '../license/terms.ts';
import { fixedDuration, instant, keyId, text } from '../license/values.ts';
import { orphanRules, roles } from '../policy/policy.ts';
import { chunkBytes } from './chunks.ts';
import { chunksNameOf, dataFolder, dataPackageName, envelopeName, licenseTextName, reportName } from './layout.ts';
import { printable } from './names.ts';
import { problemsShown } from './signed-document.ts';
import { tableProblems } from './tables.ts';

/** Payload type of the envelope around a license (in-toto Attestation Framework, Envelope). */
export const licensePayloadType = 'application/vnd.in-toto+json';
export const statementType = 'https://in-toto.io/Statement/v1';
export const licenseType = 'urn:anon:license:v1';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hex digits');
const licenseId = z.string().regex(/^urn:anon:license:[0-9a-f]{32}$/, 'must be urn:anon:license: and 32 hex digits');
const count = z.int().min(0);
/** As many as verify looks for among the attestations. */
const maxParents = 64;
/** Names of columns and JSON paths are whatever the data holds. */
const field = z.string();
const figures = z.record(z.string(), z.union([z.number(), z.string()]));

/*
 * What each member means is said by `anon schema statement`, out of `cli/schemas/statement.ts`: a run of verify does not load the words.
 */

const subject = z.strictObject({ name: z.string(), digest: z.strictObject({ sha256 }) });

const file = z.strictObject({
  name: z.string(),
  bytes: count,
  records: count,
  chunk: z.literal(chunkBytes),
  chunks: z.string(),
});

const privacy = z.strictObject({
  unit: field.nullable(),
  quasiIdentifiers: z.array(field),
  models: z.array(z.strictObject({ name: text, required: figures, measured: figures })),
  suppressed: z
    .strictObject({ records: count, of: count })
    .refine(({ records, of }) => records <= of, { error: 'must not be more records than there were' }),
  sampled: z
    .strictObject({ records: count, of: count, share: z.number().gt(0).lt(1).optional() })
    .refine(({ records, of }) => records <= of, { error: 'must not be more records than there were' })
    .optional(),
  risk: z.strictObject({ highest: z.number().min(0).max(1), average: z.number().min(0).max(1) }).nullable(),
  generalization: z
    .array(
      z
        .strictObject({ field, level: count.optional(), levels: z.tuple([count, count]).readonly().optional() })
        .refine(({ level, levels }) => (level === undefined) !== (levels === undefined), {
          error: 'must have either one level or a range',
        })
        .refine(({ levels = [0, 0] }) => levels[0] <= levels[1], { error: 'must name the lowest level first' }),
    )
    .nullable(),
  search: z
    .strictObject({
      recoding: z.literal('local').optional(),
      measure: text,
      score: z.number().min(0),
      bound: z.number().min(0),
      proven: z.boolean(),
      budgetSpent: z.boolean().optional(),
    })
    .refine(({ score, bound, proven }) => (proven ? bound === score : bound <= score), {
      error: 'must not be proven to be better than it is',
    })
    .refine(({ recoding, budgetSpent }) => recoding === 'local' || budgetSpent === undefined, {
      error: 'must not speak of a spent budget where `proven` does',
    })
    .optional(),
});

const transform = z.strictObject({
  field,
  role: z.enum(roles),
  technique: z.array(text).min(1),
  reversible: z.boolean(),
  reproducible: z.boolean().optional(),
  parameters: z.record(z.string(), z.json()),
});

const source = z.strictObject({
  commitment: z.string().regex(/^hmac-sha256:[0-9a-f]{64}$/, 'must be hmac-sha256: and 64 hex digits'),
  records: count,
});

const table = z.strictObject({
  name: text,
  files: z.array(z.string()).min(1, 'must not be empty'),
  privacy,
  transforms: z.array(transform),
  source,
  leftOut: count,
  references: z.array(z.strictObject({ field, table: text, to: field, onOrphan: z.enum(orphanRules), orphans: count })),
});

const lineage = z.strictObject({
  policy: z.strictObject({ name: text, version: text, sha256 }),
  source: source.optional(),
  parents: z
    .array(z.strictObject({ id: licenseId, sha256 }))
    .max(maxParents, `must not name more than ${maxParents} licenses`)
    .refine((parents) => new Set(parents.map((parent) => parent.sha256)).size === parents.length, {
      error: 'must not name a license twice',
    }),
});

const predicate = z
  .strictObject({
    id: licenseId,
    title: text,
    issued: instant,
    notBefore: instant,
    notAfter: instant,
    issuer: z.strictObject({ id: text.optional(), name: text, contact: text.optional(), key: keyId }),
    renderer: z.string().regex(/^[a-z-]{1,40}\/[1-9][0-9]{0,3}$/, 'must be a name, a slash and a number'),
    files: z.array(file).min(1, 'must not be empty'),
    terms: termsSchema,
    approvals: z.strictObject({ threshold: z.int().min(0).max(16), distinctFromIssuer: z.boolean() }),
    status: z.strictObject({ required: z.boolean(), maxAge: fixedDuration, from: text }).optional(),
    privacy: privacy.optional(),
    transforms: z.array(transform).optional(),
    tables: z.array(table).min(1, 'must not be empty').optional(),
    lineage,
    tool: z.strictObject({ name: text, version: text }),
    crit: z.array(z.string()).max(0, 'names a critical member that this version does not know'),
  })
  .refine(({ notBefore, notAfter }) => parseInstant(notBefore)! < parseInstant(notAfter)!, {
    error: 'must be later than notBefore',
    path: ['notAfter'],
  })
  .superRefine((value, context) => {
    for (const { path, message } of tableProblems(value)) context.addIssue({ code: 'custom', path, message });
  });

/** The license statement: an in-toto statement, closed. Problems of its list of files have a path that begins with `subject`. */
export const statementSchema = z
  .strictObject({
    _type: z.literal(statementType),
    subject: z.array(subject).min(1, 'must not be empty'),
    predicateType: z.literal(licenseType),
    predicate,
  })
  .superRefine((statement, context) => {
    for (const message of subjectProblems(statement)) context.addIssue({ code: 'custom', path: ['subject'], message });
  });

export type LicenseStatement = z.output<typeof statementSchema>;
export type LicensePredicate = LicenseStatement['predicate'];
export type Subject = LicenseStatement['subject'][number];

/** The statement in a JSON value. Throws SUBJECT for its list of files and SCHEMA for anything else, up to 50 problems at once. */
export function parseStatement(value: unknown): LicenseStatement {
  checkTermCount(value);
  const parsed = statementSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure(
    parsed.error.issues.slice(0, problemsShown).map((issue): Diagnostic => {
      const path = printable(issue.path.map(String).join('.'));
      return {
        code: issue.path[0] === 'subject' ? 'SUBJECT' : 'SCHEMA',
        message: `${path === '' ? 'statement' : path}: ${printable(issue.message, 300)}`,
      };
    }),
  );
}

/** Every unknown word of a term is compared with all that are known: with tens of thousands of them that takes longer than a check may. */
const maxListed = 1000;

/** Throws SCHEMA for a term that lists more than any vocabulary or project needs. */
function checkTermCount(value: unknown): void {
  const { predicate } = (value ?? {}) as { predicate?: { terms?: unknown } | null };
  for (const [name, list] of Object.entries(predicate?.terms ?? {})) {
    if (Array.isArray(list) && list.length > maxListed)
      throw fail('SCHEMA', `predicate.terms.${printable(name)}: must not list more than ${maxListed}`);
  }
}

/** The bytes that are signed: members sorted by name, no white space, so that equal statements are equal bytes. */
export function writeStatement(statement: LicenseStatement): Buffer {
  return Buffer.from(sortedJson(statement));
}

/** JSON without white space, members in the order of their names. Members that are undefined are left out. */
export function sortedJson(value: unknown): string {
  return canonicalJson(sortMembers(value));
}

/** The id of a license, made from what it is about. `subjects` is without LICENSE.md, which shows the id. */
export function licenseIdOf(parts: {
  readonly subjects: readonly Subject[];
  readonly policySha256: string;
  /** Id of the licensee. */
  readonly licensee: string;
  readonly issued: string;
}): string {
  return `urn:anon:license:${sha256Hex(Buffer.from(sortedJson(parts))).slice(0, 32)}`;
}

function subjectProblems({ subject: subjects, predicate: { files } }: LicenseStatement): string[] {
  const listed = new Set(subjects.map(({ name }) => name));
  const described = new Set(files.flatMap(({ name, chunks }) => [name, chunks]));
  const required = [licenseTextName, dataPackageName, reportName, ...described];
  const problems: string[] = [];
  if (listed.size < subjects.length) problems.push('names a file twice');
  if (described.size < 2 * files.length) problems.push('two of the data files and chunk lists have the same name');
  if (listed.has(envelopeName)) problems.push('names the envelope, which cannot hold its own digest');
  if (!required.every((name) => listed.has(name)))
    problems.push('lacks a file that every bundle has or that `files` names');
  if (!files.every(({ name, chunks }) => name.startsWith(dataFolder) && chunks === chunksNameOf(name)))
    problems.push('a data file or its chunk list is not where the layout puts it');
  if (subjects.some(({ name }) => name.startsWith(dataFolder) && !described.has(name)))
    problems.push('names a data file that `files` does not describe');
  return problems;
}

/** RFC 8785 §3.2.3: members in the order of their names' UTF-16 code units. */
function sortMembers(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(sortMembers);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  present.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(present.map(([name, member]) => [name, sortMembers(member)]));
}
