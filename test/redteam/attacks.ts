import { expect } from 'vitest';
import { encodeBase64 } from '../../src/crypto/base64.ts';
import { signEnvelope } from '../../src/crypto/dsse.ts';
import { envelopeName } from '../../src/release/layout.ts';
import { licensePayloadType } from '../../src/release/statement.ts';
import { type Json, sampleBundle, seed, type VerifyChanges, verify } from '../release/sample.ts';

/** The bundle that all attacks begin with. */
export const bundle = sampleBundle();
export const payload = Buffer.from(JSON.parse(bundle.get(envelopeName)!.toString()).payload, 'base64');

export function withFile(name: string, bytes: Buffer | string, files = bundle): Map<string, Buffer> {
  return new Map([...files, [name, Buffer.from(bytes)]]);
}

export function withEnvelope(envelope: Buffer | string): Map<string, Buffer> {
  return withFile(envelopeName, envelope);
}

/** The envelope as JSON, changed. */
export function enveloped(change: (envelope: Json) => unknown): Map<string, Buffer> {
  const envelope = JSON.parse(bundle.get(envelopeName)!.toString());
  change(envelope);
  return withEnvelope(JSON.stringify(envelope));
}

/** Any payload, signed by whom the recipient trusts. */
export function signedText(text: string | Buffer, seeds = [seed], type = licensePayloadType): Map<string, Buffer> {
  return withEnvelope(signEnvelope(type, Buffer.from(text), seeds));
}

export function base64(text: string | Buffer): string {
  return encodeBase64(Buffer.from(text));
}

/** `allow`, or the code of the refusal; a refusal releases nothing, and says no word that could steer a terminal. */
export async function answerTo(files: ReadonlyMap<string, Buffer>, changes: VerifyChanges = {}): Promise<string> {
  const { decision, code, released, checks, terms } = await verify(files, changes);
  if (decision === 'deny') expect(released).toBeUndefined();
  expect(JSON.stringify([checks, terms])).not.toMatch(/\\u00[01]|[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  return code ?? decision;
}
