import { fail } from '../base/diagnostic.ts';
import { parseStrictJson } from '../base/strict-json.ts';
import type { State } from '../io/state.ts';
import { keysThatSigned } from '../release/signed-document.ts';
import { checkTrustTime, keysIn, parseTrust, type TrustFile } from '../release/trust.ts';
import { checkRoots, checkUpdate } from '../release/trust-chain.ts';

/*
 * Versions of trust that were seen, one record for each chain of versions: its latest version, and every root key that it has ever had. A
 * file belongs to a chain when one of its root keys does, when it names a root of the chain's latest version, with whatever key, or when such
 * a root has signed it. One chain may be the one that is used when no other trust is named.
 */

/** Where the state keeps a chain. */
export type ChainId = string;

/**
 * Believe a trust file: signed by its roots, in force, and the same as or the successor of what was seen of its chain; it is remembered.
 * `tell` is called when it is new, before it is remembered. Throws TRUST, ROLLBACK or CLOCK.
 */
export async function admitTrust(
  state: State,
  bytes: Buffer,
  file: TrustFile,
  now: number,
  tell: () => Promise<unknown> = async () => {},
): Promise<ChainId> {
  checkRoots(file, now);
  checkTrustTime(file.trust, now);
  const roots = rootsOf(file);
  const chains = (await readChains(state)).filter((chain) => belongsTo(file, roots, chain));
  const ids = chains.length > 0 ? chains.map(({ id }) => id) : [file.sha256.slice(0, 16)];
  const isNew = chains.length === 0 || chains.some((seen) => checkUpdate(seen.file, file, now));
  if (isNew) await tell();
  for (const id of ids) {
    await state.update(`${prefix}${id}`, (current) => {
      if (current === null) return record(roots, bytes);
      const seen = readRecord(current, state);
      return checkUpdate(seen.file, file, now) ? record([...new Set([...seen.roots, ...roots])], bytes) : null;
    });
  }
  return ids[0]!;
}

/** The chain that is used by default, and its latest version; null: none was adopted. Signatures and time are for the caller to check. */
export async function adoptedTrust(
  state: State,
): Promise<{ readonly chain: ChainId; readonly file: TrustFile } | null> {
  const adopted = await state.read(adoptedName);
  if (adopted === null) return null;
  const chain = adopted.toString('utf8').trim();
  const current = await state.read(`${prefix}${chain}`);
  if (current === null) throw damaged(state);
  return { chain, file: readRecord(current, state).file };
}

export async function adopt(state: State, chain: ChainId): Promise<void> {
  await state.update(adoptedName, () => Buffer.from(`${chain}\n`));
}

const prefix = 'trust-';
const adoptedName = 'adopted';
const recordLimits = { bytes: 16 << 20, depth: 4, members: 100_000, string: 16 << 20 };

interface Seen {
  readonly roots: readonly string[];
  readonly file: TrustFile;
}

function belongsTo(file: TrustFile, roots: readonly string[], seen: Seen): boolean {
  if (seen.roots.some((root) => roots.includes(root))) return true;
  const known = new Set(keysIn(seen.file.trust, 'root', null).map(({ principal }) => principal));
  if (keysIn(file.trust, 'root', null).some(({ principal }) => known.has(principal))) return true;
  return keysThatSigned(file.envelope, keysIn(seen.file.trust, 'root', null)).length > 0;
}

async function readChains(state: State): Promise<(Seen & { readonly id: ChainId })[]> {
  const chains = [];
  for (const name of await state.names()) {
    if (!name.startsWith(prefix)) continue;
    const current = await state.read(name);
    if (current !== null) chains.push({ id: name.slice(prefix.length), ...readRecord(current, state) });
  }
  return chains;
}

function record(roots: readonly string[], bytes: Buffer): Buffer {
  return Buffer.from(`${JSON.stringify({ roots, file: bytes.toString('base64') })}\n`);
}

function readRecord(bytes: Buffer, state: State): Seen {
  try {
    const { roots, file } = parseStrictJson(bytes, recordLimits) as { roots: string[]; file: string };
    return { roots: roots.map(String), file: parseTrust(Buffer.from(file, 'base64')) };
  } catch {
    throw damaged(state);
  }
}

/** Ids of the keys of all roots, whether they are valid now or not. */
function rootsOf({ trust }: TrustFile): string[] {
  return keysIn(trust, 'root', null).map(({ keyId }) => keyId);
}

function damaged({ folder }: State): Error {
  return fail('STATE', 'the trust that was stored is damaged', {
    place: { file: folder },
    hint: 'restore the folder, or begin again with `anon trust init` and another --state',
  });
}
