import { Failure, fail } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import { addDuration, formatInstant } from '../base/time.ts';
import { signEnvelope } from '../crypto/dsse.ts';
import { readFileUpTo } from '../io/files.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { statedUseSchema } from '../license/use.ts';
import { printable } from '../release/names.ts';
import { readBack } from '../release/read-back.ts';
import { sortedJson } from '../release/statement.ts';
import { issuedAt } from './issued-at.ts';
import { readSigner } from './signer.ts';

/** Payload type of the envelope around a stated use. */
export const contextPayloadType = 'application/vnd.anon.context+json';

export interface SignContextRequest {
  /** File with the stated use as JSON; undefined: the flags say it all. */
  readonly context: string | undefined;
  /** What the flags say of the use; undefined members were not said. */
  readonly use: Readonly<Record<string, unknown>>;
  /** An ISO 8601 duration. */
  readonly validFor: string;
  readonly key: string | undefined;
  readonly passphraseFile: string | undefined;
  /** Where the envelope goes. */
  readonly out: string;
  readonly replace: boolean;
}

export interface SignedContext {
  readonly keyId: string;
  /** Id of a license, or `*`. */
  readonly audience: string;
  readonly issued: string;
  readonly expires: string;
}

const maxContextBytes = 4 << 20;

/** Sign a stated use, dated now, for a license and a time. Throws a Failure; then there is no output. */
export async function signContext(request: SignContextRequest, terminal: Terminal): Promise<SignedContext> {
  const { context, out, replace } = request;
  await checkTarget(out, { kind: 'file', replace, reads: context === undefined ? [] : [context] });
  const issued = issuedAt(terminal);
  const expires = addDuration(issued, request.validFor);
  if (expires === null) {
    throw fail('USAGE', '--valid-for is not an ISO 8601 duration longer than zero', {
      hint: 'for example P1D or PT8H',
    });
  }
  const stated = {
    ...(context === undefined ? {} : await readContext(context)),
    issued: formatInstant(issued),
    expires: formatInstant(expires),
  };
  const use = validUse(merged(stated, request.use, context), context);
  if (use.organization === undefined || use.audience === undefined) {
    const missing = use.organization === undefined ? 'organization' : 'license';
    throw fail('USAGE', `a signed context names its ${missing}`, {
      hint: missing === 'license' ? 'say --license ID, or --license "*" for any' : 'say --organization ID',
    });
  }
  const { seed, key } = await readSigner(request.key, request.passphraseFile, terminal);
  const envelope = signEnvelope(contextPayloadType, Buffer.from(sortedJson(use)), [seed]);
  const bytes = Buffer.from(envelope);
  readBack(bytes, 'the signed context', 'state fewer safeguards');
  await writeTogether((stage) => stage(stageFile(out, replace)).write('', [bytes]));
  return { keyId: key.keyId, audience: use.audience, issued: stated.issued, expires: stated.expires };
}

function merged(
  stated: Readonly<Record<string, unknown>>,
  flags: SignContextRequest['use'],
  file: string | undefined,
): Record<string, unknown> {
  const all = { ...stated };
  for (const [name, value] of Object.entries(flags)) {
    if (value === undefined) continue;
    if (Object.hasOwn(all, name) && JSON.stringify(all[name]) !== JSON.stringify(value)) {
      throw fail('USAGE', `\`${name}\` is stated both by a flag and in the context file, differently`, {
        ...(file === undefined ? {} : { place: { file } }),
        hint: 'state it in one place',
      });
    }
    all[name] = value;
  }
  return all;
}

function validUse(stated: Record<string, unknown>, file: string | undefined) {
  const parsed = statedUseSchema.safeParse(stated);
  if (parsed.success) return parsed.data;
  throw new Failure(
    parsed.error.issues.map((issue) => ({
      code: 'USAGE' as const,
      message: `stated use, ${printable(issue.path.join('.')) || 'as a whole'}: ${issue.message}`,
      ...(file === undefined ? {} : { place: { file } }),
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
  const dated = ['issued', 'expires'].filter((name) => Object.hasOwn(value, name));
  if (dated.length > 0) {
    throw fail('USAGE', `the context is dated already: ${dated.join(', ')}`, {
      place: { file },
      hint: 'leave its times out: they are set where it is signed',
    });
  }
  return { ...value };
}
