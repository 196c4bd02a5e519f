import { Failure, fail } from '../base/diagnostic.ts';
import { parsePublicPem } from '../crypto/keys.ts';
import { readRegularFile } from '../io/files.ts';
import type { State } from '../io/state.ts';
import type { Finding } from '../release/answer.ts';
import { checkTrustTime, parseTrust, type Trust, type TrustFile, trustOfKey } from '../release/trust.ts';
import { checkRoots } from '../release/trust-chain.ts';
import { admitTrust, adoptedTrust, type ChainId } from './trust-store.ts';

/** The trust, and where the state keeps what was seen of it; null for a single key, of which nothing is. */
export type FoundTrust = Finding<Trust> & { readonly chain: ChainId | null };

const maxTrustBytes = 4 << 20;

/**
 * Trust in a file, which is remembered, after `record` was told of a version that is new; undefined: in what was adopted. Throws USAGE, TRUST-FORMAT, KEY-FORMAT, TRUST,
 * ROLLBACK or CLOCK.
 */
export function findTrust(
  file: string | undefined,
  state: State,
  now: number,
  record?: (file: TrustFile) => Promise<unknown>,
): Promise<FoundTrust> {
  return file === undefined ? adopted(state, now) : named(file, state, now, record);
}

export async function readTrust(file: string): Promise<{ readonly bytes: Buffer; readonly parsed: TrustFile }> {
  const bytes = await readRegularFile(file, maxTrustBytes, 'TRUST-FORMAT');
  return placed(file, async () => ({ bytes, parsed: parseTrust(bytes) }));
}

async function adopted(state: State, now: number): Promise<FoundTrust> {
  const found = await adoptedTrust(state);
  if (found === null) {
    throw fail('USAGE', 'say whom you trust', {
      hint: "--trust FILE, the issuer's public key or a trust file, as the issuer gives it to you apart from the bundle; or `anon trust init FILE` once",
    });
  }
  checkRoots(found.file, now);
  return { ...checkTrustTime(found.file.trust, now), value: found.file.trust, chain: found.chain };
}

async function named(
  file: string,
  state: State,
  now: number,
  record: (file: TrustFile) => Promise<unknown> = async () => {},
): Promise<FoundTrust> {
  const bytes = await readRegularFile(file, maxTrustBytes, 'TRUST-FORMAT');
  return placed(file, async () => {
    if (bytes.toString('latin1', 0, 64).trimStart().startsWith('{')) {
      const parsed = parseTrust(bytes);
      const chain = await admitTrust(state, bytes, parsed, now, () => record(parsed));
      return { ...checkTrustTime(parsed.trust, now), value: parsed.trust, chain };
    }
    const trust = trustOfKey(parsePublicPem(bytes.toString('utf8')));
    return { ...checkTrustTime(trust, now), value: trust, chain: null };
  });
}

/** The same failure, with the file where it says none. */
export async function placed<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.diagnostics.map((d) => ({ ...d, place: { file, ...d.place } })));
  }
}
