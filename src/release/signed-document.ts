import type { z } from 'zod';
import { type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import type { FailureCode } from '../base/failures.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { type Envelope, parseEnvelope, type VerificationKey, verifyEnvelope } from '../crypto/dsse.ts';
import { printable } from './names.ts';

/** Problems that are told at once. A hostile document can have one in every member. */
export const problemsShown = 50;

/** A document that stands by itself in an envelope: trust, or a list of revocations. Read, but not believed: nobody has looked at its signatures. */
export interface SignedDocument<T> {
  readonly content: T;
  readonly envelope: Envelope;
  /** Of the payload, in hex. */
  readonly sha256: string;
}

export interface DocumentKind<Schema extends z.ZodType> {
  /** For messages. */
  readonly name: string;
  readonly payloadType: string;
  readonly schema: Schema;
  /** Of whatever keeps it from being understood. */
  readonly code: FailureCode;
}

/** The document in a file. Throws the kind's code, whatever is wrong with it, all problems of its content at once. */
export function parseDocument<Schema extends z.ZodType>(
  bytes: Uint8Array,
  { name, payloadType, schema, code }: DocumentKind<Schema>,
): SignedDocument<z.output<Schema>> {
  const envelope = as(code, () => parseEnvelope(bytes));
  if (envelope.payloadType !== payloadType) throw fail(code, `the envelope does not hold ${name}`);
  const json = as(code, () => parseStrictJson(envelope.payload));
  return { content: readContent(json, { name, schema, code }), envelope, sha256: sha256Hex(envelope.payload) };
}

/** What the schema makes of a value. */
export function readContent<Schema extends z.ZodType>(
  value: unknown,
  { name, schema, code }: Pick<DocumentKind<Schema>, 'name' | 'schema' | 'code'>,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Failure(
    parsed.error.issues.slice(0, problemsShown).map((issue): Diagnostic => {
      const path = printable(issue.path.map(String).join('.'));
      return { code, message: `${path === '' ? name : path}: ${printable(issue.message, 300)}` };
    }),
  );
}

/** All of the keys that have signed, however many of them speak for one principal. */
export function keysThatSigned<Key extends VerificationKey>(envelope: Envelope, keys: readonly Key[]): Key[] {
  const verified = verifyEnvelope(
    envelope,
    keys.map((key) => ({ ...key, principal: key.keyId })),
  );
  const ids = new Set(verified.map(({ keyId }) => keyId));
  return keys.filter(({ keyId }) => ids.has(keyId));
}

function as<T>(code: FailureCode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, code })));
  }
}
