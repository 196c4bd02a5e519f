import { type Envelope, type Fits, type Key, readEnvelope, readKey, sha256, signersOf } from './envelope.ts';
import { type Files, hasPlace, isName } from './files.ts';
import { type Json, Refusal, refuse, strictJson } from './json.ts';

/**
 * A verifier that was written from README.md ("The bundle, for other programs") and the schemas that `anon schema` prints; of `src` it has
 * nothing. It keeps no state, counts nothing and renders nothing, and refuses a license that stands on others.
 */

export interface Question {
  readonly files: () => Files;
  /** A public key in PEM, or a trust file. */
  readonly trust: Buffer;
  readonly revocations?: Buffer | undefined;
  /** The stated use, or an envelope around it. */
  readonly context: Json;
  readonly now: number;
  readonly fits: Fits;
  /** Of each purpose, the broader ones. */
  readonly broader: Readonly<Record<string, readonly string[]>>;
}

const skew = 300_000;
const time = (text: string): number => Date.parse(text);
const isTime = (text: string): boolean =>
  time(text) >= 0 && new Date(time(text)).toISOString() === text.replace('Z', '.000Z');

/** `allow`, or the code of the check that failed. */
export function answerTo(question: Question): string {
  try {
    check(question);
    return 'allow';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

function check({ files: list, trust: trusted, revocations: listed, context, now, fits, broader }: Question): void {
  const trust = readTrust(trusted, now, fits);
  const files = list();
  const envelope = readEnvelope(files.get('license.intoto.json') ?? refuse('MISSING'), fits);
  if (envelope.type !== 'application/vnd.in-toto+json') refuse('PAYLOADTYPE');
  const signers = signersOf(envelope, trust.keys);
  if (signers.length === 0) refuse('SIGNATURE');
  const statement = strictJson(envelope.payload, 'JSON');
  checkStatement(statement, fits);
  const { subject, predicate } = statement;

  const { issuer, approvals, terms } = predicate;
  const signer = signers.find(({ id }) => id === issuer.key) ?? refuse('KEY');
  const foreign = issuer.id !== undefined && issuer.id !== signer.of && trust.principals[issuer.id] !== undefined;
  const { datasets } = trust.principals[signer.of]!;
  const own = predicate.files.every(({ name }: Json) => datasets?.some((glob) => matches(name.slice(5), glob)) ?? true);
  if (!isIn(signer, 'issuer', now) || foreign || !own) refuse('KEY');

  if (now + skew < time(predicate.notBefore)) refuse('NOTYET');
  if (now >= time(predicate.notAfter)) refuse('EXPIRED');
  const entries = readRevocations(listed, trust, now, fits);
  checkStatus({ statement, entries, payload: sha256(envelope.payload), now });

  const needed = Math.max(approvals.threshold, trust.approvers);
  const approvers = signers.filter(
    (key) => isIn(key, 'approver', now) && !isRevoked(entries, key.id, predicate.issued),
  );
  const approved = new Set(approvers.map(({ of }) => of));
  if (approvals.distinctFromIssuer) approved.delete(signer.of);
  if (approved.size < needed) refuse('THRESHOLD');

  const { use, signed } = readUse({ context, terms, trust, entries, now, fits });
  checkTerms({ terms, id: predicate.id, use, signed, now, broader });
  checkSubjects(subject, files);
  if (predicate.renderer !== 'license-md/1') refuse('SCHEMA');
  if (predicate.lineage.parents.length > 0) refuse('DELEGATION');
  checkDigests(statement, files);
}

interface Trusted extends Key {
  /** The principal. */
  readonly of: string;
  readonly roles: readonly string[];
  readonly from: number;
  readonly until: number;
}

interface Trust {
  readonly keys: readonly Trusted[];
  readonly principals: Readonly<Record<string, { readonly datasets?: readonly string[] }>>;
  readonly approvers: number;
}

const isIn = ({ roles, from, until }: Trusted, role: string, now: number): boolean =>
  roles.includes(role) && from <= now + skew && now < until;

function readTrust(bytes: Buffer, now: number, fits: Fits): Trust {
  if (bytes[0] !== 0x7b) {
    const key = readKey(bytes.toString());
    const of = `urn:anon:key:${key.id}`;
    const forever = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };
    return { keys: [{ ...key, ...forever, of, roles: ['issuer'] }], principals: { [of]: {} }, approvers: 0 };
  }
  const { envelope, content } = readDocument('trust', bytes, fits);
  const { issued, expires, principals, thresholds } = content;
  const keys = Object.entries<Json>(principals).flatMap(([of, { keys: pems, roles }]) =>
    pems.map(({ pem, from, until }: Json): Trusted => {
      const bounds = {
        from: from ? time(from) : Number.NEGATIVE_INFINITY,
        until: until ? time(until) : Number.POSITIVE_INFINITY,
      };
      return { ...readKey(pem), ...bounds, of, roles };
    }),
  );
  const roots = signersOf(
    envelope,
    keys.filter((key) => isIn(key, 'root', now)),
  );
  if (new Set(roots.map(({ of }) => of)).size < thresholds.root) refuse('TRUST');
  if (now + skew < time(issued)) refuse('CLOCK');
  if (now >= time(expires)) refuse('TRUST');
  return { keys, principals, approvers: thresholds.approver ?? 0 };
}

function readDocument(kind: string, bytes: Buffer, fits: Fits): { envelope: Envelope; content: Json } {
  try {
    const envelope = readEnvelope(bytes, fits);
    const content = strictJson(envelope.payload, 'JSON');
    if (envelope.type !== `application/vnd.anon.${kind}+json` || !fits(kind, content)) refuse('NO ANSWER');
    return { envelope, content };
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('NO ANSWER') : error;
  }
}

interface Revocations {
  readonly issued: string;
  readonly entries: readonly Json[];
}

function readRevocations(bytes: Buffer | undefined, { keys }: Trust, now: number, fits: Fits): Revocations | undefined {
  if (bytes === undefined) return undefined;
  const { envelope, content } = readDocument('revocations', bytes, fits);
  const signers = signersOf(
    envelope,
    keys.filter((key) => isIn(key, 'revoker', now)),
  );
  if (signers.every(({ id }) => isRevoked(content, id, content.issued))) refuse('SIGNATURE');
  if (now + skew < time(content.issued)) refuse('CLOCK');
  if (now >= time(content.expires)) refuse('STALE');
  return content;
}

function isRevoked(list: Revocations | undefined, key: string, issued: string): boolean {
  return (list?.entries ?? []).some(
    ({ kind, value, at, reason, reinstated }) =>
      kind === 'key' && value === key && !reinstated && (reason !== 'superseded' || issued > at),
  );
}

interface Status {
  readonly statement: Json;
  readonly entries: Revocations | undefined;
  /** SHA-256 of the payload. */
  readonly payload: string;
  readonly now: number;
}

function checkStatus({ statement: { subject, predicate }, entries, payload, now }: Status): void {
  const { id, issued, issuer, status, lineage } = predicate;
  const named = [id, payload, ...subject.map(({ digest }: Json) => digest.sha256)];
  const above = lineage.parents.flatMap((parent: Json) => [parent.id, parent.sha256]);
  const back = entries?.entries.filter(({ kind, reinstated }) => kind !== 'key' && !reinstated) ?? [];
  if (back.some(({ value }) => [...named, ...above].includes(value))) refuse('REVOKED');
  if (isRevoked(entries, issuer.key, issued)) refuse('REVOKED');
  if (status?.required !== true) return;
  const [, days = 0, hours = 0] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(status.maxAge) ?? refuse('STALE');
  const maxAge = (Number(days) * 24 + Number(hours)) * 3_600_000;
  if (entries === undefined || now - time(entries.issued) > maxAge) refuse('STALE');
}

function checkStatement(statement: Json, fits: Fits): void {
  const listed = subjectProblem(statement);
  if (!fits('statement', statement)) refuse(listed ? 'SUBJECT' : 'SCHEMA');
  const { notBefore, notAfter, issued, terms } = statement.predicate;
  const deletions = (terms.duties ?? []).flatMap(({ deleteBy }: Json) => deleteBy ?? []);
  if (![notBefore, notAfter, issued, ...deletions].every(isTime) || notBefore >= notAfter) refuse('SCHEMA');
  if (listed) refuse('SUBJECT');
}

function subjectProblem({ subject, predicate }: Json): boolean {
  if (subject === undefined) return false;
  try {
    const names: string[] = subject.map(({ name, digest: { sha256: hex, ...more } }: Json) =>
      /^[0-9a-f]{64}$/.test(hex) && Object.keys(more).length === 0 ? name : refuse('SUBJECT'),
    );
    const data: string[] = predicate.files.flatMap(({ name, chunks }: Json) => [name, chunks]);
    const wanted = ['LICENSE.md', 'datapackage.json', 'report.json', ...data];
    return !(
      new Set(names).size === names.length &&
      new Set(data).size === data.length &&
      wanted.every((name) => names.includes(name)) &&
      !names.includes('license.intoto.json') &&
      names.every((name) => !name.startsWith('data/') || data.includes(name)) &&
      predicate.files.every(({ name, chunks }: Json) => name.startsWith('data/') && chunks === `${name}.chunks`)
    );
  } catch {
    return true;
  }
}

interface Stated {
  readonly context: Json;
  readonly terms: Json;
  readonly trust: Trust;
  readonly entries: Revocations | undefined;
  readonly now: number;
  readonly fits: Fits;
}

function readUse({ context, terms, trust, entries, now, fits }: Stated): { use: Json; signed: boolean } {
  if (context.payloadType === undefined) return { use: context, signed: false };
  const { envelope, content: use } = readDocument('context', Buffer.from(JSON.stringify(context)), fits);
  const { key } = terms.licensee;
  const named = trust.keys.filter((one) => (key === undefined ? one.of === use.organization : one.id === key));
  const signers = signersOf(
    envelope,
    named.filter((one) => isIn(one, 'recipient', now)),
  );
  if (signers.length === 0) {
    if (key === undefined && !named.some(({ roles }) => roles.includes('recipient'))) return { use, signed: false };
    refuse('SIGNATURE');
  }
  if (signers.every(({ id }) => isRevoked(entries, id, use.issued))) refuse('REVOKED');
  return use.audience === undefined || use.expires === undefined ? refuse('TERMS') : { use, signed: true };
}

interface Decision {
  readonly terms: Json;
  readonly id: string;
  readonly use: Json;
  readonly signed: boolean;
  readonly now: number;
  readonly broader: Question['broader'];
}

function checkTerms({ terms, id, use, signed, now, broader }: Decision): void {
  const { licensee, permissions, prohibitions = [], purposes, regions, projects, safeguards = [], limits } = terms;
  const { action = 'use', audience = '*', issued, expires } = use;
  if (![id, '*'].includes(audience)) refuse('TERMS');
  if (issued !== undefined && time(issued) > now + skew) refuse('NOTYET');
  if (expires !== undefined && now >= time(expires)) refuse('EXPIRED');
  const within = (purpose: string, licensed: string): boolean =>
    purpose === licensed || (broader[purpose] ?? []).some((one) => within(one, licensed));
  const holds = [
    use.organization === licensee.id,
    licensee.users?.includes(use.user) ?? true,
    licensee.key === undefined || signed,
    permissions.includes(action) && !prohibitions.includes(action),
    purposes?.some((licensed: string) => use.purpose !== undefined && within(use.purpose, licensed)) ?? true,
    regions?.some((region: string) => region === use.region || groups[region]?.includes(use.region)) ?? true,
    projects?.includes(use.project) ?? true,
    safeguards.every((safeguard: string) => use.safeguards?.includes(safeguard)),
  ];
  if (!holds.every(Boolean)) refuse('TERMS');
  if (limits !== undefined) refuse('QUOTA');
  if ((terms.duties ?? []).some(({ deleteBy }: Json) => deleteBy !== undefined && now >= time(deleteBy)))
    refuse('EXPIRED');
}

const eu = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const groups: Readonly<Record<string, readonly string[]>> = { EU: eu, EEA: [...eu, 'IS', 'LI', 'NO'] };

function checkSubjects(subject: readonly Json[], files: Files): void {
  const names: string[] = ['license.intoto.json', ...subject.map(({ name }) => name)];
  const folded = names.map((name) => name.toUpperCase());
  const twins = folded.some((name, i) => folded.some((other, j) => i !== j && `${name}/`.startsWith(`${other}/`)));
  if (twins || !names.every((name) => isName(name) && hasPlace(name))) refuse('PATH');
  if ([...files.keys()].some((name) => !names.includes(name))) refuse('EXTRA');
  if (names.some((name) => !files.has(name))) refuse('MISSING');
}

function checkDigests({ subject, predicate }: Json, files: Files): void {
  const digests = new Map<string, string>(subject.map(({ name, digest }: Json) => [name, digest.sha256]));
  for (const [name, digest] of digests) if (sha256(files.get(name)!) !== digest) refuse('DIGEST');
  for (const { name, bytes, chunks } of predicate.files) {
    const data = files.get(name)!;
    if (data.length !== bytes) refuse('DIGEST');
    const parts = Array.from({ length: Math.ceil(data.length / 2 ** 20) }, (_, i) =>
      data.subarray(i << 20, (i + 1) << 20),
    );
    if (parts.map((part) => `${sha256(part)}\n`).join('') !== files.get(chunks)!.toString()) refuse('CHUNK');
  }
}

function matches(name: string, glob: string): boolean {
  const marks: Record<string, string> = { '*': '[^/]*', '?': '[^/]' };
  const form = glob.replace(/[^\p{L}\p{N}_]/gu, (mark) => marks[mark] ?? `\\u{${mark.codePointAt(0)!.toString(16)}}`);
  return new RegExp(`^${form}$`, 'su').test(name);
}
