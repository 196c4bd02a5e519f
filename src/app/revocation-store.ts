import { fail } from '../base/diagnostic.ts';
import type { State } from '../io/state.ts';
import {
  checkFresh,
  checkRevoker,
  checkSuccession,
  isOfTrust,
  parseRevocations,
  type Revocations,
} from '../release/revocations.ts';
import type { Trust } from '../release/trust.ts';
import type { ChainId } from './trust-store.ts';

/**
 * Believe a list of revocations: signed by a revoker, in force, and the same as or a successor of the one seen before; it is remembered. What
 * revokers left behind whose keys the trust has replaced does not count. `record` is told of one that is new, before it takes effect. Throws REVOCATIONS-FORMAT, SIGNATURE, ROLLBACK, STALE or CLOCK.
 */
export async function admitRevocations(
  state: State,
  chain: ChainId | null,
  trust: Trust,
  bytes: Buffer,
  now: number,
  record: (list: Revocations) => Promise<unknown> = async () => {},
): Promise<Revocations> {
  const list = parseRevocations(bytes);
  const check = (known: Revocations | undefined): boolean => {
    checkRevoker(list, trust, now, known);
    const isNew = known === undefined || checkSuccession(known, list);
    checkFresh(list, now, Number.POSITIVE_INFINITY);
    return isNew;
  };
  if (chain === null) {
    check(undefined);
    return list;
  }
  if (check(known(await state.read(nameOf(chain)), trust, state))) await record(list);
  await state.update(nameOf(chain), (current) => (check(known(current, trust, state)) ? bytes : null));
  return list;
}

/** The latest list seen that is by a revoker of the trust, be it old. */
export async function seenRevocations(state: State, chain: ChainId, trust: Trust): Promise<Revocations | undefined> {
  return known(await state.read(nameOf(chain)), trust, state);
}

function known(current: Buffer | null, trust: Trust, { folder }: State): Revocations | undefined {
  if (current === null) return undefined;
  let list: Revocations;
  try {
    list = parseRevocations(current);
  } catch {
    throw fail('STATE', 'the list of revocations that was stored is damaged', {
      place: { file: folder },
      hint: 'restore the folder, or begin again with another --state',
    });
  }
  return isOfTrust(list, trust) ? list : undefined;
}

function nameOf(chain: ChainId): string {
  return `revocations-${chain}`;
}
