import { fail } from '../base/diagnostic.ts';
import { sha256Hex } from '../crypto/digest.ts';
import { openState, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { trustEvent } from '../release/audit/occasions.ts';
import type { TrustFile } from '../release/trust.ts';
import { checkUpdate } from '../release/trust-chain.ts';
import { believedTime } from './clock.ts';
import { placed, readTrust } from './find-trust.ts';
import { openStateLog } from './state-log.ts';
import { admitTrust, adopt, adoptedTrust } from './trust-store.ts';

export interface InitRequest {
  readonly file: string;
  /** SHA-256 in hex of the payload, as `trust show` prints it, or of the whole file, as `sha256sum` does. */
  readonly fingerprint: string;
  /** Adopt it in the place of another. */
  readonly replace: boolean;
  readonly state: string | undefined;
}

/** First contact: adopt a trust file whose fingerprint came another way. Throws TRUST when it has another. */
export async function initTrust(request: InitRequest, terminal: Terminal): Promise<TrustFile> {
  const fingerprint = request.fingerprint.replace(/^sha256:/, '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(fingerprint))
    throw fail('USAGE', 'the fingerprint is not a SHA-256 of 64 hex digits', { hint: 'ask who sent the file for it' });
  const { bytes, parsed } = await readTrust(request.file);
  return placed(request.file, async () => {
    if (fingerprint !== parsed.sha256 && fingerprint !== sha256Hex(bytes))
      throw fail('TRUST', 'the trust file does not have that fingerprint', {
        hint: 'it is not the file that you were told of: ask again, on another way than the file came',
      });
    const state = await openState(request.state ?? stateFolder(terminal.env));
    const log = await openStateLog(state, terminal);
    const { value: now } = await believedTime(state, terminal.now());
    if (!request.replace && (await adoptedTrust(state)) !== null)
      throw fail('USAGE', 'a trust file was adopted already', {
        hint: 'its next version is taken over with `anon trust update FILE`; another one with --replace',
      });
    const chain = await admitTrust(state, bytes, parsed, now);
    await log.append(() => trustEvent(parsed, 'adopted'));
    await adopt(state, chain);
    return parsed;
  });
}

/** Take over the next version of the trust that was adopted. Throws TRUST or ROLLBACK. */
export async function updateTrust(file: string, folder: string | undefined, terminal: Terminal): Promise<TrustFile> {
  const { bytes, parsed } = await readTrust(file);
  return placed(file, async () => {
    const state = await openState(folder ?? stateFolder(terminal.env));
    const log = await openStateLog(state, terminal);
    const { value: now } = await believedTime(state, terminal.now());
    const adopted = await adoptedTrust(state);
    if (adopted === null) throw nothingAdopted();
    checkUpdate(adopted.file, parsed, now);
    await log.append(() => trustEvent(parsed, 'updated'));
    await admitTrust(state, bytes, parsed, now);
    return parsed;
  });
}

/** The trust in a file, or without one what was adopted. Nothing is verified by showing it. */
export async function showTrust(
  file: string | undefined,
  folder: string | undefined,
  terminal: Terminal,
): Promise<TrustFile> {
  if (file !== undefined) return (await readTrust(file)).parsed;
  const adopted = await adoptedTrust(await openState(folder ?? stateFolder(terminal.env)));
  if (adopted === null) throw nothingAdopted();
  return adopted.file;
}

function nothingAdopted(): Error {
  return fail('USAGE', 'no trust file was adopted yet', { hint: '`anon trust init FILE --fingerprint SHA256`' });
}
