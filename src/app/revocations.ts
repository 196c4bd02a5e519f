import { fail } from '../base/diagnostic.ts';
import { signEnvelope } from '../crypto/dsse.ts';
import { readRegularFile } from '../io/files.ts';
import { openState, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import { revocationsEvent } from '../release/audit/occasions.ts';
import { readBack } from '../release/read-back.ts';
import { parseRevocations, type Revocations, revocationsPayloadType } from '../release/revocations.ts';
import { nextRevocations, type RevocationChange } from '../release/revocations-edit.ts';
import { sortedJson } from '../release/statement.ts';
import { believedTime } from './clock.ts';
import { instantAfter, readKeyId, readSeeds, type SigningRequest, writeDocument } from './document-files.ts';
import { findTrust, placed } from './find-trust.ts';
import { admitRevocations, seenRevocations } from './revocation-store.ts';
import { openLogOf, openStateLog } from './state-log.ts';
import { adoptedTrust } from './trust-store.ts';

export interface RevokeRequest extends SigningRequest {
  /** The list; made where there is none. */
  readonly file: string;
  readonly licenses: readonly string[];
  /** Key ids, or files of public keys. */
  readonly keys: readonly string[];
  readonly digests: readonly string[];
  readonly reason: string | undefined;
  readonly reinstate: boolean;
  /** ISO 8601 duration. */
  readonly validFor: string;
  /** Folder of the state, whose audit log is told; undefined: that of the user. */
  readonly state: string | undefined;
}

/** Make the next version of a list, once the audit log has been told. */
export async function revoke(request: RevokeRequest, terminal: Terminal): Promise<Revocations> {
  const { file, out, reason, reinstate } = request;
  if (reinstate && reason !== undefined) throw fail('USAGE', '--reinstate and --reason exclude each other');
  const named = [
    ...request.licenses.map((value) => ({ kind: 'license' as const, value })),
    ...(await Promise.all(request.keys.map(readKeyId))).map((value) => ({ kind: 'key' as const, value })),
    ...request.digests.map((value) => ({ kind: 'digest' as const, value })),
  ];
  if (named.length > 0 && !reinstate && reason === undefined)
    throw fail('USAGE', 'say why', { hint: '--reason TEXT; `superseded` keeps what a key signed before' });
  const changes = named.map((one): RevocationChange => ({ ...one, reason: reinstate ? undefined : reason }));
  const current = await readList(file).catch((error) => {
    if (error.code === 'FILE-MISSING') return undefined;
    throw error;
  });
  const now = terminal.now();
  const expires = instantAfter(now, request.validFor, '--valid-for');
  const content = nextRevocations(current, changes, now, expires);
  const seeds = await readSeeds(request, terminal);
  const log = await openLogOf(request.state, terminal);
  const text = signEnvelope(revocationsPayloadType, Buffer.from(sortedJson(content)), seeds);
  readBack(
    Buffer.from(text),
    'the list of revocations',
    'revoke the key that signed, instead of one license after another',
  );
  const list = parseRevocations(Buffer.from(text));
  const record = () => log.append(() => ({ ...revocationsEvent(list), change: 'made' as const }));
  await writeDocument(out ?? file, text, out === undefined && current !== undefined, record);
  return list;
}

export interface SeenRequest {
  readonly trust: string | undefined;
  readonly state: string | undefined;
}

/** Take a list over into the state, after all checks. */
export async function mergeRevocations(
  file: string,
  { trust, state: folder }: SeenRequest,
  terminal: Terminal,
): Promise<Revocations> {
  const state = await openState(folder ?? stateFolder(terminal.env));
  const log = await openStateLog(state, terminal);
  const { value: now } = await believedTime(state, terminal.now());
  const found = await findTrust(trust, state, now);
  if (found.chain === null)
    throw fail('USAGE', 'a single key is trusted as an issuer, and nobody to revoke', {
      hint: 'give a trust file: --trust FILE',
    });
  const bytes = await readRegularFile(file, maxListBytes, 'REVOCATIONS-FORMAT');
  return placed(file, () =>
    admitRevocations(state, found.chain, found.value, bytes, now, (list) => log.append(() => revocationsEvent(list))),
  );
}

/** The list in a file, or without one the latest that was seen of the trust that was adopted. Nothing is verified by showing it. */
export async function showRevocations(
  file: string | undefined,
  folder: string | undefined,
  terminal: Terminal,
): Promise<Revocations> {
  if (file !== undefined) return readList(file);
  const state = await openState(folder ?? stateFolder(terminal.env));
  const adopted = await adoptedTrust(state);
  const seen = adopted === null ? undefined : await seenRevocations(state, adopted.chain, adopted.file.trust);
  if (seen !== undefined) return seen;
  throw fail('USAGE', 'no list of revocations was seen yet', {
    hint: 'name a file, or take one over: `anon revocations merge FILE`',
  });
}

const maxListBytes = 4 << 20;

async function readList(file: string): Promise<Revocations> {
  const bytes = await readRegularFile(file, maxListBytes, 'REVOCATIONS-FORMAT');
  return placed(file, async () => parseRevocations(bytes));
}
