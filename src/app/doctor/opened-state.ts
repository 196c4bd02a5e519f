import { access } from 'node:fs/promises';
import { openState, type State } from '../../io/state.ts';

/** The state where there is one; null: no run has needed it yet, and looking does not make it. Throws STATE. */
export async function openedState(folder: string): Promise<State | null> {
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  return isThere ? openState(folder) : null;
}
