import { type Fits, readEnvelope, sha256, signersOf } from './envelope.ts';
import { type Files, hasPlace, isName } from './files.ts';
import { checkApprovals, checkIssuer, readLicense } from './issuer.ts';
import { type Json, Refusal, refuse } from './json.ts';
import { checkLineage } from './lineage.ts';
import { checkStatus, readRevocations } from './revocations.ts';
import { readTrust, skew, time } from './trust.ts';
import { type Broader, checkTerms, readUse } from './use.ts';

/**
 * A verifier that was written from README.md ("The bundle, for other programs") and the schemas that `anon schema` prints; of `src` it has
 * nothing. It keeps no state, counts nothing and renders nothing.
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
  readonly broader: Broader;
}

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

function check({ files: read, trust: trusted, revocations, context, now, fits, broader }: Question): void {
  const trust = readTrust(trusted, now, fits);
  const files = read();
  const envelope = readEnvelope(files.get('license.intoto.json') ?? refuse('MISSING'), fits);
  if (envelope.type !== 'application/vnd.in-toto+json') refuse('PAYLOADTYPE');
  if (signersOf(envelope, trust.keys).length === 0) refuse('SIGNATURE');
  const license = readLicense(envelope, fits);
  const { subject, predicate } = license.statement;
  checkIssuer(license, trust, now);
  if (now + skew < time(predicate.notBefore)) refuse('NOTYET');
  if (now >= time(predicate.notAfter)) refuse('EXPIRED');
  const list = readRevocations(revocations, trust, now, fits);
  checkStatus(license, list, now);
  checkApprovals(license, { trust, list, now });
  const { terms } = predicate;
  const { use, signed } = readUse({ context, terms, trust, entries: list, now, fits });
  checkTerms({ terms, id: predicate.id, use, signed, now, broader });
  checkSubjects(subject, files);
  if (predicate.renderer !== 'license-md/1') refuse('SCHEMA');
  checkLineage(license, { files, trust, list, now, fits, broader });
  checkDigests(license.statement, files);
}

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
