import { Failure, fail } from '../base/diagnostic.ts';
import { publicKeyOf } from '../crypto/ed25519.ts';
import { keyIdOf } from '../crypto/keys.ts';
import { storeCheckpoint } from '../io/audit-checkpoints.ts';
import { openAuditLog } from '../io/audit-log.ts';
import { readSigningKey } from '../io/secrets.ts';
import { stageFile, writeTogether } from '../io/staging.ts';
import { checkTarget } from '../io/target.ts';
import type { Terminal } from '../io/terminal.ts';
import { checkpointText } from '../release/audit/checkpoint.ts';
import { signNote, verifierKey } from '../release/audit/note.ts';
import { requireLog } from './audit.ts';
import { verifyAudit } from './audit-verify.ts';

export interface CheckpointRequest {
  readonly folder: string;
  /** File of the private key that signs. */
  readonly key: string;
  readonly passphraseFile: string | undefined;
  /** A copy, to be kept where the state is not. */
  readonly out: string | undefined;
}

export interface MadeCheckpoint {
  readonly note: string;
  readonly origin: string;
  readonly size: number;
  /** Hex. */
  readonly root: string;
  readonly key: string;
  /** For other verifiers of signed notes. */
  readonly verifier: string;
  /** Where it lies in the state. */
  readonly stored: string;
}

/**
 * Signs the tree head of the log as it stands. A log never signs what contradicts an earlier checkpoint of it (c2sp.org/tlog-checkpoint): one
 * that does not verify is refused. Throws a Failure.
 */
export async function makeCheckpoint(request: CheckpointRequest, terminal: Terminal): Promise<MadeCheckpoint> {
  const { folder, out } = request;
  requireLog(folder);
  if (out !== undefined) await checkTarget(out, { kind: 'file', replace: false, reads: [] });
  const seed = await readSigningKey(request.key, terminal, request.passphraseFile);
  const publicKey = publicKeyOf(seed);
  const { problems, entries: size, origin, root } = await verifyAudit({ folder, checkpoints: [], keys: [] });
  if (problems.length > 0) throw new Failure(problems);
  if (origin === null) throw fail('AUDIT', 'the audit log has no entries', { place: { file: folder } });
  const note = signNote(checkpointText({ origin, size, root }), origin, seed);
  const key = keyIdOf(publicKey);
  const log = await openAuditLog(folder, { now: () => terminal.now(), otherState: true });
  const stored = storeCheckpoint(folder, size, key, note);
  await log.append(() => ({ type: 'checkpoint', size, root: root.toString('hex'), key }));
  if (out !== undefined) {
    await writeTogether(async (stage) => stage(stageFile(out, false)).write('', [Buffer.from(note)]));
  }
  return { note, origin, size, root: root.toString('hex'), key, verifier: verifierKey(origin, publicKey), stored };
}
