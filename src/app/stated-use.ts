import { Failure, fail } from '../base/diagnostic.ts';
import { type JsonValue, metadataLimits, parseStrictJson } from '../base/strict-json.ts';
import { type Envelope, parseEnvelope } from '../crypto/dsse.ts';
import { readRegularFile } from '../io/files.ts';
import { type StatedUse, statedUseSchema } from '../license/use.ts';
import { printable } from '../release/names.ts';
import { problemsShown } from '../release/signed-document.ts';

export interface StatedUseRequest {
  /** What the flags say of the use; undefined members were not said. */
  readonly use: Readonly<Record<string, unknown>>;
  /** File with the stated use: plain JSON, or signed in an envelope. */
  readonly context?: string | undefined;
}

export interface StatedUseFound {
  readonly use: StatedUse;
  /** What the use came in; nobody has looked at its signatures or its type. */
  readonly envelope: Envelope | undefined;
}

const maxContextBytes = 4 << 20;

/** What flags and file say together. Throws USAGE where they differ, or say what no use is. */
export async function statedUse({ use, context }: StatedUseRequest): Promise<StatedUseFound> {
  const { stated, envelope } = context === undefined ? plain({}) : await readContext(context);
  const all: Record<string, unknown> = { ...stated };
  for (const [name, value] of Object.entries(use)) {
    if (value === undefined) continue;
    if (Object.hasOwn(all, name) ? JSON.stringify(all[name]) !== JSON.stringify(value) : envelope !== undefined) {
      throw fail(
        'USAGE',
        Object.hasOwn(all, name)
          ? `\`${name}\` is stated both by a flag and in the context file, differently`
          : `\`${name}\` is stated by a flag, and not in the context file, which is signed`,
        { place: { file: context! }, hint: 'state it in one place' },
      );
    }
    all[name] = value;
  }
  const parsed = statedUseSchema.safeParse(all);
  if (parsed.success) return { use: parsed.data, envelope };
  throw new Failure(
    parsed.error.issues.slice(0, problemsShown).map((issue) => ({
      code: 'USAGE' as const,
      message: `stated use, ${printable(issue.path.join('.')) || 'as a whole'}: ${printable(issue.message, 300)}`,
      hint: '`anon license explain BUNDLE` says what its license asks for, and with which flags',
    })),
  );
}

interface Context {
  readonly stated: Record<string, JsonValue>;
  readonly envelope: Envelope | undefined;
}

async function readContext(file: string): Promise<Context> {
  const bytes = await readRegularFile(file, maxContextBytes, 'USAGE');
  try {
    const value = objectIn(parseStrictJson(bytes, { ...metadataLimits, string: maxContextBytes }));
    if (!('payloadType' in value)) return plain(value);
    const envelope = parseEnvelope(bytes);
    return { stated: objectIn(parseStrictJson(envelope.payload)), envelope };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw fail('USAGE', `the context cannot be understood: ${error.message}`, { place: { file } });
  }
}

function objectIn(value: JsonValue): Record<string, JsonValue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fail('USAGE', 'it is not a JSON object');
  }
  return value;
}

function plain(stated: Record<string, JsonValue>): Context {
  return { stated, envelope: undefined };
}
