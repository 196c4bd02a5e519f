import { fail } from '../base/diagnostic.ts';
import { parseDuration } from '../base/time.ts';
import { parseEnvelope } from '../crypto/dsse.ts';
import { readRegularFile } from '../io/files.ts';
import { liesInBundle } from '../io/inside.ts';
import { openState, type State, stateFolder } from '../io/state.ts';
import type { Terminal } from '../io/terminal.ts';
import type { Released, VerifyAnswer } from '../release/answer.ts';
import type { AuditLog } from '../release/audit/log.ts';
import { revocationsEvent, trustEvent } from '../release/audit/occasions.ts';
import type { BundleSource } from '../release/bundle-source.ts';
import { checkStatus, checkTime } from '../release/checks.ts';
import type { Revocations } from '../release/revocations.ts';
import { type Grounds, type VerifyOptions, verifyBundle } from '../release/verify.ts';
import { believedTime } from './clock.ts';
import { findTrust, placed } from './find-trust.ts';
import { createGateLog, type GateLog } from './gate-log.ts';
import { admitRevocations, seenRevocations } from './revocation-store.ts';
import { openStateLog } from './state-log.ts';
import { type StatedUseRequest, statedUse } from './stated-use.ts';
import type { ChainId } from './trust-store.ts';

/** What verify and export have in common: whom they trust, what they remember, and how they decide. */
export interface GateRequest extends StatedUseRequest {
  /** A directory, a tar, or `-` for a tar on standard input. */
  readonly bundle: string;
  /** An issuer's public key, or a trust file; undefined: the trust that was adopted. */
  readonly trust?: string | undefined;
  /** Undefined: the latest list seen. */
  readonly revocations?: string | undefined;
  /** How old a list of revocations may be, as an ISO 8601 duration. */
  readonly maxAge?: string | undefined;
  /** Folder; undefined: that of the user. */
  readonly state?: string | undefined;
}

export interface Gate {
  readonly log: GateLog;
  /** The bundle must be the one that was named. `record` is to count what the license limits. */
  decide(
    source: BundleSource,
    by: Pick<VerifyOptions, 'contents'> & Required<Pick<VerifyOptions, 'record'>>,
  ): Promise<VerifyAnswer>;
  /** Is what was allowed still in force, and not revoked meanwhile? For releases that take long. Throws what would refuse it now. */
  recheck(released: Released): Promise<void>;
}

const maxListBytes = 4 << 20;
/** The audit log counts. */
const stateful = { canCountExports: true, canCountUsers: true, canVerifyContext: true };

/** Reads what was stated and opens the state; the rest is read when the decision comes to it. Throws a Failure when there is no answer. */
export async function openGate(request: GateRequest, terminal: Terminal): Promise<Gate> {
  const maxAgeMs = maxAgeOf(request.maxAge);
  const { use, envelope: context } = await statedUse(request);
  const state = await openState(request.state ?? stateFolder(terminal.env));
  const log = await openStateLog(state, terminal);
  const grounds = groundsOf(request, state, log, terminal);
  return {
    log: createGateLog(log, use),
    decide: (source, by) => verifyBundle(source, { ...by, grounds, use, context, maxAgeMs, stateful }),
    async recheck({ statement, envelope }) {
      const { value: now } = await grounds.clock();
      const { value: trust } = await grounds.trust(now);
      checkTime(statement.predicate, now);
      const revocations = await grounds.revocations(trust, now);
      checkStatus(statement, { revocations, trust, maxAgeMs, envelope: parseEnvelope(envelope), now });
    },
  };
}

function groundsOf(
  { bundle, trust, revocations }: GateRequest,
  state: State,
  log: AuditLog,
  terminal: Terminal,
): Grounds {
  let chain: ChainId | null = null;
  return {
    clock: () => believedTime(state, terminal.now()),
    async trust(now) {
      const place = trust ?? state.folder;
      if (await liesInBundle(place, bundle))
        throw fail('TRUST', 'the trust lies in the bundle that it is to judge', { place: { file: place } });
      const found = await findTrust(trust, state, now, (file) => log.append(() => trustEvent(file, 'seen')));
      chain = found.chain;
      return found;
    },
    async revocations(trusted, now): Promise<Revocations | undefined> {
      if (revocations === undefined) return chain === null ? undefined : seenRevocations(state, chain, trusted);
      const bytes = await readRegularFile(revocations, maxListBytes, 'REVOCATIONS-FORMAT');
      return placed(revocations, () =>
        admitRevocations(state, chain, trusted, bytes, now, (list) => log.append(() => revocationsEvent(list))),
      );
    },
  };
}

function maxAgeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  throw fail('USAGE', "option '--max-age' takes an ISO 8601 duration of weeks, days, hours, minutes or seconds", {
    hint: 'for example P1D',
  });
}
