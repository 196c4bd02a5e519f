import { Failure, fail } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { keyIdOf, parsePublicPem } from '../crypto/keys.ts';
import { openBundle } from '../io/bundle-files.ts';
import { createDigestThread } from '../io/digest-thread.ts';
import { readFileUpTo } from '../io/files.ts';
import type { Terminal } from '../io/terminal.ts';
import { type StatedUse, statedUseSchema } from '../license/use.ts';
import type { VerifyAnswer } from '../release/answer.ts';
import { checkDigests } from '../release/digests.ts';
import { printable } from '../release/names.ts';
import { type CheckContents, type VerifyOptions, verifyBundle } from '../release/verify.ts';

export interface VerifyRequest {
  /** A directory, a tar, or `-` for a tar on standard input. */
  readonly bundle: string;
  /** File of the issuer's public key. */
  readonly trust: string;
  /** What the flags say of the use; undefined members were not said. */
  readonly use: Readonly<Record<string, unknown>>;
  /** File with the stated use as JSON. */
  readonly context: string | undefined;
}

const maxTrustBytes = 64 * 1024;
const maxContextBytes = 4 << 20;

/** May the bundle be used as stated? Throws a Failure when there is no answer. */
export async function verify(request: VerifyRequest, terminal: Terminal): Promise<VerifyAnswer> {
  const options = await verification(request, terminal);
  const { source, close } = await openBundle(request.bundle);
  const thread = createDigestThread();
  const contents: CheckContents = ({ statement }) => checkDigests(statement, source, { startDigest: thread.start });
  try {
    return await verifyBundle(source, { ...options, contents });
  } finally {
    await thread.close();
    await close();
  }
}

/** Whom is trusted, and what is stated. */
export async function verification(request: VerifyRequest, terminal: Terminal): Promise<VerifyOptions> {
  const pem = await readFileUpTo(request.trust, maxTrustBytes, 'KEY-FORMAT');
  const publicKey = readTrustKey(pem, request.trust);
  const keyId = keyIdOf(publicKey);
  return {
    keys: [{ principal: `urn:anon:key:${keyId}`, keyId, publicKey }],
    use: await statedUse(request),
    now: terminal.now(),
    situation: { contextSigned: false, stateful: false },
  };
}

function readTrustKey(pem: Buffer, file: string): Buffer {
  try {
    return parsePublicPem(pem.toString('utf8'));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, place: { file } })));
  }
}

async function statedUse({ use, context }: VerifyRequest): Promise<StatedUse> {
  const stated: Record<string, unknown> = context === undefined ? {} : await readContext(context);
  for (const [name, value] of Object.entries(use)) {
    if (value === undefined) continue;
    if (name in stated && JSON.stringify(stated[name]) !== JSON.stringify(value)) {
      throw fail('USAGE', `\`${name}\` is stated both by a flag and in the context file, differently`, {
        place: { file: context! },
        hint: 'state it in one place',
      });
    }
    stated[name] = value;
  }
  const parsed = statedUseSchema.safeParse(stated);
  if (parsed.success) return parsed.data;
  throw new Failure(
    parsed.error.issues.map((issue) => ({
      code: 'USAGE' as const,
      message: `stated use, ${printable(issue.path.join('.')) || 'as a whole'}: ${issue.message}`,
    })),
  );
}

async function readContext(file: string): Promise<Record<string, unknown>> {
  const bytes = await readFileUpTo(file, maxContextBytes, 'USAGE');
  let value: unknown;
  try {
    value = parseStrictJson(bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw fail('USAGE', `the context is not strict JSON: ${error.message}`, { place: { file } });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail('USAGE', 'the context is not a JSON object', { place: { file } });
  }
  if ('payloadType' in value) {
    throw fail('USAGE', 'signed contexts need a trust store, and `--trust KEY.pem` trusts an issuer alone', {
      place: { file },
      hint: 'give the plain context, or state the use by flags',
    });
  }
  return { ...value };
}
