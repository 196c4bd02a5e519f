import { at, type Diagnostic, Failure, fail } from '../base/diagnostic.ts';
import { parsePublicPem } from '../crypto/keys.ts';
import { readCheckpoint, readCheckpoints, type StoredCheckpoint } from '../io/audit-checkpoints.ts';
import { readAuditLines } from '../io/audit-log.ts';
import { readFileUpTo } from '../io/files.ts';
import { parseCheckpoint } from '../release/audit/checkpoint.ts';
import { isSignedBy, parseNote } from '../release/audit/note.ts';
import { type Anchor, type LogFindings, verifyLog } from '../release/audit/verify.ts';
import { requireLog } from './audit.ts';

export interface VerifyAuditRequest {
  readonly folder: string;
  /** Files of checkpoints that were kept elsewhere; each must be signed by one of the keys. */
  readonly checkpoints: readonly string[];
  /** Files of public keys. */
  readonly keys: readonly string[];
}

/**
 * Holds the log against itself, against the checkpoints in its state, and against those given. Throws FILE-MISSING where there is neither a
 * log nor a checkpoint.
 */
export async function verifyAudit(request: VerifyAuditRequest): Promise<LogFindings> {
  const { folder, checkpoints, keys } = request;
  if (checkpoints.length > 0 && keys.length === 0) {
    throw fail('USAGE', 'a checkpoint is worth what its signature is', {
      hint: '--key FILE, the public key of who made it',
    });
  }
  const trusted = await Promise.all(keys.map(readKey));
  const given = await Promise.all(checkpoints.map(readCheckpoint));
  const kept = await readCheckpoints(folder);
  // Where a checkpoint tells of entries, a log that is gone is an answer.
  if (given.length + kept.length === 0) requireLog(folder);
  const problems: Diagnostic[] = [];
  const anchors = [
    ...kept.map((stored) => ({ stored, mustBeSigned: false })),
    ...given.map((stored) => ({ stored, mustBeSigned: true })),
  ].flatMap(({ stored, mustBeSigned }) => {
    try {
      return [anchorOf(stored, trusted, mustBeSigned)];
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      problems.push(...at(error, { file: stored.path }).diagnostics);
      return [];
    }
  });
  const found = verifyLog(readAuditLines(folder), anchors);
  return { ...found, problems: [...found.problems, ...problems] };
}

function anchorOf({ path, bytes }: StoredCheckpoint, keys: readonly Buffer[], mustBeSigned: boolean): Anchor {
  const note = parseNote(bytes);
  const signers = keys.filter((key) => isSignedBy(note, key));
  if (mustBeSigned && signers.length === 0)
    throw fail('SIGNATURE', 'no signature of the checkpoint is by a key that was given');
  return { name: path, ...parseCheckpoint(note.text), signed: signers.length > 0 };
}

async function readKey(path: string): Promise<Buffer> {
  const pem = await readFileUpTo(path, 64 * 1024, 'KEY-FORMAT');
  try {
    return parsePublicPem(pem.toString('utf8'));
  } catch (error) {
    throw error instanceof Failure ? at(error, { file: path }) : error;
  }
}
