import { type Envelope, type Fits, readEnvelope, sha256 } from './envelope.ts';
import type { Files } from './files.ts';
import { checkApprovals, checkIssuer, type License, readLicense } from './issuer.ts';
import { type Json, Refusal, refuse } from './json.ts';
import { checkRevoked, lengthOf, type Revocations } from './revocations.ts';
import { isIn, type Trust, time } from './trust.ts';
import { type Broader, countriesOf, isWithin } from './use.ts';

/** What a license stands on: of README.md alone, nothing of `src`. */

interface Grounds {
  readonly files: Files;
  readonly trust: Trust;
  readonly list: Revocations | undefined;
  readonly now: number;
  readonly fits: Fits;
  readonly broader: Broader;
}

export function checkLineage(license: License, grounds: Grounds): void {
  const above = ancestorsOf(license, grounds);
  const { trust, list, now } = grounds;
  for (const one of above) {
    delegation(() => checkIssuer(one, trust, now));
    if (now >= time(one.statement.predicate.notAfter)) refuse('DELEGATION');
  }
  for (const child of [license, ...above]) {
    for (const { sha256: named } of child.statement.predicate.lineage.parents) {
      const parent = above.find((one) => one.sha256 === named)!;
      if (!allows(parent.statement, child.statement, grounds)) refuse('DELEGATION');
    }
  }
  for (const one of above) {
    delegation(() => checkApprovals(one, { trust, list, now }));
    checkRevoked(one, list);
  }
}

/** Whatever is wrong with a parent, DELEGATION is what its child is refused with. */
function delegation<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw error instanceof Refusal ? new Refusal('DELEGATION') : error;
  }
}

function ancestorsOf({ statement }: License, { files, fits }: Grounds): License[] {
  if (statement.predicate.lineage.parents.length === 0) return [];
  const attested = statement.subject.filter(({ name }: Json) => name.startsWith('attestations/'));
  const bytes = attested.map(({ name }: Json) => files.get(name)!);
  const total = bytes.reduce((sum: number, one: Buffer) => sum + one.length, 0);
  if (attested.length > 64 || total > 8 << 20) refuse('LIMIT');
  if (attested.some(({ digest }: Json, i: number) => sha256(bytes[i]) !== digest.sha256)) refuse('DIGEST');
  const envelopes = new Map<string, Envelope>(
    bytes.flatMap((one: Buffer) => envelopesIn(one, fits).map((envelope) => [sha256(envelope.payload), envelope])),
  );
  const found = new Map<string, License>();
  let links = 0;
  let generation = [statement];
  for (let depth = 1; generation.length > 0; depth++) {
    const named = generation.flatMap(({ predicate }) => predicate.lineage.parents);
    if (named.length > 0 && depth > 8) refuse('DELEGATION');
    links += named.length;
    if (links > 128) refuse('LIMIT');
    generation = [];
    for (const { id, sha256: digest } of named) {
      const known = found.get(digest);
      const parent = known ?? delegation(() => readLicense(envelopes.get(digest) ?? refuse('DELEGATION'), fits));
      if (parent.statement.predicate.id !== id) refuse('DELEGATION');
      if (known === undefined) generation.push(parent.statement);
      found.set(digest, parent);
    }
  }
  return [...found.values()];
}

function envelopesIn(bytes: Buffer, fits: Fits): Envelope[] {
  try {
    return [readEnvelope(bytes, fits)];
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

function allows(
  { subject: files, predicate: parent }: Json,
  { subject, predicate: child }: Json,
  grounds: Grounds,
): boolean {
  const { trust, now, broader } = grounds;
  const principalOf = (key: string) => trust.keys.find((one) => one.id === key && isIn(one, 'issuer', now))?.of;
  const permits = (action: string) =>
    parent.terms.permissions.includes(action) && !parent.terms.prohibitions?.includes(action);
  const by = principalOf(child.issuer.key);
  const { licensee } = parent.terms;
  const known = by === undefined || by === `urn:anon:key:${child.issuer.key}` ? child.issuer.id : by;
  const isSame = child.issuer.key === parent.issuer.key || (by !== undefined && by === principalOf(parent.issuer.key));
  const isLicensee = licensee.key === child.issuer.key || licensee.id === known;
  const digests = files.map(({ digest }: Json) => digest.sha256);
  const data = child.files.map(({ name }: Json) => name);
  const old = subject.every(({ name, digest }: Json) => !data.includes(name) || digests.includes(digest.sha256));
  return (
    (isSame || (permits('sublicense') && isLicensee)) &&
    (old || permits('derive')) &&
    time(child.notBefore) >= time(parent.notBefore) &&
    time(child.notAfter) <= time(parent.notAfter) &&
    keepsConditions(parent, child) &&
    isNarrower(parent.terms, child.terms, broader)
  );
}

function keepsConditions({ approvals, status }: Json, child: Json): boolean {
  const fewer = child.approvals.threshold < approvals.threshold;
  const alone = approvals.threshold > 0 && approvals.distinctFromIssuer && !child.approvals.distinctFromIssuer;
  const fresh = child.status?.required === true && lengthOf(child.status.maxAge) <= lengthOf(status?.maxAge ?? 'P0D');
  return !fewer && !alone && (status?.required !== true || fresh);
}

function isNarrower(parent: Json, child: Json, broader: Broader): boolean {
  const within = (name: string, of: Json = parent, inner: Json = child): boolean =>
    of[name] === undefined || (inner[name] ?? [undefined]).every((one: string) => of[name].includes(one));
  const keeps = (name: string): boolean => (parent[name] ?? []).every((one: string) => child[name]?.includes(one));
  const { key, id } = parent.licensee;
  const allowed = child.permissions.filter((action: string) => !child.prohibitions?.includes(action));
  return [
    within('users', parent.licensee, child.licensee),
    key === undefined || (id === child.licensee.id ? key === child.licensee.key : child.licensee.key !== undefined),
    allowed.every((action: string) => parent.permissions.includes(action)),
    within('projects'),
    parent.purposes === undefined || child.purposes?.every((one: string) => isWithin(one, parent.purposes, broader)),
    within(
      'regions',
      { regions: parent.regions && countriesOf(parent.regions).concat(parent.regions) },
      {
        regions: child.regions && countriesOf(child.regions),
      },
    ),
    keeps('prohibitions'),
    keeps('safeguards'),
    Object.entries<number>(parent.limits ?? {}).every(([name, limit]) => child.limits?.[name] <= limit),
    (parent.duties ?? []).every((duty: Json) => child.duties?.some((own: Json) => fulfils(own, duty))),
    isStricter(parent.classification, child.classification),
  ].every(Boolean);
}

function fulfils(own: Json, duty: Json): boolean {
  const [[kind, value]] = Object.entries(duty) as [[string, Json]];
  if (own[kind] === undefined) return false;
  if (kind === 'deleteBy') return time(own[kind]) <= time(value);
  return kind === 'reportBreach' || kind === 'reportUsage'
    ? lengthOf(own[kind]) <= lengthOf(value)
    : own[kind] === value;
}

const levels = ['public', 'internal', 'confidential', 'restricted', 'secret'];

function isStricter(parent: Json, child: Json): boolean {
  const atLeast = (one?: string, other?: string): boolean =>
    one === undefined || one === other || (levels.includes(one) && levels.indexOf(other ?? '') > levels.indexOf(one));
  if (parent === undefined) return true;
  return (
    child !== undefined &&
    atLeast(parent.source, child.source) &&
    atLeast(parent.release ?? parent.source, child.release ?? child.source)
  );
}
